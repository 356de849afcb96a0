//! Values of literals.

/// A constant as written in a program, already in the representation of its type.
#[derive(Debug, Clone, PartialEq)]
pub enum LiteralValue {
    /// NULL of any type.
    Null,
    /// BOOLEAN.
    Boolean(bool),
    /// TINYINT, SMALLINT, INT and BIGINT.
    Integer(i64),
    /// FLOAT and DOUBLE.
    Floating(f64),
    /// DECIMAL: the unscaled value; precision and scale are in the type.
    Decimal(i128),
    /// CHAR and VARCHAR.
    String(String),
    /// BINARY and VARBINARY.
    Bytes(Vec<u8>),
    /// DATE: days since 1970-01-01.
    Date(i32),
    /// TIME: nanoseconds of the day.
    Time(i64),
    /// TIMESTAMP and TIMESTAMP_LTZ: nanoseconds since 1970-01-01T00:00:00.
    Timestamp(i128),
    /// INTERVAL YEAR TO MONTH: months.
    IntervalMonths(i64),
    /// INTERVAL DAY TO SECOND: milliseconds.
    IntervalMillis(i64),
}
