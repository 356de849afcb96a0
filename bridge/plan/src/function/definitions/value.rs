//! Questions about what a value looks like.

use crate::function::built_in::{BuiltInFunction, FunctionKind, Support};
use crate::function::output;
use crate::function::signature::{Parameter, Signature};

const ANY: Signature = Signature::Sequence(&[Parameter::Any]);

functions! {
    IS_DECIMAL = Scalar "IS_DECIMAL", sql Some("IS_DECIMAL"), aliases &[],
        &[ANY] => output::boolean_not_null, Support::Executable;
    IS_DIGIT = Scalar "IS_DIGIT", sql Some("IS_DIGIT"), aliases &[],
        &[ANY] => output::boolean_not_null, Support::Executable;
    IS_ALPHA = Scalar "IS_ALPHA", sql Some("IS_ALPHA"), aliases &[],
        &[ANY] => output::boolean_not_null, Support::Executable;
}
