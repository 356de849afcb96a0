//! Values of calls as literals. Mirrors `ValueDataTypeConverter`.

use nutkin_plan::PlanError;
use nutkin_plan::expression::{Expression, LiteralValue, typed_literal};
use nutkin_plan::types::{LogicalType, TypeKind};
use nutkin_protocol::{Elapsed, Value};

use crate::{GatewayError, Result};

/// The literal of a value, of the type that Java's value has.
pub(super) fn literal(value: &Value) -> Result<Expression> {
    match value {
        Value::Decimal(text) => {
            let (unscaled, scale) = decimal(text)?;
            Ok(Expression::decimal(unscaled, scale)?)
        }
        // A `long` is a BIGINT also when it is small.
        Value::Long(number) => {
            let big = LogicalType::not_null(TypeKind::BigInt);
            Ok(typed_literal(LiteralValue::Integer(*number), big)?)
        }
        Value::Instant(elapsed) => {
            let instant = LogicalType::not_null(TypeKind::TimestampLtz(6));
            Ok(typed_literal(
                LiteralValue::Timestamp(elapsed.as_nanos()),
                instant,
            )?)
        }
        Value::Byte(number) => of_kind(LiteralValue::Integer(i64::from(*number)), TypeKind::TinyInt),
        Value::Short(number) => of_kind(LiteralValue::Integer(i64::from(*number)), TypeKind::SmallInt),
        Value::Float(number) => of_kind(LiteralValue::Floating(f64::from(*number)), TypeKind::Float),
        other => Ok(Expression::literal(value_of(other)?)),
    }
}

/// The literal of a value, of a given type.
pub(super) fn literal_of_type(value: &Value, literal_type: LogicalType) -> Result<Expression> {
    let value = match value {
        Value::Decimal(text) => {
            let (unscaled, scale) = decimal(text)?;
            rescale(unscaled, scale, &literal_type)?
        }
        other => value_of(other)?,
    };
    Ok(typed_literal(value, literal_type)?)
}

fn of_kind(value: LiteralValue, kind: TypeKind) -> Result<Expression> {
    Ok(typed_literal(value, LogicalType::not_null(kind))?)
}

fn value_of(value: &Value) -> Result<LiteralValue> {
    Ok(match value {
        Value::Null => LiteralValue::Null,
        Value::Boolean(value) => LiteralValue::Boolean(*value),
        Value::Int(number) => LiteralValue::Integer(i64::from(*number)),
        Value::Long(number) => LiteralValue::Integer(*number),
        Value::Double(number) => LiteralValue::Floating(*number),
        Value::String(text) => LiteralValue::String(text.clone()),
        Value::Bytes(bytes) => LiteralValue::Bytes(bytes.clone()),
        Value::Date(days) => LiteralValue::Date(*days),
        Value::Time(nanos) => LiteralValue::Time(*nanos),
        Value::Byte(number) => LiteralValue::Integer(i64::from(*number)),
        Value::Short(number) => LiteralValue::Integer(i64::from(*number)),
        Value::Float(number) => LiteralValue::Floating(f64::from(*number)),
        Value::Timestamp(elapsed) | Value::Instant(elapsed) => LiteralValue::Timestamp(elapsed.as_nanos()),
        Value::Duration(elapsed) => LiteralValue::IntervalMillis(interval_millis(*elapsed)?),
        Value::Period(months) => LiteralValue::IntervalMonths(i64::from(*months)),
        Value::Row(_)
        | Value::Decimal(_)
        | Value::List(_)
        | Value::Map(_)
        | Value::Object(_)
        | Value::Arrow(_) => {
            return Err(GatewayError::Unsupported {
                what: format!("A constant of the type {}", value.java_type()),
                hint: "a Python function can make such values".to_owned(),
            });
        }
    })
}

/// The milliseconds of an interval, which holds nothing smaller.
fn interval_millis(elapsed: Elapsed) -> Result<i64> {
    let nanos = elapsed.as_nanos();
    let millis = (nanos % 1_000_000 == 0).then(|| i64::try_from(nanos / 1_000_000));
    match millis {
        Some(Ok(millis)) => Ok(millis),
        _ => Err(GatewayError::IllegalArgument {
            message: "An interval counts milliseconds and cannot hold microseconds.".to_owned(),
            hint: Some("round it to milliseconds".to_owned()),
        }),
    }
}

/// The digits of a number in plain notation, and how many of them stand after the point.
fn decimal(text: &str) -> Result<(i128, u8)> {
    let wrong = || GatewayError::IllegalArgument {
        message: format!("'{text}' is no decimal number of at most 38 digits."),
        hint: None,
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let scale = u8::try_from(fraction.len()).map_err(|_| wrong())?;
    let unscaled = format!("{whole}{fraction}").parse().map_err(|_| wrong())?;
    Ok((unscaled, scale))
}

/// A decimal with the digits that a type has; none may be lost.
fn rescale(unscaled: i128, scale: u8, literal_type: &LogicalType) -> Result<LiteralValue> {
    let TypeKind::Decimal { scale: wanted, .. } = literal_type.kind else {
        return Ok(LiteralValue::Decimal(unscaled));
    };
    let factor = 10i128.checked_pow(u32::from(wanted.abs_diff(scale)));
    let rescaled = factor.and_then(|factor| {
        if wanted >= scale {
            unscaled.checked_mul(factor)
        } else {
            (unscaled % factor == 0).then(|| unscaled / factor)
        }
    });
    rescaled.map(LiteralValue::Decimal).ok_or_else(|| {
        let message = format!("The constant has more digits than {literal_type} holds.");
        PlanError::validation(message).into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn type_of(value: &Value) -> String {
        match literal(value).unwrap() {
            Expression::Literal { literal_type, .. } => literal_type.to_string(),
            other => panic!("no literal but {other:?}"),
        }
    }

    #[test]
    fn types_are_those_of_java() {
        for (value, expected) in [
            (Value::Int(5), "INT NOT NULL"),
            (Value::Long(5), "BIGINT NOT NULL"),
            (Value::Double(5.0), "DOUBLE NOT NULL"),
            (Value::Boolean(true), "BOOLEAN NOT NULL"),
            (Value::String("abc".to_owned()), "CHAR(3) NOT NULL"),
            (Value::Decimal("-12.340".to_owned()), "DECIMAL(5, 3) NOT NULL"),
            (Value::Decimal("7".to_owned()), "DECIMAL(1, 0) NOT NULL"),
            (Value::Date(0), "DATE NOT NULL"),
            (
                Value::Timestamp(Elapsed::from_micros(1_500_000)),
                "TIMESTAMP(1) NOT NULL",
            ),
            (
                Value::Instant(Elapsed::from_micros(0)),
                "TIMESTAMP_LTZ(6) NOT NULL",
            ),
            (
                Value::Duration(Elapsed::from_micros(1_000)),
                "INTERVAL SECOND(3) NOT NULL",
            ),
            (Value::Byte(-1), "TINYINT NOT NULL"),
            (Value::Short(1), "SMALLINT NOT NULL"),
            (Value::Float(0.5), "FLOAT NOT NULL"),
            (Value::Null, "NULL"),
        ] {
            assert_eq!(type_of(&value), expected);
        }
        assert!(literal(&Value::Decimal("1e5".to_owned())).is_err());
        assert!(literal(&Value::Duration(Elapsed::from_micros(1))).is_err());
        assert!(literal(&Value::Map(vec![])).is_err());
    }

    #[test]
    fn a_decimal_takes_the_scale_of_its_type() {
        let of = |text: &str| {
            let kind = TypeKind::Decimal {
                precision: 5,
                scale: 2,
            };
            literal_of_type(&Value::Decimal(text.to_owned()), LogicalType::not_null(kind))
        };
        for (text, unscaled) in [("1.5", 150), ("1.500", 150), ("-3", -300)] {
            let Ok(Expression::Literal { value, .. }) = of(text) else {
                panic!("{text} is no literal");
            };
            assert_eq!(value, LiteralValue::Decimal(unscaled));
        }
        assert!(of("1.234").is_err());
        assert!(of("1234").is_err());
    }
}
