//! Last pass, for calcs: Python calls get operators of their own.
//!
//! A calc with Python calls becomes, from below: a native calc with the conditions that need no
//! Python and with what Python's arguments compute; a Python calc; a native calc for the rest.
//! Conditions that call Python are checked before the Python calls of the projections are made.
//!
//! - Native conditions always come first, so Python sees only rows that pass them. Apart from that a
//!   Python function is called for every row, also where a `CASE` would not use the result.
//! - A Python call as the argument of a Python call stays inside Python, in one pass.
//! - Equal calls of a deterministic function are made once.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::expression::{
    as_field, collect_fields, field, is_deterministic, is_python_call, name_fields, placeholder, remap,
    rewrite,
};
use super::physical::native_calc;
use crate::catalog::{Column, Schema};
use crate::expression::{ResolvedExpression, ResolvedFunction};
use crate::operation::{NamedExpression, expression_type};
use crate::stream::{PythonArgument, PythonCall, StreamNode};

/// Plans a calc, with as many operators as it takes.
pub(super) fn lower_calc(
    input: Arc<StreamNode>,
    conditions: Vec<ResolvedExpression>,
    projections: Vec<NamedExpression>,
) -> Arc<StreamNode> {
    let (python, native): (Vec<_>, Vec<_>) = conditions
        .into_iter()
        .partition(ResolvedExpression::contains_python);
    if python.is_empty()
        && !projections
            .iter()
            .any(|projection| projection.expression.contains_python())
    {
        return native_calc(input, native, projections);
    }
    let (names, values): (Vec<String>, Vec<ResolvedExpression>) = projections
        .into_iter()
        .map(|projection| (projection.name, projection.expression))
        .unzip();
    let calls = outermost_calls(if python.is_empty() { &values } else { &python });
    let condition_count = python.len();
    let mut rest = python;
    rest.extend(values);
    let (input, mut rest) = make_calls(input, native, calls, rest);
    let values = rest.split_off(condition_count);
    let projections = names
        .into_iter()
        .zip(values)
        .map(|(name, expression)| NamedExpression { name, expression })
        .collect();
    lower_calc(input, rest, projections)
}

/// Puts a Python calc with these calls on the input, and rewrites the expressions over its output.
fn make_calls(
    input: Arc<StreamNode>,
    conditions: Vec<ResolvedExpression>,
    calls: Vec<ResolvedExpression>,
    rest: Vec<ResolvedExpression>,
) -> (Arc<StreamNode>, Vec<ResolvedExpression>) {
    let repeated = repeated_calls(&calls);
    if !repeated.is_empty() {
        // The caller plans what remains on top of these.
        return compute_below(input, conditions, &repeated, rest);
    }
    let computed = computed_arguments(&calls);
    if !computed.is_empty() || !conditions.is_empty() {
        let call_count = calls.len();
        let mut all = calls;
        all.extend(rest);
        let (input, mut all) = compute_below(input, conditions, &computed, all);
        let rest = all.split_off(call_count);
        return python_calc(input, &all, rest);
    }
    python_calc(input, &calls, rest)
}

/// Puts a calc on the input that passes on what is read and computes `values`, and rewrites the
/// expressions over its output.
fn compute_below(
    input: Arc<StreamNode>,
    conditions: Vec<ResolvedExpression>,
    values: &[ResolvedExpression],
    expressions: Vec<ResolvedExpression>,
) -> (Arc<StreamNode>, Vec<ResolvedExpression>) {
    let columns = input.schema().columns.clone();
    let (forwarded, expressions) = replace_values(&columns, values, &expressions);
    let mut projections = forward(&columns, &forwarded);
    for value in values {
        let name = fresh_name(projections.iter().map(|projection| projection.name.as_str()));
        projections.push(NamedExpression {
            name,
            expression: value.clone(),
        });
    }
    if projections.is_empty() {
        projections.push(placeholder());
    }
    let node = lower_calc(input, conditions, projections);
    let expressions = name_all(&expressions, &node);
    (node, expressions)
}

/// Puts a Python calc on the input. Arguments of the calls are columns, constants and Python calls.
fn python_calc(
    input: Arc<StreamNode>,
    calls: &[ResolvedExpression],
    rest: Vec<ResolvedExpression>,
) -> (Arc<StreamNode>, Vec<ResolvedExpression>) {
    let columns = input.schema().columns.clone();
    let (forwarded, rest) = replace_values(&columns, calls, &rest);
    let mut output: Vec<Column> = forwarded
        .iter()
        .filter_map(|position| columns.get(*position).cloned())
        .collect();
    let mut python_calls = Vec::with_capacity(calls.len());
    for call in calls {
        let name = fresh_name(output.iter().map(|column| column.name.as_str()));
        if let Some(python_call) = python_call(&name, call) {
            output.push(Column {
                name,
                column_type: expression_type(call),
                comment: None,
            });
            python_calls.push(python_call);
        }
    }
    let node = Arc::new(StreamNode::PythonCalc {
        input,
        forwarded,
        calls: python_calls,
        schema: Schema {
            columns: output,
            primary_key: Vec::new(),
        },
    });
    let rest = name_all(&rest, &node);
    (node, rest)
}

/// Calls the columns that expressions read by the names they have in the node's output, so that equal
/// expressions stay equal.
fn name_all(expressions: &[ResolvedExpression], node: &StreamNode) -> Vec<ResolvedExpression> {
    expressions
        .iter()
        .map(|expression| name_fields(expression, &node.schema().columns))
        .collect()
}

/// Replaces values by the columns in which they will be: first the columns of the input that are
/// still read, then the values. Gives the former and the rewritten expressions.
fn replace_values(
    columns: &[Column],
    values: &[ResolvedExpression],
    expressions: &[ResolvedExpression],
) -> (Vec<usize>, Vec<ResolvedExpression>) {
    let width = columns.len();
    let taken = RefCell::new(vec![false; values.len()]);
    let replaced: Vec<ResolvedExpression> = expressions
        .iter()
        .map(|expression| {
            rewrite(expression, &|part| {
                let mut taken = taken.borrow_mut();
                let place = values
                    .iter()
                    .enumerate()
                    .position(|(place, value)| value == part && (!taken[place] || is_deterministic(value)))?;
                taken[place] = true;
                Some(field(width + place, "", &expression_type(part)))
            })
        })
        .collect();
    let mut read = BTreeSet::new();
    for expression in &replaced {
        collect_fields(expression, &mut read);
    }
    let forwarded: Vec<usize> = read.into_iter().filter(|position| *position < width).collect();
    let moved = replaced
        .iter()
        .map(|expression| {
            remap(expression, &|old| {
                if old >= width {
                    forwarded.len() + old - width
                } else {
                    forwarded.iter().position(|kept| *kept == old).unwrap_or_default()
                }
            })
        })
        .collect();
    (forwarded, moved)
}

/// Columns passed on under their own names.
fn forward(columns: &[Column], positions: &[usize]) -> Vec<NamedExpression> {
    positions
        .iter()
        .filter_map(|position| {
            let column = columns.get(*position)?;
            Some(NamedExpression {
                name: column.name.clone(),
                expression: field(*position, &column.name, &column.column_type),
            })
        })
        .collect()
}

/// `f0`, or the next such name that is free.
fn fresh_name<'a>(taken: impl Iterator<Item = &'a str>) -> String {
    let taken: BTreeSet<&str> = taken.collect();
    let mut number = 0;
    loop {
        let name = format!("f{number}");
        if !taken.contains(name.as_str()) {
            return name;
        }
        number += 1;
    }
}

/// The Python calls that are not arguments of Python calls, equal deterministic ones once.
fn outermost_calls(expressions: &[ResolvedExpression]) -> Vec<ResolvedExpression> {
    fn visit(expression: &ResolvedExpression, calls: &mut Vec<ResolvedExpression>) {
        if is_python_call(expression) {
            if !(is_deterministic(expression) && calls.contains(expression)) {
                calls.push(expression.clone());
            }
        } else if let ResolvedExpression::Call { arguments, .. } = expression {
            arguments.iter().for_each(|argument| visit(argument, calls));
        }
    }
    let mut calls = Vec::new();
    expressions
        .iter()
        .for_each(|expression| visit(expression, &mut calls));
    calls
}

/// Deterministic Python calls that occur more than once among calls and their arguments.
fn repeated_calls(calls: &[ResolvedExpression]) -> Vec<ResolvedExpression> {
    fn visit(
        expression: &ResolvedExpression,
        seen: &mut Vec<ResolvedExpression>,
        repeated: &mut Vec<ResolvedExpression>,
    ) {
        if is_python_call(expression) && is_deterministic(expression) {
            if seen.contains(expression) {
                if !repeated.contains(expression) {
                    repeated.push(expression.clone());
                }
                return;
            }
            seen.push(expression.clone());
        }
        if let ResolvedExpression::Call { arguments, .. } = expression {
            for argument in arguments {
                visit(argument, seen, repeated);
            }
        }
    }
    let mut seen = Vec::new();
    let mut repeated = Vec::new();
    for call in calls {
        visit(call, &mut seen, &mut repeated);
    }
    repeated
}

/// The arguments that have to be computed natively before Python is called.
fn computed_arguments(calls: &[ResolvedExpression]) -> Vec<ResolvedExpression> {
    fn visit(call: &ResolvedExpression, computed: &mut Vec<ResolvedExpression>) {
        let ResolvedExpression::Call { arguments, .. } = call else {
            return;
        };
        for argument in arguments {
            if is_python_call(argument) {
                visit(argument, computed);
            } else if matches!(argument, ResolvedExpression::Call { .. })
                && !(is_deterministic(argument) && computed.contains(argument))
            {
                computed.push(argument.clone());
            }
        }
    }
    let mut computed = Vec::new();
    for call in calls {
        visit(call, &mut computed);
    }
    computed
}

/// A call as the engine wants it; `None` for what is no Python call.
fn python_call(name: &str, call: &ResolvedExpression) -> Option<PythonCall> {
    let ResolvedExpression::Call {
        function: ResolvedFunction::Python(function),
        arguments,
        ..
    } = call
    else {
        return None;
    };
    let arguments = arguments
        .iter()
        .filter_map(|argument| match argument {
            ResolvedExpression::Literal { value, literal_type } => Some(PythonArgument::Constant {
                value: value.clone(),
                literal_type: literal_type.clone(),
            }),
            ResolvedExpression::Call { .. } => python_call(&function_name(argument), argument)
                .map(|call| PythonArgument::Call(Box::new(call))),
            other => as_field(other).map(PythonArgument::Column),
        })
        .collect();
    Some(PythonCall {
        name: name.to_owned(),
        function: Arc::clone(function),
        arguments,
    })
}

/// What a call without a column of its own is called: after its function.
fn function_name(call: &ResolvedExpression) -> String {
    match call {
        ResolvedExpression::Call {
            function: ResolvedFunction::Python(function),
            ..
        } => function.name.clone(),
        _ => String::new(),
    }
}
