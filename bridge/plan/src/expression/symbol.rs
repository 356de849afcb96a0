//! The enumerations whose constants are arguments of functions, such as the unit of `extract`.

/// An enumeration of Java.
#[derive(Debug)]
pub struct Enumeration {
    /// The full name of the class.
    pub class: &'static str,
    /// What the constants are, in one sentence.
    pub description: &'static str,
    /// The constants in order.
    pub constants: &'static [&'static str],
}

impl Enumeration {
    /// The class without its package.
    #[must_use]
    pub fn simple_name(&self) -> &'static str {
        self.class.rsplit('.').next().unwrap_or(self.class)
    }
}

/// Units of intervals. `YEAR` stands before `YEAR_TO_MONTH`: string expressions match them as plain prefixes,
/// the first wins.
pub static TIME_INTERVAL_UNIT: Enumeration = Enumeration {
    class: "org.apache.flink.table.expressions.TimeIntervalUnit",
    description: "Units of intervals of time.",
    constants: &[
        "YEAR",
        "YEAR_TO_MONTH",
        "QUARTER",
        "MONTH",
        "WEEK",
        "DAY",
        "DAY_TO_HOUR",
        "DAY_TO_MINUTE",
        "DAY_TO_SECOND",
        "HOUR",
        "SECOND",
        "HOUR_TO_MINUTE",
        "HOUR_TO_SECOND",
        "MINUTE",
        "MINUTE_TO_SECOND",
    ],
};

/// Units of points in time.
pub static TIME_POINT_UNIT: Enumeration = Enumeration {
    class: "org.apache.flink.table.expressions.TimePointUnit",
    description: "Units of points in time.",
    constants: &[
        "YEAR",
        "MONTH",
        "DAY",
        "HOUR",
        "MINUTE",
        "SECOND",
        "QUARTER",
        "WEEK",
        "MILLISECOND",
        "MICROSECOND",
    ],
};

/// What a text of JSON holds.
pub static JSON_TYPE: Enumeration = Enumeration {
    class: "org.apache.flink.table.api.JsonType",
    description: "What a text of JSON holds.",
    constants: &["VALUE", "SCALAR", "ARRAY", "OBJECT"],
};

/// What `jsonExists` answers when it fails.
pub static JSON_EXISTS_ON_ERROR: Enumeration = Enumeration {
    class: "org.apache.flink.table.api.JsonExistsOnError",
    description: "What jsonExists answers when it fails.",
    constants: &["TRUE", "FALSE", "UNKNOWN", "ERROR"],
};

/// What `jsonValue` answers when nothing is found or it fails.
pub static JSON_VALUE_ON_EMPTY_OR_ERROR: Enumeration = Enumeration {
    class: "org.apache.flink.table.api.JsonValueOnEmptyOrError",
    description: "What jsonValue answers when nothing is found or it fails.",
    constants: &["NULL", "ERROR", "DEFAULT"],
};

/// Whether `jsonQuery` puts its answer into an array.
pub static JSON_QUERY_WRAPPER: Enumeration = Enumeration {
    class: "org.apache.flink.table.api.JsonQueryWrapper",
    description: "Whether jsonQuery puts its answer into an array.",
    constants: &["WITHOUT_ARRAY", "CONDITIONAL_ARRAY", "UNCONDITIONAL_ARRAY"],
};

/// What `jsonQuery` answers when nothing is found or it fails.
pub static JSON_QUERY_ON_EMPTY_OR_ERROR: Enumeration = Enumeration {
    class: "org.apache.flink.table.api.JsonQueryOnEmptyOrError",
    description: "What jsonQuery answers when nothing is found or it fails.",
    constants: &["NULL", "EMPTY_ARRAY", "EMPTY_OBJECT", "ERROR"],
};

/// What becomes of NULL in JSON.
pub static JSON_ON_NULL: Enumeration = Enumeration {
    class: "org.apache.flink.table.api.JsonOnNull",
    description: "What becomes of NULL in JSON.",
    constants: &["NULL", "ABSENT"],
};

/// Every enumeration.
pub static ENUMERATIONS: &[&Enumeration] = &[
    &TIME_INTERVAL_UNIT,
    &TIME_POINT_UNIT,
    &JSON_TYPE,
    &JSON_EXISTS_ON_ERROR,
    &JSON_VALUE_ON_EMPTY_OR_ERROR,
    &JSON_QUERY_WRAPPER,
    &JSON_QUERY_ON_EMPTY_OR_ERROR,
    &JSON_ON_NULL,
];
