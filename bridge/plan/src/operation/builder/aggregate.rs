//! Groups of rows: grouping columns and aggregate calls.

use std::sync::Arc;

use super::project::own_name;
use super::{OperationBuilder, operation, without_aliases};
use crate::Result;
use crate::expression::{AggregateUse, Expression, expand_columns};
use crate::operation::{AggregateCall, NamedExpression, QueryOperation};

impl OperationBuilder<'_> {
    /// The grouping columns. One that is computed and not named is called after its expression, such
    /// as `plus(a, 1)`.
    pub(super) fn groupings(
        &self,
        input: &Arc<QueryOperation>,
        groupings: &[Expression],
    ) -> Result<Vec<NamedExpression>> {
        let schema = input.schema();
        expand_columns(groupings, &schema)?
            .iter()
            .map(|grouping| {
                let expression = self.resolve(grouping, &schema, AggregateUse::Refused("group_by"))?;
                let name = own_name(&expression).map_or_else(|| expression.to_string(), str::to_owned);
                Ok(NamedExpression {
                    name,
                    expression: without_aliases(expression),
                })
            })
            .collect()
    }

    /// Groups the rows of an input.
    pub(super) fn aggregate(
        &self,
        input: &Arc<QueryOperation>,
        groupings: Vec<NamedExpression>,
        aggregates: Vec<AggregateCall>,
    ) -> Arc<QueryOperation> {
        operation(QueryOperation::Aggregate {
            input: Arc::clone(input),
            groupings,
            grouping_sets: Vec::new(),
            aggregates,
        })
    }
}
