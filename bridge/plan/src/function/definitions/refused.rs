//! Functions that are known and not run yet: a call is refused by name when it is resolved.

use crate::function::built_in::{BuiltInFunction, FunctionKind, Support};
use crate::function::output;

const TEXT: &str = "Functions of strings that run: upper, lower, charLength, substring, trim, concat, replace, \
    position, like. A Python function can do the rest.";
const MATHEMATICS: &str = "Mathematical functions that run: abs, ceil, floor, round, mod, power, sqrt, exp, ln, \
    log10, sign. A Python function can do the rest.";
const COALESCED: &str = "Use COALESCE, which takes any number of arguments.";
const TIME: &str = "Dates and times can be compared and cast; a Python function can do the rest.";
const OTHERS: &str = "A Python function can do it.";
const JSON_VALUES: &str = "A Python function with the json module can do it.";
const AGGREGATES: &str = "Aggregate functions that run: count, sum, sum0, min, max, avg, each with distinct.";

/// Declares refused functions: a constant each, and their list.
macro_rules! refused {
    ($($constant:ident = $kind:ident $name:literal, $sql_name:expr, $instead:ident;)*) => {
        $(
            #[doc = concat!("`", $name, "`, known and not run yet")]
            pub static $constant: BuiltInFunction = BuiltInFunction {
                name: $name,
                sql_name: $sql_name,
                aliases: &[],
                kind: FunctionKind::$kind,
                signatures: &[],
                output: output::untyped,
                support: Support::Refused($instead),
            };
        )*

        /// The functions of this family.
        pub(super) static FUNCTIONS: &[&BuiltInFunction] = &[$(&$constant),*];
    };
}

refused! {
    INIT_CAP = Scalar "initCap", Some("INITCAP"), TEXT;
    SIMILAR = Scalar "similar", Some("SIMILAR"), TEXT;
    OVERLAY = Scalar "overlay", Some("OVERLAY"), TEXT;
    CONCAT_WS = Scalar "concat_ws", Some("CONCAT_WS"), TEXT;
    LPAD = Scalar "lpad", Some("LPAD"), TEXT;
    RPAD = Scalar "rpad", Some("RPAD"), TEXT;
    LTRIM = Scalar "ltrim", Some("LTRIM"), TEXT;
    RTRIM = Scalar "rtrim", Some("RTRIM"), TEXT;
    BTRIM = Scalar "BTRIM", Some("BTRIM"), TEXT;
    REPEAT = Scalar "repeat", Some("REPEAT"), TEXT;
    REGEXP = Scalar "regexp", Some("REGEXP"), TEXT;
    REGEXP_EXTRACT = Scalar "regexpExtract", Some("REGEXP_EXTRACT"), TEXT;
    REGEXP_REPLACE = Scalar "regexpReplace", Some("REGEXP_REPLACE"), TEXT;
    REGEXP_COUNT = Scalar "REGEXP_COUNT", Some("REGEXP_COUNT"), TEXT;
    REGEXP_EXTRACT_ALL = Scalar "REGEXP_EXTRACT_ALL", Some("REGEXP_EXTRACT_ALL"), TEXT;
    REGEXP_INSTR = Scalar "REGEXP_INSTR", Some("REGEXP_INSTR"), TEXT;
    REGEXP_SUBSTR = Scalar "REGEXP_SUBSTR", Some("REGEXP_SUBSTR"), TEXT;
    FROM_BASE64 = Scalar "fromBase64", Some("FROM_BASE64"), TEXT;
    TO_BASE64 = Scalar "toBase64", Some("TO_BASE64"), TEXT;
    ASCII = Scalar "ascii", Some("ASCII"), TEXT;
    CHR = Scalar "chr", Some("CHR"), TEXT;
    DECODE = Scalar "decode", Some("DECODE"), TEXT;
    ENCODE = Scalar "encode", Some("ENCODE"), TEXT;
    LEFT = Scalar "left", Some("LEFT"), TEXT;
    RIGHT = Scalar "right", Some("RIGHT"), TEXT;
    INSTR = Scalar "instr", Some("INSTR"), TEXT;
    LOCATE = Scalar "locate", Some("LOCATE"), TEXT;
    PARSE_URL = Scalar "parseUrl", Some("PARSE_URL"), TEXT;
    URL_DECODE = Scalar "URL_DECODE", Some("URL_DECODE"), TEXT;
    URL_ENCODE = Scalar "URL_ENCODE", Some("URL_ENCODE"), TEXT;
    INET_ATON = Scalar "INET_ATON", Some("INET_ATON"), TEXT;
    INET_NTOA = Scalar "INET_NTOA", Some("INET_NTOA"), TEXT;
    PRINTF = Scalar "PRINTF", Some("PRINTF"), TEXT;
    REVERSE = Scalar "reverse", Some("REVERSE"), TEXT;
    SPLIT_INDEX = Scalar "splitIndex", Some("SPLIT_INDEX"), TEXT;
    SPLIT = Scalar "SPLIT", Some("SPLIT"), TEXT;
    STR_TO_MAP = Scalar "strToMap", Some("STR_TO_MAP"), TEXT;
    ELT = Scalar "ELT", Some("ELT"), TEXT;
    TRANSLATE3 = Scalar "TRANSLATE3", Some("TRANSLATE"), TEXT;
    STARTSWITH = Scalar "STARTSWITH", Some("STARTSWITH"), TEXT;
    ENDSWITH = Scalar "ENDSWITH", Some("ENDSWITH"), TEXT;
    BIN = Scalar "bin", Some("BIN"), MATHEMATICS;
    HEX = Scalar "hex", Some("HEX"), MATHEMATICS;
    UNHEX = Scalar "UNHEX", Some("UNHEX"), MATHEMATICS;
    GREATEST = Scalar "GREATEST", Some("GREATEST"), MATHEMATICS;
    LEAST = Scalar "LEAST", Some("LEAST"), MATHEMATICS;
    IFNULL = Scalar "IFNULL", Some("ifNull"), COALESCED;
    CURRENT_DATABASE = Scalar "currentDatabase", Some("CURRENT_DATABASE"), TIME;
    CURRENT_WATERMARK = Scalar "CURRENT_WATERMARK", Some("CURRENT_WATERMARK"), TIME;
    SOURCE_WATERMARK = Scalar "SOURCE_WATERMARK", Some("SOURCE_WATERMARK"), TIME;
    DATE_TIME_PLUS = Scalar "dateTimePlus", Some("DATETIMEPLUS"), TIME;
    UUID = Scalar "uuid", Some("UUID"), OTHERS;
    MD5 = Scalar "md5", Some("MD5"), OTHERS;
    SHA1 = Scalar "sha1", Some("SHA1"), OTHERS;
    SHA224 = Scalar "sha224", Some("SHA224"), OTHERS;
    SHA256 = Scalar "sha256", Some("SHA256"), OTHERS;
    SHA384 = Scalar "sha384", Some("SHA384"), OTHERS;
    SHA512 = Scalar "sha512", Some("SHA512"), OTHERS;
    SHA2 = Scalar "sha2", Some("SHA2"), OTHERS;
    REINTERPRET_CAST = Scalar "reinterpretCast", Some("REINTERPRETCAST"), OTHERS;
    JSON = Scalar "JSON", Some("JSON"), JSON_VALUES;
    JSON_ARRAY = Scalar "JSON_ARRAY", Some("JSON_ARRAY"), JSON_VALUES;
    JSON_EXISTS = Scalar "JSON_EXISTS", Some("JSON_EXISTS"), JSON_VALUES;
    JSON_OBJECT = Scalar "JSON_OBJECT", Some("JSON_OBJECT"), JSON_VALUES;
    JSON_QUERY = Scalar "JSON_QUERY", Some("JSON_QUERY"), JSON_VALUES;
    JSON_QUOTE = Scalar "JSON_QUOTE", Some("JSON_QUOTE"), JSON_VALUES;
    JSON_STRING = Scalar "JSON_STRING", Some("JSON_STRING"), JSON_VALUES;
    JSON_UNQUOTE = Scalar "JSON_UNQUOTE", Some("JSON_UNQUOTE"), JSON_VALUES;
    JSON_VALUE = Scalar "JSON_VALUE", Some("JSON_VALUE"), JSON_VALUES;
    IS_JSON = Scalar "IS_JSON", Some("IS_JSON"), JSON_VALUES;
    BITMAP_BUILD_AGG = Aggregate "BITMAP_BUILD_AGG", Some("BITMAP_BUILD_AGG"), AGGREGATES;
    BITMAP_AND_AGG = Aggregate "BITMAP_AND_AGG", Some("BITMAP_AND_AGG"), AGGREGATES;
    BITMAP_OR_AGG = Aggregate "BITMAP_OR_AGG", Some("BITMAP_OR_AGG"), AGGREGATES;
    BITMAP_XOR_AGG = Aggregate "BITMAP_XOR_AGG", Some("BITMAP_XOR_AGG"), AGGREGATES;
    ASSIGNMENT = Other "ASSIGNMENT", Some("ASSIGNMENT"), OTHERS;
    DEFAULT = Other "DEFAULT", Some("DEFAULT"), OTHERS;
}
