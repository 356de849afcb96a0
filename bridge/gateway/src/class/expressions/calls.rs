//! The functions of `Expressions` that call the function of their arguments.

use super::super::function_calls::{FunctionCall, MANY, calls};

/// The methods, the functions, and how many arguments they take.
pub(super) const CALLS: &[FunctionCall] = &[
    // Logic.
    calls("and", "and", 2, MANY),
    calls("or", "or", 2, MANY),
    calls("not", "not", 1, 1),
    calls("ifThenElse", "ifThenElse", 3, 3),
    calls("coalesce", "COALESCE", 0, MANY),
    // Time.
    calls("currentDate", "currentDate", 0, 0),
    calls("currentTime", "currentTime", 0, 0),
    calls("currentTimestamp", "currentTimestamp", 0, 0),
    calls("currentWatermark", "CURRENT_WATERMARK", 1, 1),
    calls("localTime", "localTime", 0, 0),
    calls("localTimestamp", "localTimestamp", 0, 0),
    calls("toDate", "toDate", 1, 2),
    calls("toTimestamp", "toTimestamp", 1, 2),
    calls("toTimestampLtz", "TO_TIMESTAMP_LTZ", 1, 3),
    calls("temporalOverlaps", "temporalOverlaps", 4, 4),
    calls("dateFormat", "dateFormat", 2, 2),
    calls("convertTz", "convertTz", 3, 3),
    calls("fromUnixtime", "fromUnixtime", 1, 2),
    calls("unixTimestamp", "unixTimestamp", 0, 2),
    calls("sourceWatermark", "SOURCE_WATERMARK", 0, 0),
    // Numbers.
    calls("pi", "pi", 0, 0),
    calls("e", "e", 0, 0),
    calls("rand", "rand", 0, 1),
    calls("randInteger", "randInteger", 1, 2),
    calls("atan2", "atan2", 2, 2),
    calls("negative", "minusPrefix", 1, 1),
    calls("log", "log", 1, 2),
    // Strings and others.
    calls("concat", "concat", 1, MANY),
    calls("concatWs", "concat_ws", 2, MANY),
    calls("uuid", "uuid", 0, 0),
    calls("currentDatabase", "currentDatabase", 0, 0),
    calls("json", "JSON", 1, 1),
    calls("jsonString", "JSON_STRING", 1, 1),
    // Collections.
    calls("array", "array", 1, MANY),
    calls("row", "row", 1, MANY),
    calls("map", "map", 2, MANY),
    calls("mapFromArrays", "MAP_FROM_ARRAYS", 2, 2),
    // Columns.
    calls("withColumns", "withColumns", 1, MANY),
    calls("withoutColumns", "withoutColumns", 1, MANY),
    // Over windows.
    calls("lag", "lag", 1, 3),
    calls("lead", "lead", 1, 3),
];
