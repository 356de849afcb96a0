//! Which type a built-in function gives.
//!
//! Mirrors the output type strategies of `org.apache.flink.table.types.inference`. Unless said
//! otherwise the result is nullable if one of the arguments is.

use crate::expression::{LiteralValue, ResolvedExpression};
use crate::types::derive::{
    ArithmeticOperator, arithmetic_type, average_type, common_type, is_character_string, is_date_time,
    is_interval, round_type, string_length, sum_type,
};
use crate::types::{LogicalType, MAX_LENGTH, TypeKind};

/// The arguments of a call, with the types they have after implicit casts.
pub(super) struct Arguments<'a> {
    pub(super) expressions: &'a [ResolvedExpression],
    pub(super) types: &'a [LogicalType],
}

/// A rule; `None` if it has no answer for these arguments.
pub(super) type Output = fn(&Arguments<'_>) -> Option<LogicalType>;

impl Arguments<'_> {
    fn nullable(&self) -> bool {
        // Enumeration constants have no value that could be NULL.
        let is_symbol = |position: usize| self.symbol(position).is_some();
        let mut types = self.types.iter().enumerate();
        types.any(|(position, argument)| argument.nullable && !is_symbol(position))
    }

    /// The name of an argument that is an enumeration constant.
    pub(super) fn symbol(&self, position: usize) -> Option<&str> {
        match self.expressions.get(position)? {
            ResolvedExpression::Symbol { name, .. } => Some(name),
            _ => None,
        }
    }

    /// A type that is nullable if one of the arguments is.
    pub(super) fn of(&self, kind: TypeKind) -> Option<LogicalType> {
        Some(LogicalType {
            kind,
            nullable: self.nullable(),
        })
    }

    fn arithmetic(&self, operator: ArithmeticOperator) -> Option<LogicalType> {
        let [left, right] = self.types else { return None };
        arithmetic_type(operator, left, right)
    }
}

pub(super) fn boolean(arguments: &Arguments<'_>) -> Option<LogicalType> {
    arguments.of(TypeKind::Boolean)
}

pub(super) fn boolean_not_null(_: &Arguments<'_>) -> Option<LogicalType> {
    Some(LogicalType::not_null(TypeKind::Boolean))
}

pub(super) fn double(arguments: &Arguments<'_>) -> Option<LogicalType> {
    arguments.of(TypeKind::Double)
}

pub(super) fn integer(arguments: &Arguments<'_>) -> Option<LogicalType> {
    arguments.of(TypeKind::Int)
}

/// BIGINT.
pub(super) fn big_integer(arguments: &Arguments<'_>) -> Option<LogicalType> {
    arguments.of(TypeKind::BigInt)
}

pub(super) fn string(arguments: &Arguments<'_>) -> Option<LogicalType> {
    arguments.of(TypeKind::VarChar(MAX_LENGTH))
}

/// STRING, NULL even if no argument is.
pub(super) fn string_nullable(_: &Arguments<'_>) -> Option<LogicalType> {
    Some(LogicalType::string())
}

/// STRING NOT NULL.
pub(super) fn string_not_null(_: &Arguments<'_>) -> Option<LogicalType> {
    Some(LogicalType::string().with_nullable(false))
}

pub(super) fn boolean_nullable(_: &Arguments<'_>) -> Option<LogicalType> {
    Some(LogicalType::nullable(TypeKind::Boolean))
}

/// STRING, NULL if the first argument is.
pub(super) fn string_of_first(arguments: &Arguments<'_>) -> Option<LogicalType> {
    Some(LogicalType::string().with_nullable(arguments.types.first()?.nullable))
}

pub(super) fn integer_nullable(_: &Arguments<'_>) -> Option<LogicalType> {
    Some(LogicalType::nullable(TypeKind::Int))
}

pub(super) fn long_nullable(_: &Arguments<'_>) -> Option<LogicalType> {
    Some(LogicalType::nullable(TypeKind::BigInt))
}

pub(super) fn bytes(arguments: &Arguments<'_>) -> Option<LogicalType> {
    arguments.of(TypeKind::VarBinary(MAX_LENGTH))
}

pub(super) fn bytes_nullable(_: &Arguments<'_>) -> Option<LogicalType> {
    Some(LogicalType::nullable(TypeKind::VarBinary(MAX_LENGTH)))
}

/// `ARRAY<STRING>`.
pub(super) fn strings(arguments: &Arguments<'_>) -> Option<LogicalType> {
    arguments.of(TypeKind::Array(Box::new(LogicalType::string())))
}

/// `ARRAY<STRING>`, NULL even if no argument is.
pub(super) fn strings_nullable(arguments: &Arguments<'_>) -> Option<LogicalType> {
    Some(strings(arguments)?.with_nullable(true))
}

/// `MAP<STRING, STRING>`, NULL even if no argument is.
pub(super) fn string_map(_: &Arguments<'_>) -> Option<LogicalType> {
    let string = || Box::new(LogicalType::string());
    Some(LogicalType::nullable(TypeKind::Map(string(), string())))
}

/// The digits of MD5.
pub(super) fn digits_32(arguments: &Arguments<'_>) -> Option<LogicalType> {
    arguments.of(TypeKind::Char(32))
}

/// The digits of SHA-1.
pub(super) fn digits_40(arguments: &Arguments<'_>) -> Option<LogicalType> {
    arguments.of(TypeKind::Char(40))
}

/// The digits of SHA-224.
pub(super) fn digits_56(arguments: &Arguments<'_>) -> Option<LogicalType> {
    arguments.of(TypeKind::Char(56))
}

/// The digits of SHA-256.
pub(super) fn digits_64(arguments: &Arguments<'_>) -> Option<LogicalType> {
    arguments.of(TypeKind::Char(64))
}

/// The digits of SHA-384.
pub(super) fn digits_96(arguments: &Arguments<'_>) -> Option<LogicalType> {
    arguments.of(TypeKind::Char(96))
}

/// The digits of SHA-512.
pub(super) fn digits_128(arguments: &Arguments<'_>) -> Option<LogicalType> {
    arguments.of(TypeKind::Char(128))
}

/// The digits of any hash of SHA-2.
pub(super) fn digits_varying(arguments: &Arguments<'_>) -> Option<LogicalType> {
    arguments.of(TypeKind::VarChar(128))
}

/// CHAR(36) NOT NULL.
pub(super) fn identifier(_: &Arguments<'_>) -> Option<LogicalType> {
    Some(LogicalType::not_null(TypeKind::Char(36)))
}

/// VARCHAR as long as the first argument, NULL even if no argument is.
pub(super) fn varying_first_nullable(arguments: &Arguments<'_>) -> Option<LogicalType> {
    Some(varying(arguments, 0)?.with_nullable(true))
}

/// VARCHAR as long as the first two arguments together.
pub(super) fn varying_both(arguments: &Arguments<'_>) -> Option<LogicalType> {
    let [first, second, ..] = arguments.types else {
        return None;
    };
    let length = string_length(&first.kind).saturating_add(string_length(&second.kind));
    arguments.of(TypeKind::VarChar(length.min(MAX_LENGTH)))
}

/// The common type of all but the first argument, NULL even if none is.
pub(super) fn chosen(arguments: &Arguments<'_>) -> Option<LogicalType> {
    Some(common_type(arguments.types.get(1..)?)?.with_nullable(true))
}

/// The common type, NULL if one argument is.
pub(super) fn common(arguments: &Arguments<'_>) -> Option<LogicalType> {
    Some(common_type(arguments.types)?.with_nullable(arguments.nullable()))
}

/// The common type of two arguments, NULL if both are.
pub(super) fn replaced(arguments: &Arguments<'_>) -> Option<LogicalType> {
    let common = common_type(arguments.types)?;
    Some(common.with_nullable(arguments.types.iter().all(|argument| argument.nullable)))
}

/// BIGINT NOT NULL: a count of nothing is 0.
pub(super) fn count(_: &Arguments<'_>) -> Option<LogicalType> {
    Some(LogicalType::not_null(TypeKind::BigInt))
}

/// The type of the first argument.
pub(super) fn first_argument(arguments: &Arguments<'_>) -> Option<LogicalType> {
    arguments.types.first().cloned()
}

/// The type of the first argument; an aggregate over no rows is NULL.
pub(super) fn first_argument_nullable(arguments: &Arguments<'_>) -> Option<LogicalType> {
    Some(first_argument(arguments)?.with_nullable(true))
}

pub(super) fn sum(arguments: &Arguments<'_>) -> Option<LogicalType> {
    Some(sum_type(arguments.types.first()?).with_nullable(true))
}

/// As `sum`, but 0 over no rows.
pub(super) fn sum_or_zero(arguments: &Arguments<'_>) -> Option<LogicalType> {
    Some(sum_type(arguments.types.first()?).with_nullable(false))
}

/// As [`average`], and NULL over a single row, which is no sample.
pub(super) fn average_or_null(arguments: &Arguments<'_>) -> Option<LogicalType> {
    Some(average(arguments)?.with_nullable(true))
}

pub(super) fn average(arguments: &Arguments<'_>) -> Option<LogicalType> {
    Some(average_type(arguments.types.first()?).with_nullable(true))
}

/// MULTISET of the first argument; over no rows it is empty.
pub(super) fn multiset(arguments: &Arguments<'_>) -> Option<LogicalType> {
    let element = Box::new(first_argument(arguments)?);
    Some(LogicalType::not_null(TypeKind::Multiset(element)))
}

/// ARRAY of the first argument; over no rows it is NULL.
pub(super) fn array_of_first(arguments: &Arguments<'_>) -> Option<LogicalType> {
    let element = Box::new(first_argument(arguments)?);
    Some(LogicalType::nullable(TypeKind::Array(element)))
}

/// The text of JSON that aggregates give.
pub(super) fn json(_: &Arguments<'_>) -> Option<LogicalType> {
    Some(LogicalType::not_null(TypeKind::VarChar(2000)))
}

/// DOUBLE, or an array of them for an array of percentages.
pub(super) fn percentile(arguments: &Arguments<'_>) -> Option<LogicalType> {
    Some(match arguments.types.get(1)?.kind {
        TypeKind::Array(_) => {
            LogicalType::nullable(TypeKind::Array(Box::new(LogicalType::nullable(TypeKind::Double))))
        }
        _ => LogicalType::nullable(TypeKind::Double),
    })
}

/// The value of another row: NULL where there is none, or else the default, whose nullability counts.
pub(super) fn other_row(arguments: &Arguments<'_>) -> Option<LogicalType> {
    let first = first_argument(arguments)?;
    Some(match arguments.types.get(2) {
        None => first.with_nullable(true),
        Some(default) => first.with_nullable(default.nullable),
    })
}

/// The common type of all but the first argument, which is a condition.
pub(super) fn branches(arguments: &Arguments<'_>) -> Option<LogicalType> {
    common_type(arguments.types.get(1..)?)
}

/// The common type, NULL only if all arguments are.
pub(super) fn coalesced(arguments: &Arguments<'_>) -> Option<LogicalType> {
    let common = common_type(arguments.types)?;
    Some(common.with_nullable(arguments.types.iter().all(|argument| argument.nullable)))
}

/// VARCHAR as long as the first argument.
pub(super) fn varying_first(arguments: &Arguments<'_>) -> Option<LogicalType> {
    varying(arguments, 0)
}

/// VARCHAR as long as the fourth argument, the operand of `trim`.
pub(super) fn varying_fourth(arguments: &Arguments<'_>) -> Option<LogicalType> {
    varying(arguments, 3)
}

fn varying(arguments: &Arguments<'_>, position: usize) -> Option<LogicalType> {
    let length = string_length(&arguments.types.get(position)?.kind);
    arguments.of(TypeKind::VarChar(length))
}

/// Strings of fixed length give one, as long as all together; others a varying one.
pub(super) fn concatenated(arguments: &Arguments<'_>) -> Option<LogicalType> {
    let length = arguments
        .types
        .iter()
        .fold(0u32, |total, argument| {
            total.saturating_add(string_length(&argument.kind))
        })
        .min(MAX_LENGTH);
    let fixed = arguments
        .types
        .iter()
        .all(|argument| matches!(argument.kind, TypeKind::Char(_) | TypeKind::Binary(_)));
    let characters = is_character_string(&arguments.types.first()?.kind);
    arguments.of(match (characters, fixed) {
        (true, true) => TypeKind::Char(length),
        (true, false) => TypeKind::VarChar(length),
        (false, true) => TypeKind::Binary(length),
        (false, false) => TypeKind::VarBinary(length),
    })
}

pub(super) fn plus(arguments: &Arguments<'_>) -> Option<LogicalType> {
    if arguments
        .types
        .first()
        .is_some_and(|first| is_character_string(&first.kind))
    {
        return string(arguments);
    }
    arguments
        .arithmetic(ArithmeticOperator::Plus)
        .or_else(|| date_time_or_interval(arguments))
}

pub(super) fn minus(arguments: &Arguments<'_>) -> Option<LogicalType> {
    arguments
        .arithmetic(ArithmeticOperator::Minus)
        .or_else(|| date_time_or_interval(arguments))
}

pub(super) fn times(arguments: &Arguments<'_>) -> Option<LogicalType> {
    arguments
        .arithmetic(ArithmeticOperator::Times)
        .or_else(|| date_time_or_interval(arguments))
}

pub(super) fn divide(arguments: &Arguments<'_>) -> Option<LogicalType> {
    arguments
        .arithmetic(ArithmeticOperator::Divide)
        .or_else(|| date_time_or_interval(arguments))
}

/// Of a date or time and an interval the former; of an interval and a number the interval.
fn date_time_or_interval(arguments: &Arguments<'_>) -> Option<LogicalType> {
    let find = |family: fn(&TypeKind) -> bool| {
        arguments
            .types
            .iter()
            .find(|argument| family(&argument.kind))
            .map(|found| found.kind.clone())
    };
    arguments.of(find(is_date_time).or_else(|| find(is_interval))?)
}

/// Decimal rules for DECIMALs, else the type of the divisor.
pub(super) fn modulo(arguments: &Arguments<'_>) -> Option<LogicalType> {
    let [left, right] = arguments.types else {
        return None;
    };
    let decimal = |argument: &LogicalType| matches!(argument.kind, TypeKind::Decimal { .. });
    if decimal(left) || decimal(right) {
        arguments.arithmetic(ArithmeticOperator::Mod)
    } else {
        arguments.of(right.kind.clone())
    }
}

/// A DECIMAL loses its fraction digits, other types stay.
pub(super) fn whole(arguments: &Arguments<'_>) -> Option<LogicalType> {
    let first = arguments.types.first()?;
    arguments.of(match first.kind {
        TypeKind::Decimal { precision, .. } => TypeKind::Decimal { precision, scale: 0 },
        ref other => other.clone(),
    })
}

/// `round(x)` and `round(x, n)`; a DECIMAL keeps its scale if the digits are not a constant.
pub(super) fn rounded(arguments: &Arguments<'_>) -> Option<LogicalType> {
    let first = arguments.types.first()?;
    let digits = match arguments.expressions.get(1) {
        None => 0,
        Some(ResolvedExpression::Literal {
            value: LiteralValue::Integer(digits),
            ..
        }) => i32::try_from(*digits).ok()?,
        Some(_) => return arguments.of(first.kind.clone()),
    };
    arguments.of(round_type(first, digits).kind)
}

/// Functions of no rows and no type, such as `unboundedRange`.
pub(super) fn untyped(_: &Arguments<'_>) -> Option<LogicalType> {
    Some(LogicalType::nullable(TypeKind::Null))
}
