//! Third pass: nothing computes or reads a column that nobody wants.
//!
//! Going down, every node learns which of its columns its readers want; going up, the graph is built
//! anew without the others. Aggregate calls whose result is not read go too. Rows have to be counted
//! even where no column is wanted (`COUNT(*)`), and not every format can decode rows without columns,
//! so each node keeps at least one column: a scan its narrowest, a calc and constant rows a literal.

use std::collections::BTreeSet;

use super::expression::{collect_fields, field, placeholder, remap};
use super::graph::{Graph, Node, NodeId};
use crate::catalog::{CatalogTable, Column};
use crate::expression::ResolvedExpression;
use crate::operation::{AggregateCall, NamedExpression, expression_type};
use crate::types::TypeKind;

/// A graph whose roots keep all their columns, and everything below only what is read.
pub(super) fn prune(graph: &Graph, roots: &[NodeId]) -> (Graph, Vec<NodeId>) {
    let wanted = wanted_columns(graph, roots);
    let mut pruned = Graph::default();
    let mut places: Vec<Place> = Vec::with_capacity(graph.len());
    for (id, wanted) in wanted.iter().enumerate() {
        let place = rebuild(graph, id, wanted, &places, &mut pruned);
        places.push(place);
    }
    let roots = roots.iter().map(|root| places[*root].node).collect();
    (pruned, roots)
}

/// Where a node of the old graph is in the new one.
struct Place {
    node: NodeId,
    /// The new position of each old column, if it is still there.
    columns: Vec<Option<usize>>,
}

impl Place {
    /// The new position of an old column; all columns that are read have one.
    fn position(&self, old: usize) -> usize {
        self.columns.get(old).copied().flatten().unwrap_or_default()
    }

    fn remap(&self, expression: &ResolvedExpression) -> ResolvedExpression {
        remap(expression, &|old| self.position(old))
    }

    fn remap_named(&self, projection: &NamedExpression) -> NamedExpression {
        NamedExpression {
            name: projection.name.clone(),
            expression: self.remap(&projection.expression),
        }
    }
}

/// Which columns of each node are read.
fn wanted_columns(graph: &Graph, roots: &[NodeId]) -> Vec<BTreeSet<usize>> {
    let mut wanted: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); graph.len()];
    for root in roots {
        wanted[*root] = (0..graph.columns(*root).len()).collect();
    }
    for id in (0..graph.len()).rev() {
        let of_node = wanted[id].clone();
        match graph.node(id) {
            Node::Scan { .. } | Node::Values { .. } => {}
            Node::Calc {
                input,
                conditions,
                projections,
            } => {
                let fields = &mut wanted[*input];
                for position in of_node {
                    if let Some(projection) = projections.get(position) {
                        collect_fields(&projection.expression, fields);
                    }
                }
                for condition in conditions {
                    collect_fields(condition, fields);
                }
            }
            Node::Aggregate {
                input,
                grouping,
                aggregates,
            } => {
                let fields = &mut wanted[*input];
                fields.extend(grouping);
                for (position, aggregate) in aggregates.iter().enumerate() {
                    if keeps_call(grouping.len(), &of_node, position) {
                        collect_call_fields(aggregate, fields);
                    }
                }
            }
            Node::Union { inputs } => {
                // One column stays at least, and it must be the same one in all inputs.
                let common = if of_node.is_empty() {
                    BTreeSet::from([0])
                } else {
                    of_node
                };
                for input in inputs {
                    wanted[*input].extend(&common);
                }
                wanted[id] = common;
            }
        }
    }
    wanted
}

/// Whether an aggregate keeps a call: if its result is read, or to have a column at all.
fn keeps_call(key_count: usize, wanted: &BTreeSet<usize>, position: usize) -> bool {
    wanted.contains(&(key_count + position)) || (key_count == 0 && wanted.is_empty() && position == 0)
}

fn collect_call_fields(aggregate: &AggregateCall, fields: &mut BTreeSet<usize>) {
    for expression in aggregate.arguments.iter().chain(&aggregate.filter) {
        collect_fields(expression, fields);
    }
}

fn rebuild(
    graph: &Graph,
    id: NodeId,
    wanted: &BTreeSet<usize>,
    places: &[Place],
    pruned: &mut Graph,
) -> Place {
    let width = graph.columns(id).len();
    match graph.node(id) {
        Node::Scan { table, projection } => {
            let mut kept: Vec<usize> = wanted.iter().copied().collect();
            if kept.is_empty() {
                kept.extend(narrowest(table, projection));
            }
            let columns = kept
                .iter()
                .filter_map(|position| projection.get(*position).copied())
                .collect();
            let node = pruned.scan(table.clone(), columns);
            Place {
                node,
                columns: positions(width, &kept),
            }
        }
        Node::Values { rows } => {
            let kept: Vec<usize> = wanted.iter().copied().collect();
            Place {
                node: values_of(rows, graph.columns(id), &kept, pruned),
                columns: positions(width, &kept),
            }
        }
        Node::Calc {
            input,
            conditions,
            projections,
        } => {
            let below = &places[*input];
            let kept: Vec<usize> = wanted.iter().copied().collect();
            let mut kept_projections: Vec<NamedExpression> = kept
                .iter()
                .filter_map(|position| projections.get(*position))
                .map(|projection| below.remap_named(projection))
                .collect();
            if kept_projections.is_empty() && conditions.is_empty() {
                // Whatever the input still produces has the same number of rows.
                return Place {
                    node: below.node,
                    columns: vec![None; width],
                };
            }
            if kept_projections.is_empty() {
                kept_projections.push(placeholder());
            }
            let conditions = conditions
                .iter()
                .map(|condition| below.remap(condition))
                .collect();
            let node = pruned.calc(below.node, conditions, kept_projections);
            Place {
                node,
                columns: positions(width, &kept),
            }
        }
        Node::Aggregate {
            input,
            grouping,
            aggregates,
        } => {
            let below = &places[*input];
            let mut kept: Vec<usize> = (0..grouping.len()).collect();
            let mut calls = Vec::new();
            for (position, aggregate) in aggregates.iter().enumerate() {
                let output = grouping.len() + position;
                if keeps_call(grouping.len(), wanted, position) {
                    kept.push(output);
                    calls.push(AggregateCall {
                        arguments: aggregate
                            .arguments
                            .iter()
                            .map(|argument| below.remap(argument))
                            .collect(),
                        filter: aggregate.filter.as_ref().map(|filter| below.remap(filter)),
                        ..aggregate.clone()
                    });
                }
            }
            let keys = grouping.iter().map(|old| below.position(*old)).collect();
            let node = pruned.aggregate(below.node, keys, calls);
            Place {
                node,
                columns: positions(width, &kept),
            }
        }
        Node::Union { inputs } => {
            let kept: Vec<usize> = wanted.iter().copied().collect();
            let columns = graph.columns(id);
            let kept_columns: Vec<_> = kept
                .iter()
                .filter_map(|position| columns.get(*position).cloned())
                .collect();
            let inputs = inputs
                .iter()
                .map(|input| exactly(graph, *input, &kept, &places[*input], pruned))
                .collect();
            let node = pruned.union(inputs, kept_columns);
            Place {
                node,
                columns: positions(width, &kept),
            }
        }
    }
}

/// Constant rows with just these of their columns.
fn values_of(
    rows: &[Vec<ResolvedExpression>],
    columns: &[Column],
    kept: &[usize],
    pruned: &mut Graph,
) -> NodeId {
    if kept.is_empty() {
        let NamedExpression { name, expression } = placeholder();
        let column = Column {
            name,
            column_type: expression_type(&expression),
            comment: None,
        };
        return pruned.values(vec![vec![expression]; rows.len()], vec![column]);
    }
    let rows = rows
        .iter()
        .map(|row| kept.iter().filter_map(|place| row.get(*place).cloned()).collect())
        .collect();
    let columns = kept
        .iter()
        .filter_map(|place| columns.get(*place).cloned())
        .collect();
    pruned.values(rows, columns)
}

/// An input of a union with just these of its columns: it may have kept more for other readers, or
/// because an aggregate keeps its grouping columns.
fn exactly(graph: &Graph, input: NodeId, kept: &[usize], place: &Place, pruned: &mut Graph) -> NodeId {
    let columns = graph.columns(input);
    let projections = kept
        .iter()
        .filter_map(|old| {
            let column = columns.get(*old)?;
            Some(NamedExpression {
                name: column.name.clone(),
                expression: field(place.position(*old), &column.name, &column.column_type),
            })
        })
        .collect();
    pruned.calc(place.node, Vec::new(), projections)
}

/// The new position of every old column, given the old positions that are kept.
fn positions(width: usize, kept: &[usize]) -> Vec<Option<usize>> {
    (0..width)
        .map(|old| kept.iter().position(|other| *other == old))
        .collect()
}

/// The column that takes the least work to read, by its place in the projection.
fn narrowest(table: &CatalogTable, projection: &[usize]) -> Option<usize> {
    let width = |kind: &TypeKind| match kind {
        TypeKind::Boolean | TypeKind::TinyInt => 1,
        TypeKind::SmallInt => 2,
        TypeKind::Int | TypeKind::Float | TypeKind::Date => 4,
        TypeKind::BigInt | TypeKind::Double => 8,
        TypeKind::Time(_)
        | TypeKind::Timestamp(_)
        | TypeKind::TimestampLtz(_)
        | TypeKind::IntervalYearMonth
        | TypeKind::IntervalDayTime => 9,
        TypeKind::Decimal { .. } => 16,
        TypeKind::Null => 17,
        TypeKind::Char(_) | TypeKind::VarChar(_) | TypeKind::Binary(_) | TypeKind::VarBinary(_) => 32,
        TypeKind::Array(_) | TypeKind::Multiset(_) | TypeKind::Map(_, _) | TypeKind::Row(_) => 64,
    };
    (0..projection.len()).min_by_key(|place| {
        projection
            .get(*place)
            .and_then(|position| table.schema.columns.get(*position))
            .map_or(u8::MAX, |column| width(&column.column_type.kind))
    })
}
