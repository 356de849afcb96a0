//! Questions about resolved expressions and rewritings of them, shared by the passes of the planner.

use std::collections::BTreeSet;

use crate::catalog::Column;
use crate::expression::{LiteralValue, ResolvedExpression, ResolvedFunction};
use crate::function::definitions;
use crate::operation::{NamedExpression, expression_type};
use crate::types::{LogicalType, TypeKind};

/// Built-in functions whose results differ between calls with equal arguments.
const NON_DETERMINISTIC: &[&str] = &["rand", "randInteger", "uuid"];

/// A reference to a column.
pub(super) fn field(index: usize, name: &str, field_type: &LogicalType) -> ResolvedExpression {
    ResolvedExpression::Field {
        index,
        name: name.to_owned(),
        field_type: field_type.clone(),
    }
}

/// The position that an expression refers to, if it is nothing but a column.
pub(super) fn as_field(expression: &ResolvedExpression) -> Option<usize> {
    match expression {
        ResolvedExpression::Field { index, .. } => Some(*index),
        _ => None,
    }
}

/// Adds the positions of all columns that an expression reads.
pub(super) fn collect_fields(expression: &ResolvedExpression, fields: &mut BTreeSet<usize>) {
    match expression {
        ResolvedExpression::Field { index, .. } => {
            fields.insert(*index);
        }
        ResolvedExpression::Call { arguments, .. } => {
            for argument in arguments {
                collect_fields(argument, fields);
            }
        }
        _ => {}
    }
}

/// How often an expression reads a column.
pub(super) fn count_field(expression: &ResolvedExpression, position: usize) -> usize {
    match expression {
        ResolvedExpression::Field { index, .. } => usize::from(*index == position),
        ResolvedExpression::Call { arguments, .. } => arguments
            .iter()
            .map(|argument| count_field(argument, position))
            .sum(),
        _ => 0,
    }
}

/// Replaces the outermost sub-expressions for which `replacement` knows one.
pub(super) fn rewrite(
    expression: &ResolvedExpression,
    replacement: &dyn Fn(&ResolvedExpression) -> Option<ResolvedExpression>,
) -> ResolvedExpression {
    if let Some(replaced) = replacement(expression) {
        return replaced;
    }
    match expression {
        ResolvedExpression::Call {
            function,
            arguments,
            result_type,
        } => ResolvedExpression::Call {
            function: function.clone(),
            arguments: arguments
                .iter()
                .map(|argument| rewrite(argument, replacement))
                .collect(),
            result_type: result_type.clone(),
        },
        other => other.clone(),
    }
}

/// Moves the columns that an expression reads; `position` gives the new place of each.
pub(super) fn remap(
    expression: &ResolvedExpression,
    position: &dyn Fn(usize) -> usize,
) -> ResolvedExpression {
    rewrite(expression, &|part| match part {
        ResolvedExpression::Field {
            index,
            name,
            field_type,
        } => Some(field(position(*index), name, field_type)),
        _ => None,
    })
}

/// Calls the columns that an expression reads by the names they have there.
pub(super) fn name_fields(expression: &ResolvedExpression, columns: &[Column]) -> ResolvedExpression {
    rewrite(expression, &|part| match part {
        ResolvedExpression::Field {
            index, field_type, ..
        } => columns
            .get(*index)
            .map(|column| field(*index, &column.name, field_type)),
        _ => None,
    })
}

/// Puts the expressions of a projection in the place of its columns.
pub(super) fn inline(expression: &ResolvedExpression, projections: &[NamedExpression]) -> ResolvedExpression {
    rewrite(expression, &|part| {
        let position = as_field(part)?;
        projections
            .get(position)
            .map(|projection| projection.expression.clone())
    })
}

/// Whether the expression itself is a call of a Python function.
pub(super) fn is_python_call(expression: &ResolvedExpression) -> bool {
    matches!(
        expression,
        ResolvedExpression::Call {
            function: ResolvedFunction::Python(_),
            ..
        }
    )
}

/// Whether equal inputs give equal results.
pub(super) fn is_deterministic(expression: &ResolvedExpression) -> bool {
    match expression {
        ResolvedExpression::Call {
            function, arguments, ..
        } => {
            let deterministic = match function {
                ResolvedFunction::BuiltIn(function) => !NON_DETERMINISTIC.contains(&function.name),
                ResolvedFunction::Python(function) => function.deterministic,
            };
            deterministic && arguments.iter().all(is_deterministic)
        }
        _ => true,
    }
}

/// The conditions that must all be true for this one to be: the operands of nested `AND`s.
pub(super) fn conjuncts(condition: &ResolvedExpression) -> Vec<ResolvedExpression> {
    match condition {
        ResolvedExpression::Call {
            function: ResolvedFunction::BuiltIn(function),
            arguments,
            ..
        } if function.name == "and" => arguments.iter().flat_map(conjuncts).collect(),
        other => vec![other.clone()],
    }
}

/// One condition that is true where all of these are; `None` for no conditions.
pub(super) fn all_true(conditions: Vec<ResolvedExpression>) -> Option<ResolvedExpression> {
    conditions.into_iter().reduce(|first, second| {
        let nullable = expression_type(&first).nullable || expression_type(&second).nullable;
        ResolvedExpression::Call {
            function: ResolvedFunction::BuiltIn(&definitions::AND),
            arguments: vec![first, second],
            result_type: LogicalType::nullable(TypeKind::Boolean).with_nullable(nullable),
        }
    })
}

/// A column that costs nothing, for rows whose columns nobody reads.
pub(super) fn placeholder() -> NamedExpression {
    NamedExpression {
        name: "$f0".to_owned(),
        expression: ResolvedExpression::Literal {
            value: LiteralValue::Integer(0),
            literal_type: LogicalType::not_null(TypeKind::Int),
        },
    }
}
