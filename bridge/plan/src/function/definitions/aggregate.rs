//! Aggregate functions.

use crate::function::built_in::{BuiltInFunction, FunctionKind, Support};
use crate::function::output;
use crate::function::signature::{Parameter, Signature};

functions! {
    COUNT = Aggregate "count", sql Some("COUNT"), aliases &["count1"],
        &[Signature::Sequence(&[]), Signature::Varying(&[Parameter::Any])] => output::count, Support::Executable;
    SUM = Aggregate "sum", sql Some("SUM"), aliases &[],
        &[Signature::Sequence(&[Parameter::Numeric])] => output::sum, Support::Executable;
    SUM0 = Aggregate "sum0", sql Some("$SUM0"), aliases &[],
        &[Signature::Sequence(&[Parameter::Numeric])] => output::sum_or_zero, Support::Executable;
    MIN = Aggregate "min", sql Some("MIN"), aliases &[],
        &[Signature::FullyComparable(1)] => output::first_argument_nullable, Support::Executable;
    MAX = Aggregate "max", sql Some("MAX"), aliases &[],
        &[Signature::FullyComparable(1)] => output::first_argument_nullable, Support::Executable;
    AVG = Aggregate "avg", sql Some("AVG"), aliases &[],
        &[Signature::Sequence(&[Parameter::Numeric])] => output::average, Support::Executable;
    DISTINCT = Aggregate "distinct", sql Some("DISTINCT"), aliases &[],
        &[Signature::Sequence(&[Parameter::Any])] => output::first_argument, Support::Executable;
}
