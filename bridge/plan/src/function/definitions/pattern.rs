//! Functions of regular expressions.

use crate::function::built_in::{BuiltInFunction, FunctionKind, Support};
use crate::function::output;
use crate::function::signature::{Parameter, Signature};

const TWO_TEXTS: Signature = Signature::Sequence(&[Parameter::CharacterString, Parameter::CharacterString]);
const TWO_TEXTS_NUMBER: Signature = Signature::Sequence(&[
    Parameter::CharacterString,
    Parameter::CharacterString,
    Parameter::AnyInteger,
]);
const THREE_TEXTS: Signature = Signature::Sequence(&[
    Parameter::CharacterString,
    Parameter::CharacterString,
    Parameter::CharacterString,
]);

functions! {
    REGEXP = Scalar "regexp", sql Some("REGEXP"), aliases &[],
        &[TWO_TEXTS] => output::boolean, Support::Executable;
    REGEXP_EXTRACT = Scalar "regexpExtract", sql Some("REGEXP_EXTRACT"), aliases &[],
        &[TWO_TEXTS, TWO_TEXTS_NUMBER] => output::string_nullable, Support::Executable;
    REGEXP_REPLACE = Scalar "regexpReplace", sql Some("REGEXP_REPLACE"), aliases &[],
        &[THREE_TEXTS] => output::string, Support::Executable;
    REGEXP_COUNT = Scalar "REGEXP_COUNT", sql Some("REGEXP_COUNT"), aliases &[],
        &[TWO_TEXTS] => output::integer_nullable, Support::Executable;
    REGEXP_EXTRACT_ALL = Scalar "REGEXP_EXTRACT_ALL", sql Some("REGEXP_EXTRACT_ALL"), aliases &[],
        &[TWO_TEXTS, TWO_TEXTS_NUMBER] => output::strings_nullable, Support::Executable;
    REGEXP_INSTR = Scalar "REGEXP_INSTR", sql Some("REGEXP_INSTR"), aliases &[],
        &[TWO_TEXTS] => output::integer_nullable, Support::Executable;
    REGEXP_SUBSTR = Scalar "REGEXP_SUBSTR", sql Some("REGEXP_SUBSTR"), aliases &[],
        &[TWO_TEXTS] => output::string_nullable, Support::Executable;
}
