//! `PythonScalarFunction`: a Python function on its way to where it runs.

use std::sync::Arc;

use nutkin_plan::function::{PythonFunction, PythonFunctionKind};
use nutkin_plan::types::{TypeDialect, parse_type};

use super::names::PYTHON_SCALAR_FUNCTION;
use crate::model::{Invocation, JavaClass, JavaObject, Parameter, ParameterType, Returned};
use crate::{GatewayError, Result};

/// A function.
pub(super) struct PythonScalarFunction(pub(super) Arc<PythonFunction>);

impl JavaObject for PythonScalarFunction {
    fn class_name(&self) -> &'static str {
        PYTHON_SCALAR_FUNCTION
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
            new(call, deterministic)
        },
    )
    .constructor(
        &[name, payload, input_types, result_type, kind, deterministic],
        |call| {
            if call.string(4)? != "GENERAL" {
                return Err(GatewayError::Unsupported {
                    what: format!("A Python function of the kind {}", call.string(4)?),
                    hint: "use the kind GENERAL, which is called once a row".to_owned(),
                });
            }
            let deterministic = call.boolean(5)?;
            new(call, deterministic)
        },
    )
    .method("toString", &[], "String", |call| {
        let function: Arc<PythonScalarFunction> = call.receiver()?;
        Ok(function.0.name.as_str().into())
    })
}

fn new(call: &mut Invocation<'_>, deterministic: bool) -> Result<Returned> {
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
        kind: PythonFunctionKind::General,
        deterministic,
    };
    Ok(Returned::object(PythonScalarFunction(Arc::new(function))))
}
