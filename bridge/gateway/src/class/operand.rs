//! Arguments that stand for expressions.

use nutkin_plan::expression::Expression;
use nutkin_plan::legacy::{parse_expression, parse_expression_list};

use super::api_expression::ApiExpression;
use super::enumeration::EnumerationConstant;
use super::literal::literal;
use super::names::API_EXPRESSION;
use crate::model::{Argument, Invocation, ParameterType};
use crate::{GatewayError, Result};

/// An expression that was built before.
pub(super) const EXPRESSION: ParameterType = ParameterType::Object(API_EXPRESSION);
/// An expression, or a constant.
pub(super) const OPERAND: ParameterType = ParameterType::Either(&[EXPRESSION, ParameterType::Constant]);

/// The expression of an argument; a constant becomes a literal.
pub(super) fn operand(call: &Invocation<'_>, position: usize) -> Result<Expression> {
    match call.argument(position)? {
        Argument::Value(value) => literal(value),
        Argument::Object(object) if object.class_name() == API_EXPRESSION => {
            Ok(call.object::<ApiExpression>(position)?.0.clone())
        }
        Argument::Object(_) => Ok(call.object::<EnumerationConstant>(position)?.symbol()),
        Argument::List(_) => Err(GatewayError::Unsupported {
            what: "A list as a constant".to_owned(),
            hint: "use array(...)".to_owned(),
        }),
    }
}

/// The expressions of the arguments from a position on.
pub(super) fn operands(call: &Invocation<'_>, from: usize) -> Result<Vec<Expression>> {
    (from..call.argument_count())
        .map(|position| operand(call, position))
        .collect()
}

/// The expressions that a method of a table was given: built ones, or one string in the language of
/// Flink 1.9 to 1.15.
pub(super) fn fields(call: &Invocation<'_>) -> Result<Vec<Expression>> {
    match call.argument(0) {
        Ok(Argument::Value(_)) => Ok(parse_expression_list(call.string(0)?)?),
        _ => operands(call, 0),
    }
}

/// The condition that a method of a table was given, as [`fields`].
pub(super) fn condition(call: &Invocation<'_>) -> Result<Expression> {
    condition_at(call, 0)
}

/// The condition of the argument at a position.
pub(super) fn condition_at(call: &Invocation<'_>, position: usize) -> Result<Expression> {
    match call.argument(position)? {
        Argument::Value(_) => Ok(parse_expression(call.string(position)?)?),
        _ => operand(call, position),
    }
}
