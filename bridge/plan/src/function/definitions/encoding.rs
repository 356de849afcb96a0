//! Hashes, encodings, URLs and addresses.

use crate::function::built_in::{BuiltInFunction, FunctionKind, Support};
use crate::function::output;
use crate::function::signature::{Parameter, Signature};

const TEXT: Signature = Signature::Sequence(&[Parameter::CharacterString]);
const BINARY: Signature = Signature::Sequence(&[Parameter::BinaryString]);
const TWO_TEXTS: Signature = Signature::Sequence(&[Parameter::CharacterString, Parameter::CharacterString]);
const THREE_TEXTS: Signature = Signature::Sequence(&[
    Parameter::CharacterString,
    Parameter::CharacterString,
    Parameter::CharacterString,
]);
const WHOLE_NUMBER: Signature = Signature::Sequence(&[Parameter::AnyInteger]);

functions! {
    UUID = Scalar "uuid", sql Some("UUID"), aliases &[],
        &[Signature::Sequence(&[])] => output::identifier, Support::Executable;
    MD5 = Scalar "md5", sql Some("MD5"), aliases &[],
        &[TEXT, BINARY] => output::digits_32, Support::Executable;
    SHA1 = Scalar "sha1", sql Some("SHA1"), aliases &[],
        &[TEXT, BINARY] => output::digits_40, Support::Executable;
    SHA224 = Scalar "sha224", sql Some("SHA224"), aliases &[],
        &[TEXT, BINARY] => output::digits_56, Support::Executable;
    SHA256 = Scalar "sha256", sql Some("SHA256"), aliases &[],
        &[TEXT, BINARY] => output::digits_64, Support::Executable;
    SHA384 = Scalar "sha384", sql Some("SHA384"), aliases &[],
        &[TEXT, BINARY] => output::digits_96, Support::Executable;
    SHA512 = Scalar "sha512", sql Some("SHA512"), aliases &[],
        &[TEXT, BINARY] => output::digits_128, Support::Executable;
    SHA2 = Scalar "sha2", sql Some("SHA2"), aliases &[],
        &[Signature::Sequence(&[Parameter::CharacterString, Parameter::Integer]), Signature::Sequence(&[Parameter::BinaryString, Parameter::Integer])] => output::digits_varying, Support::Executable;
    FROM_BASE64 = Scalar "fromBase64", sql Some("FROM_BASE64"), aliases &[],
        &[TEXT] => output::string, Support::Executable;
    TO_BASE64 = Scalar "toBase64", sql Some("TO_BASE64"), aliases &[],
        &[TEXT] => output::string, Support::Executable;
    ENCODE = Scalar "encode", sql Some("ENCODE"), aliases &[],
        &[TWO_TEXTS] => output::bytes, Support::Executable;
    DECODE = Scalar "decode", sql Some("DECODE"), aliases &[],
        &[Signature::Sequence(&[Parameter::BinaryString, Parameter::CharacterString])] => output::string, Support::Executable;
    HEX = Scalar "hex", sql Some("HEX"), aliases &[],
        &[WHOLE_NUMBER, TEXT] => output::string, Support::Executable;
    UNHEX = Scalar "UNHEX", sql Some("UNHEX"), aliases &[],
        &[TEXT] => output::bytes_nullable, Support::Executable;
    BIN = Scalar "bin", sql Some("BIN"), aliases &[],
        &[WHOLE_NUMBER] => output::string, Support::Executable;
    URL_ENCODE = Scalar "URL_ENCODE", sql Some("URL_ENCODE"), aliases &[],
        &[TEXT] => output::string_nullable, Support::Executable;
    URL_DECODE = Scalar "URL_DECODE", sql Some("URL_DECODE"), aliases &[],
        &[TEXT] => output::string_nullable, Support::Executable;
    PARSE_URL = Scalar "parseUrl", sql Some("PARSE_URL"), aliases &[],
        &[TWO_TEXTS, THREE_TEXTS] => output::string_nullable, Support::Executable;
    INET_ATON = Scalar "INET_ATON", sql Some("INET_ATON"), aliases &[],
        &[TEXT] => output::long_nullable, Support::Executable;
    INET_NTOA = Scalar "INET_NTOA", sql Some("INET_NTOA"), aliases &[],
        &[WHOLE_NUMBER] => output::string_nullable, Support::Executable;
}
