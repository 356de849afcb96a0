//! `UNION ALL`.

use std::sync::Arc;

use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder, cast};
use nutkin_engine::Result;
use nutkin_plan::catalog::Schema;
use nutkin_plan::operation::QueryOperation;

use super::{Planner, Relation};
use crate::error::{internal, planning};

impl Planner<'_> {
    /// All rows of all inputs.
    pub(super) fn union_all(&mut self, inputs: &[Arc<QueryOperation>], schema: &Schema) -> Result<Relation> {
        let mut united: Option<LogicalPlanBuilder> = None;
        for input in inputs {
            let plan = self.aligned(input, schema)?.plan;
            united = Some(match united {
                None => LogicalPlanBuilder::from(plan),
                Some(builder) => builder.union(plan).map_err(planning)?,
            });
        }
        let builder = united.ok_or_else(|| internal("a union has no inputs"))?;
        let relation = Relation::of(builder.build().map_err(planning)?);
        relation.renamed(&mut self.names)
    }

    /// An operation's rows in exactly these types, one column of the plan each.
    pub(super) fn aligned(&mut self, input: &QueryOperation, schema: &Schema) -> Result<Relation> {
        let relation = self.relation(input)?;
        let columns = input.schema().columns;
        let outputs: Vec<Expr> = relation
            .columns
            .iter()
            .zip(columns.iter().zip(&schema.columns))
            .map(|(column, (from, to))| {
                let wanted = to.column_type.to_arrow();
                let value = Expr::Column(column.clone());
                let value = if from.column_type.to_arrow() == wanted {
                    value
                } else {
                    cast(value, wanted)
                };
                value.alias(self.names.fresh(&to.name))
            })
            .collect();
        let plan: LogicalPlan = LogicalPlanBuilder::from(relation.plan)
            .project(outputs)
            .and_then(LogicalPlanBuilder::build)
            .map_err(planning)?;
        Ok(Relation::of(plan))
    }
}
