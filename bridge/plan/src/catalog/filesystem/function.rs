//! Functions as JSON: the name of the Python object, its types and its pickled reference.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use super::unreadable;
use crate::catalog::CatalogFunction;
use crate::error::{PlanError, Result};
use crate::function::{PythonFunction, PythonFunctionKind};
use crate::types::{LogicalType, TypeDialect, parse_type};

pub(super) fn write(function: &CatalogFunction) -> Result<Value> {
    let body = &function.function;
    if body.kind != PythonFunctionKind::General {
        return Err(PlanError::unsupported(
            format!("a function of the kind {:?} in a filesystem catalog", body.kind),
            "Register it by CREATE TEMPORARY FUNCTION.",
        ));
    }
    let input_types: Option<Vec<String>> = body
        .input_types
        .as_ref()
        .map(|types| types.iter().map(LogicalType::as_serializable_string).collect());
    let payload: String = body.payload.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(json!({
        "version": 1,
        "language": "PYTHON",
        "className": function.class_name,
        "name": body.name,
        "inputTypes": input_types,
        "resultType": body.result_type.as_serializable_string(),
        "deterministic": body.deterministic,
        "payload": payload,
    }))
}

pub(super) fn read(value: &Value, path: &Path) -> Result<CatalogFunction> {
    let missing = |key: &str| unreadable(path, &format!("there is no '{key}'"));
    let text = |key: &str| value.get(key).and_then(Value::as_str).ok_or_else(|| missing(key));
    let input_types = match value.get("inputTypes") {
        Some(Value::Array(types)) => Some(
            types
                .iter()
                .map(|text| parse_type(text.as_str().unwrap_or_default(), TypeDialect::DataTypes))
                .collect::<Result<Vec<_>>>()?,
        ),
        _ => None,
    };
    let digits = text("payload")?;
    let payload: Option<Vec<u8>> = (0..digits.len() / 2)
        .map(|index| {
            let byte = digits.get(index * 2..index * 2 + 2)?;
            u8::from_str_radix(byte, 16).ok()
        })
        .collect();
    Ok(CatalogFunction {
        class_name: text("className")?.to_owned(),
        function: Arc::new(PythonFunction {
            name: text("name")?.to_owned(),
            payload: payload.ok_or_else(|| missing("payload"))?,
            input_types,
            result_type: parse_type(text("resultType")?, TypeDialect::DataTypes)?,
            kind: PythonFunctionKind::General,
            deterministic: value
                .get("deterministic")
                .and_then(Value::as_bool)
                .unwrap_or(true),
        }),
    })
}
