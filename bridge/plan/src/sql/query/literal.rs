//! Constants, with the types that Flink gives them.
//!
//! `1` is INT, `3000000000` BIGINT, `1.0` DECIMAL(2, 1), `1e0` DOUBLE, `'x'` CHAR(1); DATE, TIME and
//! TIMESTAMP have as many fraction digits as written.

use chrono::{NaiveDate, NaiveTime, Timelike};
use sqlparser::ast::{DataType, TimezoneInfo, TypedString, Value, ValueWithSpan};
use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use super::refuse::refused;
use crate::error::{PlanError, Result};
use crate::expression::{LiteralValue, ResolvedExpression};
use crate::types::derive::MAX_DECIMAL_PRECISION;
use crate::types::{LogicalType, TypeKind};

/// A constant that is written without a type.
pub(super) fn constant(written: &ValueWithSpan) -> Result<ResolvedExpression> {
    let span = written.span;
    match &written.value {
        Value::Number(digits, false) => number(digits, span),
        Value::SingleQuotedString(text)
        | Value::NationalStringLiteral(text)
        | Value::UnicodeStringLiteral(text) => Ok(string(text)),
        Value::HexStringLiteral(digits) => bytes(digits, span),
        Value::Boolean(value) => Ok(literal(TypeKind::Boolean, LiteralValue::Boolean(*value))),
        Value::Null => Ok(ResolvedExpression::Literal {
            value: LiteralValue::Null,
            literal_type: LogicalType::nullable(TypeKind::Null),
        }),
        other => Err(refused(
            span,
            &format!("the constant {other}"),
            "Constants are numbers, strings in single quotes, X'...', TRUE, FALSE and NULL.",
        )),
    }
}

/// `DATE '...'`, `TIME '...'` or `TIMESTAMP '...'`.
pub(super) fn typed_constant(written: &TypedString) -> Result<ResolvedExpression> {
    let span = written.value.span;
    let Value::SingleQuotedString(text) = &written.value.value else {
        return Err(refused(span, &format!("the constant {written}"), TYPED));
    };
    match &written.data_type {
        _ if written.uses_odbc_syntax => Err(refused(span, "a constant in braces", TYPED)),
        DataType::Date => date(text).map(|day| literal(TypeKind::Date, LiteralValue::Date(day))),
        DataType::Time(None, TimezoneInfo::None) => {
            let (nanos, digits) = time(text).ok_or_else(|| illegal("TIME", text, "HH:mm:ss"))?;
            Ok(literal(TypeKind::Time(digits), LiteralValue::Time(nanos)))
        }
        DataType::Timestamp(None, TimezoneInfo::None) => {
            let (nanos, digits) =
                timestamp(text).ok_or_else(|| illegal("TIMESTAMP", text, "yyyy-MM-dd HH:mm:ss"))?;
            Ok(literal(
                TypeKind::Timestamp(digits),
                LiteralValue::Timestamp(nanos),
            ))
        }
        other => Err(refused(
            span,
            &format!("the constant {other} '{text}'"),
            "Write CAST('...' AS type).",
        )),
    }
}

const TYPED: &str = "Write DATE '...', TIME '...' or TIMESTAMP '...'.";

/// The constant with the other sign, if it is a number or an interval.
pub(super) fn negated(value: &LiteralValue) -> Option<LiteralValue> {
    Some(match value {
        LiteralValue::Integer(value) => LiteralValue::Integer(value.checked_neg()?),
        LiteralValue::Floating(value) => LiteralValue::Floating(-value),
        LiteralValue::Decimal(value) => LiteralValue::Decimal(value.checked_neg()?),
        LiteralValue::IntervalMonths(value) => LiteralValue::IntervalMonths(value.checked_neg()?),
        LiteralValue::IntervalMillis(value) => LiteralValue::IntervalMillis(value.checked_neg()?),
        _ => return None,
    })
}

fn literal(kind: TypeKind, value: LiteralValue) -> ResolvedExpression {
    ResolvedExpression::Literal {
        value,
        literal_type: LogicalType::not_null(kind),
    }
}

/// A string is as long as Java counts it, in UTF-16 units.
fn string(text: &str) -> ResolvedExpression {
    let length = u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
    literal(TypeKind::Char(length), LiteralValue::String(text.to_owned()))
}

fn bytes(digits: &str, span: Span) -> Result<ResolvedExpression> {
    let value: Option<Vec<u8>> = (0..digits.len())
        .step_by(2)
        .map(|start| u8::from_str_radix(digits.get(start..start + 2)?, 16).ok())
        .collect();
    let value = value.ok_or_else(|| {
        validation_error(
            span,
            "Binary literal string must contain an even number of hexits",
        )
    })?;
    let length = u32::try_from(value.len()).unwrap_or(u32::MAX);
    Ok(literal(TypeKind::Binary(length), LiteralValue::Bytes(value)))
}

fn number(digits: &str, span: Span) -> Result<ResolvedExpression> {
    let out_of_range = || validation_error(span, &format!("Numeric literal '{digits}' out of range"));
    if digits.contains(['e', 'E']) {
        let value: f64 = digits.parse().map_err(|_| out_of_range())?;
        if !value.is_finite() {
            return Err(out_of_range());
        }
        return Ok(literal(TypeKind::Double, LiteralValue::Floating(value)));
    }
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if fraction.is_empty() {
        let value: i64 = whole.parse().map_err(|_| out_of_range())?;
        let kind = match i32::try_from(value) {
            Ok(_) => TypeKind::Int,
            Err(_) => TypeKind::BigInt,
        };
        return Ok(literal(kind, LiteralValue::Integer(value)));
    }
    // As many digits as written, zeros in front included.
    let precision = u8::try_from(whole.len() + fraction.len()).map_err(|_| out_of_range())?;
    let scale = u8::try_from(fraction.len()).map_err(|_| out_of_range())?;
    if precision > MAX_DECIMAL_PRECISION {
        return Err(out_of_range());
    }
    let unscaled: i128 = format!("{whole}{fraction}").parse().map_err(|_| out_of_range())?;
    Ok(literal(
        TypeKind::Decimal { precision, scale },
        LiteralValue::Decimal(unscaled),
    ))
}

fn illegal(what: &str, text: &str, format: &str) -> PlanError {
    PlanError::SqlParser {
        message: format!("SQL parse failed. Illegal {what} literal '{text}': not in format '{format}'"),
    }
}

fn date(text: &str) -> Result<i32> {
    let fault = || illegal("DATE", text, "yyyy-MM-dd");
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| fault())?;
    i32::try_from(days_since_epoch(day)).map_err(|_| fault())
}

fn days_since_epoch(day: NaiveDate) -> i64 {
    day.signed_duration_since(NaiveDate::default()).num_days()
}

/// Nanoseconds of the day, and the number of fraction digits.
fn time(text: &str) -> Option<(i64, u8)> {
    let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
    let digits = u8::try_from(fraction.len()).ok().filter(|digits| *digits <= 9)?;
    let value = NaiveTime::parse_from_str(text, "%H:%M:%S%.f").ok()?;
    // chrono reads second 60 as a leap second.
    if value.nanosecond() >= 1_000_000_000 {
        return None;
    }
    let nanos = i64::from(value.num_seconds_from_midnight()) * 1_000_000_000 + i64::from(value.nanosecond());
    Some((nanos, digits))
}

fn timestamp(text: &str) -> Option<(i128, u8)> {
    // A date alone is the start of the day.
    let (day, clock) = text.split_once(' ').unwrap_or((text, "00:00:00"));
    let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
    let (nanos, digits) = time(clock.trim_start())?;
    let whole = i128::from(days_since_epoch(day)) * 86_400_000_000_000;
    Some((whole + i128::from(nanos), digits))
}
