//! `filter` and `where`.

use std::sync::Arc;

use super::{OperationBuilder, operation, without_aliases};
use crate::Result;
use crate::expression::{AggregateUse, Expression, boolean_condition};
use crate::operation::QueryOperation;

impl OperationBuilder<'_> {
    /// `table.filter(condition)`.
    ///
    /// # Errors
    /// When the condition does not resolve or is not BOOLEAN.
    pub fn filter(&self, input: &Arc<QueryOperation>, condition: &Expression) -> Result<Arc<QueryOperation>> {
        let condition = self.resolve(
            condition,
            &input.schema(),
            AggregateUse::Refused("a filter condition"),
        )?;
        Ok(operation(QueryOperation::Filter {
            input: Arc::clone(input),
            condition: boolean_condition(without_aliases(condition))?,
        }))
    }
}
