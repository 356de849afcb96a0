//! Python exceptions as engine errors.

use arrow::datatypes::DataType;
use nutkin_engine::EngineError;
use pyo3::intern;
use pyo3::prelude::*;

use crate::convert::error::lossy;

/// The type and message of an exception, and its whole traceback.
#[must_use]
pub fn describe_exception(py: Python<'_>, error: &PyErr) -> (String, String) {
    let value = error.value(py);
    let class = error
        .get_type(py)
        .fully_qualified_name()
        .map_or_else(|_| "Exception".to_owned(), |name| name.to_string());
    // A class whose own `__str__` fails still has its name.
    let text = value.str().map(|text| lossy(&text)).unwrap_or_default();
    let message = if text.is_empty() {
        class
    } else {
        format!("{class}: {text}")
    };
    let traceback = print_traceback(py, error).unwrap_or_else(|_| message.clone());
    (message, traceback)
}

fn print_traceback(py: Python<'_>, error: &PyErr) -> PyResult<String> {
    let frames = py
        .import(intern!(py, "nutkin._functions"))?
        .call_method1(intern!(py, "user_frames"), (error.traceback(py),))?;
    let lines = py
        .import(intern!(py, "traceback"))?
        .call_method1(
            intern!(py, "format_exception"),
            (error.get_type(py), error.value(py), frames),
        )?
        .try_iter()?
        .map(|line| Ok(lossy(line?.cast()?)))
        .collect::<PyResult<Vec<String>>>()?;
    Ok(lines.concat())
}

/// An error of the runtime itself that a Python exception caused.
pub(crate) fn runtime_error(py: Python<'_>, what: &str, error: &PyErr, hint: Option<&str>) -> EngineError {
    let (message, traceback) = describe_exception(py, error);
    EngineError::PythonRuntime {
        message: format!("{what}: {message}"),
        traceback: Some(traceback),
        hint: hint.map(str::to_owned),
    }
}

/// An error of the runtime itself.
pub(crate) fn plain_error(message: impl Into<String>, hint: Option<&str>) -> EngineError {
    EngineError::PythonRuntime {
        message: message.into(),
        traceback: None,
        hint: hint.map(str::to_owned),
    }
}

/// An array that is not of the type its schema promises.
pub(crate) fn internal_mismatch(data_type: &DataType) -> EngineError {
    plain_error(
        format!("A column is not the array that its Arrow type {data_type} promises"),
        Some("this is a defect of Nutkin; please report it with the program"),
    )
}

/// The interpreter is shutting down, so no function can be called any more.
pub(crate) fn interpreter_gone() -> EngineError {
    plain_error(
        "The Python interpreter is shutting down while a job still calls Python functions",
        Some("wait for the job with 'wait()', or cancel it, before the program ends"),
    )
}
