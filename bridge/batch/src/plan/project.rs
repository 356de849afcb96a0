//! Projections and filters.

use datafusion::logical_expr::{Expr, LogicalPlanBuilder};
use nutkin_engine::Result;
use nutkin_plan::expression::ResolvedExpression;
use nutkin_plan::operation::{NamedExpression, QueryOperation};

use super::{Planner, Relation};
use crate::error::planning;

impl Planner<'_> {
    /// Computes columns. Those of the input stay in the plan until the optimizer drops what nobody reads.
    pub(super) fn project(
        &mut self,
        input: &QueryOperation,
        projections: &[NamedExpression],
    ) -> Result<Relation> {
        let input = self.relation(input)?;
        let expressions = projections
            .iter()
            .map(|projection| {
                let expression = self.expression(&projection.expression, &input.columns)?;
                Ok((expression, projection.name.clone()))
            })
            .collect::<Result<Vec<(Expr, String)>>>()?;
        let (plan, columns) = input.with_columns(expressions, &mut self.names)?;
        Ok(Relation { plan, columns })
    }

    /// Keeps rows.
    pub(super) fn filtered(&mut self, input: Relation, condition: &ResolvedExpression) -> Result<Relation> {
        let predicate = self.condition(condition, &input.columns)?;
        let plan = LogicalPlanBuilder::from(input.plan)
            .filter(predicate)
            .and_then(LogicalPlanBuilder::build)
            .map_err(planning)?;
        Ok(Relation {
            plan,
            columns: input.columns,
        })
    }
}
