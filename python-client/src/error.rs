//! The exception that carries a gateway's error to the client.

use nutkin_protocol::ErrorValue;
use nutkin_protocol::client::ClientError;
use pyo3::prelude::*;

pyo3::create_exception!(
    nutkin._native,
    GatewayError,
    pyo3::exceptions::PyException,
    "An error that the gateway answered with.\n\n\
     Has the attributes class_name, message, hint, python_traceback, cause and call_index."
);

/// The class of errors of the connection itself.
const CONNECTION_ERROR_CLASS: &str = "java.io.IOException";

/// The exception of an error value. `call_index` says which call of the batch failed.
pub(crate) fn gateway_error(py: Python<'_>, error: &ErrorValue, call_index: u32) -> PyErr {
    let exception = GatewayError::new_err(error.message.clone());
    match set_attributes(py, &exception, error, call_index) {
        Ok(()) => exception,
        Err(problem) => problem,
    }
}

fn set_attributes(py: Python<'_>, exception: &PyErr, error: &ErrorValue, call_index: u32) -> PyResult<()> {
    let value = exception.value(py);
    value.setattr("class_name", &error.class)?;
    value.setattr("message", &error.message)?;
    value.setattr("hint", error.hint.as_deref())?;
    value.setattr("python_traceback", error.python_traceback.as_deref())?;
    value.setattr("call_index", call_index)?;
    let cause = error
        .cause
        .as_deref()
        .map(|cause| gateway_error(py, cause, call_index));
    value.setattr("cause", cause.as_ref().map(|cause| cause.value(py)))
}

/// The exception of a connection that fails.
pub(crate) fn connection_error(py: Python<'_>, error: &ClientError) -> PyErr {
    if let ClientError::Refused(refusal) = error {
        return gateway_error(py, refusal, 0);
    }
    let hint = match error {
        ClientError::Address(_) => Some("set NUTKIN_GATEWAY to tcp://host:port or unix:/path"),
        ClientError::Connect { .. } => {
            Some("start a gateway with 'nutkin serve', or unset NUTKIN_GATEWAY to run embedded")
        }
        ClientError::Closed { .. } => Some("the gateway has ended or dropped this client; connect again"),
        _ => None,
    };
    let mut value = ErrorValue::new(CONNECTION_ERROR_CLASS, error.to_string());
    value.hint = hint.map(str::to_owned);
    gateway_error(py, &value, 0)
}
