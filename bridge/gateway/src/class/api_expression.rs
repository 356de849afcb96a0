//! `ApiExpression`: an expression with the methods that build larger ones. Mirrors `BaseExpressions`.

use std::sync::Arc;

use nutkin_plan::expression::{Expression, LiteralValue};
use nutkin_plan::function::{BuiltInFunction, definitions};
use nutkin_plan::types::{TypeDialect, parse_type};

use super::names::API_EXPRESSION;
use super::operand::{OPERAND, operand, operands};
use super::refused_functions::refused_functions;
use crate::model::{Invocation, JavaClass, JavaObject, MethodKind, Parameter, ParameterType, Returned};
use crate::{GatewayError, Result};

/// An expression.
pub(super) struct ApiExpression(pub(super) Expression);

impl JavaObject for ApiExpression {
    fn class_name(&self) -> &'static str {
        API_EXPRESSION
    }
}

/// Methods that call a built-in function with the expression itself as its first argument: the name,
/// the function, and how many further arguments it takes.
const CALLS: &[(&str, &BuiltInFunction, &[usize])] = &[
    ("and", &definitions::AND, &[1]),
    ("or", &definitions::OR, &[1]),
    ("isEqual", &definitions::EQUALS, &[1]),
    ("isNotEqual", &definitions::NOT_EQUALS, &[1]),
    ("isGreater", &definitions::GREATER_THAN, &[1]),
    ("isGreaterOrEqual", &definitions::GREATER_THAN_OR_EQUAL, &[1]),
    ("isLess", &definitions::LESS_THAN, &[1]),
    ("isLessOrEqual", &definitions::LESS_THAN_OR_EQUAL, &[1]),
    ("isNull", &definitions::IS_NULL, &[0]),
    ("isNotNull", &definitions::IS_NOT_NULL, &[0]),
    ("isTrue", &definitions::IS_TRUE, &[0]),
    ("isFalse", &definitions::IS_FALSE, &[0]),
    ("isNotTrue", &definitions::IS_NOT_TRUE, &[0]),
    ("isNotFalse", &definitions::IS_NOT_FALSE, &[0]),
    ("between", &definitions::BETWEEN, &[2]),
    ("notBetween", &definitions::NOT_BETWEEN, &[2]),
    ("then", &definitions::IF_THEN_ELSE, &[2]),
    // Of two arguments both mean the same.
    ("ifNull", &definitions::COALESCE, &[1]),
    ("plus", &definitions::PLUS, &[1]),
    ("minus", &definitions::MINUS, &[1]),
    ("times", &definitions::TIMES, &[1]),
    ("dividedBy", &definitions::DIVIDE, &[1]),
    ("mod", &definitions::MOD, &[1]),
    ("power", &definitions::POWER, &[1]),
    ("abs", &definitions::ABS, &[0]),
    ("floor", &definitions::FLOOR, &[0]),
    ("ceil", &definitions::CEIL, &[0]),
    ("round", &definitions::ROUND, &[1]),
    ("sign", &definitions::SIGN, &[0]),
    ("sqrt", &definitions::SQRT, &[0]),
    ("exp", &definitions::EXP, &[0]),
    ("ln", &definitions::LN, &[0]),
    ("log10", &definitions::LOG10, &[0]),
    ("lowerCase", &definitions::LOWER, &[0]),
    ("upperCase", &definitions::UPPER, &[0]),
    ("charLength", &definitions::CHAR_LENGTH, &[0]),
    ("substring", &definitions::SUBSTRING, &[1, 2]),
    ("substr", &definitions::SUBSTRING, &[1, 2]),
    ("like", &definitions::LIKE, &[1, 2]),
    ("replace", &definitions::REPLACE, &[2]),
    ("position", &definitions::POSITION, &[1]),
    ("count", &definitions::COUNT, &[0]),
    ("sum", &definitions::SUM, &[0]),
    ("sum0", &definitions::SUM0, &[0]),
    ("min", &definitions::MIN, &[0]),
    ("max", &definitions::MAX, &[0]),
    ("avg", &definitions::AVG, &[0]),
    ("distinct", &definitions::DISTINCT, &[0]),
    ("asc", &definitions::ASC, &[0]),
    ("desc", &definitions::DESC, &[0]),
];

const ARGUMENTS: [Parameter; 2] = [
    Parameter::one("first", OPERAND),
    Parameter::one("second", OPERAND),
];

pub(super) fn class() -> JavaClass {
    let class = JavaClass::new(API_EXPRESSION, "An expression; its methods build larger ones.");
    let class = CALLS.iter().fold(class, |class, (name, _, counts)| {
        counts.iter().fold(class, |class, count| {
            class.method(name, &ARGUMENTS[..*count], API_EXPRESSION, call_function)
        })
    });
    let class = ["trim", "trimLeading", "trimTrailing"]
        .into_iter()
        .fold(class, |class, name| {
            class.method(name, &[], API_EXPRESSION, trim).method(
                name,
                &[Parameter::one("character", OPERAND)],
                API_EXPRESSION,
                trim,
            )
        });
    let data_type = Parameter::one("dataType", ParameterType::String);
    let class = class
        .method(
            "in",
            &[Parameter::many("elements", OPERAND)],
            API_EXPRESSION,
            |call| {
                let elements = operands(call, 0)?;
                with_arguments(call, &definitions::IN, elements)
            },
        )
        .method(
            "as",
            &[
                Parameter::one("name", ParameterType::String),
                Parameter::many("further", ParameterType::String),
            ],
            API_EXPRESSION,
            |call| {
                let names = call.strings(0)?;
                let names = names
                    .into_iter()
                    .map(|name| Expression::literal(LiteralValue::String(name)));
                with_arguments(call, &definitions::AS, names.collect())
            },
        )
        .method("cast", &[data_type], API_EXPRESSION, |call| {
            cast(call, &definitions::CAST)
        })
        .method("tryCast", &[data_type], API_EXPRESSION, |call| {
            cast(call, &definitions::TRY_CAST)
        })
        .method("asSummaryString", &[], "String", text)
        .method("toString", &[], "String", text);
    refused_functions(class, MethodKind::Instance)
}

/// Calls the function that [`CALLS`] names.
fn call_function(call: &mut Invocation<'_>) -> Result<Returned> {
    let name = call.method.name;
    let Some((_, function, _)) = CALLS.iter().find(|(known, _, _)| *known == name) else {
        return Err(GatewayError::Internal {
            message: format!("there is no function behind {name}"),
        });
    };
    let arguments = operands(call, 0)?;
    with_arguments(call, function, arguments)
}

/// The expression and then these arguments.
fn with_arguments(
    call: &Invocation<'_>,
    function: &'static BuiltInFunction,
    arguments: Vec<Expression>,
) -> Result<Returned> {
    let mut all = vec![receiver(call)?.0.clone()];
    all.extend(arguments);
    Ok(expression(Expression::call(function, all)))
}

/// A new object for an expression.
pub(super) fn expression(expression: Expression) -> Returned {
    Returned::object(ApiExpression(expression))
}

fn cast(call: &Invocation<'_>, function: &'static BuiltInFunction) -> Result<Returned> {
    let target = parse_type(call.string(0)?, TypeDialect::Ddl)?;
    with_arguments(call, function, vec![Expression::TypeLiteral(target)])
}

/// `trim` takes two flags for the sides, the character, and then the text.
fn trim(call: &mut Invocation<'_>) -> Result<Returned> {
    let flag = |set: bool| Expression::literal(LiteralValue::Boolean(set));
    let name = call.method.name;
    let character = match call.argument_count() {
        0 => Expression::literal(LiteralValue::String(" ".to_owned())),
        _ => operand(call, 0)?,
    };
    let arguments = vec![
        flag(name != "trimTrailing"),
        flag(name != "trimLeading"),
        character,
        receiver(call)?.0.clone(),
    ];
    Ok(expression(Expression::call(&definitions::TRIM, arguments)))
}

fn text(call: &mut Invocation<'_>) -> Result<Returned> {
    Ok(receiver(call)?.0.to_string().into())
}

fn receiver(call: &Invocation<'_>) -> Result<Arc<ApiExpression>> {
    call.receiver()
}
