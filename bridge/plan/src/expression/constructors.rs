//! Shorthands that build expressions, and the types of constants.
//!
//! The type of a constant is as exact as its value, as `Expressions.lit` has it: `1` is INT NOT NULL,
//! `'abc'` is CHAR(3) NOT NULL, 1.20 is DECIMAL(3, 2) NOT NULL.

use super::literal::LiteralValue;
use super::unresolved::{CallTarget, Expression};
use crate::error::{PlanError, Result};
use crate::function::{BuiltInFunction, definition};
use crate::types::derive::{is_binary_string, is_character_string, is_numeric};
use crate::types::{LogicalType, TypeKind};

impl Expression {
    /// A column by name.
    #[must_use]
    pub fn column(name: impl Into<String>) -> Self {
        Self::Reference(name.into())
    }

    /// A constant of the type that [`literal_type`] gives it.
    #[must_use]
    pub fn literal(value: LiteralValue) -> Self {
        let literal_type = literal_type(&value);
        Self::Literal { value, literal_type }
    }

    /// A DECIMAL constant of exactly the digits written: `unscaled` times ten to the power of minus
    /// `scale`. An error if it has more than 38 digits.
    pub fn decimal(unscaled: i128, scale: u8) -> Result<Self> {
        let digits = u8::try_from(unscaled.unsigned_abs().to_string().len()).unwrap_or(u8::MAX);
        let precision = digits.max(scale);
        if precision > 38 {
            return Err(PlanError::validation(format!(
                "A decimal constant can have 38 digits at most, this one has {precision}."
            )));
        }
        Ok(Self::Literal {
            value: LiteralValue::Decimal(unscaled),
            literal_type: LogicalType::not_null(TypeKind::Decimal { precision, scale }),
        })
    }

    /// NULL of a type. Mirrors `nullOf`.
    pub fn null_of(literal_type: LogicalType) -> Result<Self> {
        typed_literal(LiteralValue::Null, literal_type)
    }

    /// A call of a built-in function.
    #[must_use]
    pub fn call(function: &'static BuiltInFunction, arguments: Vec<Expression>) -> Self {
        Self::Call {
            target: CallTarget::BuiltIn(function),
            arguments,
        }
    }

    /// A call of the built-in function of this Table API name. One without a definition is looked up by
    /// name when the call is resolved.
    #[must_use]
    pub fn call_named(name: &str, arguments: Vec<Expression>) -> Self {
        match definition(name) {
            Some(function) => Self::call(function, arguments),
            None => Self::call_by_name(name, arguments),
        }
    }

    /// A call of whatever function has this name: user functions first, then built-in ones.
    #[must_use]
    pub fn call_by_name(name: impl Into<String>, arguments: Vec<Expression>) -> Self {
        Self::Call {
            target: CallTarget::Lookup(name.into()),
            arguments,
        }
    }
}

/// The type of an untyped constant.
#[must_use]
pub fn literal_type(value: &LiteralValue) -> LogicalType {
    let length = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    LogicalType::not_null(match value {
        LiteralValue::Null => return LogicalType::nullable(TypeKind::Null),
        LiteralValue::Boolean(_) => TypeKind::Boolean,
        LiteralValue::Integer(value) if i32::try_from(*value).is_ok() => TypeKind::Int,
        LiteralValue::Integer(_) => TypeKind::BigInt,
        LiteralValue::Floating(_) => TypeKind::Double,
        // Without a scale given, the digits are whole.
        LiteralValue::Decimal(unscaled) => TypeKind::Decimal {
            precision: unscaled.unsigned_abs().to_string().len().min(38) as u8,
            scale: 0,
        },
        LiteralValue::String(text) => TypeKind::Char(length(text.encode_utf16().count())),
        LiteralValue::Bytes(bytes) => TypeKind::Binary(length(bytes.len())),
        LiteralValue::Date(_) => TypeKind::Date,
        LiteralValue::Time(nanoseconds) => TypeKind::Time(fraction_digits(
            nanoseconds.rem_euclid(1_000_000_000).unsigned_abs(),
        )),
        LiteralValue::Timestamp(nanoseconds) => {
            let fraction = u64::try_from(nanoseconds.rem_euclid(1_000_000_000)).unwrap_or(0);
            TypeKind::Timestamp(fraction_digits(fraction))
        }
        LiteralValue::IntervalMonths(_) => TypeKind::IntervalYearMonth,
        LiteralValue::IntervalMillis(_) => TypeKind::IntervalDayTime,
    })
}

/// How many digits of nanoseconds are needed: trailing zeros are not.
fn fraction_digits(nanoseconds: u64) -> u8 {
    (0..9u8)
        .find(|digits| nanoseconds.is_multiple_of(10u64.pow(9 - u32::from(*digits))))
        .unwrap_or(9)
}

/// A constant of a declared type, as `lit(value, type)` makes it; an error if the value is not one of
/// the type's.
pub fn typed_literal(value: LiteralValue, literal_type: LogicalType) -> Result<Expression> {
    let mismatch = |value: &LiteralValue| {
        PlanError::validation(format!(
            "Data type '{literal_type}' does not support a conversion from '{}'.",
            super::constructors::literal_type(value)
        ))
    };
    let kind = &literal_type.kind;
    let converted = match value {
        LiteralValue::Null if literal_type.nullable => LiteralValue::Null,
        LiteralValue::Null => {
            return Err(PlanError::validation(format!(
                "Data type '{literal_type}' does not support null values."
            )));
        }
        LiteralValue::Integer(integer) if matches!(kind, TypeKind::Float | TypeKind::Double) => {
            LiteralValue::Floating(integer as f64)
        }
        LiteralValue::Integer(integer) => match kind {
            TypeKind::Decimal { precision, scale } => {
                let unscaled = 10i128
                    .checked_pow(u32::from(*scale))
                    .and_then(|factor| factor.checked_mul(i128::from(integer)))
                    .filter(|unscaled| unscaled.unsigned_abs().to_string().len() <= usize::from(*precision));
                LiteralValue::Decimal(unscaled.ok_or_else(|| mismatch(&value))?)
            }
            _ if integer_fits(integer, kind) => value,
            _ => return Err(mismatch(&value)),
        },
        other if holds(&other, kind) => other,
        other => return Err(mismatch(&other)),
    };
    Ok(Expression::Literal {
        value: converted,
        literal_type,
    })
}

fn integer_fits(value: i64, kind: &TypeKind) -> bool {
    match kind {
        TypeKind::TinyInt => i8::try_from(value).is_ok(),
        TypeKind::SmallInt => i16::try_from(value).is_ok(),
        TypeKind::Int => i32::try_from(value).is_ok(),
        TypeKind::BigInt => true,
        _ => false,
    }
}

fn holds(value: &LiteralValue, kind: &TypeKind) -> bool {
    match value {
        LiteralValue::Boolean(_) => *kind == TypeKind::Boolean,
        LiteralValue::Floating(_) => is_numeric(kind) && matches!(kind, TypeKind::Float | TypeKind::Double),
        LiteralValue::Decimal(unscaled) => match kind {
            TypeKind::Decimal { precision, .. } => {
                unscaled.unsigned_abs().to_string().len() <= usize::from(*precision)
            }
            _ => false,
        },
        LiteralValue::String(_) => is_character_string(kind),
        LiteralValue::Bytes(_) => is_binary_string(kind),
        LiteralValue::Date(_) => *kind == TypeKind::Date,
        LiteralValue::Time(_) => matches!(kind, TypeKind::Time(_)),
        LiteralValue::Timestamp(_) => matches!(kind, TypeKind::Timestamp(_) | TypeKind::TimestampLtz(_)),
        LiteralValue::IntervalMonths(_) => *kind == TypeKind::IntervalYearMonth,
        LiteralValue::IntervalMillis(_) => *kind == TypeKind::IntervalDayTime,
        LiteralValue::Null | LiteralValue::Integer(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_have_exact_types() {
        for (value, expected) in [
            (LiteralValue::Integer(1), "INT NOT NULL"),
            (LiteralValue::Integer(1 << 40), "BIGINT NOT NULL"),
            (LiteralValue::Floating(1.5), "DOUBLE NOT NULL"),
            (LiteralValue::String("héllo".into()), "CHAR(5) NOT NULL"),
            (LiteralValue::Bytes(vec![1, 2]), "BINARY(2) NOT NULL"),
            (LiteralValue::Boolean(true), "BOOLEAN NOT NULL"),
            (LiteralValue::Time(1_000_000_000), "TIME(0) NOT NULL"),
            (LiteralValue::Timestamp(1_500_000_000), "TIMESTAMP(1) NOT NULL"),
            (LiteralValue::Timestamp(1), "TIMESTAMP(9) NOT NULL"),
            (LiteralValue::IntervalMonths(2), "INTERVAL MONTH NOT NULL"),
            (LiteralValue::Null, "NULL"),
        ] {
            assert_eq!(literal_type(&value).to_string(), expected);
        }
        let decimal = Expression::decimal(12345, 3).unwrap();
        assert!(matches!(decimal, Expression::Literal { literal_type, .. }
            if literal_type.to_string() == "DECIMAL(5, 3) NOT NULL"));
        assert!(Expression::decimal(1, 39).is_err());
    }

    #[test]
    fn declared_types_take_what_fits() {
        let of = |value, kind| typed_literal(value, LogicalType::not_null(kind));
        assert!(of(LiteralValue::Integer(1), TypeKind::BigInt).is_ok());
        assert!(of(LiteralValue::Integer(300), TypeKind::TinyInt).is_err());
        let decimal = TypeKind::Decimal {
            precision: 3,
            scale: 2,
        };
        assert!(of(LiteralValue::Integer(10), decimal.clone()).is_err());
        assert!(matches!(
            of(LiteralValue::Integer(9), decimal).unwrap(),
            Expression::Literal {
                value: LiteralValue::Decimal(900),
                ..
            }
        ));
        let message = Expression::null_of(LogicalType::not_null(TypeKind::Int))
            .unwrap_err()
            .to_string();
        assert_eq!(message, "Data type 'INT NOT NULL' does not support null values.");
    }
}
