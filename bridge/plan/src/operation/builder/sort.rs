//! `order_by`, `offset` and `fetch`.

use std::sync::Arc;

use super::{OperationBuilder, operation, without_aliases};
use crate::expression::{AggregateUse, Expression, ResolvedExpression, expand_columns};
use crate::function::definitions;
use crate::operation::{QueryOperation, SortKey};
use crate::{PlanError, Result};

impl OperationBuilder<'_> {
    /// `table.order_by(col("a"), col("b").desc)`.
    ///
    /// # Errors
    /// When an expression does not resolve.
    pub fn order_by(
        &self,
        input: &Arc<QueryOperation>,
        fields: &[Expression],
    ) -> Result<Arc<QueryOperation>> {
        let schema = input.schema();
        let keys = expand_columns(fields, &schema)?
            .iter()
            .map(|field| {
                let key = self.resolve(field, &schema, AggregateUse::Refused("order_by"))?;
                Ok(sort_key(without_aliases(key)))
            })
            .collect::<Result<Vec<_>>>()?;
        Ok(operation(QueryOperation::Sort {
            input: Arc::clone(input),
            keys,
            offset: 0,
            fetch: None,
        }))
    }

    /// `table.offset(n)`: without the first rows.
    ///
    /// # Errors
    /// When the number is negative, or rows are cut off already.
    pub fn offset(&self, input: &Arc<QueryOperation>, count: i64) -> Result<Arc<QueryOperation>> {
        let (input, keys, earlier) = cut(input)?;
        let offset =
            u64::try_from(count).map_err(|_| PlanError::validation("Offset should be greater or equal 0"))?;
        if earlier > 0 {
            return Err(PlanError::validation("OFFSET already defined"));
        }
        Ok(operation(QueryOperation::Sort {
            input,
            keys,
            offset,
            fetch: None,
        }))
    }

    /// `table.fetch(n)`: the first rows only.
    ///
    /// # Errors
    /// When the number is negative, or rows are cut off at the end already.
    pub fn fetch(&self, input: &Arc<QueryOperation>, count: i64) -> Result<Arc<QueryOperation>> {
        let fetch = u64::try_from(count)
            .map_err(|_| PlanError::validation("FETCH count must be equal or larger than 0."))?;
        let (input, keys, offset) = cut(input)?;
        Ok(operation(QueryOperation::Sort {
            input,
            keys,
            offset,
            fetch: Some(fetch),
        }))
    }
}

/// What is sorted and cut, by which keys, and how many rows are left out at the start.
fn cut(input: &Arc<QueryOperation>) -> Result<(Arc<QueryOperation>, Vec<SortKey>, u64)> {
    match input.as_ref() {
        QueryOperation::Sort { fetch: Some(_), .. } => {
            Err(PlanError::validation("FETCH is already defined."))
        }
        QueryOperation::Sort {
            input, keys, offset, ..
        } => Ok((Arc::clone(input), keys.clone(), *offset)),
        _ => Ok((Arc::clone(input), Vec::new(), 0)),
    }
}

/// Ascending, unless `desc` says otherwise.
fn sort_key(expression: ResolvedExpression) -> SortKey {
    let order = expression
        .built_in()
        .filter(|function| *function == &definitions::ASC || *function == &definitions::DESC);
    match (order, expression) {
        (Some(order), ResolvedExpression::Call { mut arguments, .. }) if arguments.len() == 1 => {
            SortKey::new(arguments.swap_remove(0), order == &definitions::ASC)
        }
        (_, expression) => SortKey::new(expression, true),
    }
}
