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
        ResolvedExpression::Literal { value, literal_type } => {
            literal(&expression.to_string(), value, literal_type, style)
        }
        ResolvedExpression::Symbol { name, .. } => format!("FLAG({name})"),
        ResolvedExpression::OuterField { depth, name, .. } => format!("$cor{depth}.{name}"),
        ResolvedExpression::PatternField { .. } | ResolvedExpression::Subquery(_) => expression.to_string(),
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

/// A literal, given as messages show it. In prefix form approximate numbers have an exponent, and types
/// that the text does not tell are written too.
fn literal(text: &str, value: &LiteralValue, literal_type: &LogicalType, style: Style) -> String {
    if style == Style::Infix {
        return text.to_owned();
    }
    let text = without_type(text, value);
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
    if told_by_text {
        text
    } else {
        format!("{text}:{}", literal_type.with_nullable(true))
    }
}

fn without_type(text: &str, value: &LiteralValue) -> String {
    match value {
        LiteralValue::Floating(value) => scientific(*value),
        _ => text.to_owned(),
    }
}

/// Rows of constants: `[{ 1, 'a' }, { 2, 'b' }]`. Literals have no type here, because the columns do.
pub(super) fn tuples(rows: &[Vec<ResolvedExpression>], style: Style) -> String {
    let rows: Vec<String> = rows
        .iter()
        .map(|row| {
            let values: Vec<String> = row
                .iter()
                .map(|value| match value {
                    ResolvedExpression::Literal { value: literal, .. } => {
                        without_type(&value.to_string(), literal)
                    }
                    other => write(other, &[], style),
                })
                .collect();
            format!("{{ {} }}", values.join(", "))
        })
        .collect();
    format!("[{}]", rows.join(", "))
}

/// `1.5E0`, as Calcite writes approximate numbers.
fn scientific(value: f64) -> String {
    let text = format!("{value:E}");
    match text.split_once('E') {
        Some((digits, exponent)) if !digits.contains('.') => format!("{digits}.0E{exponent}"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::{Style, write};
    use crate::expression::{LiteralValue, ResolvedExpression};
    use crate::types::{LogicalType, TypeKind};

    /// The forms are those of the plan that Flink 1.10.3 prints for the article.
    #[test]
    fn literals() {
        let text = |value, kind| {
            let literal = ResolvedExpression::Literal {
                value,
                literal_type: LogicalType::not_null(kind),
            };
            [Style::Prefix, Style::Infix].map(|style| write(&literal, &[], style))
        };
        assert_eq!(
            text(LiteralValue::Floating(1.0), TypeKind::Double),
            ["1.0E0:DOUBLE", "1.0"]
        );
        assert_eq!(
            text(LiteralValue::Floating(-12.5), TypeKind::Double),
            ["-1.25E1:DOUBLE", "-12.5"]
        );
        assert_eq!(text(LiteralValue::Integer(3), TypeKind::Int), ["3", "3"]);
        assert_eq!(
            text(LiteralValue::Integer(3), TypeKind::BigInt),
            ["3:BIGINT", "3"]
        );
        let text_value = LiteralValue::String("it's".to_owned());
        assert_eq!(text(text_value, TypeKind::Char(4)), ["'it''s'", "'it''s'"]);
    }
}
