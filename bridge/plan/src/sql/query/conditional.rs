//! `CASE` and `NULLIF`, which become nested `IF`s.

use sqlparser::ast::{CaseWhen, Expr};
use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use super::call::built_in;
use super::expression::Translator;
use crate::error::Result;
use crate::expression::{LiteralValue, ResolvedExpression};
use crate::function::definitions;
use crate::operation::expression_type;
use crate::types::derive::common_type;
use crate::types::{LogicalType, TypeKind};

impl Translator<'_, '_> {
    /// `CASE WHEN condition THEN result ... ELSE result END`, or `CASE operand WHEN value ...`.
    pub(super) fn case(
        &mut self,
        operand: Option<&Expr>,
        branches: &[CaseWhen],
        otherwise: Option<&Expr>,
        span: Span,
    ) -> Result<ResolvedExpression> {
        let operand = operand.map(|operand| self.translate(operand)).transpose()?;
        let mut conditions = Vec::with_capacity(branches.len());
        let mut results = Vec::with_capacity(branches.len() + 1);
        for branch in branches {
            let condition = self.translate(&branch.condition)?;
            conditions.push(match &operand {
                None => condition,
                Some(operand) => built_in(&definitions::EQUALS, vec![operand.clone(), condition], span)?,
            });
            results.push(self.translate(&branch.result)?);
        }
        let otherwise = match otherwise {
            Some(otherwise) => self.translate(otherwise)?,
            None => null(),
        };
        let types: Vec<LogicalType> = results
            .iter()
            .chain(std::iter::once(&otherwise))
            .map(expression_type)
            .collect();
        if types.iter().all(|result| result.kind == TypeKind::Null) {
            return Err(validation_error(
                span,
                "ELSE clause or at least one THEN clause must be non-NULL",
            ));
        }
        if common_type(&types).is_none() {
            return Err(validation_error(
                span,
                "Illegal mixing of types in CASE or COALESCE statement",
            ));
        }
        conditions
            .into_iter()
            .zip(results)
            .rev()
            .try_fold(otherwise, |otherwise, (condition, result)| {
                built_in(
                    &definitions::IF_THEN_ELSE,
                    vec![condition, result, otherwise],
                    span,
                )
            })
    }
}

/// `NULLIF(a, b)`: NULL where both are equal, else the first.
pub(super) fn null_if(
    left: ResolvedExpression,
    right: ResolvedExpression,
    span: Span,
) -> Result<ResolvedExpression> {
    let equal = built_in(&definitions::EQUALS, vec![left.clone(), right], span)?;
    built_in(&definitions::IF_THEN_ELSE, vec![equal, null(), left], span)
}

/// NULL without a type.
fn null() -> ResolvedExpression {
    ResolvedExpression::Literal {
        value: LiteralValue::Null,
        literal_type: LogicalType::nullable(TypeKind::Null),
    }
}
