//! A logical plan with the columns of the operation that it stands for.

use datafusion::common::Column;
use datafusion::logical_expr::{Aggregate, Expr, LogicalPlan, LogicalPlanBuilder};
use nutkin_engine::Result;

use super::names::Names;
use crate::error::planning;

/// A plan, and where the operation's columns are in it.
#[derive(Debug, Clone)]
pub(crate) struct Relation {
    /// The plan. It may have further columns.
    pub(crate) plan: LogicalPlan,
    /// For each column of the operation its column in the plan; one may stand for several.
    pub(crate) columns: Vec<Column>,
}

impl Relation {
    /// A relation with exactly the columns of the plan.
    pub(crate) fn of(plan: LogicalPlan) -> Self {
        let columns = plan.schema().columns();
        Self { plan, columns }
    }

    /// The same rows with one column of the plan, under a new name, for each column of the operation.
    pub(crate) fn renamed(self, names: &mut Names) -> Result<Self> {
        let outputs: Vec<Expr> = self
            .columns
            .iter()
            .map(|column| Expr::Column(column.clone()).alias(names.fresh(plain_name(&column.name))))
            .collect();
        let plan = LogicalPlanBuilder::from(self.plan)
            .project(outputs)
            .and_then(LogicalPlanBuilder::build)
            .map_err(planning)?;
        Ok(Self::of(plan))
    }

    /// Adds columns to the plan: each expression under its new name. Nothing is added for a plain column.
    pub(crate) fn with_columns(
        self,
        expressions: Vec<(Expr, String)>,
        names: &mut Names,
    ) -> Result<(LogicalPlan, Vec<Column>)> {
        let mut added: Vec<Expr> = Vec::new();
        let mut columns = Vec::with_capacity(expressions.len());
        for (expression, name) in expressions {
            match expression {
                Expr::Column(column) => columns.push(column),
                computed => {
                    let name = names.fresh(&name);
                    columns.push(Column::new_unqualified(name.clone()));
                    added.push(computed.alias(name));
                }
            }
        }
        if added.is_empty() {
            return Ok((self.plan, columns));
        }
        // What DataFusion tells grouping sets apart by is its own business.
        let kept = self
            .plan
            .schema()
            .columns()
            .into_iter()
            .filter(|column| column.name != Aggregate::INTERNAL_GROUPING_ID)
            .map(Expr::Column);
        let outputs: Vec<Expr> = kept.chain(added).collect();
        let plan = LogicalPlanBuilder::from(self.plan)
            .project(outputs)
            .and_then(LogicalPlanBuilder::build)
            .map_err(planning)?;
        Ok((plan, columns))
    }
}

/// A name without the number that made it unique.
pub(crate) fn plain_name(name: &str) -> &str {
    name.rsplit_once('#').map_or(name, |(plain, _)| plain)
}
