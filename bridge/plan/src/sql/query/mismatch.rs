//! Messages for calls that no function takes, in Calcite's words.

use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use crate::error::PlanError;
use crate::expression::ResolvedExpression;
use crate::function::{BuiltInFunction, definitions};
use crate::operation::expression_type;
use crate::types::derive::is_character_string;
use crate::types::{LogicalType, TypeKind};

/// Whether a call is the Table API's joining of strings by `+`, which SQL does not have.
pub(super) fn joins_strings(function: &BuiltInFunction, arguments: &[ResolvedExpression]) -> bool {
    function == &definitions::PLUS
        && arguments
            .iter()
            .any(|argument| is_character_string(&expression_type(argument).kind))
}

/// The function does not take such arguments.
pub(super) fn cannot_apply(function: &BuiltInFunction, arguments: &[ResolvedExpression]) -> String {
    let name = function.sql_name.unwrap_or(function.name);
    let types: Vec<String> = arguments
        .iter()
        .map(|argument| format!("<{}>", calcite_type(&expression_type(argument))))
        .collect();
    let supported: Vec<String> = function
        .signatures
        .iter()
        .map(ToString::to_string)
        .filter(|signature| !(function == &definitions::PLUS && signature.contains("CHARACTER")))
        .map(|signature| {
            let operands: Vec<String> = signature
                .replace("CHARACTER_STRING", "CHARACTER")
                .replace("BINARY_STRING", "BINARY")
                .replace("COMPARABLE", "COMPARABLE_TYPE")
                .replace("...", "")
                .split(", ")
                .map(str::to_owned)
                .collect();
            format!("'{}'", form(name, &operands))
        })
        .collect();
    format!(
        "Cannot apply '{name}' to arguments of type '{}'. Supported form(s): {}",
        form(name, &types),
        supported.join("\n")
    )
}

/// How a call looks: `a + b` for operators, `F(a, b)` for functions.
fn form(name: &str, operands: &[String]) -> String {
    let is_operator =
        name == "AND" || name == "OR" || !name.starts_with(|first: char| first.is_ascii_alphabetic());
    match operands {
        [left, right] if is_operator => format!("{left} {name} {right}"),
        [only] if is_operator => format!("{name}{only}"),
        _ => format!("{name}({})", operands.join(", ")),
    }
}

/// The name that Calcite has for a type.
pub(super) fn calcite_type(argument: &LogicalType) -> String {
    match argument.kind {
        TypeKind::Int => "INTEGER".to_owned(),
        _ => argument.with_nullable(true).as_serializable_string(),
    }
}

/// There is no function of that name for such arguments, in Calcite's words.
pub(super) fn no_match(path: &[String], arguments: &[ResolvedExpression], span: Span) -> PlanError {
    let families: Vec<String> = arguments
        .iter()
        .map(|argument| format!("<{}>", family(&expression_type(argument))))
        .collect();
    validation_error(
        span,
        &format!(
            "No match found for function signature {}({})",
            path.join("."),
            families.join(", ")
        ),
    )
}

/// The family of a type. Mirrors `SqlTypeFamily`.
fn family(argument: &LogicalType) -> String {
    let name = match &argument.kind {
        TypeKind::Char(_) | TypeKind::VarChar(_) => "CHARACTER",
        TypeKind::Boolean => "BOOLEAN",
        TypeKind::Binary(_) | TypeKind::VarBinary(_) => "BINARY",
        TypeKind::Decimal { .. }
        | TypeKind::TinyInt
        | TypeKind::SmallInt
        | TypeKind::Int
        | TypeKind::BigInt
        | TypeKind::Float
        | TypeKind::Double => "NUMERIC",
        TypeKind::Date => "DATE",
        TypeKind::Time(_) => "TIME",
        TypeKind::Timestamp(_) | TypeKind::TimestampLtz(_) => "TIMESTAMP",
        TypeKind::IntervalYearMonth => "INTERVAL_YEAR_MONTH",
        TypeKind::IntervalDayTime => "INTERVAL_DAY_TIME",
        TypeKind::Null => "NULL",
        TypeKind::Array(_) | TypeKind::Multiset(_) | TypeKind::Map(..) | TypeKind::Row(_) => {
            return argument.as_summary_string();
        }
    };
    name.to_owned()
}
