//! Which columns identify a row of each node.
//!
//! A table's primary key does, and so do the grouping columns of an aggregate; both survive as long
//! as they are passed on. A cast that keeps every value apart passes a key on too.

use std::collections::BTreeSet;

use super::expression::as_field;
use super::graph::{Graph, Node};
use crate::expression::{ResolvedExpression, ResolvedFunction};
use crate::operation::{NamedExpression, expression_type};
use crate::types::supports_implicit_cast;

/// A key: for each of its columns, all positions at which the column is in the output.
/// A key without columns belongs to a node of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key(Vec<Vec<usize>>);

impl Key {
    /// One position a column, the first ones.
    pub(super) fn positions(&self) -> Vec<usize> {
        self.0
            .iter()
            .filter_map(|choices| choices.first().copied())
            .collect()
    }

    /// Whether rows that agree on these columns agree on the key.
    pub(super) fn is_within(&self, columns: &[usize]) -> bool {
        self.0
            .iter()
            .all(|choices| choices.iter().any(|choice| columns.contains(choice)))
    }

    /// Whether these are columns of the key only.
    pub(super) fn covers(&self, columns: &BTreeSet<usize>) -> bool {
        columns
            .iter()
            .all(|column| self.0.iter().any(|choices| choices.contains(column)))
    }
}

/// The key of every node; `None` for a node whose rows may be equal.
pub(super) fn unique_keys(graph: &Graph) -> Vec<Option<Key>> {
    let mut keys: Vec<Option<Key>> = Vec::with_capacity(graph.len());
    for id in 0..graph.len() {
        let key = match graph.node(id) {
            Node::Scan { table, projection } => {
                let key = &table.schema.primary_key;
                if key.is_empty() {
                    None
                } else {
                    key.iter()
                        .map(|column| projection.iter().position(|read| read == column))
                        .map(|place| place.map(|place| vec![place]))
                        .collect::<Option<Vec<_>>>()
                        .map(Key)
                }
            }
            Node::Calc {
                input, projections, ..
            } => keys[*input].as_ref().and_then(|key| project(key, projections)),
            Node::Aggregate { grouping, .. } => {
                Some(Key((0..grouping.len()).map(|position| vec![position]).collect()))
            }
            Node::Values { .. } | Node::Union { .. } => None,
        };
        keys.push(key);
    }
    keys
}

fn project(key: &Key, projections: &[NamedExpression]) -> Option<Key> {
    key.0
        .iter()
        .map(|choices| {
            let places: Vec<usize> = projections
                .iter()
                .enumerate()
                .filter(|(_, projection)| {
                    passed_on(&projection.expression).is_some_and(|column| choices.contains(&column))
                })
                .map(|(place, _)| place)
                .collect();
            (!places.is_empty()).then_some(places)
        })
        .collect::<Option<Vec<_>>>()
        .map(Key)
}

/// The column whose values the expression passes on, perhaps in a wider type.
fn passed_on(expression: &ResolvedExpression) -> Option<usize> {
    match expression {
        ResolvedExpression::Call {
            function: ResolvedFunction::BuiltIn(function),
            arguments,
            result_type,
        } if function.name == "cast" => {
            let argument = arguments.first()?;
            let position = as_field(argument)?;
            supports_implicit_cast(&expression_type(argument), &result_type.with_nullable(true))
                .then_some(position)
        }
        other => as_field(other),
    }
}
