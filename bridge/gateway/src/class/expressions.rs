//! `Expressions`: the static functions that make expressions.

use std::sync::Arc;

use nutkin_plan::expression::{CallTarget, Expression};
use nutkin_plan::function::{BuiltInFunction, definitions};
use nutkin_plan::types::{LogicalType, TypeDialect, parse_type};

use super::api_expression::expression;
use super::literal::literal_of_type;
use super::names::{API_EXPRESSION, EXPRESSIONS, PYTHON_SCALAR_FUNCTION};
use super::operand::{OPERAND, operand, operands};
use super::python_scalar_function::PythonScalarFunction;
use super::refused_functions::refused_functions;
use crate::model::{
    Argument, Handler, Invocation, JavaClass, MethodKind, Parameter, ParameterType, Returned,
};
use crate::{GatewayError, Result};

/// Functions whose arguments are all given: the name, the parameters, and the handler.
const CALLS: &[(&str, &[Parameter], Handler)] = &[
    ("and", &[FIRST, SECOND, FURTHER], |call| {
        built_in(call, &definitions::AND)
    }),
    ("or", &[FIRST, SECOND, FURTHER], |call| {
        built_in(call, &definitions::OR)
    }),
    ("not", &[FIRST], |call| built_in(call, &definitions::NOT)),
    ("negative", &[FIRST], |call| {
        built_in(call, &definitions::MINUS_PREFIX)
    }),
    ("ifThenElse", &[FIRST, SECOND, THIRD], |call| {
        built_in(call, &definitions::IF_THEN_ELSE)
    }),
    ("coalesce", &[FURTHER], |call| {
        built_in(call, &definitions::COALESCE)
    }),
    ("concat", &[FIRST, FURTHER], |call| {
        built_in(call, &definitions::CONCAT)
    }),
];

const FIRST: Parameter = Parameter::one("first", OPERAND);
const SECOND: Parameter = Parameter::one("second", OPERAND);
const THIRD: Parameter = Parameter::one("third", OPERAND);
const FURTHER: Parameter = Parameter::many("further", OPERAND);

pub(super) fn class() -> JavaClass {
    let name = Parameter::one("name", ParameterType::String);
    let value = Parameter::one("value", ParameterType::Constant);
    let data_type = Parameter::one("dataType", ParameterType::String);
    let arguments = Parameter::many("arguments", OPERAND);
    let class = JavaClass::new(EXPRESSIONS, "Functions that make expressions.")
        .function("col", &[name], API_EXPRESSION, column)
        .function("$", &[name], API_EXPRESSION, column)
        .function("lit", &[value], API_EXPRESSION, |call| {
            Ok(expression(operand(call, 0)?))
        })
        .function("lit", &[value, data_type], API_EXPRESSION, |call| {
            let literal_type = read_type(call, 1)?;
            match call.argument(0)? {
                Argument::Value(value) => Ok(expression(literal_of_type(value, literal_type)?)),
                _ => Err(GatewayError::Unsupported {
                    what: "A list as a constant".to_owned(),
                    hint: "a Python function can make ARRAY values".to_owned(),
                }),
            }
        })
        .function("nullOf", &[data_type], API_EXPRESSION, |call| {
            Ok(expression(Expression::null_of(read_type(call, 0)?)?))
        })
        .function("call", &[name, arguments], API_EXPRESSION, |call| {
            let name = call.string(0)?.to_owned();
            Ok(expression(Expression::call_by_name(name, operands(call, 1)?)))
        })
        .function(
            "call",
            &[
                Parameter::one("function", ParameterType::Object(PYTHON_SCALAR_FUNCTION)),
                arguments,
            ],
            API_EXPRESSION,
            |call| {
                let function: Arc<PythonScalarFunction> = call.object(0)?;
                Ok(expression(Expression::Call {
                    target: CallTarget::Python(Arc::clone(&function.0)),
                    arguments: operands(call, 1)?,
                }))
            },
        );
    let class = CALLS.iter().fold(class, |class, (name, parameters, handler)| {
        class.function(name, parameters, API_EXPRESSION, *handler)
    });
    let class = class
        .refused_function("callSql", "use the expression itself, or sqlQuery(...)")
        .refused_function("row", "a Python function can make and take ROW values");
    refused_functions(class, MethodKind::Static)
}

fn column(call: &mut Invocation<'_>) -> Result<Returned> {
    Ok(expression(Expression::column(call.string(0)?)))
}

fn built_in(call: &Invocation<'_>, function: &'static BuiltInFunction) -> Result<Returned> {
    Ok(expression(Expression::call(function, operands(call, 0)?)))
}

fn read_type(call: &Invocation<'_>, position: usize) -> Result<LogicalType> {
    Ok(parse_type(call.string(position)?, TypeDialect::Ddl)?)
}
