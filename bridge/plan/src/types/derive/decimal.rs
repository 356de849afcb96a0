//! Results of arithmetic, rounding and aggregation, above all for DECIMAL.

use super::{common_type, decimal_digits, is_exact_numeric, is_numeric};
use crate::types::{LogicalType, TypeKind};

/// The most digits of a DECIMAL.
pub const MAX_DECIMAL_PRECISION: u8 = 38;

/// The fraction digits that survive when a result has more than 38 digits.
const MINIMUM_ADJUSTED_SCALE: i32 = 6;

/// An arithmetic operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArithmeticOperator {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Divide,
    /// `%`
    Mod,
}

/// The result of an arithmetic operator on two numbers; `None` if one is not numeric. If one operand is
/// a DECIMAL and the other exact, decimal derivation holds; otherwise the result is the common type.
#[must_use]
pub fn arithmetic_type(
    operator: ArithmeticOperator,
    left: &LogicalType,
    right: &LogicalType,
) -> Option<LogicalType> {
    if !is_numeric(&left.kind) || !is_numeric(&right.kind) {
        return None;
    }
    let has_decimal =
        matches!(left.kind, TypeKind::Decimal { .. }) || matches!(right.kind, TypeKind::Decimal { .. });
    if has_decimal && is_exact_numeric(&left.kind) && is_exact_numeric(&right.kind) {
        let kind = decimal_type(
            operator,
            decimal_digits(&left.kind)?,
            decimal_digits(&right.kind)?,
        );
        return Some(LogicalType {
            kind,
            nullable: left.nullable || right.nullable,
        });
    }
    common_type(&[left.clone(), right.clone()])
}

fn decimal_type(operator: ArithmeticOperator, left: (u8, u8), right: (u8, u8)) -> TypeKind {
    let (p1, s1) = (i32::from(left.0), i32::from(left.1));
    let (p2, s2) = (i32::from(right.0), i32::from(right.1));
    let widest_scale = s1.max(s2);
    let (precision, scale) = match operator {
        ArithmeticOperator::Plus | ArithmeticOperator::Minus => {
            ((p1 - s1).max(p2 - s2) + widest_scale + 1, widest_scale)
        }
        ArithmeticOperator::Times => (p1 + p2 + 1, s1 + s2),
        ArithmeticOperator::Divide => {
            let scale = (s1 + p2 + 1).max(MINIMUM_ADJUSTED_SCALE);
            (p1 - s1 + s2 + scale, scale)
        }
        ArithmeticOperator::Mod => ((p1 - s1).min(p2 - s2) + widest_scale, widest_scale),
    };
    adjusted_decimal(precision, scale)
}

/// Gives up fraction digits so that the whole digits survive, but keeps six of them.
fn adjusted_decimal(precision: i32, scale: i32) -> TypeKind {
    let maximum = i32::from(MAX_DECIMAL_PRECISION);
    let (precision, scale) = if precision <= maximum {
        (precision, scale)
    } else {
        let whole_digits = precision - scale;
        (
            maximum,
            (maximum - whole_digits).max(scale.min(MINIMUM_ADJUSTED_SCALE)),
        )
    };
    // Operands are valid decimals, so both numbers are between 0 and 38 here.
    TypeKind::Decimal {
        precision: precision.max(1) as u8,
        scale: scale as u8,
    }
}

/// The result of `ROUND` or `TRUNCATE` to `digits` fraction digits; types other than DECIMAL stay.
#[must_use]
pub fn round_type(operand: &LogicalType, digits: i32) -> LogicalType {
    let TypeKind::Decimal { precision, scale } = operand.kind else {
        return operand.clone();
    };
    let (precision, scale) = (i32::from(precision), i32::from(scale));
    // Rounding may carry into one more whole digit.
    let (new_precision, new_scale) = if digits >= scale {
        (precision, scale)
    } else if digits < 0 {
        ((1 + precision - scale).min(i32::from(MAX_DECIMAL_PRECISION)), 0)
    } else {
        (1 + precision - scale + digits, digits)
    };
    LogicalType {
        kind: TypeKind::Decimal {
            precision: new_precision as u8,
            scale: new_scale as u8,
        },
        nullable: operand.nullable,
    }
}

/// The result of `SUM`: DECIMAL(38, s) for a DECIMAL, else the argument's type.
#[must_use]
pub fn sum_type(argument: &LogicalType) -> LogicalType {
    let kind = match argument.kind {
        TypeKind::Decimal { scale, .. } => TypeKind::Decimal {
            precision: MAX_DECIMAL_PRECISION,
            scale,
        },
        ref other => other.clone(),
    };
    LogicalType {
        kind,
        nullable: argument.nullable,
    }
}

/// The result of `AVG`: DECIMAL(38, max(6, s)) for a DECIMAL, else the argument's type, so that the
/// average of INTs is an INT.
#[must_use]
pub fn average_type(argument: &LogicalType) -> LogicalType {
    let kind = match argument.kind {
        // The sum is divided by a count, which is a DECIMAL(20, 0).
        TypeKind::Decimal { scale, .. } => decimal_type(
            ArithmeticOperator::Divide,
            (MAX_DECIMAL_PRECISION, scale),
            (20, 0),
        ),
        ref other => other.clone(),
    };
    LogicalType {
        kind,
        nullable: argument.nullable,
    }
}
