//! The common type of several, as CASE and UNION need it.

use super::{
    MAX_DECIMAL_PRECISION, decimal_digits, is_binary_string, is_character_string, is_constructed,
    is_date_time, is_exact_numeric, is_interval, is_numeric, string_length,
};
use crate::types::cast::{children, supports_implicit_cast};
use crate::types::{LogicalType, RowField, TypeKind};

/// The most special type that all types convert to without loss; `None` if there is none. Nullable if
/// one of them is.
#[must_use]
pub fn common_type(types: &[LogicalType]) -> Option<LogicalType> {
    let nullable = types.iter().any(|candidate| candidate.nullable);
    let mut result: Option<TypeKind> = None;
    for candidate in types.iter().filter(|candidate| candidate.kind != TypeKind::Null) {
        result = Some(match result {
            None => candidate.kind.clone(),
            Some(found) => common_kind(&found, &candidate.kind)?,
        });
    }
    // NULL alone is the type of untyped literals only, no type of a result.
    result.map(|kind| LogicalType { kind, nullable })
}

fn common_kind(left: &TypeKind, right: &TypeKind) -> Option<TypeKind> {
    if left == right {
        return Some(left.clone());
    }
    if is_character_string(left) && is_character_string(right) {
        return Some(TypeKind::VarChar(string_length(left).max(string_length(right))));
    }
    if is_binary_string(left) && is_binary_string(right) {
        return Some(TypeKind::VarBinary(string_length(left).max(string_length(right))));
    }
    if is_numeric(left) && is_numeric(right) {
        return Some(common_numeric(left, right));
    }
    if is_date_time(left) && is_interval(right)
        || matches!(
            left,
            TypeKind::Date | TypeKind::Timestamp(_) | TypeKind::TimestampLtz(_)
        ) && is_exact_numeric(right)
    {
        return Some(left.clone());
    }
    if is_interval(left) && is_date_time(right)
        || is_exact_numeric(left)
            && matches!(
                right,
                TypeKind::Date | TypeKind::Timestamp(_) | TypeKind::TimestampLtz(_)
            )
    {
        return Some(right.clone());
    }
    match (left, right) {
        (TypeKind::Time(p1), TypeKind::Time(p2)) => Some(TypeKind::Time(*p1.max(p2))),
        (TypeKind::Timestamp(p1), TypeKind::Timestamp(p2)) => Some(TypeKind::Timestamp(*p1.max(p2))),
        (
            TypeKind::Timestamp(p1) | TypeKind::TimestampLtz(p1),
            TypeKind::Timestamp(p2) | TypeKind::TimestampLtz(p2),
        ) => Some(TypeKind::TimestampLtz(*p1.max(p2))),
        _ if is_constructed(left) => common_constructed(left, right),
        _ => common_castable(left, right),
    }
}

fn common_castable(left: &TypeKind, right: &TypeKind) -> Option<TypeKind> {
    let (from, to) = (
        LogicalType::nullable(left.clone()),
        LogicalType::nullable(right.clone()),
    );
    if supports_implicit_cast(&from, &to) {
        Some(right.clone())
    } else if supports_implicit_cast(&to, &from) {
        Some(left.clone())
    } else {
        None
    }
}

fn common_numeric(left: &TypeKind, right: &TypeKind) -> TypeKind {
    let approximate = |kind: &TypeKind| matches!(kind, TypeKind::Float | TypeKind::Double);
    if approximate(left) || approximate(right) {
        let double = matches!(left, TypeKind::Double | TypeKind::Decimal { .. })
            || matches!(right, TypeKind::Double | TypeKind::Decimal { .. });
        return if double { TypeKind::Double } else { TypeKind::Float };
    }
    let (Some((p1, s1)), Some((p2, s2))) = (decimal_digits(left), decimal_digits(right)) else {
        return TypeKind::Double;
    };
    let has_decimal = matches!(left, TypeKind::Decimal { .. }) || matches!(right, TypeKind::Decimal { .. });
    if !has_decimal {
        return if p2 > p1 { right.clone() } else { left.clone() };
    }
    let whole_digits = (p1 - s1).max(p2 - s2);
    let scale = s1.max(s2).min(MAX_DECIMAL_PRECISION - whole_digits);
    TypeKind::Decimal {
        precision: whole_digits + scale,
        scale,
    }
}

fn common_constructed(left: &TypeKind, right: &TypeKind) -> Option<TypeKind> {
    let (lefts, rights) = (children(left), children(right));
    if std::mem::discriminant(left) != std::mem::discriminant(right) || lefts.len() != rights.len() {
        return None;
    }
    let merged: Vec<LogicalType> = lefts
        .into_iter()
        .zip(rights)
        .map(|(left, right)| common_type(&[left.clone(), right.clone()]))
        .collect::<Option<_>>()?;
    let mut merged = merged.into_iter();
    Some(match left {
        TypeKind::Array(_) => TypeKind::Array(Box::new(merged.next()?)),
        TypeKind::Multiset(_) => TypeKind::Multiset(Box::new(merged.next()?)),
        TypeKind::Map(..) => TypeKind::Map(Box::new(merged.next()?), Box::new(merged.next()?)),
        TypeKind::Row(fields) => TypeKind::Row(
            fields
                .iter()
                .zip(merged)
                .map(|(field, field_type)| RowField {
                    field_type,
                    ..field.clone()
                })
                .collect(),
        ),
        _ => return None,
    })
}
