//! Families of types, and what their members have in common.

use crate::types::TypeKind;

/// Precision and scale of an exact number seen as DECIMAL; `None` for others.
#[must_use]
pub fn decimal_digits(kind: &TypeKind) -> Option<(u8, u8)> {
    Some(match kind {
        TypeKind::TinyInt => (3, 0),
        TypeKind::SmallInt => (5, 0),
        TypeKind::Int => (10, 0),
        TypeKind::BigInt => (19, 0),
        TypeKind::Decimal { precision, scale } => (*precision, *scale),
        _ => return None,
    })
}

/// CHAR and VARCHAR.
#[must_use]
pub fn is_character_string(kind: &TypeKind) -> bool {
    matches!(kind, TypeKind::Char(_) | TypeKind::VarChar(_))
}

/// BINARY and VARBINARY.
#[must_use]
pub fn is_binary_string(kind: &TypeKind) -> bool {
    matches!(kind, TypeKind::Binary(_) | TypeKind::VarBinary(_))
}

/// The integer types and DECIMAL.
#[must_use]
pub fn is_exact_numeric(kind: &TypeKind) -> bool {
    decimal_digits(kind).is_some()
}

/// All numbers.
#[must_use]
pub fn is_numeric(kind: &TypeKind) -> bool {
    is_exact_numeric(kind) || matches!(kind, TypeKind::Float | TypeKind::Double)
}

/// DATE, TIME, TIMESTAMP and TIMESTAMP_LTZ.
#[must_use]
pub fn is_date_time(kind: &TypeKind) -> bool {
    matches!(
        kind,
        TypeKind::Date | TypeKind::Time(_) | TypeKind::Timestamp(_) | TypeKind::TimestampLtz(_)
    )
}

/// The intervals.
#[must_use]
pub fn is_interval(kind: &TypeKind) -> bool {
    matches!(kind, TypeKind::IntervalYearMonth | TypeKind::IntervalDayTime)
}

/// ARRAY, MULTISET, MAP and ROW.
#[must_use]
pub fn is_constructed(kind: &TypeKind) -> bool {
    matches!(
        kind,
        TypeKind::Array(_) | TypeKind::Multiset(_) | TypeKind::Map(..) | TypeKind::Row(_)
    )
}

/// The declared length of a string; 0 for others.
#[must_use]
pub fn string_length(kind: &TypeKind) -> u32 {
    match kind {
        TypeKind::Char(length)
        | TypeKind::VarChar(length)
        | TypeKind::Binary(length)
        | TypeKind::VarBinary(length) => *length,
        _ => 0,
    }
}
