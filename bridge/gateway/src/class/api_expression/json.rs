//! The JSON functions whose arguments are enumeration constants and types, each left out or given.

use nutkin_plan::expression::symbol::Enumeration;
use nutkin_plan::expression::symbol::{
    JSON_EXISTS_ON_ERROR, JSON_QUERY_ON_EMPTY_OR_ERROR, JSON_QUERY_WRAPPER, JSON_TYPE,
    JSON_VALUE_ON_EMPTY_OR_ERROR,
};
use nutkin_plan::expression::{Expression, LiteralValue};
use nutkin_plan::types::LogicalType;

use super::super::names::API_EXPRESSION;
use super::super::operand::{OPERAND, operand};
use super::{DATA_TYPE, call_function, data_type_of, string, with_arguments};
use crate::Result;
use crate::model::{Invocation, JavaClass, Parameter, ParameterType, Returned};

pub(super) fn methods(class: JavaClass) -> JavaClass {
    let symbol = |name, enumeration: &'static Enumeration| {
        Parameter::one(name, ParameterType::Object(enumeration.class))
    };
    let path = Parameter::one("path", ParameterType::String);
    let returning = Parameter::one("returningType", DATA_TYPE);
    let on_value = |name| symbol(name, &JSON_VALUE_ON_EMPTY_OR_ERROR);
    let on_query = |name| symbol(name, &JSON_QUERY_ON_EMPTY_OR_ERROR);
    let wrapper = symbol("wrappingBehavior", &JSON_QUERY_WRAPPER);
    let default = Parameter::one("defaultOnEmptyOrError", OPERAND);
    let (on_empty, on_error) = (on_query("onEmpty"), on_query("onError"));
    let class = class
        .method(
            "isJson",
            &[symbol("type", &JSON_TYPE)],
            API_EXPRESSION,
            call_function,
        )
        .method(
            "jsonExists",
            &[path, symbol("onError", &JSON_EXISTS_ON_ERROR)],
            API_EXPRESSION,
            call_function,
        );
    let value_forms: [&[Parameter]; 4] = [
        &[path],
        &[path, returning],
        &[path, returning, default],
        &[
            path,
            returning,
            on_value("onEmpty"),
            Parameter::one("defaultOnEmpty", OPERAND),
            on_value("onError"),
            Parameter::one("defaultOnError", OPERAND),
        ],
    ];
    let class = value_forms.iter().fold(class, |class, parameters| {
        class.method("jsonValue", parameters, API_EXPRESSION, json_value)
    });
    let query_forms: [&[Parameter]; 6] = [
        &[path],
        &[path, wrapper],
        &[path, wrapper, on_empty, on_error],
        &[path, returning],
        &[path, returning, wrapper],
        &[path, returning, wrapper, on_empty, on_error],
    ];
    query_forms.iter().fold(class, |class, parameters| {
        class.method("jsonQuery", parameters, API_EXPRESSION, json_query)
    })
}

/// `JSON_VALUE(json, path, type, on empty, its default, on error, its default)`.
fn json_value(call: &mut Invocation<'_>) -> Result<Returned> {
    let null = || Expression::literal(LiteralValue::Null);
    let on = |name| constant(&JSON_VALUE_ON_EMPTY_OR_ERROR, name);
    let mut arguments = vec![string(call.string(0)?), returning_type(call)?];
    arguments.extend(match call.argument_count() {
        0..=2 => vec![on("NULL"), null(), on("NULL"), null()],
        3 => vec![on("DEFAULT"), operand(call, 2)?, on("DEFAULT"), operand(call, 2)?],
        _ => vec![
            operand(call, 2)?,
            operand(call, 3)?,
            operand(call, 4)?,
            operand(call, 5)?,
        ],
    });
    with_arguments(call, "JSON_VALUE", arguments)
}

/// `JSON_QUERY(json, path, type, wrapper, on empty, on error)`.
fn json_query(call: &mut Invocation<'_>) -> Result<Returned> {
    let has_type = call.argument_count() > 1 && call.string(1).is_ok();
    let first = if has_type { 2 } else { 1 };
    let mut arguments = vec![string(call.string(0)?), returning_type(call)?];
    let or = |position, enumeration: &'static Enumeration, name| match position < call.argument_count() {
        true => operand(call, position),
        false => Ok(constant(enumeration, name)),
    };
    arguments.push(or(first, &JSON_QUERY_WRAPPER, "WITHOUT_ARRAY")?);
    arguments.push(or(first + 1, &JSON_QUERY_ON_EMPTY_OR_ERROR, "NULL")?);
    arguments.push(or(first + 2, &JSON_QUERY_ON_EMPTY_OR_ERROR, "NULL")?);
    with_arguments(call, "JSON_QUERY", arguments)
}

/// The type that the second argument names, or STRING.
fn returning_type(call: &Invocation<'_>) -> Result<Expression> {
    let given = call.argument_count() > 1 && call.string(1).is_ok();
    Ok(Expression::TypeLiteral(if given {
        data_type_of(call, 1)?
    } else {
        LogicalType::string()
    }))
}

fn constant(enumeration: &'static Enumeration, name: &str) -> Expression {
    Expression::Symbol {
        class: enumeration.simple_name(),
        name: name.to_owned(),
    }
}
