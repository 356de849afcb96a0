//! `distinct`.

use std::sync::Arc;

use super::{OperationBuilder, operation};
use crate::expression::ResolvedExpression;
use crate::operation::{NamedExpression, QueryOperation};

impl OperationBuilder<'_> {
    /// `table.distinct()`: groups by all columns.
    #[must_use]
    pub fn distinct(&self, input: &Arc<QueryOperation>) -> Arc<QueryOperation> {
        let groupings = input
            .schema()
            .columns
            .into_iter()
            .enumerate()
            .map(|(index, column)| NamedExpression {
                name: column.name.clone(),
                expression: ResolvedExpression::Field {
                    index,
                    name: column.name,
                    field_type: column.column_type,
                },
            })
            .collect();
        operation(QueryOperation::Aggregate {
            input: Arc::clone(input),
            groupings,
            grouping_sets: Vec::new(),
            aggregates: Vec::new(),
        })
    }
}
