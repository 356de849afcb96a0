//! One value on its way between Arrow and a database.
//!
//! Both directions go through [`Value`]: a dialect binds and reads values, and knows nothing of Arrow;
//! [`super::column_values`] and [`super::column_builder`] know nothing of databases.

use std::borrow::Cow;
use std::fmt;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use sqlx::types::BigDecimal;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    Null,
    Boolean(bool),
    Integer(i64),
    /// Above the range of `Integer`, too: BIGINT UNSIGNED.
    Unsigned(u64),
    Float(f32),
    Double(f64),
    Decimal(BigDecimal),
    Text(Cow<'a, str>),
    Bytes(Cow<'a, [u8]>),
    Date(NaiveDate),
    Time(NaiveTime),
    Timestamp(NaiveDateTime),
}

impl fmt::Display for Value<'_> {
    /// As errors show a row: long texts keep head and tail.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => formatter.write_str("NULL"),
            Self::Boolean(value) => write!(formatter, "{value}"),
            Self::Integer(value) => write!(formatter, "{value}"),
            Self::Unsigned(value) => write!(formatter, "{value}"),
            Self::Float(value) => write!(formatter, "{value}"),
            Self::Double(value) => write!(formatter, "{value}"),
            Self::Decimal(value) => write!(formatter, "{}", value.to_plain_string()),
            Self::Text(value) => write!(formatter, "'{}'", shortened(value)),
            Self::Bytes(value) => write!(formatter, "{} bytes", value.len()),
            Self::Date(value) => write!(formatter, "{value}"),
            Self::Time(value) => write!(formatter, "{value}"),
            Self::Timestamp(value) => write!(formatter, "{value}"),
        }
    }
}

fn shortened(text: &str) -> Cow<'_, str> {
    const HEAD: usize = 60;
    const TAIL: usize = 20;
    let length = text.chars().count();
    if length <= HEAD + TAIL {
        return Cow::Borrowed(text);
    }
    let head: String = text.chars().take(HEAD).collect();
    let tail: String = text.chars().skip(length - TAIL).collect();
    Cow::Owned(format!("{head}...{tail}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_keep_head_and_tail() {
        let text = format!("{}{}", "a".repeat(100), "é".repeat(100));
        assert_eq!(
            Value::Text(text.into()).to_string(),
            format!("'{}...{}'", "a".repeat(60), "é".repeat(20))
        );
        assert_eq!(Value::Text("x".into()).to_string(), "'x'");
    }
}
