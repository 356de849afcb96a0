//! `UNION`, `INTERSECT [ALL]` and `EXCEPT [ALL]`.
//!
//! INTERSECT and EXCEPT are semi and anti joins in which NULLs are equal. With ALL the copies of a row are
//! numbered on both sides, and the number is compared too: the third copy on the left has a partner if
//! there are three on the right.

use std::sync::Arc;

use datafusion::common::{Column, NullEquality};
use datafusion::functions_window::row_number::row_number_udwf;
use datafusion::logical_expr::expr::{WindowFunction, WindowFunctionParams};
use datafusion::logical_expr::{Expr, JoinType, LogicalPlanBuilder, WindowFrame, WindowFunctionDefinition};
use nutkin_engine::Result;
use nutkin_plan::catalog::Schema;
use nutkin_plan::operation::{QueryOperation, SetKind};

use super::{Planner, Relation};
use crate::error::planning;

impl Planner<'_> {
    /// The rows of two inputs that the kind keeps.
    pub(super) fn set_operation(
        &mut self,
        kind: SetKind,
        all: bool,
        left: &Arc<QueryOperation>,
        right: &Arc<QueryOperation>,
        schema: &Schema,
    ) -> Result<Relation> {
        if kind == SetKind::Union {
            let united = self.union_all(&[Arc::clone(left), Arc::clone(right)], schema)?;
            return if all { Ok(united) } else { distinct(united) };
        }
        let mut left = self.aligned(left, schema)?;
        let mut right = self.aligned(right, schema)?;
        let columns = left.columns.clone();
        if all {
            left = self.numbered(left)?;
            right = self.numbered(right)?;
        } else {
            left = distinct(left)?;
        }
        let join_type = match kind {
            SetKind::Minus => JoinType::LeftAnti,
            SetKind::Union | SetKind::Intersect => JoinType::LeftSemi,
        };
        let plan = LogicalPlanBuilder::from(left.plan)
            .join_detailed(
                right.plan,
                join_type,
                (left.columns, right.columns),
                None,
                NullEquality::NullEqualsNull,
            )
            .and_then(LogicalPlanBuilder::build)
            .map_err(planning)?;
        Ok(Relation { plan, columns })
    }

    /// Adds a last column that numbers equal rows.
    fn numbered(&mut self, input: Relation) -> Result<Relation> {
        let name = self.names.fresh("copy");
        let number = Expr::from(WindowFunction {
            fun: WindowFunctionDefinition::WindowUDF(row_number_udwf()),
            params: WindowFunctionParams {
                args: Vec::new(),
                partition_by: input.columns.iter().cloned().map(Expr::Column).collect(),
                order_by: Vec::new(),
                window_frame: WindowFrame::new(None),
                filter: None,
                null_treatment: None,
                distinct: false,
            },
        })
        .alias(name.clone());
        let plan = LogicalPlanBuilder::from(input.plan)
            .window([number])
            .and_then(LogicalPlanBuilder::build)
            .map_err(planning)?;
        let mut columns = input.columns;
        columns.push(Column::new_unqualified(name));
        Ok(Relation { plan, columns })
    }
}

fn distinct(input: Relation) -> Result<Relation> {
    let plan = LogicalPlanBuilder::from(input.plan)
        .distinct()
        .and_then(LogicalPlanBuilder::build)
        .map_err(planning)?;
    Ok(Relation::of(plan))
}
