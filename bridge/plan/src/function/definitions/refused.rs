//! Functions that are known and not run yet: a call is refused by name when it is resolved.

use crate::function::built_in::{BuiltInFunction, FunctionKind, Support};
use crate::function::output;

const TIME: &str = "Dates and times can be compared and cast; a Python function can do the rest.";
const VARIANTS: &str = "There is no type VARIANT; JSON_VALUE and JSON_QUERY read JSON text.";
const STRUCTURES: &str = "Structured types are classes of Java; ROW has named fields.";
const BITMAPS: &str = "There is no type BITMAP; a Python function can keep sets of numbers.";
const OTHERS: &str = "A Python function can do it.";
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
    PARSE_JSON = Scalar "PARSE_JSON", Some("PARSE_JSON"), VARIANTS;
    TRY_PARSE_JSON = Scalar "TRY_PARSE_JSON", Some("TRY_PARSE_JSON"), VARIANTS;
    OBJECT_OF = Scalar "OBJECT_OF", Some("OBJECT_OF"), STRUCTURES;
    OBJECT_UPDATE = Scalar "OBJECT_UPDATE", Some("OBJECT_UPDATE"), STRUCTURES;
    BITMAP_AND = Scalar "BITMAP_AND", Some("BITMAP_AND"), BITMAPS;
    BITMAP_ANDNOT = Scalar "BITMAP_ANDNOT", Some("BITMAP_ANDNOT"), BITMAPS;
    BITMAP_BUILD = Scalar "BITMAP_BUILD", Some("BITMAP_BUILD"), BITMAPS;
    BITMAP_CARDINALITY = Scalar "BITMAP_CARDINALITY", Some("BITMAP_CARDINALITY"), BITMAPS;
    BITMAP_FROM_BYTES = Scalar "BITMAP_FROM_BYTES", Some("BITMAP_FROM_BYTES"), BITMAPS;
    BITMAP_OR = Scalar "BITMAP_OR", Some("BITMAP_OR"), BITMAPS;
    BITMAP_TO_ARRAY = Scalar "BITMAP_TO_ARRAY", Some("BITMAP_TO_ARRAY"), BITMAPS;
    BITMAP_TO_BYTES = Scalar "BITMAP_TO_BYTES", Some("BITMAP_TO_BYTES"), BITMAPS;
    BITMAP_TO_STRING = Scalar "BITMAP_TO_STRING", Some("BITMAP_TO_STRING"), BITMAPS;
    BITMAP_XOR = Scalar "BITMAP_XOR", Some("BITMAP_XOR"), BITMAPS;
    BITMAP_AND_CARDINALITY_AGG = Aggregate "BITMAP_AND_CARDINALITY_AGG", Some("BITMAP_AND_CARDINALITY_AGG"), BITMAPS;
    BITMAP_BUILD_CARDINALITY_AGG = Aggregate "BITMAP_BUILD_CARDINALITY_AGG", Some("BITMAP_BUILD_CARDINALITY_AGG"), BITMAPS;
    BITMAP_OR_CARDINALITY_AGG = Aggregate "BITMAP_OR_CARDINALITY_AGG", Some("BITMAP_OR_CARDINALITY_AGG"), BITMAPS;
    BITMAP_XOR_CARDINALITY_AGG = Aggregate "BITMAP_XOR_CARDINALITY_AGG", Some("BITMAP_XOR_CARDINALITY_AGG"), BITMAPS;
    CURRENT_DATABASE = Scalar "currentDatabase", Some("CURRENT_DATABASE"), TIME;
    CURRENT_WATERMARK = Scalar "CURRENT_WATERMARK", Some("CURRENT_WATERMARK"), TIME;
    SOURCE_WATERMARK = Scalar "SOURCE_WATERMARK", Some("SOURCE_WATERMARK"), TIME;
    DATE_TIME_PLUS = Scalar "dateTimePlus", Some("DATETIMEPLUS"), TIME;
    REINTERPRET_CAST = Scalar "reinterpretCast", Some("REINTERPRETCAST"), OTHERS;
    BITMAP_BUILD_AGG = Aggregate "BITMAP_BUILD_AGG", Some("BITMAP_BUILD_AGG"), AGGREGATES;
    BITMAP_AND_AGG = Aggregate "BITMAP_AND_AGG", Some("BITMAP_AND_AGG"), AGGREGATES;
    BITMAP_OR_AGG = Aggregate "BITMAP_OR_AGG", Some("BITMAP_OR_AGG"), AGGREGATES;
    BITMAP_XOR_AGG = Aggregate "BITMAP_XOR_AGG", Some("BITMAP_XOR_AGG"), AGGREGATES;
    ASSIGNMENT = Other "ASSIGNMENT", Some("ASSIGNMENT"), OTHERS;
    DEFAULT = Other "DEFAULT", Some("DEFAULT"), OTHERS;
}
