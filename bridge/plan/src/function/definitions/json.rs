//! Functions of JSON text.

use crate::function::built_in::{BuiltInFunction, FunctionKind, Support};
use crate::function::output;
use crate::function::signature::{Parameter, Signature};

const TEXT: Signature = Signature::Sequence(&[Parameter::CharacterString]);
const INPUT_PATH: Signature = Signature::Sequence(&[Parameter::CharacterString, Parameter::CharacterString]);

functions! {
    IS_JSON = Scalar "IS_JSON", sql Some("IS_JSON"), aliases &[],
        &[TEXT, Signature::Sequence(&[Parameter::CharacterString, Parameter::Symbol])] => output::boolean_not_null, Support::Executable;
    JSON_EXISTS = Scalar "JSON_EXISTS", sql Some("JSON_EXISTS"), aliases &[],
        &[INPUT_PATH, Signature::Sequence(&[Parameter::CharacterString, Parameter::CharacterString, Parameter::Symbol])] => output::boolean_nullable, Support::Executable;
    JSON_VALUE = Scalar "JSON_VALUE", sql Some("JSON_VALUE"), aliases &[],
        &[INPUT_PATH, Signature::Sequence(&[Parameter::CharacterString, Parameter::CharacterString, Parameter::Symbol, Parameter::Any, Parameter::Symbol, Parameter::Any])] => output::string_nullable, Support::Executable;
    JSON_QUERY = Scalar "JSON_QUERY", sql Some("JSON_QUERY"), aliases &[],
        &[INPUT_PATH, Signature::Sequence(&[Parameter::CharacterString, Parameter::CharacterString, Parameter::Symbol, Parameter::Symbol, Parameter::Symbol])] => output::string_nullable, Support::Executable;
    JSON_OBJECT = Scalar "JSON_OBJECT", sql Some("JSON_OBJECT"), aliases &[],
        &[Signature::Sequence(&[Parameter::Symbol]), Signature::Pairs(Parameter::CharacterString)] => output::string_not_null, Support::Executable;
    JSON_ARRAY = Scalar "JSON_ARRAY", sql Some("JSON_ARRAY"), aliases &[],
        &[Signature::Sequence(&[Parameter::Symbol]), Signature::Varying(&[Parameter::Symbol, Parameter::Any])] => output::string_not_null, Support::Executable;
    JSON_STRING = Scalar "JSON_STRING", sql Some("JSON_STRING"), aliases &[],
        &[Signature::Sequence(&[Parameter::Any])] => output::string, Support::Executable;
    JSON = Scalar "JSON", sql Some("JSON"), aliases &[],
        &[TEXT] => output::string, Support::Executable;
    JSON_QUOTE = Scalar "JSON_QUOTE", sql Some("JSON_QUOTE"), aliases &[],
        &[TEXT] => output::string, Support::Executable;
    JSON_UNQUOTE = Scalar "JSON_UNQUOTE", sql Some("JSON_UNQUOTE"), aliases &[],
        &[TEXT] => output::string, Support::Executable;
}
