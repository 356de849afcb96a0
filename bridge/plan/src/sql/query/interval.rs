//! Interval constants: `INTERVAL '10' MINUTE`, `INTERVAL '1-2' YEAR TO MONTH`,
//! `INTERVAL '1 02:03:04.005' DAY TO SECOND`.

use sqlparser::ast::{DataType, DateTimeField, Expr, Interval, Spanned, UnaryOperator, Value};
use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use super::call::{built_in, cast};
use super::refuse::refused;
use crate::error::{PlanError, Result};
use crate::expression::{LiteralValue, ResolvedExpression};
use crate::function::{BuiltInFunction, definitions};
use crate::operation::expression_type;
use crate::types::derive::is_exact_numeric;
use crate::types::{LogicalType, TypeKind};

/// Units in which an interval is written. Weeks and quarters stand alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Quarter,
    Week,
}

const UNITS: &str = "Units are YEAR, QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE and SECOND.";

/// The constant.
pub(super) fn interval(written: &Interval) -> Result<ResolvedExpression> {
    let span = written.value.span();
    let Interval {
        value,
        leading_field,
        leading_precision: _,
        last_field,
        fractional_seconds_precision: _,
    } = written;
    let (text, outer_sign) = quoted(value, 1).ok_or_else(|| {
        refused(
            span,
            "INTERVAL of an expression",
            "Write the number in single quotes.",
        )
    })?;
    let leading = unit(leading_field.as_ref(), span)?;
    let last = match last_field {
        None => leading,
        Some(_) => unit(last_field.as_ref(), span)?,
    };
    let fault = || illegal(text, written, span);
    let is_range = leading != last;
    let is_valid_range =
        leading < last && last <= Unit::Second && (leading < Unit::Day) == (last < Unit::Day);
    if is_range && !is_valid_range {
        return Err(fault());
    }
    let (digits, sign) = match text.trim().strip_prefix('-') {
        Some(digits) => (digits, -outer_sign),
        None => (text.trim().strip_prefix('+').unwrap_or(text.trim()), outer_sign),
    };
    let is_months = matches!(leading, Unit::Year | Unit::Month | Unit::Quarter);
    let amount = amount(digits, leading, last)
        .and_then(|amount| amount.checked_mul(sign))
        .ok_or_else(fault)?;
    let (kind, value) = if is_months {
        (TypeKind::IntervalYearMonth, LiteralValue::IntervalMonths(amount))
    } else {
        (TypeKind::IntervalDayTime, LiteralValue::IntervalMillis(amount))
    };
    Ok(ResolvedExpression::Literal {
        value,
        literal_type: LogicalType::not_null(kind),
    })
}

/// `CAST(operand AS INTERVAL unit)`: a number counts the unit, which must be a single one.
pub(super) fn to_interval(
    function: &'static BuiltInFunction,
    operand: ResolvedExpression,
    target: &LogicalType,
    written: &DataType,
    span: Span,
) -> Result<ResolvedExpression> {
    let from = expression_type(&operand);
    let is_integer = is_exact_numeric(&from.kind) && !matches!(from.kind, TypeKind::Decimal { .. });
    let text = written.to_string().to_ascii_uppercase();
    let units: Vec<&str> = text
        .split(|character: char| !character.is_ascii_alphabetic())
        .filter(|word| !word.is_empty() && *word != "INTERVAL")
        .collect();
    let factor = match units.as_slice() {
        ["YEAR"] => 12,
        ["MONTH"] => 1,
        ["DAY"] => 86_400_000,
        ["HOUR"] => 3_600_000,
        ["MINUTE"] => 60_000,
        ["SECOND"] => 1_000,
        _ => 0,
    };
    if from.kind == TypeKind::Null || from.kind == target.kind {
        return cast(function, operand, target, span);
    }
    if !is_integer || factor == 0 {
        return Err(validation_error(
            span,
            &format!("Cast function cannot convert value of type {from} to type {target}"),
        ));
    }
    let units = cast(function, operand, target, span)?;
    let factor = ResolvedExpression::Literal {
        value: LiteralValue::Integer(factor),
        literal_type: LogicalType::not_null(TypeKind::Int),
    };
    built_in(&definitions::TIMES, vec![units, factor], span)
}

/// The text of the constant, and the sign before it.
fn quoted(value: &Expr, sign: i64) -> Option<(&str, i64)> {
    match value {
        Expr::Value(value) => match &value.value {
            Value::SingleQuotedString(text) => Some((text, sign)),
            _ => None,
        },
        Expr::UnaryOp {
            op: UnaryOperator::Minus,
            expr,
        } => quoted(expr, -sign),
        Expr::UnaryOp {
            op: UnaryOperator::Plus,
            expr,
        } => quoted(expr, sign),
        _ => None,
    }
}

fn unit(field: Option<&DateTimeField>, span: Span) -> Result<Unit> {
    match field {
        Some(DateTimeField::Year | DateTimeField::Years) => Ok(Unit::Year),
        Some(DateTimeField::Quarter) => Ok(Unit::Quarter),
        Some(DateTimeField::Month | DateTimeField::Months) => Ok(Unit::Month),
        Some(DateTimeField::Week(None) | DateTimeField::Weeks) => Ok(Unit::Week),
        Some(DateTimeField::Day | DateTimeField::Days) => Ok(Unit::Day),
        Some(DateTimeField::Hour | DateTimeField::Hours) => Ok(Unit::Hour),
        Some(DateTimeField::Minute | DateTimeField::Minutes) => Ok(Unit::Minute),
        Some(DateTimeField::Second | DateTimeField::Seconds) => Ok(Unit::Second),
        Some(other) => Err(refused(span, &format!("INTERVAL in {other}"), UNITS)),
        None => Err(refused(span, "INTERVAL without a unit", UNITS)),
    }
}

/// Months or milliseconds; `None` if the text does not have the form of the units.
fn amount(digits: &str, leading: Unit, last: Unit) -> Option<i64> {
    if leading == last {
        return scaled(digits, leading);
    }
    if leading == Unit::Year {
        let (years, months) = digits.split_once('-')?;
        return scaled(years, Unit::Year)?.checked_add(bounded(months, Unit::Month)?);
    }
    let mut rest = Some(digits);
    let mut total = 0_i64;
    let fields = [Unit::Day, Unit::Hour, Unit::Minute, Unit::Second];
    for field in fields
        .into_iter()
        .filter(|field| leading <= *field && *field <= last)
    {
        let separator = if field == Unit::Day { ' ' } else { ':' };
        let (part, after) = match rest?.split_once(separator) {
            Some((part, after)) => (part, Some(after)),
            None => (rest?, None),
        };
        let value = if field == leading {
            scaled(part, field)?
        } else {
            bounded(part, field)?
        };
        total = total.checked_add(value)?;
        rest = after;
    }
    rest.is_none().then_some(total)
}

/// A field that is not the first one, which has an upper bound.
fn bounded(digits: &str, unit: Unit) -> Option<i64> {
    let limit = match unit {
        Unit::Month => 12,
        Unit::Hour => 24,
        _ => 60,
    };
    let whole: i64 = digits.split('.').next()?.parse().ok()?;
    if whole >= limit {
        return None;
    }
    scaled(digits, unit)
}

/// A field in months or milliseconds. Seconds can have a fraction, of milliseconds at most.
fn scaled(digits: &str, unit: Unit) -> Option<i64> {
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) if unit == Unit::Second => (whole, fraction),
        Some(_) => return None,
        None => (digits, ""),
    };
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let lost = fraction.get(3..).unwrap_or_default();
    if whole.is_empty() || !is_number(whole) || !is_number(fraction) || lost.contains(|digit| digit != '0') {
        return None;
    }
    let millis: i64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    let factor = match unit {
        Unit::Year => 12,
        Unit::Quarter => 3,
        Unit::Month => 1,
        Unit::Week => 7 * 86_400_000,
        Unit::Day => 86_400_000,
        Unit::Hour => 3_600_000,
        Unit::Minute => 60_000,
        Unit::Second => 1_000,
    };
    whole
        .parse::<i64>()
        .ok()?
        .checked_mul(factor)?
        .checked_add(millis)
}

fn illegal(text: &str, written: &Interval, span: Span) -> PlanError {
    let mut units = String::from("INTERVAL");
    if let Some(leading) = &written.leading_field {
        units.push_str(&format!(" {leading}"));
    }
    if let Some(last) = &written.last_field {
        units.push_str(&format!(" TO {last}"));
    }
    validation_error(
        span,
        &format!("Illegal interval literal format '{text}' for {units}"),
    )
}
