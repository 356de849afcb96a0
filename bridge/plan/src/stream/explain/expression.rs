//! Expressions as text: Calcite's prefix form, or operators between their operands.

use crate::catalog::Column;
use crate::expression::{LiteralValue, ResolvedExpression, ResolvedFunction};
use crate::types::{LogicalType, TypeKind};

/// How expressions are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// `+($0, 1)`: columns by position.
    Positions,
    /// `+(a, 1)`: columns by name.
    Prefix,
    /// `(a + 1)`: operators between their operands.
    Infix,
}

/// Writes an expression over these columns.
pub(super) fn write(expression: &ResolvedExpression, columns: &[Column], style: Style) -> String {
    match expression {
        ResolvedExpression::Field { index, name, .. } => match style {
            Style::Positions => format!("${index}"),
            Style::Prefix | Style::Infix => columns
                .get(*index)
                .map_or_else(|| name.clone(), |column| column.name.clone()),
        },
        ResolvedExpression::Literal { value, literal_type } => literal(value, literal_type, style),
        ResolvedExpression::Symbol { name, .. } => format!("FLAG({name})"),
        ResolvedExpression::Call {
            function,
            arguments,
            result_type,
        } => {
            let operands: Vec<String> = flattened(function, arguments)
                .iter()
                .map(|argument| write(argument, columns, style))
                .collect();
            call(function, &operands, result_type, style)
        }
    }
}

fn call(function: &ResolvedFunction, operands: &[String], result_type: &LogicalType, style: Style) -> String {
    let name = function_name(function);
    if name == "CAST" {
        let target = result_type.with_nullable(true);
        let operand = operands.join(", ");
        return match style {
            Style::Positions => format!("CAST({operand}):{target}"),
            Style::Prefix | Style::Infix => format!("CAST({operand} AS {target})"),
        };
    }
    if style == Style::Infix {
        match operands {
            [operand] if name.starts_with("IS ") => return format!("{operand} {name}"),
            [operand] if name == "-" || name == "+" => return format!("{name}{operand}"),
            [_, _, ..] if is_operator(&name) => {
                return format!("({})", operands.join(&format!(" {name} ")));
            }
            _ => {}
        }
    }
    format!("{name}({})", operands.join(", "))
}

/// Operands of nested `AND`s and `OR`s in one list, as Calcite keeps them.
fn flattened<'a>(
    function: &ResolvedFunction,
    arguments: &'a [ResolvedExpression],
) -> Vec<&'a ResolvedExpression> {
    let ResolvedFunction::BuiltIn(definition) = function else {
        return arguments.iter().collect();
    };
    if definition.name != "and" && definition.name != "or" {
        return arguments.iter().collect();
    }
    arguments
        .iter()
        .flat_map(|argument| match argument {
            ResolvedExpression::Call {
                function: inner,
                arguments,
                ..
            } if inner == function => flattened(inner, arguments),
            other => vec![other],
        })
        .collect()
}

/// A function's name in SQL, in upper case unless it is a user's.
fn function_name(function: &ResolvedFunction) -> String {
    match function {
        ResolvedFunction::BuiltIn(function) => function.sql_name.unwrap_or(function.name).to_uppercase(),
        ResolvedFunction::Python(function) => function.name.clone(),
    }
}

/// Whether SQL writes the function between its operands.
fn is_operator(name: &str) -> bool {
    matches!(name, "AND" | "OR" | "LIKE" | "SIMILAR TO" | "||")
        || name.chars().all(|letter| "+-*/%=<>!".contains(letter))
}

/// A literal. In prefix form the types that the text does not tell are written too.
fn literal(value: &LiteralValue, literal_type: &LogicalType, style: Style) -> String {
    let text = match value {
        LiteralValue::Null => "null".to_owned(),
        LiteralValue::Boolean(value) => value.to_string(),
        LiteralValue::Integer(value) => value.to_string(),
        LiteralValue::Floating(value) => match style {
            Style::Infix => format!("{value:?}"),
            Style::Positions | Style::Prefix => scientific(*value),
        },
        LiteralValue::Decimal(unscaled) => decimal(*unscaled, &literal_type.kind),
        LiteralValue::String(value) => format!("'{}'", value.replace('\'', "''")),
        LiteralValue::Bytes(bytes) => {
            let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("X'{digits}'")
        }
        LiteralValue::Date(days) => {
            let date = chrono::NaiveDate::default() + chrono::TimeDelta::days(i64::from(*days));
            date.to_string()
        }
        LiteralValue::Time(nanos) => {
            let midnight = chrono::NaiveTime::default();
            (midnight + chrono::TimeDelta::nanoseconds(*nanos)).to_string()
        }
        LiteralValue::Timestamp(nanos) => timestamp(*nanos),
        LiteralValue::IntervalMonths(months) => format!("{months}:INTERVAL MONTH"),
        LiteralValue::IntervalMillis(millis) => format!("{millis}:INTERVAL SECOND"),
    };
    let told_by_text = matches!(
        literal_type.kind,
        TypeKind::Int
            | TypeKind::Boolean
            | TypeKind::Char(_)
            | TypeKind::VarChar(_)
            | TypeKind::Decimal { .. }
            | TypeKind::IntervalYearMonth
            | TypeKind::IntervalDayTime
    ) && *value != LiteralValue::Null;
    if style == Style::Infix || told_by_text {
        text
    } else {
        format!("{text}:{}", literal_type.with_nullable(true))
    }
}

/// `1.5E0`, as Calcite writes approximate numbers.
fn scientific(value: f64) -> String {
    let text = format!("{value:E}");
    match text.split_once('E') {
        Some((digits, exponent)) if !digits.contains('.') => format!("{digits}.0E{exponent}"),
        _ => text,
    }
}

fn decimal(unscaled: i128, kind: &TypeKind) -> String {
    let scale = match kind {
        TypeKind::Decimal { scale, .. } => usize::from(*scale),
        _ => 0,
    };
    let digits = format!("{:0>width$}", unscaled.unsigned_abs(), width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    let sign = if unscaled < 0 { "-" } else { "" };
    if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    }
}

fn timestamp(nanos: i128) -> String {
    const NANOS_PER_SECOND: i128 = 1_000_000_000;
    let seconds = i64::try_from(nanos.div_euclid(NANOS_PER_SECOND)).ok();
    let fraction = u32::try_from(nanos.rem_euclid(NANOS_PER_SECOND)).ok();
    seconds
        .zip(fraction)
        .and_then(|(seconds, fraction)| chrono::DateTime::from_timestamp(seconds, fraction))
        .map_or_else(|| nanos.to_string(), |instant| instant.naive_utc().to_string())
}
