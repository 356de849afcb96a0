//! Casts. The target type is the type of the call; see `expression::resolve`.

use crate::function::built_in::{BuiltInFunction, FunctionKind, Support};
use crate::function::output;
use crate::function::signature::{Parameter, Signature};
use crate::types::LogicalType;

functions! {
    TYPE_OF = Scalar "TYPEOF", sql Some("TYPEOF"), aliases &[],
        &[Signature::Sequence(&[Parameter::Any]), Signature::Sequence(&[Parameter::Any, Parameter::Boolean])] => nullable_string, Support::Executable;
    CAST = Scalar "cast", sql Some("CAST"), aliases &[],
        &[Signature::Sequence(&[Parameter::Any])] => output::first_argument, Support::Executable;
    TRY_CAST = Scalar "TRY_CAST", sql Some("TRY_CAST"), aliases &["tryCast"],
        &[Signature::Sequence(&[Parameter::Any])] => output::first_argument_nullable, Support::Executable;
}

fn nullable_string(_: &output::Arguments<'_>) -> Option<LogicalType> {
    Some(LogicalType::string())
}
