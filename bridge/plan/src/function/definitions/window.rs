//! Functions that need `OVER`: ranks, and values of other rows.

use crate::function::built_in::{BuiltInFunction, FunctionKind, Support};
use crate::function::output;
use crate::function::signature::{Parameter, Signature};

const NOTHING: &[Signature] = &[Signature::Sequence(&[])];
const OTHER_ROW: &[Signature] = &[
    Signature::Sequence(&[Parameter::Any]),
    Signature::Sequence(&[Parameter::Any, Parameter::Integer]),
    Signature::Sequence(&[Parameter::Any, Parameter::Integer, Parameter::Any]),
];

functions! {
    ROW_NUMBER = Window "ROW_NUMBER", sql Some("ROW_NUMBER"), aliases &[],
        NOTHING => output::count, Support::Executable;
    RANK = Window "RANK", sql Some("RANK"), aliases &[],
        NOTHING => output::count, Support::Executable;
    DENSE_RANK = Window "DENSE_RANK", sql Some("DENSE_RANK"), aliases &[],
        NOTHING => output::count, Support::Executable;
    PERCENT_RANK = Window "PERCENT_RANK", sql Some("PERCENT_RANK"), aliases &[],
        NOTHING => output::double, Support::Executable;
    CUME_DIST = Window "CUME_DIST", sql Some("CUME_DIST"), aliases &[],
        NOTHING => output::double, Support::Executable;
    NTILE = Window "NTILE", sql Some("NTILE"), aliases &[],
        &[Signature::Sequence(&[Parameter::Integer])] => output::count, Support::Executable;
    LAG = Window "lag", sql Some("LAG"), aliases &[],
        OTHER_ROW => output::other_row, Support::Executable;
    LEAD = Window "lead", sql Some("LEAD"), aliases &[],
        OTHER_ROW => output::other_row, Support::Executable;
}
