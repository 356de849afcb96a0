//! The type of an operation from the types of its operands.
//!
//! Mirrors `org.apache.flink.table.types.logical.utils.LogicalTypeMerging`: decimal derivation as in SQL
//! Server with the scale adjustment of Hive, the common type of several, and the families of types.

use super::cast::{children, supports_implicit_cast};
use super::logical_type::{LogicalType, RowField, TypeKind};

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{TypeDialect, parse_type};

    fn parsed(text: &str) -> LogicalType {
        parse_type(text, TypeDialect::Ddl).unwrap()
    }

    /// Worked by hand from the rules: +,- max(s)+max(p-s)+1; * p1+p2+1, s1+s2; / p1-s1+s2+max(6, s1+p2+1);
    /// % min(p-s)+max(s); above 38 digits the scale gives way down to 6.
    #[test]
    fn decimals_are_derived_as_flink_does() {
        use ArithmeticOperator::{Divide, Minus, Mod, Plus, Times};
        for (operator, left, right, expected) in [
            (Plus, "DECIMAL(10, 2)", "DECIMAL(8, 4)", "DECIMAL(13, 4)"),
            (Minus, "DECIMAL(5, 5)", "DECIMAL(3, 0)", "DECIMAL(9, 5)"),
            (Plus, "DECIMAL(38, 8)", "DECIMAL(32, 8)", "DECIMAL(38, 7)"),
            (Plus, "DECIMAL(10, 2)", "INT", "DECIMAL(13, 2)"),
            (Times, "DECIMAL(10, 2)", "DECIMAL(8, 4)", "DECIMAL(19, 6)"),
            (Times, "DECIMAL(38, 10)", "DECIMAL(38, 10)", "DECIMAL(38, 6)"),
            (Times, "DECIMAL(30, 2)", "DECIMAL(20, 2)", "DECIMAL(38, 4)"),
            (Times, "DECIMAL(3, 3)", "BIGINT", "DECIMAL(23, 3)"),
            (
                Times,
                "BIGINT NOT NULL",
                "DECIMAL(2, 1) NOT NULL",
                "DECIMAL(22, 1) NOT NULL",
            ),
            (Divide, "DECIMAL(10, 2)", "DECIMAL(8, 4)", "DECIMAL(23, 11)"),
            (Divide, "DECIMAL(22, 1)", "BIGINT", "DECIMAL(38, 17)"),
            (Divide, "DECIMAL(1, 0)", "DECIMAL(1, 0)", "DECIMAL(7, 6)"),
            (Mod, "DECIMAL(10, 2)", "DECIMAL(8, 4)", "DECIMAL(8, 4)"),
            (Mod, "DECIMAL(5, 0)", "DECIMAL(3, 0)", "DECIMAL(3, 0)"),
            (Plus, "DECIMAL(10, 2)", "DOUBLE", "DOUBLE"),
            (Plus, "DECIMAL(10, 2)", "FLOAT", "DOUBLE"),
            (Divide, "INT", "INT NOT NULL", "INT"),
            (Times, "INT NOT NULL", "BIGINT NOT NULL", "BIGINT NOT NULL"),
            (Times, "BIGINT", "FLOAT", "FLOAT"),
            (Times, "TINYINT", "SMALLINT", "SMALLINT"),
        ] {
            let derived = arithmetic_type(operator, &parsed(left), &parsed(right)).unwrap();
            assert_eq!(
                derived.as_summary_string(),
                expected,
                "{operator:?} {left} {right}"
            );
        }
        assert_eq!(arithmetic_type(Plus, &parsed("STRING"), &parsed("INT")), None);
    }

    #[test]
    fn rounding_and_aggregation_of_decimals() {
        assert_eq!(round_type(&parsed("DECIMAL(10, 4)"), 2), parsed("DECIMAL(9, 2)"));
        assert_eq!(round_type(&parsed("DECIMAL(10, 4)"), 4), parsed("DECIMAL(10, 4)"));
        assert_eq!(round_type(&parsed("DECIMAL(10, 4)"), -1), parsed("DECIMAL(7, 0)"));
        assert_eq!(round_type(&parsed("DOUBLE"), 1), parsed("DOUBLE"));
        assert_eq!(sum_type(&parsed("DECIMAL(10, 4)")), parsed("DECIMAL(38, 4)"));
        assert_eq!(sum_type(&parsed("INT")), parsed("INT"));
        assert_eq!(average_type(&parsed("DECIMAL(10, 4)")), parsed("DECIMAL(38, 6)"));
        assert_eq!(average_type(&parsed("DECIMAL(10, 8)")), parsed("DECIMAL(38, 8)"));
        assert_eq!(
            average_type(&parsed("BIGINT NOT NULL")),
            parsed("BIGINT NOT NULL")
        );
    }

    #[test]
    fn common_types() {
        for (types, expected) in [
            (&["INT", "BIGINT", "DECIMAL(2, 2)"][..], Some("DECIMAL(21, 2)")),
            (
                &["CHAR(3) NOT NULL", "CHAR(5) NOT NULL"],
                Some("VARCHAR(5) NOT NULL"),
            ),
            (&["CHAR(3)", "STRING"], Some("STRING")),
            (&["INT NOT NULL", "NULL"], Some("INT")),
            (&["NULL", "NULL"], None),
            (&["TIMESTAMP(3)", "TIMESTAMP_LTZ(6)"], Some("TIMESTAMP_LTZ(6)")),
            (&["ARRAY<INT>", "ARRAY<DOUBLE>"], Some("ARRAY<DOUBLE>")),
            (&["TIMESTAMP(3)", "INTERVAL DAY"], Some("TIMESTAMP(3)")),
            (&["INT", "STRING"], None),
            (&["BOOLEAN", "INT"], None),
            (&["FLOAT", "INT"], Some("FLOAT")),
        ] {
            let parsed: Vec<_> = types.iter().map(|text| parsed(text)).collect();
            let found = common_type(&parsed).map(|found| found.as_summary_string());
            assert_eq!(found.as_deref(), expected, "{types:?}");
        }
    }

    #[test]
    fn comparability() {
        let equals = |left, right| are_equals_comparable(&parsed(left), &parsed(right));
        let fully = |left, right| are_fully_comparable(&parsed(left), &parsed(right));
        assert!(equals("INT", "DECIMAL(3, 1)"));
        assert!(equals("ARRAY<INT>", "ARRAY<BIGINT>"));
        assert!(!fully("ARRAY<INT>", "ARRAY<INT>"));
        assert!(fully("CHAR(3)", "STRING"));
        assert!(!equals("STRING", "INT"));
        assert!(!equals("BOOLEAN", "INT"));
    }
}
