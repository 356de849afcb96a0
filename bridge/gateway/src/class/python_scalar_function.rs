//! `PythonScalarFunction`: a Python function on its way to where it runs.

use std::sync::Arc;

use nutkin_plan::function::{PythonFunction, PythonFunctionKind};
use nutkin_plan::types::{TypeDialect, parse_type};

use super::names::{
    PYTHON_AGGREGATE_FUNCTION, PYTHON_ASYNC_SCALAR_FUNCTION, PYTHON_SCALAR_FUNCTION,
    PYTHON_TABLE_AGGREGATE_FUNCTION, PYTHON_TABLE_FUNCTION,
};
use crate::model::{Invocation, JavaClass, JavaObject, Parameter, ParameterType, Returned};
use crate::{GatewayError, Result};

/// A function.
pub(super) struct PythonScalarFunction(pub(super) Arc<PythonFunction>);

impl JavaObject for PythonScalarFunction {
    fn class_name(&self) -> &'static str {
        match self.0.kind {
            PythonFunctionKind::General | PythonFunctionKind::Pandas => PYTHON_SCALAR_FUNCTION,
            PythonFunctionKind::Async => PYTHON_ASYNC_SCALAR_FUNCTION,
            PythonFunctionKind::Table => PYTHON_TABLE_FUNCTION,
            PythonFunctionKind::Aggregate | PythonFunctionKind::PandasAggregate => PYTHON_AGGREGATE_FUNCTION,
            PythonFunctionKind::TableAggregate => PYTHON_TABLE_AGGREGATE_FUNCTION,
        }
    }
}

pub(super) fn class() -> JavaClass {
    let name = Parameter::one("name", ParameterType::String);
    let payload = Parameter::one("payload", ParameterType::Bytes);
    let input_types = Parameter::one(
        "inputTypes",
        ParameterType::Nullable(&ParameterType::List(&ParameterType::String)),
    );
    let result_type = Parameter::one("resultType", ParameterType::String);
    let kind = Parameter::one("kind", ParameterType::String);
    let deterministic = Parameter::one("deterministic", ParameterType::Boolean);
    JavaClass::new(
        PYTHON_SCALAR_FUNCTION,
        "A Python function: a cloudpickle stream and its types as in DDL.",
    )
    .constructor(
        &[name, payload, input_types, result_type, deterministic],
        |call| {
            let deterministic = call.boolean(4)?;
            new(call, PythonFunctionKind::General, deterministic)
        },
    )
    .constructor(
        &[name, payload, input_types, result_type, kind, deterministic],
        |call| {
            let kind = match call.string(4)? {
                "GENERAL" => PythonFunctionKind::General,
                "PANDAS" => PythonFunctionKind::Pandas,
                other => return Err(unknown_kind(other)),
            };
            let deterministic = call.boolean(5)?;
            new(call, kind, deterministic)
        },
    )
    .method("toString", &[], "String", |call| {
        let function: Arc<PythonScalarFunction> = call.receiver()?;
        Ok(function.0.name.as_str().into())
    })
}

/// The error for a kind that a class of functions does not have.
pub(super) fn unknown_kind(kind: &str) -> GatewayError {
    GatewayError::IllegalArgument {
        message: format!("There is no kind {kind} of these Python functions."),
        hint: Some("the kinds are GENERAL and PANDAS".to_owned()),
    }
}

/// A function of a call's first four arguments: name, payload, types of arguments, type of the result.
pub(super) fn new(
    call: &mut Invocation<'_>,
    kind: PythonFunctionKind,
    deterministic: bool,
) -> Result<Returned> {
    let read_type = |text: &str| parse_type(text, TypeDialect::Ddl);
    let input_types = call
        .string_list(2)?
        .map(|types| types.iter().map(|text| read_type(text)).collect())
        .transpose()?;
    let function = PythonFunction {
        name: call.string(0)?.to_owned(),
        payload: call.take_bytes(1)?,
        input_types,
        result_type: read_type(call.string(3)?)?,
        kind,
        deterministic,
    };
    Ok(Returned::object(PythonScalarFunction(Arc::new(function))))
}
