//! Printing of expressions, as `asSummaryString` of Flink's `Expression` does.

use std::fmt;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Timelike};

use super::literal::LiteralValue;
use super::resolved::{ResolvedExpression, ResolvedFunction, SubqueryKind};
use super::unresolved::{CallTarget, Expression};
use crate::types::{LogicalType, TypeKind};

impl fmt::Display for Expression {
    /// The summary string, such as `plus(a, 1)`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reference(name) => formatter.write_str(name),
            Self::Literal { value, literal_type } => formatter.write_str(&print_literal(value, literal_type)),
            Self::TypeLiteral(literal_type) => literal_type.fmt(formatter),
            Self::Symbol { name, .. } => formatter.write_str(name),
            Self::Sql(text) => write!(formatter, "[{text}]"),
            Self::Descriptor(names) => {
                let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
                write!(formatter, "({})", quoted.join(", "))
            }
            Self::Table(table) => formatter.write_str(&table.name),
            Self::Call { target, arguments } => {
                let name = match target {
                    CallTarget::Lookup(name) => name,
                    CallTarget::BuiltIn(function) => function.name,
                    CallTarget::Python(function) => &function.name,
                };
                print_call(
                    formatter,
                    name,
                    arguments.iter().map(ToString::to_string).collect(),
                )
            }
        }
    }
}

impl fmt::Display for ResolvedExpression {
    /// The summary string; a cast shows its target type as in `cast(a, INT)`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field { name, .. } | Self::OuterField { name, .. } => formatter.write_str(name),
            Self::PatternField { variable, name, .. } => match variable {
                Some(variable) => write!(formatter, "{variable}.{name}"),
                None => formatter.write_str(name),
            },
            Self::Subquery(subquery) => match &subquery.kind {
                SubqueryKind::Scalar => formatter.write_str("$SCALAR_QUERY()"),
                SubqueryKind::In { operands, negated } => {
                    let operands: Vec<String> = operands.iter().map(ToString::to_string).collect();
                    let negation = if *negated { "NOT " } else { "" };
                    write!(formatter, "{negation}IN({}, query)", operands.join(", "))
                }
                SubqueryKind::Exists { negated } => formatter.write_str(if *negated {
                    "NOT EXISTS(query)"
                } else {
                    "EXISTS(query)"
                }),
            },
            Self::Literal { value, literal_type } => formatter.write_str(&print_literal(value, literal_type)),
            Self::Symbol { name, .. } => formatter.write_str(name),
            Self::Call {
                function,
                arguments,
                result_type,
            } => {
                let mut printed: Vec<String> = arguments.iter().map(ToString::to_string).collect();
                if function.is_cast() {
                    printed.push(result_type.with_nullable(true).to_string());
                }
                print_call(formatter, function.name(), printed)
            }
        }
    }
}

impl ResolvedFunction {
    /// The name that plans and messages show.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::BuiltIn(function) => function.name,
            Self::Python(function) => &function.name,
        }
    }
}

fn print_call(formatter: &mut fmt::Formatter<'_>, name: &str, arguments: Vec<String>) -> fmt::Result {
    // The bounds of over windows are printed as constants.
    match name {
        "unboundedRange" => formatter.write_str("UNBOUNDED_RANGE"),
        "unboundedRow" => formatter.write_str("UNBOUNDED_ROW"),
        "currentRange" => formatter.write_str("CURRENT_RANGE"),
        "currentRow" => formatter.write_str("CURRENT_ROW"),
        _ => write!(formatter, "{name}({})", arguments.join(", ")),
    }
}

/// A constant as Java prints it: strings quoted, times in ISO notation.
#[must_use]
pub(crate) fn print_literal(value: &LiteralValue, literal_type: &LogicalType) -> String {
    match value {
        LiteralValue::Null => "null".to_owned(),
        LiteralValue::Boolean(value) => value.to_string(),
        LiteralValue::Integer(value)
        | LiteralValue::IntervalMonths(value)
        | LiteralValue::IntervalMillis(value) => value.to_string(),
        LiteralValue::Floating(value) if literal_type.kind == TypeKind::Float => {
            print_floating(&format!("{:e}", *value as f32), *value)
        }
        LiteralValue::Floating(value) => print_floating(&format!("{value:e}"), *value),
        LiteralValue::Decimal(unscaled) => match literal_type.kind {
            TypeKind::Decimal { scale, .. } => print_decimal(*unscaled, usize::from(scale)),
            _ => unscaled.to_string(),
        },
        LiteralValue::String(value) => format!("'{}'", value.replace('\'', "''")),
        LiteralValue::Bytes(bytes) => {
            // Java's bytes are signed.
            let bytes: Vec<String> = bytes.iter().map(|byte| byte.cast_signed().to_string()).collect();
            format!("[{}]", bytes.join(", "))
        }
        LiteralValue::Date(days) => print_date(*days),
        LiteralValue::Time(nanoseconds) => print_time(*nanoseconds),
        LiteralValue::Timestamp(nanoseconds) => print_timestamp(*nanoseconds, literal_type),
    }
}

/// A floating number as Java prints it: plain between 0.001 and 10 million, else with an exponent.
fn print_floating(scientific: &str, value: f64) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (sign, digits) = match mantissa.strip_prefix('-') {
        Some(digits) => ("-", digits.replace('.', "")),
        None => ("", mantissa.replace('.', "")),
    };
    if value == 0.0 {
        return format!("{sign}0.0");
    }
    if (-3..7).contains(&exponent) {
        let point = exponent + 1;
        return if point <= 0 {
            format!("{sign}0.{}{digits}", "0".repeat(point.unsigned_abs() as usize))
        } else {
            let point = point.unsigned_abs() as usize;
            let padded = format!("{digits:0<width$}", width = point + 1);
            format!("{sign}{}.{}", &padded[..point], &padded[point..])
        };
    }
    let fraction = if digits.len() > 1 { &digits[1..] } else { "0" };
    format!("{sign}{}.{fraction}E{exponent}", &digits[..1])
}

fn print_decimal(unscaled: i128, scale: usize) -> String {
    let sign = if unscaled < 0 { "-" } else { "" };
    let digits = unscaled.unsigned_abs().to_string();
    if scale == 0 {
        return format!("{sign}{digits}");
    }
    let padded = format!("{digits:0>width$}", width = scale + 1);
    let (whole, fraction) = padded.split_at(padded.len() - scale);
    format!("{sign}{whole}.{fraction}")
}

fn print_date(days: i32) -> String {
    let epoch = NaiveDate::default();
    let distance = Days::new(u64::from(days.unsigned_abs()));
    let date = if days < 0 {
        epoch.checked_sub_days(distance)
    } else {
        epoch.checked_add_days(distance)
    };
    date.map_or_else(|| days.to_string(), |date| date.to_string())
}

fn print_time(nanoseconds: i64) -> String {
    let seconds = u32::try_from(nanoseconds / 1_000_000_000).unwrap_or(u32::MAX);
    let fraction = u32::try_from(nanoseconds % 1_000_000_000).unwrap_or(0);
    NaiveTime::from_num_seconds_from_midnight_opt(seconds, fraction)
        .map_or_else(|| nanoseconds.to_string(), print_time_of_day)
}

/// Seconds and their fraction are shown only as far as they are not zero, in groups of three digits.
fn print_time_of_day(time: NaiveTime) -> String {
    let format = match (time.second(), time.nanosecond()) {
        (0, 0) => "%H:%M",
        (_, 0) => "%H:%M:%S",
        (_, nanosecond) if nanosecond % 1_000_000 == 0 => "%H:%M:%S%.3f",
        (_, nanosecond) if nanosecond % 1_000 == 0 => "%H:%M:%S%.6f",
        _ => "%H:%M:%S%.9f",
    };
    time.format(format).to_string()
}

fn print_timestamp(nanoseconds: i128, literal_type: &LogicalType) -> String {
    let seconds = i64::try_from(nanoseconds.div_euclid(1_000_000_000));
    let fraction = u32::try_from(nanoseconds.rem_euclid(1_000_000_000));
    let instant = match (seconds, fraction) {
        (Ok(seconds), Ok(fraction)) => DateTime::from_timestamp(seconds, fraction),
        _ => None,
    };
    let Some(instant) = instant else {
        return nanoseconds.to_string();
    };
    let zone = match literal_type.kind {
        TypeKind::TimestampLtz(_) => "Z",
        _ => "",
    };
    let (date, mut time) = (instant.date_naive(), print_time_of_day(instant.time()));
    // An instant always shows its seconds, a local time does not.
    if !zone.is_empty() && time.len() == "00:00".len() {
        time.push_str(":00");
    }
    format!("{date}T{time}{zone}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(value: LiteralValue, kind: TypeKind) -> String {
        print_literal(&value, &LogicalType::not_null(kind))
    }

    #[test]
    fn floating_numbers_print_as_in_java() {
        for (value, expected) in [
            (1000.0, "1000.0"),
            (0.01, "0.01"),
            (0.001, "0.001"),
            (0.0001, "1.0E-4"),
            (9_999_999.0, "9999999.0"),
            (10_000_000.0, "1.0E7"),
            (1.5e300, "1.5E300"),
            (-0.5, "-0.5"),
            (0.0, "0.0"),
            (123.456, "123.456"),
            (f64::INFINITY, "Infinity"),
        ] {
            assert_eq!(printed(LiteralValue::Floating(value), TypeKind::Double), expected);
        }
        assert_eq!(
            printed(LiteralValue::Floating(f64::from(1.1f32)), TypeKind::Float),
            "1.1"
        );
    }

    #[test]
    fn other_constants() {
        let decimal = |precision, scale| TypeKind::Decimal { precision, scale };
        assert_eq!(printed(LiteralValue::Decimal(123), decimal(3, 2)), "1.23");
        assert_eq!(printed(LiteralValue::Decimal(-5), decimal(3, 3)), "-0.005");
        assert_eq!(
            printed(LiteralValue::String("It's".into()), TypeKind::Char(4)),
            "'It''s'"
        );
        assert_eq!(
            printed(LiteralValue::Bytes(vec![120, 255]), TypeKind::Binary(2)),
            "[120, -1]"
        );
        // 18263 days: 2020-01-02, counted as 50 years of 365 days, 12 leap days and one.
        assert_eq!(printed(LiteralValue::Date(18263), TypeKind::Date), "2020-01-02");
        assert_eq!(
            printed(LiteralValue::Time(3_723_000_000_000), TypeKind::Time(0)),
            "01:02:03"
        );
        assert_eq!(
            printed(
                LiteralValue::Timestamp(18263 * 86_400_000_000_000),
                TypeKind::Timestamp(3)
            ),
            "2020-01-02T00:00"
        );
        assert_eq!(
            printed(LiteralValue::Timestamp(-1_000_000), TypeKind::TimestampLtz(3)),
            "1969-12-31T23:59:59.999Z"
        );
    }
}
