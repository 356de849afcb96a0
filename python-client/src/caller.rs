//! The Python program behind a batch: its signals, and its answers to the gateway's callbacks.

use nutkin_protocol::client::Caller;
use nutkin_protocol::{Callback, ErrorValue, Reply};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyList;

use crate::value::{from_value, to_value};

/// Asked while a batch waits. It takes the interpreter only then.
pub(crate) struct PythonCaller {
    call_back: Option<Py<PyAny>>,
    /// What a signal handler raised while the batch waited, such as KeyboardInterrupt, or a callback.
    raised: Option<PyErr>,
}

impl PythonCaller {
    /// A program that answers callbacks by a Python function, if there is one.
    pub(crate) fn new(call_back: Option<Py<PyAny>>) -> Self {
        Self {
            call_back,
            raised: None,
        }
    }

    /// Raises what was raised while the batch waited.
    pub(crate) fn check(self) -> PyResult<()> {
        self.raised.map_or(Ok(()), Err)
    }
}

impl Caller for PythonCaller {
    fn go_on(&mut self) -> bool {
        match Python::attach(|py| py.check_signals()) {
            Ok(()) => true,
            Err(error) => {
                self.raised = Some(error);
                false
            }
        }
    }

    fn call_back(&mut self, callback: Callback) -> Reply {
        let Some(function) = &self.call_back else {
            return refusal(
                "java.lang.UnsupportedOperationException",
                format!("this call does not answer the callback '{}'", callback.function),
            );
        };
        let answer = Python::attach(|py| {
            let arguments = callback
                .arguments
                .into_iter()
                .map(|argument| from_value(py, argument))
                .collect::<PyResult<Vec<_>>>()?;
            let arguments = PyList::new(py, arguments)?;
            let answer = function
                .bind(py)
                .call1((callback.function, arguments))
                .inspect_err(|error| {
                    // The program sees its own exception, not the gateway's account of it.
                    self.raised = Some(error.clone_ref(py));
                })?;
            to_value(&answer)
        });
        match answer {
            Ok(value) => Reply::Value(value),
            Err(error) => {
                let text = Python::attach(|py| {
                    let name = error.get_type(py).getattr(intern!(py, "__name__"));
                    let name = name.map_or_else(|_| "Exception".to_owned(), |name| name.to_string());
                    format!("{name}: {}", error.value(py))
                });
                refusal("java.lang.RuntimeException", text)
            }
        }
    }
}

fn refusal(class: &str, message: String) -> Reply {
    Reply::Error {
        call: 0,
        error: Box::new(ErrorValue::new(class, message)),
    }
}
