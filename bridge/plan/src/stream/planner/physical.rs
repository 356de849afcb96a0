//! Last pass: from the graph to operators.
//!
//! Every node becomes one operator or a few, once, however many nodes read it; so a shared part of
//! the graph is one `Arc` in the plan. An aggregate gets the exchange that brings the rows of a group
//! together.

use std::sync::Arc;

use super::changelog::Changelog;
use super::expression::{all_true, as_field};
use super::graph::{Graph, Node, NodeId};
use super::python::lower_calc;
use crate::catalog::{Column, Schema};
use crate::expression::ResolvedExpression;
use crate::operation::{NamedExpression, expression_type};
use crate::stream::{ConnectorTable, Distribution, StreamNode};

/// The operators of every node, in the order of the graph.
pub(super) fn lower(graph: &Graph, changelog: &Changelog) -> Vec<Arc<StreamNode>> {
    let mut operators: Vec<Arc<StreamNode>> = Vec::with_capacity(graph.len());
    let mut exchanges: Vec<(NodeId, Distribution, Arc<StreamNode>)> = Vec::new();
    for id in 0..graph.len() {
        let schema = schema_of(graph.columns(id).to_vec());
        let operator = match graph.node(id) {
            Node::Scan { table, projection } => Arc::new(StreamNode::TableSourceScan {
                source: ConnectorTable {
                    table: Arc::clone(table),
                    projection: projection.clone(),
                },
                schema,
            }),
            Node::Values { rows } => Arc::new(StreamNode::Values {
                rows: rows.clone(),
                schema,
            }),
            Node::Calc {
                input,
                conditions,
                projections,
            } => lower_calc(
                Arc::clone(&operators[*input]),
                conditions.clone(),
                projections.clone(),
            ),
            Node::Aggregate {
                input,
                grouping,
                aggregates,
            } => {
                let distribution = if grouping.is_empty() {
                    Distribution::Single
                } else {
                    Distribution::Hash(grouping.clone())
                };
                let known = exchanges
                    .iter()
                    .find(|(other, by, _)| other == input && *by == distribution)
                    .map(|(_, _, exchange)| Arc::clone(exchange));
                let exchange = known.unwrap_or_else(|| {
                    let exchange = Arc::new(StreamNode::Exchange {
                        input: Arc::clone(&operators[*input]),
                        distribution: distribution.clone(),
                    });
                    exchanges.push((*input, distribution, Arc::clone(&exchange)));
                    exchange
                });
                Arc::new(StreamNode::GroupAggregate {
                    input: exchange,
                    grouping: grouping.clone(),
                    aggregates: aggregates.clone(),
                    schema,
                    emit_update_before: changelog.emits_update_before(id),
                })
            }
            Node::Union { inputs } => Arc::new(StreamNode::Union {
                inputs: inputs
                    .iter()
                    .map(|input| Arc::clone(&operators[*input]))
                    .collect(),
                schema,
            }),
        };
        operators.push(operator);
    }
    operators
}

/// A calc without Python calls; nothing at all where it would pass its input on as it is.
pub(super) fn native_calc(
    input: Arc<StreamNode>,
    conditions: Vec<ResolvedExpression>,
    projections: Vec<NamedExpression>,
) -> Arc<StreamNode> {
    let columns = &input.schema().columns;
    let passes_on = conditions.is_empty()
        && columns.len() == projections.len()
        && projections
            .iter()
            .zip(columns)
            .enumerate()
            .all(|(position, (projection, column))| {
                as_field(&projection.expression) == Some(position) && projection.name == column.name
            });
    if passes_on {
        return input;
    }
    let output = projections
        .iter()
        .map(|projection| Column {
            name: projection.name.clone(),
            column_type: expression_type(&projection.expression),
            comment: None,
        })
        .collect();
    Arc::new(StreamNode::Calc {
        input,
        condition: all_true(conditions),
        projections,
        schema: schema_of(output),
    })
}

fn schema_of(columns: Vec<Column>) -> Schema {
    Schema {
        columns,
        primary_key: Vec::new(),
    }
}
