//! Comparison of rows: part by part.

use sqlparser::ast::Expr;
use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use super::call::built_in;
use super::expression::Translator;
use super::operators::not_if;
use crate::error::Result;
use crate::expression::ResolvedExpression;
use crate::function::definitions;

impl Translator<'_, '_> {
    /// `(a, b) = (c, d)`: each part equal.
    pub(super) fn equal_rows(
        &mut self,
        left: &[Expr],
        right: &[Expr],
        negated: bool,
        span: Span,
    ) -> Result<ResolvedExpression> {
        if left.len() != right.len() {
            return Err(validation_error(
                span,
                "Unequal number of entries in ROW expressions",
            ));
        }
        let mut equal = Vec::with_capacity(left.len());
        for (left, right) in left.iter().zip(right) {
            let operands = self.all(&[left, right])?;
            equal.push(built_in(&definitions::EQUALS, operands, span)?);
        }
        let all = match equal.len() {
            1 => equal.remove(0),
            _ => built_in(&definitions::AND, equal, span)?,
        };
        not_if(negated, all, span)
    }

    /// `(a, b) IN ((c, d), (e, f))`.
    pub(super) fn row_in_list(
        &mut self,
        row: &[Expr],
        list: &[Expr],
        negated: bool,
        span: Span,
    ) -> Result<ResolvedExpression> {
        let mut equal = Vec::with_capacity(list.len());
        for candidate in list {
            let Expr::Tuple(candidate) = candidate else {
                return Err(validation_error(
                    span,
                    "Values passed to IN operator must have compatible types",
                ));
            };
            equal.push(self.equal_rows(row, candidate, false, span)?);
        }
        let any = match equal.len() {
            1 => equal.remove(0),
            _ => built_in(&definitions::OR, equal, span)?,
        };
        not_if(negated, any, span)
    }
}
