//! From resolved expressions to physical ones.

use std::sync::Arc;

use arrow::datatypes::SchemaRef;
use datafusion_common::ScalarValue;
use datafusion_physical_expr::PhysicalExpr;
use datafusion_physical_expr::expressions::{Column, Literal};
use nutkin_plan::PlanError;
use nutkin_plan::expression::{ResolvedExpression, ResolvedFunction};

use crate::call::{Call, Entry};
use crate::context::EvaluationContext;
use crate::error::{FunctionError, Result};
use crate::{
    cast, collection, comparison, conditional, encoding, extremes, json, literal, logic, number, regex,
    temporal, text, value,
};

/// The tables of all families.
const FAMILIES: &[&[Entry]] = &[
    logic::FUNCTIONS,
    conditional::FUNCTIONS,
    comparison::FUNCTIONS,
    number::FUNCTIONS,
    text::FUNCTIONS,
    regex::FUNCTIONS,
    encoding::FUNCTIONS,
    json::FUNCTIONS,
    value::FUNCTIONS,
    extremes::FUNCTIONS,
    cast::FUNCTIONS,
    temporal::FUNCTIONS,
    collection::FUNCTIONS,
];

fn find(name: &str) -> Option<&'static Entry> {
    FAMILIES
        .iter()
        .flat_map(|family| family.iter())
        .find(|entry| entry.name == name)
}

/// Whether a scalar function of this name can be lowered.
#[must_use]
pub fn is_supported(name: &str) -> bool {
    find(name).is_some()
}

/// Functions of chance; those of the current time are listed with them.
const VOLATILE: &[&str] = &["rand", "randInteger", "uuid"];

/// Whether equal arguments always give equal results.
#[must_use]
pub fn is_deterministic(name: &str) -> bool {
    is_supported(name) && !VOLATILE.contains(&name) && !temporal::VOLATILE.contains(&name)
}

/// Whether a call may be computed apart from the call that it is an argument of: one that gives JSON text
/// may not, because in a JSON constructor it is no string.
#[must_use]
pub fn is_shareable(name: &str) -> bool {
    is_deterministic(name) && !gives_json(name)
}

/// Whether the result is JSON text for the constructors of JSON.
fn gives_json(name: &str) -> bool {
    matches!(name, "JSON" | "JSON_OBJECT" | "JSON_ARRAY")
}

/// Whether only the first argument is computed for every row; the others are computed for the rows
/// that need them.
#[must_use]
pub fn evaluates_lazily(name: &str) -> bool {
    matches!(name, "and" | "or" | "ifThenElse" | "COALESCE" | "IFNULL")
}

fn misplaced_json() -> FunctionError {
    PlanError::validation(
        "The JSON() function is currently only supported inside JSON_ARRAY() or as the VALUE param of JSON_OBJECT().",
    )
    .into()
}

/// Makes the physical expression of `expression` over rows of `input`, for the query of `context`.
///
/// # Errors
/// When a function, a type or a literal is not computed natively; Python functions never are.
pub fn lower(
    expression: &ResolvedExpression,
    input: &SchemaRef,
    context: &EvaluationContext,
) -> Result<Arc<dyn PhysicalExpr>> {
    if expression
        .built_in()
        .is_some_and(|function| function.name == "JSON")
    {
        return Err(misplaced_json());
    }
    lower_part(expression, input, context)
}

/// As [`lower`], of a part of an expression, where JSON() may be.
fn lower_part(
    expression: &ResolvedExpression,
    input: &SchemaRef,
    context: &EvaluationContext,
) -> Result<Arc<dyn PhysicalExpr>> {
    match expression {
        ResolvedExpression::Field { index, name, .. } => {
            if *index >= input.fields().len() {
                return Err(PlanError::Table {
                    message: format!(
                        "Column '{name}' is at position {index}, but the input has {} columns.",
                        input.fields().len()
                    ),
                    hint: None,
                }
                .into());
            }
            Ok(Arc::new(Column::new(name, *index)))
        }
        ResolvedExpression::Literal { value, literal_type } => {
            Ok(Arc::new(Literal::new(literal::scalar(value, literal_type)?)))
        }
        ResolvedExpression::OuterField { .. }
        | ResolvedExpression::PatternField { .. }
        | ResolvedExpression::Subquery(_) => Err(FunctionError::unsupported(
            format!("{expression} as a value of one row"),
            "the batch planner replaces queries inside expressions",
        )),
        ResolvedExpression::Symbol { name, .. } => {
            Ok(Arc::new(Literal::new(ScalarValue::Utf8(Some(name.clone())))))
        }
        ResolvedExpression::Call {
            function,
            arguments,
            result_type,
        } => {
            let function = match function {
                ResolvedFunction::BuiltIn(function) => function,
                ResolvedFunction::Python(function) => {
                    return Err(FunctionError::unsupported(
                        format!(
                            "the Python function '{}' inside a native expression",
                            function.name
                        ),
                        "the planner computes Python functions in an operator of their own",
                    ));
                }
            };
            let Some(entry) = find(function.name) else {
                return Err(FunctionError::unsupported(
                    format!("the function '{}'", function.name),
                    "a Python function can compute it",
                ));
            };
            let makes_json = matches!(entry.name, "JSON_OBJECT" | "JSON_ARRAY");
            let is_json: Vec<bool> = arguments
                .iter()
                .map(|argument| {
                    makes_json
                        && argument
                            .built_in()
                            .is_some_and(|function| gives_json(function.name))
                })
                .collect();
            let misplaced = |argument: &ResolvedExpression| {
                argument
                    .built_in()
                    .is_some_and(|function| function.name == "JSON")
            };
            if !makes_json && arguments.iter().any(misplaced) {
                return Err(misplaced_json());
            }
            (entry.lower)(Call {
                name: entry.name,
                arguments: arguments
                    .iter()
                    .map(|argument| lower_part(argument, input, context))
                    .collect::<Result<_>>()?,
                types: arguments.iter().map(ResolvedExpression::data_type).collect(),
                json_arguments: is_json,
                result: result_type,
                context: *context,
            })
        }
    }
}
