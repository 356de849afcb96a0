//! The tree of relational operations.

use std::sync::Arc;

use crate::catalog::{CatalogTable, Schema};
use crate::expression::ResolvedExpression;
use crate::function::BuiltInFunction;
use crate::types::LogicalType;

/// An expression with the name its value gets.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedExpression {
    /// The name of the output column.
    pub name: String,
    /// The value.
    pub expression: ResolvedExpression,
}

/// A call of an aggregate function over a group.
#[derive(Debug, Clone, PartialEq)]
pub struct AggregateCall {
    /// The name of the output column, such as `EXPR$0`.
    pub name: String,
    /// The aggregate function.
    pub function: &'static BuiltInFunction,
    /// Arguments over the input's columns; empty for `COUNT(*)`.
    pub arguments: Vec<ResolvedExpression>,
    /// Whether equal arguments count once.
    pub distinct: bool,
    /// The condition of `FILTER (WHERE ...)`.
    pub filter: Option<ResolvedExpression>,
    /// The type of the result.
    pub result_type: LogicalType,
}

/// A relational operation with its inputs.
#[derive(Debug, Clone)]
pub enum QueryOperation {
    /// Reads a table.
    Source {
        /// The table.
        table: Arc<CatalogTable>,
    },
    /// Rows that the query itself holds, in order.
    Values {
        /// The rows: constant expressions without Python calls, one a column, each of its column's type
        /// or of one whose values are values of that type.
        rows: Vec<Vec<ResolvedExpression>>,
        /// The output columns.
        schema: Schema,
    },
    /// Computes columns.
    Project {
        /// Where rows come from.
        input: Arc<QueryOperation>,
        /// The output columns.
        projections: Vec<NamedExpression>,
    },
    /// Keeps the rows for which the condition is true.
    Filter {
        /// Where rows come from.
        input: Arc<QueryOperation>,
        /// A BOOLEAN expression.
        condition: ResolvedExpression,
    },
    /// Groups rows; the output is the grouping columns, then one column an aggregate call.
    Aggregate {
        /// Where rows come from.
        input: Arc<QueryOperation>,
        /// What rows are grouped by; empty for one group over all rows.
        groupings: Vec<NamedExpression>,
        /// The aggregate calls.
        aggregates: Vec<AggregateCall>,
    },
    /// `UNION ALL`: all rows of both inputs.
    UnionAll {
        /// The inputs, of equal column types.
        inputs: Vec<Arc<QueryOperation>>,
        /// The output columns.
        schema: Schema,
    },
}
