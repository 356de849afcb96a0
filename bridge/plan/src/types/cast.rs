//! Which types convert to which, implicitly and by `CAST`.
//!
//! Mirrors `org.apache.flink.table.types.logical.utils.LogicalTypeCasts`. Implicit casts lose nothing;
//! explicit ones may fail or truncate when they run.

use super::derive::{
    is_binary_string, is_character_string, is_constructed, is_exact_numeric, is_interval, is_numeric,
};
use super::logical_type::{LogicalType, TypeKind};

/// Whether a value of `source` is converted to `target` without being asked.
#[must_use]
pub fn supports_implicit_cast(source: &LogicalType, target: &LogicalType) -> bool {
    supports_cast(source, target, false)
}

/// Whether `CAST(source AS target)` exists.
#[must_use]
pub fn supports_explicit_cast(source: &LogicalType, target: &LogicalType) -> bool {
    supports_cast(source, target, true)
}

/// Whether a value of `source` is a value of `target` as it is, so that no cast is inserted: equal types
/// but for nullability, shorter strings in longer ones, and constructed types of such types.
#[must_use]
pub fn supports_avoiding_cast(source: &LogicalType, target: &LogicalType) -> bool {
    if source.nullable && !target.nullable {
        return false;
    }
    match (&source.kind, &target.kind) {
        (TypeKind::Char(from) | TypeKind::VarChar(from), TypeKind::VarChar(to))
        | (TypeKind::Binary(from) | TypeKind::VarBinary(from), TypeKind::VarBinary(to)) => from <= to,
        (from, to) if std::mem::discriminant(from) != std::mem::discriminant(to) => false,
        (from, to) if is_constructed(from) => {
            let (sources, targets) = (children(from), children(to));
            sources.len() == targets.len()
                && sources
                    .iter()
                    .zip(&targets)
                    .all(|(from, to)| supports_avoiding_cast(from, to))
        }
        (from, to) => from == to,
    }
}

fn supports_cast(source: &LogicalType, target: &LogicalType, explicit: bool) -> bool {
    // An explicit cast takes the nullability of its operand, so only implicit ones can lose NULLs.
    if !explicit && source.nullable && !target.nullable {
        return false;
    }
    let (from, to) = (&source.kind, &target.kind);
    if from == to || *from == TypeKind::Null {
        return true;
    }
    if is_constructed(from) || is_constructed(to) {
        return supports_constructed_cast(from, to, explicit);
    }
    if is_interval(from) && is_exact_numeric(to) || is_exact_numeric(from) && is_interval(to) {
        // Intervals here have the single field MONTH or SECOND.
        return explicit;
    }
    implicit_rule(from, to) || explicit && explicit_rule(from, to)
}

fn supports_constructed_cast(from: &TypeKind, to: &TypeKind, explicit: bool) -> bool {
    // Everything can be shown as a string.
    if explicit && is_character_string(to) {
        return true;
    }
    if std::mem::discriminant(from) != std::mem::discriminant(to) {
        return false;
    }
    let (sources, targets) = (children(from), children(to));
    sources.len() == targets.len()
        && sources
            .iter()
            .zip(&targets)
            .all(|(from, to)| supports_cast(from, to, explicit))
}

fn implicit_rule(from: &TypeKind, to: &TypeKind) -> bool {
    match to {
        TypeKind::Char(_) => matches!(from, TypeKind::Char(_)),
        TypeKind::VarChar(_) => is_character_string(from),
        TypeKind::Binary(_) => matches!(from, TypeKind::Binary(_)),
        TypeKind::VarBinary(_) => is_binary_string(from),
        TypeKind::Decimal { .. } | TypeKind::Double => is_numeric(from),
        TypeKind::SmallInt => matches!(from, TypeKind::TinyInt),
        TypeKind::Int => matches!(from, TypeKind::TinyInt | TypeKind::SmallInt),
        TypeKind::BigInt => matches!(from, TypeKind::TinyInt | TypeKind::SmallInt | TypeKind::Int),
        TypeKind::Float => is_exact_numeric(from),
        TypeKind::Date => matches!(from, TypeKind::Timestamp(_)),
        TypeKind::Time(_) => matches!(from, TypeKind::Time(_) | TypeKind::Timestamp(_)),
        TypeKind::Timestamp(_) | TypeKind::TimestampLtz(_) => {
            matches!(from, TypeKind::Timestamp(_) | TypeKind::TimestampLtz(_))
        }
        _ => false,
    }
}

fn explicit_rule(from: &TypeKind, to: &TypeKind) -> bool {
    match to {
        TypeKind::Char(_) | TypeKind::VarChar(_) => true,
        TypeKind::Boolean => is_character_string(from) || is_integer(from),
        TypeKind::Binary(_) | TypeKind::VarBinary(_) => is_character_string(from) || is_binary_string(from),
        TypeKind::Decimal { .. }
        | TypeKind::TinyInt
        | TypeKind::SmallInt
        | TypeKind::Int
        | TypeKind::BigInt
        | TypeKind::Float
        | TypeKind::Double => is_numeric(from) || is_character_string(from) || *from == TypeKind::Boolean,
        TypeKind::Date => {
            is_character_string(from) || matches!(from, TypeKind::Timestamp(_) | TypeKind::TimestampLtz(_))
        }
        TypeKind::Time(_) => {
            is_character_string(from)
                || matches!(
                    from,
                    TypeKind::Time(_) | TypeKind::Timestamp(_) | TypeKind::TimestampLtz(_)
                )
        }
        TypeKind::Timestamp(_) | TypeKind::TimestampLtz(_) => {
            is_character_string(from)
                || matches!(
                    from,
                    TypeKind::Date | TypeKind::Time(_) | TypeKind::Timestamp(_) | TypeKind::TimestampLtz(_)
                )
        }
        TypeKind::IntervalYearMonth | TypeKind::IntervalDayTime => is_character_string(from),
        _ => false,
    }
}

fn is_integer(kind: &TypeKind) -> bool {
    is_exact_numeric(kind) && !matches!(kind, TypeKind::Decimal { .. })
}

/// The types that a constructed type is made of.
pub(in crate::types) fn children(kind: &TypeKind) -> Vec<&LogicalType> {
    match kind {
        TypeKind::Array(element) | TypeKind::Multiset(element) => vec![element],
        TypeKind::Map(key, value) => vec![key, value],
        TypeKind::Row(fields) => fields.iter().map(|field| &field.field_type).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{TypeDialect, parse_type};

    fn parsed(text: &str) -> LogicalType {
        parse_type(text, TypeDialect::Ddl).unwrap()
    }

    /// Columns: source, target, implicit, explicit; from the casting matrix of Flink's documentation.
    #[test]
    fn the_matrix_is_flinks() {
        for (source, target, implicit, explicit) in [
            ("INT", "BIGINT", true, true),
            ("BIGINT", "INT", false, true),
            ("BIGINT", "DOUBLE", true, true),
            ("BIGINT", "DECIMAL(5, 0)", true, true),
            ("DOUBLE", "DECIMAL(5, 0)", true, true),
            ("DOUBLE", "FLOAT", false, true),
            ("CHAR(3)", "STRING", true, true),
            ("INT", "STRING", false, true),
            ("STRING", "INT", false, true),
            ("STRING", "BOOLEAN", false, true),
            ("BOOLEAN", "INT", false, true),
            ("INT", "BOOLEAN", false, true),
            ("DOUBLE", "BOOLEAN", false, false),
            ("STRING", "BYTES", false, true),
            ("BYTES", "INT", false, false),
            ("DATE", "TIMESTAMP(3)", false, true),
            ("TIMESTAMP(3)", "DATE", true, true),
            ("DATE", "INT", false, false),
            ("TIMESTAMP(3)", "TIMESTAMP_LTZ(3)", true, true),
            ("INT NOT NULL", "INT", true, true),
            ("INT", "INT NOT NULL", false, true),
            ("NULL", "ROW<a INT>", true, true),
            ("ARRAY<INT>", "ARRAY<BIGINT>", true, true),
            ("ARRAY<BIGINT>", "ARRAY<INT>", false, true),
            ("ROW<a INT>", "ROW<b INT, c INT>", false, false),
            ("ARRAY<INT>", "STRING", false, true),
            ("ARRAY<INT>", "INT", false, false),
            ("INT", "INTERVAL MONTH", false, true),
        ] {
            let (from, to) = (parsed(source), parsed(target));
            assert_eq!(
                supports_implicit_cast(&from, &to),
                implicit,
                "implicit {source} -> {target}"
            );
            assert_eq!(
                supports_explicit_cast(&from, &to),
                explicit,
                "explicit {source} -> {target}"
            );
        }
    }

    #[test]
    fn values_that_fit_need_no_cast() {
        for (source, target, avoided) in [
            ("CHAR(2)", "VARCHAR(3)", true),
            ("VARCHAR(3)", "VARCHAR(2)", false),
            ("VARCHAR(2)", "CHAR(3)", false),
            ("INT NOT NULL", "INT", true),
            ("INT", "INT NOT NULL", false),
            ("INT", "BIGINT", false),
            ("ROW<a CHAR(1)>", "ROW<b STRING>", true),
        ] {
            assert_eq!(
                supports_avoiding_cast(&parsed(source), &parsed(target)),
                avoided,
                "{source} {target}"
            );
        }
    }
}
