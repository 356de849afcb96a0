//! `Expressions`: the static functions that make expressions.

mod calls;

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use nutkin_plan::expression::symbol::{JSON_ON_NULL, TIME_POINT_UNIT};
use nutkin_plan::expression::{CallTarget, Expression, row_interval};
use nutkin_plan::function::definitions;

use super::api_expression::{DATA_TYPE, data_type_of, expression};
use super::enumeration::EnumerationConstant;
use super::function_calls::{functions_by_method, with_calls};
use super::literal::literal_of_type;
use super::names::{API_EXPRESSION, EXPRESSIONS, PYTHON_SCALAR_FUNCTION};
use super::operand::{OPERAND, operand, operands};
use super::python_scalar_function::PythonScalarFunction;
use crate::model::{Argument, Invocation, JavaClass, MethodKind, Parameter, ParameterType, Returned};
use crate::{GatewayError, Result};

pub(super) fn class() -> JavaClass {
    let class = JavaClass::new(EXPRESSIONS, "Functions that make expressions.");
    let class = with_calls(class, MethodKind::Static, calls::CALLS, call_function);
    json(bounds(invocations(constants(columns(class)))))
}

/// Columns and ranges of them.
fn columns(class: JavaClass) -> JavaClass {
    let name = Parameter::one("name", ParameterType::String);
    let bounds = |bound| [Parameter::one("start", bound), Parameter::one("end", bound)];
    class
        .function("col", &[name], API_EXPRESSION, column)
        .function("$", &[name], API_EXPRESSION, column)
        .function("withAllColumns", &[], API_EXPRESSION, |_| {
            Ok(expression(Expression::column("*")))
        })
        .function("range", &bounds(ParameterType::String), API_EXPRESSION, |call| {
            let names = call.strings(0)?;
            let bounds = names.into_iter().map(Expression::Reference).collect();
            Ok(expression(Expression::call(&definitions::RANGE_TO, bounds)))
        })
        .function("range", &bounds(ParameterType::Int), API_EXPRESSION, |call| {
            Ok(expression(Expression::call(
                &definitions::RANGE_TO,
                operands(call, 0)?,
            )))
        })
}

/// Constants.
fn constants(class: JavaClass) -> JavaClass {
    let value = Parameter::one("value", OPERAND);
    let data_type = Parameter::one("dataType", DATA_TYPE);
    class
        .function("lit", &[value], API_EXPRESSION, |call| {
            Ok(expression(operand(call, 0)?))
        })
        .function(
            "lit",
            &[Parameter::one("value", ParameterType::Constant), data_type],
            API_EXPRESSION,
            |call| {
                let literal_type = data_type_of(call, 1)?;
                match call.argument(0)? {
                    Argument::Value(value) => Ok(expression(literal_of_type(value, literal_type)?)),
                    _ => Err(GatewayError::Unsupported {
                        what: "A list as a constant".to_owned(),
                        hint: "use array(...)".to_owned(),
                    }),
                }
            },
        )
        .function("nullOf", &[data_type], API_EXPRESSION, |call| {
            Ok(expression(Expression::null_of(data_type_of(call, 0)?)?))
        })
        .function(
            "rowInterval",
            &[Parameter::one("rows", ParameterType::Long)],
            API_EXPRESSION,
            |call| Ok(expression(row_interval(&operand(call, 0)?)?)),
        )
}

/// Calls of functions by name, of Python functions, and of what SQL spells.
fn invocations(class: JavaClass) -> JavaClass {
    let name = Parameter::one("name", ParameterType::String);
    let arguments = Parameter::many("arguments", OPERAND);
    let unit = Parameter::one("timePointUnit", ParameterType::Object(TIME_POINT_UNIT.class));
    class
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
        )
        .function(
            "callSql",
            &[Parameter::one("sqlExpression", ParameterType::String)],
            API_EXPRESSION,
            |call| Ok(expression(Expression::Sql(call.string(0)?.to_owned()))),
        )
        .function(
            "timestampDiff",
            &[
                unit,
                Parameter::one("timePoint1", OPERAND),
                Parameter::one("timePoint2", OPERAND),
            ],
            API_EXPRESSION,
            |call| named(call, "timestampDiff"),
        )
        .function(
            "objectOf",
            &[Parameter::one("className", ParameterType::String), arguments],
            API_EXPRESSION,
            |call| named(call, "OBJECT_OF"),
        )
        .function(
            "descriptor",
            &[Parameter::many("columnNames", ParameterType::String)],
            API_EXPRESSION,
            |call| Ok(expression(Expression::Descriptor(call.strings(0)?))),
        )
}

/// The bounds of over windows.
fn bounds(class: JavaClass) -> JavaClass {
    class
        .field("UNBOUNDED_ROW", API_EXPRESSION, |_| {
            Ok(expression(Expression::call(&definitions::UNBOUNDED_ROW, vec![])))
        })
        .field("UNBOUNDED_RANGE", API_EXPRESSION, |_| {
            Ok(expression(Expression::call(
                &definitions::UNBOUNDED_RANGE,
                vec![],
            )))
        })
        .field("CURRENT_ROW", API_EXPRESSION, |_| {
            Ok(expression(Expression::call(&definitions::CURRENT_ROW, vec![])))
        })
        .field("CURRENT_RANGE", API_EXPRESSION, |_| {
            Ok(expression(Expression::call(&definitions::CURRENT_RANGE, vec![])))
        })
}

/// JSON made of values. The aggregates have a function for each way to treat NULL.
fn json(class: JavaClass) -> JavaClass {
    let on_null = Parameter::one("onNull", ParameterType::Object(JSON_ON_NULL.class));
    let key = Parameter::one("keyExpr", OPERAND);
    let value = Parameter::one("valueExpr", OPERAND);
    class
        .function(
            "jsonObject",
            &[on_null, Parameter::many("keyValues", OPERAND)],
            API_EXPRESSION,
            |call| named(call, "JSON_OBJECT"),
        )
        .function(
            "jsonArray",
            &[on_null, Parameter::many("values", OPERAND)],
            API_EXPRESSION,
            |call| named(call, "JSON_ARRAY"),
        )
        .function("jsonObjectAgg", &[on_null, key, value], API_EXPRESSION, |call| {
            json_aggregate(call, "JSON_OBJECTAGG")
        })
        .function("jsonArrayAgg", &[on_null, value], API_EXPRESSION, |call| {
            json_aggregate(call, "JSON_ARRAYAGG")
        })
}

fn column(call: &mut Invocation<'_>) -> Result<Returned> {
    Ok(expression(Expression::column(call.string(0)?)))
}

/// Calls the function that the table of functions names.
fn call_function(call: &mut Invocation<'_>) -> Result<Returned> {
    static FUNCTIONS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| functions_by_method(calls::CALLS));
    let name = call.method.name;
    let function = FUNCTIONS.get(name).ok_or_else(|| GatewayError::Internal {
        message: format!("there is no function behind {name}"),
    })?;
    named(call, function)
}

/// The function of this name, of all arguments.
fn named(call: &Invocation<'_>, function: &str) -> Result<Returned> {
    Ok(expression(Expression::call_named(function, operands(call, 0)?)))
}

fn json_aggregate(call: &Invocation<'_>, function: &str) -> Result<Returned> {
    let on_null: Arc<EnumerationConstant> = call.object(0)?;
    let function = format!("{function}_{}_ON_NULL", on_null.name);
    Ok(expression(Expression::call_named(&function, operands(call, 1)?)))
}
