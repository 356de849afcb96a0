//! Functions of strings.

use crate::function::built_in::{BuiltInFunction, FunctionKind, Support};
use crate::function::output;
use crate::function::signature::{Parameter, Signature};

functions! {
    UPPER = Scalar "upper", sql Some("UPPER"), aliases &["upperCase"],
        &[Signature::Sequence(&[Parameter::CharacterString])] => output::first_argument, Support::Executable;
    LOWER = Scalar "lower", sql Some("LOWER"), aliases &["lowerCase"],
        &[Signature::Sequence(&[Parameter::CharacterString])] => output::first_argument, Support::Executable;
    CHAR_LENGTH = Scalar "charLength", sql Some("CHAR_LENGTH"), aliases &["CHARACTER_LENGTH"],
        &[Signature::Sequence(&[Parameter::CharacterString])] => output::integer, Support::Executable;
    LIKE = Scalar "LIKE", sql Some("LIKE"), aliases &[],
        &[Signature::Sequence(&[Parameter::CharacterString, Parameter::CharacterString]), Signature::Sequence(&[Parameter::CharacterString, Parameter::CharacterString, Parameter::CharacterString])] => output::boolean, Support::Executable;
    SUBSTRING = Scalar "substring", sql Some("SUBSTRING"), aliases &["SUBSTR"],
        &[Signature::Sequence(&[Parameter::CharacterString, Parameter::Integer]), Signature::Sequence(&[Parameter::CharacterString, Parameter::Integer, Parameter::Integer])] => output::varying_first, Support::Executable;
    TRIM = Scalar "trim", sql Some("TRIM"), aliases &[],
        &[Signature::Sequence(&[Parameter::Boolean, Parameter::Boolean, Parameter::CharacterString, Parameter::CharacterString])] => output::varying_fourth, Support::Executable;
    CONCAT = Scalar "concat", sql Some("CONCAT"), aliases &["||"],
        &[Signature::Varying(&[Parameter::CharacterString]), Signature::Varying(&[Parameter::BinaryString])] => output::concatenated, Support::Executable;
    REPLACE = Scalar "replace", sql Some("REPLACE"), aliases &[],
        &[Signature::Sequence(&[Parameter::CharacterString, Parameter::CharacterString, Parameter::CharacterString])] => output::string, Support::Executable;
    POSITION = Scalar "position", sql Some("POSITION"), aliases &[],
        &[Signature::Sequence(&[Parameter::CharacterString, Parameter::CharacterString])] => output::integer, Support::Executable;
}
