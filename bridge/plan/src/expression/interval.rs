//! Intervals counted in a unit, as `2.days` and `lit(3).month` have them, and numbers of rows.
//!
//! Mirrors `ExpressionUtils.toMonthInterval` and its kin: only a constant can be counted.

use super::literal::LiteralValue;
use super::unresolved::Expression;
use crate::error::{PlanError, Result};
use crate::types::{LogicalType, TypeKind};

/// What one of a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntervalUnit {
    /// So many months.
    Months(i64),
    /// So many milliseconds.
    Millis(i64),
}

/// The units by the names that methods and string expressions give them; plural forms go first.
pub const INTERVAL_UNITS: [(&str, IntervalUnit); 18] = [
    ("years", IntervalUnit::Months(12)),
    ("quarters", IntervalUnit::Months(3)),
    ("months", IntervalUnit::Months(1)),
    ("weeks", IntervalUnit::Millis(604_800_000)),
    ("days", IntervalUnit::Millis(86_400_000)),
    ("hours", IntervalUnit::Millis(3_600_000)),
    ("minutes", IntervalUnit::Millis(60_000)),
    ("seconds", IntervalUnit::Millis(1_000)),
    ("millis", IntervalUnit::Millis(1)),
    ("year", IntervalUnit::Months(12)),
    ("quarter", IntervalUnit::Months(3)),
    ("month", IntervalUnit::Months(1)),
    ("week", IntervalUnit::Millis(604_800_000)),
    ("day", IntervalUnit::Millis(86_400_000)),
    ("hour", IntervalUnit::Millis(3_600_000)),
    ("minute", IntervalUnit::Millis(60_000)),
    ("second", IntervalUnit::Millis(1_000)),
    ("milli", IntervalUnit::Millis(1)),
];

impl IntervalUnit {
    /// So many of the unit as a constant.
    ///
    /// # Errors
    /// When the count is no whole constant, or too large for an interval.
    pub fn interval(self, count: &Expression) -> Result<Expression> {
        let (what, factor) = match self {
            Self::Months(months) => ("year-month", months),
            Self::Millis(millis) => ("day-time", millis),
        };
        let total = whole_constant(count)
            .and_then(|number| number.checked_mul(factor))
            .ok_or_else(|| PlanError::validation(format!("Invalid constant for {what} interval: {count}")))?;
        Ok(Expression::literal(match self {
            Self::Months(_) => LiteralValue::IntervalMonths(total),
            Self::Millis(_) => LiteralValue::IntervalMillis(total),
        }))
    }
}

/// A number of rows, as bounds of windows have it: a BIGINT constant.
///
/// # Errors
/// When the count is no whole constant.
pub fn row_interval(count: &Expression) -> Result<Expression> {
    let number = whole_constant(count)
        .ok_or_else(|| PlanError::validation(format!("Invalid constant for row interval: {count}")))?;
    Ok(Expression::Literal {
        value: LiteralValue::Integer(number),
        literal_type: LogicalType::not_null(TypeKind::BigInt),
    })
}

/// The value of an INT or BIGINT constant.
fn whole_constant(expression: &Expression) -> Option<i64> {
    match expression {
        Expression::Literal {
            value: LiteralValue::Integer(number),
            ..
        } => Some(*number),
        _ => None,
    }
}
