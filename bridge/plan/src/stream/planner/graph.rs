//! The logical plan of a job as a graph without duplicates.
//!
//! Equal nodes are one node, so a view that two sinks read is planned and run once. A node is added
//! after its inputs, so identifiers are in topological order: passes that go up walk them forwards,
//! passes that go down walk them backwards.

use std::sync::Arc;

use super::expression::as_field;
use crate::catalog::{CatalogTable, Column};
use crate::expression::ResolvedExpression;
use crate::operation::expression_type;
use crate::operation::{AggregateCall, NamedExpression};

/// A node's place in its [`Graph`].
pub(super) type NodeId = usize;

/// A logical operator.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    /// Reads columns of a table.
    Scan {
        /// The table.
        table: Arc<CatalogTable>,
        /// Positions of the columns read, in the table's order.
        projection: Vec<usize>,
    },
    /// Makes rows out of constants.
    Values {
        /// The rows, one expression a column.
        rows: Vec<Vec<ResolvedExpression>>,
    },
    /// Filters, then computes columns.
    Calc {
        /// Where rows come from.
        input: NodeId,
        /// Keeps the rows for which all of these are true.
        conditions: Vec<ResolvedExpression>,
        /// The output columns.
        projections: Vec<NamedExpression>,
    },
    /// Groups rows. The output is the grouping columns, then one column an aggregate call.
    Aggregate {
        /// Where rows come from.
        input: NodeId,
        /// Positions of the grouping columns.
        grouping: Vec<usize>,
        /// The calls; arguments and filters are fields of the input.
        aggregates: Vec<AggregateCall>,
    },
    /// All rows of all inputs.
    Union {
        /// The inputs, of equal column types.
        inputs: Vec<NodeId>,
    },
}

impl Node {
    /// The nodes that this one reads.
    pub(super) fn inputs(&self) -> Vec<NodeId> {
        match self {
            Self::Scan { .. } | Self::Values { .. } => Vec::new(),
            Self::Calc { input, .. } | Self::Aggregate { input, .. } => vec![*input],
            Self::Union { inputs } => inputs.clone(),
        }
    }
}

/// A set of nodes, with the columns each produces.
#[derive(Debug, Default)]
pub(super) struct Graph {
    nodes: Vec<(Node, Vec<Column>)>,
}

impl Graph {
    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// A node. Identifiers come from the graph itself, so every one in use is there.
    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id].0
    }

    /// The columns that a node produces.
    pub(super) fn columns(&self, id: NodeId) -> &[Column] {
        &self.nodes[id].1
    }

    /// How many nodes read each node; the roots count as read once by each sink.
    pub(super) fn consumers(&self, roots: &[NodeId]) -> Vec<usize> {
        let mut counts = vec![0; self.nodes.len()];
        for root in roots {
            counts[*root] += 1;
        }
        for (node, _) in &self.nodes {
            for input in node.inputs() {
                counts[input] += 1;
            }
        }
        counts
    }

    /// Adds a scan of some of a table's columns.
    pub(super) fn scan(&mut self, table: Arc<CatalogTable>, projection: Vec<usize>) -> NodeId {
        let columns = projection
            .iter()
            .filter_map(|position| table.schema.columns.get(*position).cloned())
            .collect();
        self.intern(Node::Scan { table, projection }, columns)
    }

    /// Adds rows of constants with these output columns.
    pub(super) fn values(&mut self, rows: Vec<Vec<ResolvedExpression>>, columns: Vec<Column>) -> NodeId {
        self.intern(Node::Values { rows }, columns)
    }

    /// Adds a calc, unless it passes its input on as it is.
    pub(super) fn calc(
        &mut self,
        input: NodeId,
        conditions: Vec<ResolvedExpression>,
        projections: Vec<NamedExpression>,
    ) -> NodeId {
        if conditions.is_empty() && is_identity(&projections, self.columns(input)) {
            return input;
        }
        let columns = projections
            .iter()
            .map(|projection| Column {
                name: projection.name.clone(),
                column_type: expression_type(&projection.expression),
                comment: None,
            })
            .collect();
        self.intern(
            Node::Calc {
                input,
                conditions,
                projections,
            },
            columns,
        )
    }

    /// Adds an aggregate.
    pub(super) fn aggregate(
        &mut self,
        input: NodeId,
        grouping: Vec<usize>,
        aggregates: Vec<AggregateCall>,
    ) -> NodeId {
        let keys = grouping
            .iter()
            .filter_map(|position| self.columns(input).get(*position).cloned());
        let results = aggregates.iter().map(|aggregate| Column {
            name: aggregate.name.clone(),
            column_type: aggregate.result_type.clone(),
            comment: None,
        });
        let columns = keys.chain(results).collect();
        self.intern(
            Node::Aggregate {
                input,
                grouping,
                aggregates,
            },
            columns,
        )
    }

    /// Adds a union with these output columns.
    pub(super) fn union(&mut self, inputs: Vec<NodeId>, columns: Vec<Column>) -> NodeId {
        self.intern(Node::Union { inputs }, columns)
    }

    fn intern(&mut self, node: Node, columns: Vec<Column>) -> NodeId {
        let known = self
            .nodes
            .iter()
            .position(|(other, other_columns)| *other == node && *other_columns == columns);
        known.unwrap_or_else(|| {
            self.nodes.push((node, columns));
            self.nodes.len() - 1
        })
    }
}

/// Whether projections are the input's columns in order and under their own names.
fn is_identity(projections: &[NamedExpression], columns: &[Column]) -> bool {
    projections.len() == columns.len()
        && projections
            .iter()
            .zip(columns)
            .enumerate()
            .all(|(position, (projection, column))| {
                as_field(&projection.expression) == Some(position) && projection.name == column.name
            })
}
