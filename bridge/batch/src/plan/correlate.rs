//! Joins of each row with what is computed from it.

use std::sync::Arc;

use datafusion::common::Spans;
use datafusion::logical_expr::{LogicalPlan, LogicalPlanBuilder, Subquery};
use nutkin_engine::Result;
use nutkin_plan::expression::ResolvedFunction;
use nutkin_plan::operation::{Correlate, CorrelateSource};

use super::join::{join_type, joined};
use super::{Planner, Relation, refuse};

impl Planner<'_> {
    /// `LATERAL (SELECT ...)`, `UNNEST(...)` and `LATERAL TABLE(...)`.
    pub(super) fn correlate(&mut self, correlate: &Correlate) -> Result<Relation> {
        match &correlate.right {
            CorrelateSource::Query(query) => {
                let left = self.relation(&correlate.input)?;
                let right = self.inner_query(query, &left.columns)?;
                let columns: Vec<_> = left.columns.iter().chain(&right.columns).cloned().collect();
                let condition = match &correlate.condition {
                    Some(condition) => Some(self.join_condition(condition, &columns)?),
                    None => None,
                };
                // Only what refers to the row has to be made a join of by the optimizer.
                let right = if right.plan.contains_outer_reference() {
                    LogicalPlan::Subquery(Subquery {
                        outer_ref_columns: right.plan.all_out_ref_exprs(),
                        subquery: Arc::new(right.plan),
                        spans: Spans::new(),
                    })
                } else {
                    right.plan
                };
                let left = LogicalPlanBuilder::from(left.plan);
                let plan = joined(left, right, join_type(correlate.kind), condition)?;
                Ok(Relation { plan, columns })
            }
            CorrelateSource::Unnest {
                collection,
                with_ordinality,
            } => self.unnest(correlate, collection, *with_ordinality),
            CorrelateSource::Function { function, .. } => Err(refuse::table_function(match function {
                ResolvedFunction::BuiltIn(function) => function.name,
                ResolvedFunction::Python(function) => &function.name,
            })),
        }
    }
}
