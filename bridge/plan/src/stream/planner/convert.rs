//! First pass: from the tree of operations to the graph.
//!
//! Projections and filters both become calcs. Below an aggregate a calc computes its grouping columns,
//! arguments and filters unless they are columns anyway, each distinct one once, so that an aggregate
//! only refers to fields; equal aggregate calls become one, and a calc above hands out its result under each name.

use std::sync::Arc;

use super::expression::{as_field, conjuncts, field, is_deterministic};
use super::graph::{Graph, NodeId};
use super::refuse::{check, refused};
use crate::Result;
use crate::catalog::Column;
use crate::expression::ResolvedExpression;
use crate::operation::{AggregateCall, NamedExpression, QueryOperation, expression_type};

/// Adds an operation and everything below it; gives the node that produces its rows.
///
/// # Errors
/// When there is an operation or an expression that streaming does not run.
pub(super) fn convert(graph: &mut Graph, operation: &QueryOperation) -> Result<NodeId> {
    check(operation)?;
    Ok(match operation {
        QueryOperation::Source { table } => {
            let projection = (0..table.schema.columns.len()).collect();
            graph.scan(Arc::clone(table), projection)
        }
        QueryOperation::Values { rows, schema } => graph.values(rows.clone(), schema.columns.clone()),
        QueryOperation::Project { input, projections } => {
            let input = convert(graph, input)?;
            graph.calc(input, Vec::new(), projections.clone())
        }
        QueryOperation::Filter { input, condition } => {
            let input = convert(graph, input)?;
            let projections = identity(graph.columns(input));
            graph.calc(input, conjuncts(condition), projections)
        }
        QueryOperation::Aggregate {
            input,
            groupings,
            aggregates,
            ..
        } => {
            let input = convert(graph, input)?;
            convert_aggregate(graph, input, groupings, aggregates)
        }
        QueryOperation::UnionAll { inputs, schema } => {
            let inputs = inputs
                .iter()
                .map(|input| convert(graph, input))
                .collect::<Result<_>>()?;
            graph.union(inputs, schema.columns.clone())
        }
        QueryOperation::SetOperation { .. }
        | QueryOperation::Sort { .. }
        | QueryOperation::Join(_)
        | QueryOperation::Correlate(_)
        | QueryOperation::Over { .. }
        | QueryOperation::WindowTableFunction(_)
        | QueryOperation::WindowAggregate(_)
        | QueryOperation::MatchRecognize(_) => return Err(refused(operation)),
    })
}

/// All columns under their own names.
pub(super) fn identity(columns: &[Column]) -> Vec<NamedExpression> {
    columns
        .iter()
        .enumerate()
        .map(|(index, column)| NamedExpression {
            name: column.name.clone(),
            expression: field(index, &column.name, &column.column_type),
        })
        .collect()
}

fn convert_aggregate(
    graph: &mut Graph,
    input: NodeId,
    groupings: &[NamedExpression],
    aggregates: &[AggregateCall],
) -> NodeId {
    if let Some(node) = aggregate_of_fields(graph, input, groupings, aggregates) {
        return node;
    }
    let mut fields = FieldsBelow::default();
    let grouping: Vec<usize> = groupings
        .iter()
        .map(|grouping| fields.grouping(grouping))
        .collect();
    let mut calls: Vec<AggregateCall> = Vec::new();
    let mut results = Vec::with_capacity(aggregates.len());
    for aggregate in aggregates {
        let call = AggregateCall {
            arguments: counted_arguments(aggregate)
                .iter()
                .map(|argument| fields.reference(argument))
                .collect(),
            filter: aggregate.filter.as_ref().map(|filter| fields.reference(filter)),
            ..aggregate.clone()
        };
        let known = calls.iter().position(|other| same_value(other, &call));
        results.push(known.unwrap_or_else(|| {
            calls.push(call);
            calls.len() - 1
        }));
    }
    let shared = calls.len() < aggregates.len();
    // COUNT(*) over no groups reads no column at all; the rows themselves still have to arrive.
    let below = if fields.projections.is_empty() {
        input
    } else {
        graph.calc(input, Vec::new(), fields.projections)
    };
    let node = graph.aggregate(below, grouping, calls);
    if !shared {
        return node;
    }
    let columns = graph.columns(node).to_vec();
    let key_count = groupings.len();
    let names = groupings
        .iter()
        .map(|grouping| &grouping.name)
        .chain(aggregates.iter().map(|aggregate| &aggregate.name));
    let positions = (0..key_count).chain(results.iter().map(|result| key_count + result));
    let projections = names
        .zip(positions)
        .filter_map(|(name, position)| {
            let column = columns.get(position)?;
            Some(NamedExpression {
                name: name.clone(),
                expression: field(position, &column.name, &column.column_type),
            })
        })
        .collect();
    graph.calc(node, Vec::new(), projections)
}

/// An aggregate straight on its input: where grouping columns, arguments and filters are columns
/// already, and no call is written twice.
fn aggregate_of_fields(
    graph: &mut Graph,
    input: NodeId,
    groupings: &[NamedExpression],
    aggregates: &[AggregateCall],
) -> Option<NodeId> {
    let columns = graph.columns(input);
    let grouping = groupings
        .iter()
        .map(|grouping| {
            as_field(&grouping.expression).filter(|position| {
                columns
                    .get(*position)
                    .is_some_and(|column| column.name == grouping.name)
            })
        })
        .collect::<Option<Vec<usize>>>()?;
    let calls: Vec<AggregateCall> = aggregates
        .iter()
        .map(|aggregate| AggregateCall {
            arguments: counted_arguments(aggregate).to_vec(),
            ..aggregate.clone()
        })
        .collect();
    let of_fields = calls
        .iter()
        .flat_map(|call| call.arguments.iter().chain(&call.filter))
        .all(|expression| as_field(expression).is_some());
    let distinct_calls = calls
        .iter()
        .enumerate()
        .all(|(place, call)| !calls.iter().take(place).any(|other| same_value(other, call)));
    (of_fields && distinct_calls).then(|| graph.aggregate(input, grouping, calls))
}

/// The arguments of a call; a count of what is never NULL is a count of rows.
fn counted_arguments(aggregate: &AggregateCall) -> &[ResolvedExpression] {
    let counts_rows = aggregate.function.name == "count"
        && !aggregate.distinct
        && aggregate
            .arguments
            .iter()
            .all(|argument| !expression_type(argument).nullable);
    if counts_rows { &[] } else { &aggregate.arguments }
}

/// Whether two calls give the same value, whatever they are called.
fn same_value(left: &AggregateCall, right: &AggregateCall) -> bool {
    std::ptr::eq(left.function, right.function)
        && left.arguments == right.arguments
        && left.distinct == right.distinct
        && left.filter == right.filter
        && left.result_type == right.result_type
}

/// The columns that the calc below an aggregate computes.
#[derive(Default)]
struct FieldsBelow {
    projections: Vec<NamedExpression>,
}

impl FieldsBelow {
    /// The position of a grouping column. Its name is the column's name in the output, so an equal
    /// expression under another name stays apart.
    fn grouping(&mut self, grouping: &NamedExpression) -> usize {
        let known = self.projections.iter().position(|other| other == grouping);
        known.unwrap_or_else(|| self.push(grouping.clone()))
    }

    /// A reference to a column with this value.
    fn reference(&mut self, expression: &ResolvedExpression) -> ResolvedExpression {
        let known = self
            .projections
            .iter()
            .position(|other| other.expression == *expression && is_deterministic(expression));
        let position = known.unwrap_or_else(|| {
            let name = match expression {
                ResolvedExpression::Field { name, .. } if !self.is_taken(name) => name.clone(),
                _ => self.generated_name(),
            };
            self.push(NamedExpression {
                name,
                expression: expression.clone(),
            })
        });
        let name = self
            .projections
            .get(position)
            .map_or(String::new(), |projection| projection.name.clone());
        field(position, &name, &expression_type(expression))
    }

    fn push(&mut self, projection: NamedExpression) -> usize {
        self.projections.push(projection);
        self.projections.len() - 1
    }

    fn is_taken(&self, name: &str) -> bool {
        self.projections.iter().any(|other| other.name == name)
    }

    /// `$f2` for the third column, as Calcite names what has no name.
    fn generated_name(&self) -> String {
        let mut position = self.projections.len();
        loop {
            let name = format!("$f{position}");
            if !self.is_taken(&name) {
                return name;
            }
            position += 1;
        }
    }
}
