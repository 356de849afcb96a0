//! Second pass: adjacent calcs become one.
//!
//! A calc above another takes the other's expressions in the place of its columns. It does not where
//! that would compute more than before: when a call would be written twice (unless it is a
//! deterministic Python call, which is computed once anyway), when a call that is not deterministic
//! would be, and when somebody else reads the lower calc too.

use std::collections::BTreeSet;

use super::expression::{collect_fields, count_field, inline, is_deterministic, is_python_call};
use super::graph::{Graph, Node, NodeId};
use crate::expression::ResolvedExpression;
use crate::operation::NamedExpression;

/// A graph with the same rows at its roots and no calc on another that it could absorb.
pub(super) fn merge(graph: &Graph, roots: &[NodeId]) -> (Graph, Vec<NodeId>) {
    let consumers = graph.consumers(roots);
    let mut merged = Graph::default();
    let mut ids: Vec<NodeId> = Vec::with_capacity(graph.len());
    for id in 0..graph.len() {
        let new = match graph.node(id) {
            Node::Scan { table, projection } => merged.scan(table.clone(), projection.clone()),
            Node::Values { rows } => merged.values(rows.clone(), graph.columns(id).to_vec()),
            Node::Calc {
                input,
                conditions,
                projections,
            } => {
                let shared = consumers[*input] > 1;
                add_calc(
                    &mut merged,
                    ids[*input],
                    shared,
                    conditions.clone(),
                    projections.clone(),
                )
            }
            Node::Aggregate {
                input,
                grouping,
                aggregates,
            } => merged.aggregate(ids[*input], grouping.clone(), aggregates.clone()),
            Node::Union { inputs } => {
                let inputs = inputs.iter().map(|input| ids[*input]).collect();
                merged.union(inputs, graph.columns(id).to_vec())
            }
        };
        ids.push(new);
    }
    let roots = roots.iter().map(|root| ids[*root]).collect();
    (merged, roots)
}

fn add_calc(
    graph: &mut Graph,
    input: NodeId,
    shared: bool,
    conditions: Vec<ResolvedExpression>,
    projections: Vec<NamedExpression>,
) -> NodeId {
    let Node::Calc {
        input: below,
        conditions: lower_conditions,
        projections: lower,
    } = graph.node(input).clone()
    else {
        return graph.calc(input, conditions, projections);
    };
    if shared || !is_mergeable(&conditions, &projections, &lower_conditions, &lower) {
        return graph.calc(input, conditions, projections);
    }
    let upper_conditions = conditions.iter().map(|condition| inline(condition, &lower));
    let conditions = lower_conditions.into_iter().chain(upper_conditions).collect();
    let projections = projections
        .into_iter()
        .map(|projection| NamedExpression {
            name: projection.name,
            expression: inline(&projection.expression, &lower),
        })
        .collect();
    graph.calc(below, conditions, projections)
}

/// Whether the lower expressions may be written in the place of the columns that the upper ones read.
fn is_mergeable(
    conditions: &[ResolvedExpression],
    projections: &[NamedExpression],
    lower_conditions: &[ResolvedExpression],
    lower: &[NamedExpression],
) -> bool {
    // What a Python condition lets through must not depend on rows that Python was not to see:
    // a native condition goes below Python by itself, two Python ones keep their order.
    let upper_python = conditions
        .iter()
        .any(|condition| inline(condition, lower).contains_python());
    if upper_python && lower_conditions.iter().any(ResolvedExpression::contains_python) {
        return false;
    }
    let upper = || {
        projections
            .iter()
            .map(|projection| &projection.expression)
            .chain(conditions)
    };
    let mut read = BTreeSet::new();
    upper().for_each(|expression| collect_fields(expression, &mut read));
    read.iter().all(|position| {
        let Some(projection) = lower.get(*position) else {
            return false;
        };
        let expression = &projection.expression;
        if !matches!(expression, ResolvedExpression::Call { .. }) {
            return true;
        }
        let uses: usize = upper().map(|upper| count_field(upper, *position)).sum();
        uses <= 1 || (is_python_call(expression) && is_deterministic(expression))
    })
}
