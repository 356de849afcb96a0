//! Finds calls that several projections have in common.
//!
//! A call is shared when it occurs more than once and at least once where it is computed in any case.
//! A call that only stands in a branch of `CASE`, behind `AND` or in a later argument of `COALESCE`
//! is left alone: computing it for all rows could fail for rows that never reach it.

use nutkin_plan::expression::{ResolvedExpression, ResolvedFunction};

/// Projections with their common calls taken out.
pub(super) struct Shared {
    /// The calls to compute first, over the input's columns.
    pub(super) shared: Vec<ResolvedExpression>,
    /// The projections; common calls are fields behind the input's columns.
    pub(super) rewritten: Vec<ResolvedExpression>,
}

struct Occurrence<'a> {
    call: &'a ResolvedExpression,
    count: usize,
    unconditional: bool,
}

/// Takes the common calls out of `expressions`, whose input has `input_columns` columns.
pub(super) fn share(expressions: &[&ResolvedExpression], input_columns: usize) -> Shared {
    let mut occurrences: Vec<Occurrence<'_>> = Vec::new();
    for expression in expressions {
        collect(expression, true, &mut occurrences);
    }
    let candidates: Vec<&ResolvedExpression> = occurrences
        .iter()
        .filter(|occurrence| occurrence.count > 1 && occurrence.unconditional)
        .map(|occurrence| occurrence.call)
        .collect();
    let mut shared: Vec<ResolvedExpression> = Vec::new();
    let rewritten = expressions
        .iter()
        .map(|expression| rewrite(expression, &candidates, input_columns, &mut shared))
        .collect();
    Shared { shared, rewritten }
}

fn collect<'a>(
    expression: &'a ResolvedExpression,
    unconditional: bool,
    occurrences: &mut Vec<Occurrence<'a>>,
) {
    let ResolvedExpression::Call {
        function: ResolvedFunction::BuiltIn(function),
        arguments,
        ..
    } = expression
    else {
        return;
    };
    if is_deterministic(expression) && nutkin_functions::is_shareable(function.name) {
        if let Some(known) = occurrences
            .iter_mut()
            .find(|occurrence| occurrence.call == expression)
        {
            known.count += 1;
            known.unconditional |= unconditional;
            // What is inside occurs as often as the call itself and is shared with it.
            return;
        }
        occurrences.push(Occurrence {
            call: expression,
            count: 1,
            unconditional,
        });
    }
    let lazy = nutkin_functions::evaluates_lazily(function.name);
    for (index, argument) in arguments.iter().enumerate() {
        collect(argument, unconditional && (!lazy || index == 0), occurrences);
    }
}

fn is_deterministic(expression: &ResolvedExpression) -> bool {
    match expression {
        ResolvedExpression::Call {
            function: ResolvedFunction::BuiltIn(function),
            arguments,
            ..
        } => nutkin_functions::is_deterministic(function.name) && arguments.iter().all(is_deterministic),
        ResolvedExpression::Call { .. } => false,
        _ => true,
    }
}

fn rewrite(
    expression: &ResolvedExpression,
    candidates: &[&ResolvedExpression],
    input_columns: usize,
    shared: &mut Vec<ResolvedExpression>,
) -> ResolvedExpression {
    let ResolvedExpression::Call {
        function,
        arguments,
        result_type,
    } = expression
    else {
        return expression.clone();
    };
    if candidates.contains(&expression) {
        let position = match shared.iter().position(|known| known == expression) {
            Some(position) => position,
            None => {
                shared.push(expression.clone());
                shared.len() - 1
            }
        };
        return ResolvedExpression::Field {
            index: input_columns + position,
            name: format!("$shared{position}"),
            field_type: result_type.clone(),
        };
    }
    ResolvedExpression::Call {
        function: function.clone(),
        arguments: arguments
            .iter()
            .map(|argument| rewrite(argument, candidates, input_columns, shared))
            .collect(),
        result_type: result_type.clone(),
    }
}
