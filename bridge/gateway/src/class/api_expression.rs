//! `ApiExpression`: an expression with the methods that build larger ones. Mirrors `BaseExpressions`.

mod calls;
mod json;

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use nutkin_plan::expression::symbol::TIME_INTERVAL_UNIT;
use nutkin_plan::expression::{Expression, INTERVAL_UNITS, LiteralValue, TableReference};
use nutkin_plan::function::{BuiltInFunction, definitions};
use nutkin_plan::types::{LogicalType, TypeDialect, TypeKind, parse_type};

use super::function_calls::{functions_by_method, with_calls};
use super::names::{API_EXPRESSION, TABLE};
use super::operand::{OPERAND, operand, operands};
use super::table::Table;
use crate::model::{Invocation, JavaClass, JavaObject, MethodKind, Parameter, ParameterType, Returned};
use crate::{GatewayError, Result};

/// An expression.
pub(super) struct ApiExpression(pub(super) Expression);

impl JavaObject for ApiExpression {
    fn class_name(&self) -> &'static str {
        API_EXPRESSION
    }
}

/// The type of a method's argument: a type by its SQL name.
pub(super) const DATA_TYPE: ParameterType = ParameterType::String;

pub(super) fn class() -> JavaClass {
    let class = JavaClass::new(API_EXPRESSION, "An expression; its methods build larger ones.");
    let class = class.method(
        "in",
        &[Parameter::one("table", ParameterType::Object(TABLE))],
        API_EXPRESSION,
        in_table,
    );
    let class = with_calls(class, MethodKind::Instance, calls::CALLS, call_function);
    json::methods(conversions(intervals(units(sides(class)))))
        .method("asSummaryString", &[], "String", text)
        .method("toString", &[], "String", text)
}

/// `trim` in its modes, and functions of which an argument is left out or comes first.
fn sides(class: JavaClass) -> JavaClass {
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
    class
        .method("listAgg", &[], API_EXPRESSION, |call| {
            with_arguments(call, "listAgg", vec![string(",")])
        })
        .method("truncate", &[], API_EXPRESSION, |call| {
            let places = Expression::literal(LiteralValue::Integer(0));
            with_arguments(call, "truncate", vec![places])
        })
        .method(
            "log",
            &[Parameter::one("base", OPERAND)],
            API_EXPRESSION,
            |call| {
                let arguments = vec![operand(call, 0)?, receiver(call)?.0.clone()];
                Ok(expression(Expression::call_named("log", arguments)))
            },
        )
}

/// Functions of a unit of time.
fn units(class: JavaClass) -> JavaClass {
    let unit = Parameter::one(
        "timeIntervalUnit",
        ParameterType::Object(TIME_INTERVAL_UNIT.class),
    );
    class
        .method("extract", &[unit], API_EXPRESSION, |call| {
            let arguments = vec![operand(call, 0)?, receiver(call)?.0.clone()];
            Ok(expression(Expression::call_named("extract", arguments)))
        })
        .method("floor", &[unit], API_EXPRESSION, call_function)
        .method("ceil", &[unit], API_EXPRESSION, call_function)
}

/// `lit(2).days` and its kin.
fn intervals(class: JavaClass) -> JavaClass {
    INTERVAL_UNITS.iter().fold(class, |class, (name, _)| {
        class.method(name, &[], API_EXPRESSION, |call| {
            let name = call.method.name;
            let unit = INTERVAL_UNITS.iter().find(|(known, _)| *known == name);
            let (_, unit) = unit.ok_or_else(|| no_function(name))?;
            Ok(expression(unit.interval(&receiver(call)?.0)?))
        })
    })
}

/// Names and types.
fn conversions(class: JavaClass) -> JavaClass {
    let data_type = Parameter::one("dataType", DATA_TYPE);
    let name = Parameter::one("name", ParameterType::String);
    let further = Parameter::many("further", ParameterType::String);
    class
        .method("as", &[name, further], API_EXPRESSION, |call| {
            let names = call.strings(0)?;
            let names = names.iter().map(|name| string(name)).collect();
            with_arguments(call, definitions::AS.name, names)
        })
        .method("asArgument", &[name], API_EXPRESSION, |call| {
            let arguments = vec![string(call.string(0)?), receiver(call)?.0.clone()];
            Ok(expression(Expression::call_named("ASSIGNMENT", arguments)))
        })
        .method("cast", &[data_type], API_EXPRESSION, |call| {
            cast(call, &definitions::CAST, data_type_of(call, 0)?)
        })
        .method("tryCast", &[data_type], API_EXPRESSION, |call| {
            cast(call, &definitions::TRY_CAST, data_type_of(call, 0)?)
        })
        .method("toDate", &[], API_EXPRESSION, |call| {
            cast(call, &definitions::CAST, LogicalType::nullable(TypeKind::Date))
        })
        .method("toTime", &[], API_EXPRESSION, |call| {
            cast(call, &definitions::CAST, LogicalType::nullable(TypeKind::Time(0)))
        })
        .method("toTimestamp", &[], API_EXPRESSION, |call| {
            cast(
                call,
                &definitions::CAST,
                LogicalType::nullable(TypeKind::Timestamp(3)),
            )
        })
}

/// Calls the function that the table of methods names.
fn call_function(call: &mut Invocation<'_>) -> Result<Returned> {
    static FUNCTIONS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| functions_by_method(calls::CALLS));
    let name = call.method.name;
    let function = FUNCTIONS.get(name).ok_or_else(|| no_function(name))?;
    let arguments = operands(call, 0)?;
    with_arguments(call, function, arguments)
}

fn no_function(method: &str) -> GatewayError {
    GatewayError::Internal {
        message: format!("there is no function behind {method}"),
    }
}

/// The expression and then these arguments.
fn with_arguments(call: &Invocation<'_>, function: &str, arguments: Vec<Expression>) -> Result<Returned> {
    let mut all = vec![receiver(call)?.0.clone()];
    all.extend(arguments);
    Ok(expression(Expression::call_named(function, all)))
}

/// A new object for an expression.
pub(super) fn expression(expression: Expression) -> Returned {
    Returned::object(ApiExpression(expression))
}

/// The type that an argument names.
pub(super) fn data_type_of(call: &Invocation<'_>, position: usize) -> Result<LogicalType> {
    Ok(parse_type(call.string(position)?, TypeDialect::Ddl)?)
}

/// A constant text.
pub(super) fn string(text: &str) -> Expression {
    Expression::literal(LiteralValue::String(text.to_owned()))
}

fn cast(call: &Invocation<'_>, function: &'static BuiltInFunction, target: LogicalType) -> Result<Returned> {
    with_arguments(call, function.name, vec![Expression::TypeLiteral(target)])
}

/// `trim` takes two flags for the sides, the character, and then the text.
fn trim(call: &mut Invocation<'_>) -> Result<Returned> {
    let flag = |set: bool| Expression::literal(LiteralValue::Boolean(set));
    let name = call.method.name;
    let character = match call.argument_count() {
        0 => string(" "),
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

fn in_table(call: &mut Invocation<'_>) -> Result<Returned> {
    let table: Arc<Table> = call.object(0)?;
    let reference = Expression::Table(TableReference {
        name: table.name()?.to_owned(),
        operation: Arc::clone(&table.operation),
    });
    with_arguments(call, definitions::IN.name, vec![reference])
}

fn text(call: &mut Invocation<'_>) -> Result<Returned> {
    Ok(receiver(call)?.0.to_string().into())
}

fn receiver(call: &Invocation<'_>) -> Result<Arc<ApiExpression>> {
    call.receiver()
}
