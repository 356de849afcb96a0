//! Python functions of the kinds that a query does not run yet: table, aggregate, table aggregate and async.
//!
//! They are registered like any other; a query that calls one is refused by its name.

use nutkin_plan::function::PythonFunctionKind;
use nutkin_plan::types::{TypeDialect, parse_type};

use super::names::{
    PYTHON_AGGREGATE_FUNCTION, PYTHON_ASYNC_SCALAR_FUNCTION, PYTHON_SCALAR_FUNCTION,
    PYTHON_TABLE_AGGREGATE_FUNCTION, PYTHON_TABLE_FUNCTION,
};
use super::python_scalar_function::{new, unknown_kind};
use crate::Result;
use crate::model::{Invocation, JavaClass, Parameter, ParameterType, Returned};

const NAME: Parameter = Parameter::one("name", ParameterType::String);
const PAYLOAD: Parameter = Parameter::one("payload", ParameterType::Bytes);
const INPUT_TYPES: Parameter = Parameter::one(
    "inputTypes",
    ParameterType::Nullable(&ParameterType::List(&ParameterType::String)),
);
const RESULT_TYPE: Parameter = Parameter::one("resultType", ParameterType::String);
const ACCUMULATOR_TYPE: Parameter = Parameter::one("accumulatorType", ParameterType::String);
const KIND: Parameter = Parameter::one("kind", ParameterType::String);
const DETERMINISTIC: Parameter = Parameter::one("deterministic", ParameterType::Boolean);

/// `PythonTableFunction`.
pub(super) fn table_class() -> JavaClass {
    JavaClass::new(
        PYTHON_TABLE_FUNCTION,
        "A Python function that gives any number of rows.",
    )
    .extends(PYTHON_SCALAR_FUNCTION)
    .constructor(
        &[NAME, PAYLOAD, INPUT_TYPES, RESULT_TYPE, KIND, DETERMINISTIC],
        |call| {
            let deterministic = call.boolean(5)?;
            new(call, PythonFunctionKind::Table, deterministic)
        },
    )
}

/// `PythonAsyncScalarFunction`.
pub(super) fn async_class() -> JavaClass {
    JavaClass::new(
        PYTHON_ASYNC_SCALAR_FUNCTION,
        "A Python coroutine, called once a row.",
    )
    .extends(PYTHON_SCALAR_FUNCTION)
    .constructor(
        &[NAME, PAYLOAD, INPUT_TYPES, RESULT_TYPE, KIND, DETERMINISTIC],
        |call| {
            let deterministic = call.boolean(5)?;
            new(call, PythonFunctionKind::Async, deterministic)
        },
    )
}

/// `PythonAggregateFunction`.
pub(super) fn aggregate_class() -> JavaClass {
    JavaClass::new(
        PYTHON_AGGREGATE_FUNCTION,
        "A Python function that gives one value for a group.",
    )
    .extends(PYTHON_SCALAR_FUNCTION)
    .constructor(AGGREGATE, |call| {
        let kind = match call.string(5)? {
            "GENERAL" => PythonFunctionKind::Aggregate,
            "PANDAS" => PythonFunctionKind::PandasAggregate,
            other => return Err(unknown_kind(other)),
        };
        aggregate(call, kind)
    })
}

/// `PythonTableAggregateFunction`.
pub(super) fn table_aggregate_class() -> JavaClass {
    JavaClass::new(
        PYTHON_TABLE_AGGREGATE_FUNCTION,
        "A Python function that gives any number of rows for a group.",
    )
    .extends(PYTHON_SCALAR_FUNCTION)
    .constructor(AGGREGATE, |call| {
        if call.string(5)? != "GENERAL" {
            return Err(unknown_kind(call.string(5)?));
        }
        aggregate(call, PythonFunctionKind::TableAggregate)
    })
}

const AGGREGATE: &[Parameter] = &[
    NAME,
    PAYLOAD,
    INPUT_TYPES,
    RESULT_TYPE,
    ACCUMULATOR_TYPE,
    KIND,
    DETERMINISTIC,
];

fn aggregate(call: &mut Invocation<'_>, kind: PythonFunctionKind) -> Result<Returned> {
    // No query reads the accumulator yet, but a type that is none is the program's mistake already.
    parse_type(&without_views(call.string(4)?), TypeDialect::Ddl)?;
    let deterministic = call.boolean(6)?;
    new(call, kind, deterministic)
}

/// The type with views as the collections that they stand for.
fn without_views(accumulator_type: &str) -> String {
    accumulator_type
        .replace("LIST_VIEW<", "ARRAY<")
        .replace("MAP_VIEW<", "MAP<")
}
