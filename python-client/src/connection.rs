//! A session with a gateway, in this process or remote.

use std::time::Duration;

use nutkin_gateway::door::InProcess;
use nutkin_protocol::client::{Client, ClientError, ClientOptions};
use nutkin_protocol::{Address, Batch, Call, ObjectId, Reply, Target};
use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::embedded::embedded_gateway;
use crate::error::{connection_error, gateway_error};
use crate::value::{from_value, to_value};

/// How long connecting to a remote gateway may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A session with a gateway.
#[pyclass(frozen, module = "nutkin._native")]
pub(crate) struct Connection(Session);

enum Session {
    Embedded(InProcess),
    Remote(Client),
}

/// A call as the client gives it: target, method, arguments, id of the result.
type CallTuple<'py> = (Bound<'py, PyAny>, String, Bound<'py, PyTuple>, ObjectId);

/// Starts a session with the gateway at an address; without one, with the gateway in this process.
#[pyfunction]
#[pyo3(signature = (address = None, token = None))]
pub(crate) fn connect(
    py: Python<'_>,
    address: Option<&str>,
    token: Option<String>,
) -> PyResult<Py<Connection>> {
    let Some(address) = address else {
        let session = InProcess::connect(embedded_gateway());
        let connection = Py::new(py, Connection(Session::Embedded(session)))?;
        // Jobs must not call functions of an interpreter that is going away.
        py.import(intern!(py, "atexit"))?.call_method1(
            intern!(py, "register"),
            (connection.getattr(py, intern!(py, "close"))?,),
        )?;
        return Ok(connection);
    };
    let address: Address = address
        .parse()
        .map_err(|error| connection_error(py, &ClientError::Address(error)))?;
    let options = ClientOptions {
        token,
        identity: concat!("nutkin-python-client ", env!("CARGO_PKG_VERSION")).to_owned(),
        connect_timeout: CONNECT_TIMEOUT,
        ..ClientOptions::default()
    };
    let client = py
        .detach(|| Client::connect(&address, &options))
        .map_err(|error| connection_error(py, &error))?;
    Py::new(py, Connection(Session::Remote(client)))
}

#[pymethods]
impl Connection {
    /// Whether the gateway is another process.
    #[getter]
    fn is_remote(&self) -> bool {
        matches!(self.0, Session::Remote(_))
    }

    /// Frees objects, makes calls one after another, and returns the value of the last one.
    ///
    /// Each call is (target, method, arguments, id of the result); a target is the id of an object or
    /// the name of a class. Other Python threads run meanwhile. Ctrl-C ends the waiting.
    fn batch<'py>(
        &self,
        py: Python<'py>,
        calls: Vec<CallTuple<'py>>,
        released: Vec<ObjectId>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let calls = calls.into_iter().map(read_call).collect::<PyResult<_>>()?;
        let batch = Batch { calls, released };
        // What a signal handler raised while the call waited, such as KeyboardInterrupt.
        let mut raised: Option<PyErr> = None;
        let answer = py.detach(|| {
            let mut poll = || match Python::attach(|py| py.check_signals()) {
                Ok(()) => true,
                Err(error) => {
                    raised = Some(error);
                    false
                }
            };
            match &self.0 {
                Session::Embedded(session) => Ok(session.batch(batch, &mut poll)),
                Session::Remote(client) => client.batch(&batch, &mut poll),
            }
        });
        if let Some(raised) = raised {
            return Err(raised);
        }
        match answer.map_err(|error| connection_error(py, &error))? {
            Reply::Value(value) => from_value(py, value),
            Reply::Error { call, error } => Err(gateway_error(py, &error, call)),
        }
    }

    /// Ends the session; everything that it made is freed, and its jobs end.
    fn close(&self, py: Python<'_>) {
        py.detach(|| match &self.0 {
            Session::Embedded(session) => session.close(),
            Session::Remote(client) => client.close(),
        });
    }
}

fn read_call((target, method, arguments, result): CallTuple<'_>) -> PyResult<Call> {
    let target = if let Ok(id) = target.extract::<ObjectId>() {
        Target::Object(id)
    } else if let Ok(class) = target.extract::<String>() {
        Target::Class(class)
    } else {
        return Err(PyTypeError::new_err(
            "the target of a call is the id of an object or the name of a class",
        ));
    };
    Ok(Call {
        target,
        method,
        arguments: arguments
            .iter()
            .map(|argument| to_value(&argument))
            .collect::<PyResult<_>>()?,
        result,
    })
}
