//! The columns that an operation produces.

use super::join::{Correlate, Join};
use super::match_recognize::MatchRecognize;
use super::query::{NamedExpression, QueryOperation};
use super::window::{WindowAggregate, WindowTableFunction};
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
            Self::Filter { input, .. } | Self::Sort { input, .. } => input.schema(),
            Self::Aggregate {
                groupings,
                grouping_sets,
                aggregates,
                ..
            } => Schema {
                columns: groupings
                    .iter()
                    .enumerate()
                    .map(|(position, grouping)| {
                        let mut column = column_of(grouping);
                        // A set that leaves the column out makes it NULL.
                        if grouping_sets.iter().any(|set| !set.contains(&position)) {
                            column.column_type = column.column_type.with_nullable(true);
                        }
                        column
                    })
                    .chain(
                        aggregates
                            .iter()
                            .map(|call| column(&call.name, call.result_type.clone())),
                    )
                    .collect(),
                primary_key: Vec::new(),
            },
            Self::Values { schema, .. }
            | Self::UnionAll { schema, .. }
            | Self::SetOperation { schema, .. }
            | Self::Join(Join { schema, .. })
            | Self::Correlate(Correlate { schema, .. })
            | Self::Over { schema, .. }
            | Self::WindowTableFunction(WindowTableFunction { schema, .. })
            | Self::WindowAggregate(WindowAggregate { schema, .. })
            | Self::MatchRecognize(MatchRecognize { schema, .. }) => schema.clone(),
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
