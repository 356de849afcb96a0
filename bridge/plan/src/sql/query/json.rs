//! Calls of JSON functions whose result type is written: `JSON_VALUE(... RETURNING INT)`.

use sqlparser::ast::Expr;
use sqlparser::tokenizer::Span;

use super::super::forms::returned_type;
use super::super::source::validation_error;
use super::call::{built_in, with_type};
use super::expression::Translator;
use crate::error::Result;
use crate::expression::{ResolvedExpression, check_returned_type};
use crate::function::BuiltInFunction;
use crate::types::{TypeDialect, parse_type};

impl Translator<'_, '_> {
    /// A call whose third argument may be a type, which is the result's then.
    pub(super) fn json_call(
        &mut self,
        function: &'static BuiltInFunction,
        arguments: &[&Expr],
        span: Span,
    ) -> Result<ResolvedExpression> {
        let returned = arguments.iter().find_map(|argument| returned_type(argument));
        let values: Vec<&Expr> = arguments
            .iter()
            .copied()
            .filter(|argument| returned_type(argument).is_none())
            .collect();
        let called = built_in(function, self.all(&values)?, span)?;
        let Some(written) = returned else {
            return Ok(called);
        };
        let returned = parse_type(&written.value, TypeDialect::Ddl)
            .map_err(|error| validation_error(written.span, &error.to_string()))?;
        check_returned_type(function, &returned)?;
        Ok(with_type(called, returned.with_nullable(true)))
    }
}
