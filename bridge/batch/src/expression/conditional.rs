//! AND, OR and CASE.
//!
//! DataFusion may compute an operand although an earlier one has decided. Where a later operand can fail,
//! the whole is therefore left to our own expressions, which compute it only for the rows that need it.

use datafusion::common::Column;
use datafusion::logical_expr::expr::Case;
use datafusion::logical_expr::{Expr, Operator, and, lit, or};
use nutkin_engine::Result;
use nutkin_plan::expression::{ResolvedExpression, ResolvedFunction};
use nutkin_plan::function::definitions;
use nutkin_plan::types::{LogicalType, TypeKind};

use super::total::never_fails;
use crate::plan::Planner;

/// How a conjunct is made.
type Conjunct<'p> = fn(&mut Planner<'p>, &ResolvedExpression, &[Column]) -> Result<Expr>;

impl<'p> Planner<'p> {
    /// AND of conjuncts. One that can fail is guarded by those before it.
    pub(super) fn conjunction(
        &mut self,
        conjuncts: &[&ResolvedExpression],
        columns: &[Column],
        make: Conjunct<'p>,
    ) -> Result<Expr> {
        let mut result: Option<Expr> = None;
        for (position, conjunct) in conjuncts.iter().enumerate() {
            let made = if position == 0 || never_fails(conjunct) || conjunct.contains_python() {
                make(self, conjunct, columns)?
            } else {
                let guarded = conjuncts[..=position].iter().map(|&each| each.clone()).collect();
                self.wrapped(&boolean_call(&definitions::AND, guarded), columns)?
            };
            result = Some(match result {
                None => made,
                Some(before) => and(before, made),
            });
        }
        Ok(result.unwrap_or_else(|| lit(true)))
    }

    /// The condition of a join. Floating-point numbers are equal here if their bits are, as in Flink.
    pub(crate) fn join_condition(
        &mut self,
        condition: &ResolvedExpression,
        columns: &[Column],
    ) -> Result<Expr> {
        let conjuncts = conjuncts(condition);
        self.conjunction(&conjuncts, columns, Self::join_conjunct)
    }

    fn join_conjunct(&mut self, conjunct: &ResolvedExpression, columns: &[Column]) -> Result<Expr> {
        if let ResolvedExpression::Call { arguments, .. } = conjunct
            && conjunct
                .built_in()
                .is_some_and(|function| function.name == "equals")
            && let Some(equality) = self.comparison(Operator::Eq, arguments, columns, true)?
        {
            return Ok(equality);
        }
        self.expression(conjunct, columns)
    }

    /// OR, if no later operand can fail.
    pub(super) fn disjunction(
        &mut self,
        operands: &[ResolvedExpression],
        columns: &[Column],
    ) -> Result<Option<Expr>> {
        if !operands.iter().skip(1).all(never_fails) {
            return Ok(None);
        }
        let mut result: Option<Expr> = None;
        for operand in operands {
            let made = self.expression(operand, columns)?;
            result = Some(match result {
                None => made,
                Some(before) => or(before, made),
            });
        }
        Ok(result)
    }

    /// CASE. DataFusion rewrites a CASE of booleans to AND and OR, so its branches must not fail.
    pub(super) fn case(
        &mut self,
        arguments: &[ResolvedExpression],
        result_type: &LogicalType,
        columns: &[Column],
    ) -> Result<Option<Expr>> {
        let [condition, then, otherwise] = arguments else {
            return Ok(None);
        };
        if result_type.kind == TypeKind::Boolean && !arguments.iter().all(never_fails) {
            return Ok(None);
        }
        let condition = self.expression(condition, columns)?;
        let then = self.expression(&then.clone().cast_to(result_type), columns)?;
        let otherwise = self.expression(&otherwise.clone().cast_to(result_type), columns)?;
        let mut branches = vec![(Box::new(condition), Box::new(then))];
        // CASE WHEN a THEN b ELSE (CASE WHEN c THEN d ELSE e END) END is one CASE.
        let last = match otherwise {
            Expr::Case(Case {
                expr: None,
                when_then_expr,
                else_expr,
            }) => {
                branches.extend(when_then_expr);
                else_expr
            }
            other => Some(Box::new(other)),
        };
        Ok(Some(Expr::Case(Case::new(None, branches, last))))
    }
}

/// The operands of nested ANDs.
pub(super) fn conjuncts(condition: &ResolvedExpression) -> Vec<&ResolvedExpression> {
    match condition {
        ResolvedExpression::Call { arguments, .. }
            if condition
                .built_in()
                .is_some_and(|function| function.name == "and") =>
        {
            arguments.iter().flat_map(conjuncts).collect()
        }
        other => vec![other],
    }
}

/// A call of a function of booleans.
fn boolean_call(
    function: &'static nutkin_plan::function::BuiltInFunction,
    arguments: Vec<ResolvedExpression>,
) -> ResolvedExpression {
    ResolvedExpression::Call {
        function: ResolvedFunction::BuiltIn(function),
        arguments,
        result_type: LogicalType::nullable(TypeKind::Boolean),
    }
}
