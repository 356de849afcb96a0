//! Which types can be compared with each other.

use super::{is_binary_string, is_character_string, is_constructed, is_date_time, is_numeric};
use crate::types::cast::children;
use crate::types::{LogicalType, TypeKind};

/// Whether two types can be compared by `=` and `<>`.
#[must_use]
pub fn are_equals_comparable(left: &LogicalType, right: &LogicalType) -> bool {
    let (left, right) = (&left.kind, &right.kind);
    if *left == TypeKind::Null || *right == TypeKind::Null {
        return true;
    }
    match (left, right) {
        _ if is_constructed(left) || is_constructed(right) => {
            let (lefts, rights) = (children(left), children(right));
            std::mem::discriminant(left) == std::mem::discriminant(right)
                && lefts.len() == rights.len()
                && lefts
                    .iter()
                    .zip(rights)
                    .all(|(left, right)| are_equals_comparable(left, right))
        }
        _ => similar(left, right),
    }
}

/// Whether two types can be compared by `<` and the like.
#[must_use]
pub fn are_fully_comparable(left: &LogicalType, right: &LogicalType) -> bool {
    !is_constructed(&left.kind) && !is_constructed(&right.kind) && are_equals_comparable(left, right)
}

fn similar(left: &TypeKind, right: &TypeKind) -> bool {
    let both = |family: fn(&TypeKind) -> bool| family(left) && family(right);
    both(is_character_string)
        || both(is_binary_string)
        || both(is_numeric)
        || both(|kind| matches!(kind, TypeKind::Timestamp(_) | TypeKind::TimestampLtz(_)))
        || std::mem::discriminant(left) == std::mem::discriminant(right)
        || matches!(
            (left, right),
            // Strings are compared with dates and times by their value.
            (TypeKind::Char(_) | TypeKind::VarChar(_), other) | (other, TypeKind::Char(_) | TypeKind::VarChar(_))
                if is_date_time(other)
        )
}
