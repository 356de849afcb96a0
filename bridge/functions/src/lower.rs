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
use crate::{cast, collection, comparison, conditional, literal, logic, number, temporal, text};

/// The tables of all families.
const FAMILIES: &[&[Entry]] = &[
    logic::FUNCTIONS,
    conditional::FUNCTIONS,
    comparison::FUNCTIONS,
    number::FUNCTIONS,
    text::FUNCTIONS,
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
const VOLATILE: &[&str] = &["rand", "randInteger"];

/// Whether equal arguments always give equal results.
#[must_use]
pub fn is_deterministic(name: &str) -> bool {
    is_supported(name) && !VOLATILE.contains(&name) && !temporal::VOLATILE.contains(&name)
}

/// Whether only the first argument is computed for every row; the others are computed for the rows
/// that need them.
#[must_use]
pub fn evaluates_lazily(name: &str) -> bool {
    matches!(name, "and" | "or" | "ifThenElse" | "COALESCE")
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
            (entry.lower)(Call {
                name: entry.name,
                arguments: arguments
                    .iter()
                    .map(|argument| lower(argument, input, context))
                    .collect::<Result<_>>()?,
                types: arguments.iter().map(ResolvedExpression::data_type).collect(),
                result: result_type,
                context: *context,
            })
        }
    }
}
