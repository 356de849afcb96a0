//! Joins of two inputs.

use datafusion::logical_expr::{Expr, JoinType, LogicalPlanBuilder, lit};
use nutkin_engine::Result;
use nutkin_plan::operation::{Join, JoinKind};

use super::{Planner, Relation, refuse};
use crate::error::planning;

impl Planner<'_> {
    /// A join; DataFusion finds the equalities in the condition that rows can be hashed by.
    pub(super) fn join(&mut self, join: &Join) -> Result<Relation> {
        if join.as_of.is_some() {
            return Err(refuse::temporal_join());
        }
        let left = self.relation(&join.left)?;
        let right = self.relation(&join.right)?;
        let columns: Vec<_> = left.columns.iter().chain(&right.columns).cloned().collect();
        let condition = match &join.condition {
            Some(condition) => Some(self.join_condition(condition, &columns)?),
            None => None,
        };
        let plan = joined(
            LogicalPlanBuilder::from(left.plan),
            right.plan,
            join_type(join.kind),
            condition,
        )?;
        Ok(Relation { plan, columns })
    }
}

/// DataFusion's name for a kind of join.
pub(super) fn join_type(kind: JoinKind) -> JoinType {
    match kind {
        JoinKind::Inner => JoinType::Inner,
        JoinKind::LeftOuter => JoinType::Left,
        JoinKind::RightOuter => JoinType::Right,
        JoinKind::FullOuter => JoinType::Full,
    }
}

/// Joins two plans by a condition; without one every pair fulfils it.
pub(super) fn joined(
    left: LogicalPlanBuilder,
    right: datafusion::logical_expr::LogicalPlan,
    join_type: JoinType,
    condition: Option<Expr>,
) -> Result<datafusion::logical_expr::LogicalPlan> {
    let condition = match condition {
        Some(condition) => Some(condition),
        None if join_type == JoinType::Inner => None,
        None => Some(lit(true)),
    };
    left.join_on(right, join_type, condition)
        .and_then(LogicalPlanBuilder::build)
        .map_err(planning)
}
