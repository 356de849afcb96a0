//! Functions of strings.

use crate::function::built_in::{BuiltInFunction, FunctionKind, Support};
use crate::function::output;
use crate::function::signature::{Parameter, Signature};

const TEXT: Signature = Signature::Sequence(&[Parameter::CharacterString]);
const TWO_TEXTS: Signature = Signature::Sequence(&[Parameter::CharacterString, Parameter::CharacterString]);
const THREE_TEXTS: Signature = Signature::Sequence(&[
    Parameter::CharacterString,
    Parameter::CharacterString,
    Parameter::CharacterString,
]);
const TWO_BINARIES: Signature = Signature::Sequence(&[Parameter::BinaryString, Parameter::BinaryString]);
const TEXT_NUMBER: Signature = Signature::Sequence(&[Parameter::CharacterString, Parameter::Integer]);
const TEXT_TWO_NUMBERS: Signature =
    Signature::Sequence(&[Parameter::CharacterString, Parameter::Integer, Parameter::Integer]);
const TWO_TEXTS_NUMBER: Signature = Signature::Sequence(&[
    Parameter::CharacterString,
    Parameter::CharacterString,
    Parameter::Integer,
]);
const TWO_TEXTS_TWO_NUMBERS: Signature = Signature::Sequence(&[
    Parameter::CharacterString,
    Parameter::CharacterString,
    Parameter::Integer,
    Parameter::Integer,
]);
const PADDED: Signature = Signature::Sequence(&[
    Parameter::CharacterString,
    Parameter::Integer,
    Parameter::CharacterString,
]);

functions! {
    UPPER = Scalar "upper", sql Some("UPPER"), aliases &["upperCase"],
        &[TEXT] => output::first_argument, Support::Executable;
    LOWER = Scalar "lower", sql Some("LOWER"), aliases &["lowerCase"],
        &[TEXT] => output::first_argument, Support::Executable;
    INIT_CAP = Scalar "initCap", sql Some("INITCAP"), aliases &[],
        &[TEXT] => output::first_argument, Support::Executable;
    CHAR_LENGTH = Scalar "charLength", sql Some("CHAR_LENGTH"), aliases &["CHARACTER_LENGTH"],
        &[TEXT] => output::integer, Support::Executable;
    LIKE = Scalar "LIKE", sql Some("LIKE"), aliases &[],
        &[TWO_TEXTS, THREE_TEXTS] => output::boolean, Support::Executable;
    SIMILAR = Scalar "similar", sql Some("SIMILAR TO"), aliases &[],
        &[TWO_TEXTS, THREE_TEXTS] => output::boolean, Support::Executable;
    SUBSTRING = Scalar "substring", sql Some("SUBSTRING"), aliases &[],
        &[TEXT_NUMBER, TEXT_TWO_NUMBERS] => output::varying_first, Support::Executable;
    SUBSTR = Scalar "substr", sql Some("SUBSTR"), aliases &[],
        &[TEXT_NUMBER, TEXT_TWO_NUMBERS] => output::varying_first, Support::Executable;
    LEFT = Scalar "left", sql Some("LEFT"), aliases &[],
        &[TEXT_NUMBER] => output::varying_first_nullable, Support::Executable;
    RIGHT = Scalar "right", sql Some("RIGHT"), aliases &[],
        &[TEXT_NUMBER] => output::varying_first_nullable, Support::Executable;
    TRIM = Scalar "trim", sql Some("TRIM"), aliases &[],
        &[Signature::Sequence(&[Parameter::Boolean, Parameter::Boolean, Parameter::CharacterString, Parameter::CharacterString])] => output::varying_fourth, Support::Executable;
    LTRIM = Scalar "ltrim", sql Some("LTRIM"), aliases &[],
        &[TEXT, TWO_TEXTS] => output::varying_first, Support::Executable;
    RTRIM = Scalar "rtrim", sql Some("RTRIM"), aliases &[],
        &[TEXT, TWO_TEXTS] => output::varying_first, Support::Executable;
    BTRIM = Scalar "BTRIM", sql Some("BTRIM"), aliases &[],
        &[TEXT, TWO_TEXTS] => output::string, Support::Executable;
    CONCAT = Scalar "concat", sql Some("CONCAT"), aliases &["||"],
        &[Signature::Varying(&[Parameter::CharacterString]), Signature::Varying(&[Parameter::BinaryString])] => output::concatenated, Support::Executable;
    CONCAT_WS = Scalar "concat_ws", sql Some("CONCAT_WS"), aliases &[],
        &[Signature::Varying(&[Parameter::CharacterString])] => output::string, Support::Executable;
    REPLACE = Scalar "replace", sql Some("REPLACE"), aliases &[],
        &[THREE_TEXTS] => output::string, Support::Executable;
    TRANSLATE3 = Scalar "TRANSLATE3", sql Some("TRANSLATE"), aliases &["TRANSLATE3"],
        &[THREE_TEXTS] => output::string_of_first, Support::Executable;
    OVERLAY = Scalar "overlay", sql Some("OVERLAY"), aliases &[],
        &[TWO_TEXTS_NUMBER, TWO_TEXTS_TWO_NUMBERS] => output::varying_both, Support::Executable;
    POSITION = Scalar "position", sql Some("POSITION"), aliases &[],
        &[TWO_TEXTS, TWO_TEXTS_NUMBER] => output::integer, Support::Executable;
    INSTR = Scalar "instr", sql Some("INSTR"), aliases &[],
        &[TWO_TEXTS, TWO_TEXTS_NUMBER, TWO_TEXTS_TWO_NUMBERS] => output::integer, Support::Executable;
    LOCATE = Scalar "locate", sql Some("LOCATE"), aliases &[],
        &[TWO_TEXTS, TWO_TEXTS_NUMBER] => output::integer, Support::Executable;
    STARTSWITH = Scalar "STARTSWITH", sql Some("STARTSWITH"), aliases &[],
        &[TWO_TEXTS, TWO_BINARIES] => output::boolean, Support::Executable;
    ENDSWITH = Scalar "ENDSWITH", sql Some("ENDSWITH"), aliases &[],
        &[TWO_TEXTS, TWO_BINARIES] => output::boolean, Support::Executable;
    LPAD = Scalar "lpad", sql Some("LPAD"), aliases &[],
        &[PADDED] => output::string, Support::Executable;
    RPAD = Scalar "rpad", sql Some("RPAD"), aliases &[],
        &[PADDED] => output::string, Support::Executable;
    REPEAT = Scalar "repeat", sql Some("REPEAT"), aliases &[],
        &[TEXT_NUMBER] => output::string, Support::Executable;
    REVERSE = Scalar "reverse", sql Some("REVERSE"), aliases &[],
        &[TEXT] => output::string_nullable, Support::Executable;
    ASCII = Scalar "ascii", sql Some("ASCII"), aliases &[],
        &[TEXT] => output::integer, Support::Executable;
    CHR = Scalar "chr", sql Some("CHR"), aliases &[],
        &[Signature::Sequence(&[Parameter::AnyInteger])] => output::string_nullable, Support::Executable;
    SPLIT = Scalar "SPLIT", sql Some("SPLIT"), aliases &[],
        &[TWO_TEXTS] => output::strings, Support::Executable;
    SPLIT_INDEX = Scalar "splitIndex", sql Some("SPLIT_INDEX"), aliases &[],
        &[TWO_TEXTS_NUMBER, TEXT_TWO_NUMBERS] => output::string_nullable, Support::Executable;
    STR_TO_MAP = Scalar "strToMap", sql Some("STR_TO_MAP"), aliases &[],
        &[TEXT, THREE_TEXTS] => output::string_map, Support::Executable;
    ELT = Scalar "ELT", sql Some("ELT"), aliases &[],
        &[Signature::Varying(&[Parameter::AnyInteger, Parameter::CharacterString]), Signature::Varying(&[Parameter::AnyInteger, Parameter::BinaryString])] => output::chosen, Support::Executable;
    PRINTF = Scalar "PRINTF", sql Some("PRINTF"), aliases &[],
        &[TEXT, Signature::Varying(&[Parameter::CharacterString, Parameter::Any])] => output::string_nullable, Support::Executable;
}
