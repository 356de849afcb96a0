//! `*`, `withColumns`, `withoutColumns` and ranges: replaced by the columns they stand for.
//!
//! Mirrors Flink's `StarReferenceFlatteningRule` and `ExpandColumnFunctionsRule`. It is done before
//! resolution, because one of these may stand for many expressions.

use super::literal::LiteralValue;
use super::unresolved::{CallTarget, Expression};
use crate::catalog::Schema;
use crate::error::{PlanError, Result};
use crate::function::{BuiltInFunction, definitions, find_built_in};

/// The expressions with every column function replaced, in order.
pub fn expand_columns(expressions: &[Expression], schema: &Schema) -> Result<Vec<Expression>> {
    let mut expanded = Vec::with_capacity(expressions.len());
    for expression in expressions {
        expand(expression, schema, &mut expanded)?;
    }
    Ok(expanded)
}

fn expand(expression: &Expression, schema: &Schema, expanded: &mut Vec<Expression>) -> Result<()> {
    if let Expression::Reference(name) = expression
        && name == "*"
    {
        expanded.extend(columns(schema, |_| true));
        return Ok(());
    }
    let Expression::Call { target, arguments } = expression else {
        expanded.push(expression.clone());
        return Ok(());
    };
    if let Some((named, complement)) = column_function(expression) {
        let selected = selected_columns(named, schema)?;
        expanded.extend(columns(schema, |index| selected.contains(&index) != complement));
        return Ok(());
    }
    // COUNT(*) counts rows: its star is no list of columns.
    let counts_rows = is_call_of(target, &definitions::COUNT)
        && matches!(arguments.as_slice(), [Expression::Reference(name)] if name == "*");
    expanded.push(if counts_rows {
        expression.clone()
    } else {
        Expression::Call {
            target: target.clone(),
            arguments: expand_columns(arguments, schema)?,
        }
    });
    Ok(())
}

fn columns(schema: &Schema, keep: impl Fn(usize) -> bool) -> Vec<Expression> {
    schema
        .columns
        .iter()
        .enumerate()
        .filter(|(index, _)| keep(*index))
        .map(|(_, column)| Expression::Reference(column.name.clone()))
        .collect()
}

fn is_call_of(target: &CallTarget, function: &'static BuiltInFunction) -> bool {
    match target {
        CallTarget::BuiltIn(called) => *called == function,
        CallTarget::Lookup(name) => find_built_in(name) == Some(function),
        CallTarget::Python(_) => false,
    }
}

/// The arguments of a column function, and whether all *other* columns are meant. A minus sign turns
/// the meaning round.
fn column_function(expression: &Expression) -> Option<(&[Expression], bool)> {
    let Expression::Call { target, arguments } = expression else {
        return None;
    };
    if is_call_of(target, &definitions::WITH_COLUMNS) {
        Some((arguments, false))
    } else if is_call_of(target, &definitions::WITHOUT_COLUMNS) {
        Some((arguments, true))
    } else if is_call_of(target, &definitions::MINUS_PREFIX) {
        let (named, complement) = column_function(arguments.first()?)?;
        Some((named, !complement))
    } else {
        None
    }
}

fn selected_columns(arguments: &[Expression], schema: &Schema) -> Result<Vec<usize>> {
    let mut selected = Vec::new();
    for argument in arguments {
        match argument {
            Expression::Reference(name) if name == "*" => selected.extend(0..schema.columns.len()),
            Expression::Call { target, arguments } if is_call_of(target, &definitions::RANGE_TO) => {
                let [start, end] = arguments.as_slice() else {
                    return Err(invalid(argument));
                };
                let (first, last) = (position(start, schema)?, position(end, schema)?);
                if first > last {
                    return Err(behind(start, end));
                }
                selected.extend(first..=last);
            }
            other => selected.push(position(other, schema)?),
        }
    }
    Ok(selected)
}

/// The position of a column given by name or by number, where the first is 1.
fn position(expression: &Expression, schema: &Schema) -> Result<usize> {
    match expression {
        Expression::Reference(name) => schema
            .columns
            .iter()
            .position(|column| column.name == *name)
            .ok_or_else(|| super::resolve::unknown_field(name, schema)),
        Expression::Literal {
            value: LiteralValue::Integer(number),
            ..
        } => usize::try_from(*number)
            .ok()
            .filter(|number| (1..=schema.columns.len()).contains(number))
            .map(|number| number - 1)
            .ok_or_else(|| {
                PlanError::validation(format!(
                    "There is no column {number}: the input has columns 1 to {}.",
                    schema.columns.len()
                ))
            }),
        other => Err(invalid(other)),
    }
}

/// The error for a range that ends before it starts, in Flink's words.
fn behind(start: &Expression, end: &Expression) -> PlanError {
    let functions = "withColumns() or withoutColumns()";
    let message = match start {
        Expression::Reference(_) => {
            format!("The start name:{start} of {functions} should not behind the end:{end}.")
        }
        _ => format!("The start:{start} of {functions} should not bigger than end:{end}."),
    };
    PlanError::Other {
        class: "java.lang.IllegalArgumentException",
        message,
    }
}

fn invalid(expression: &Expression) -> PlanError {
    PlanError::validation(format!(
        "The parameters of withColumns() or withoutColumns() only accept column names, positions and ranges, \
         not {expression}."
    ))
}
