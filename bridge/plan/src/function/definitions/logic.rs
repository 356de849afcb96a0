//! Boolean logic and conditions.

use crate::function::built_in::{BuiltInFunction, FunctionKind, Support};
use crate::function::output;
use crate::function::signature::{Parameter, Signature};

functions! {
    AND = Scalar "and", sql Some("AND"), aliases &["&&"],
        &[Signature::Varying(&[Parameter::Boolean, Parameter::Boolean])] => output::boolean, Support::Executable;
    OR = Scalar "or", sql Some("OR"), aliases &[],
        &[Signature::Varying(&[Parameter::Boolean, Parameter::Boolean])] => output::boolean, Support::Executable;
    NOT = Scalar "not", sql Some("NOT"), aliases &["!"],
        &[Signature::Sequence(&[Parameter::Boolean])] => output::boolean, Support::Executable;
    IF_THEN_ELSE = Scalar "ifThenElse", sql Some("IF"), aliases &["?"],
        &[Signature::Common(&[Parameter::Boolean], 2, Some(2))] => output::branches, Support::Executable;
    COALESCE = Scalar "COALESCE", sql Some("COALESCE"), aliases &[],
        &[Signature::Common(&[], 1, None)] => output::coalesced, Support::Executable;
    IFNULL = Scalar "IFNULL", sql Some("IFNULL"), aliases &[],
        &[Signature::Common(&[], 2, Some(2))] => output::replaced, Support::Executable;
    GREATEST = Scalar "GREATEST", sql Some("GREATEST"), aliases &[],
        &[Signature::FullyComparableFrom(1)] => output::common, Support::Executable;
    LEAST = Scalar "LEAST", sql Some("LEAST"), aliases &[],
        &[Signature::FullyComparableFrom(1)] => output::common, Support::Executable;
}
