//! The columns that an operation produces.

use super::query::{NamedExpression, QueryOperation};
use crate::catalog::{Column, Schema};
use crate::expression::ResolvedExpression;
use crate::types::LogicalType;

impl QueryOperation {
    /// The columns of the result. A table's primary key is kept as long as its columns are.
    #[must_use]
    pub fn schema(&self) -> Schema {
        match self {
            Self::Source { table } => table.schema.clone(),
            Self::Project { projections, .. } => Schema {
                columns: projections.iter().map(column_of).collect(),
                primary_key: Vec::new(),
            },
            Self::Filter { input, .. } => input.schema(),
            Self::Aggregate {
                groupings,
                aggregates,
                ..
            } => Schema {
                columns: groupings
                    .iter()
                    .map(column_of)
                    .chain(
                        aggregates
                            .iter()
                            .map(|call| column(&call.name, call.result_type.clone())),
                    )
                    .collect(),
                primary_key: Vec::new(),
            },
            Self::Values { schema, .. } | Self::UnionAll { schema, .. } => schema.clone(),
        }
    }
}

/// The type of an expression's value. An enumeration constant has no value; its type is NULL.
#[must_use]
pub fn expression_type(expression: &ResolvedExpression) -> LogicalType {
    expression.data_type()
}

fn column_of(projection: &NamedExpression) -> Column {
    column(&projection.name, expression_type(&projection.expression))
}

fn column(name: &str, column_type: LogicalType) -> Column {
    Column {
        name: name.to_owned(),
        column_type,
        comment: None,
    }
}
