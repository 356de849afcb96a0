//! `select`, with and without `group_by`.

use std::sync::Arc;

use super::OperationBuilder;
use super::extract::extract_aggregates;
use crate::Result;
use crate::expression::Expression;
use crate::operation::QueryOperation;

impl OperationBuilder<'_> {
    /// `table.select(...)`. Aggregate functions in it make one group of all rows.
    ///
    /// # Errors
    /// When an expression does not resolve, or two columns have one name.
    pub fn select(
        &self,
        input: &Arc<QueryOperation>,
        expressions: &[Expression],
    ) -> Result<Arc<QueryOperation>> {
        let extracted = extract_aggregates(self, expressions, &input.schema(), &[], None)?;
        if extracted.aggregates.is_empty() {
            return self.project(input, expressions);
        }
        let aggregate = self.aggregate(input, Vec::new(), extracted.aggregates);
        self.project(&aggregate, &extracted.projections)
    }

    /// `table.group_by(groupings).select(...)`.
    ///
    /// # Errors
    /// As [`OperationBuilder::select`]; a column that is not grouped cannot be resolved.
    pub fn select_grouped(
        &self,
        input: &Arc<QueryOperation>,
        groupings: &[Expression],
        expressions: &[Expression],
    ) -> Result<Arc<QueryOperation>> {
        let keys = self.groupings(input, groupings)?;
        let extracted = extract_aggregates(self, expressions, &input.schema(), &keys, None)?;
        let aggregate = self.aggregate(input, keys, extracted.aggregates);
        self.project(&aggregate, &extracted.projections)
    }
}
