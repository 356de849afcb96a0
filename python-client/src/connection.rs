//! A session with a gateway, in this process or remote.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use nutkin_gateway::door::InProcess;
use nutkin_protocol::client::{self, Client, ClientError, ClientOptions, RowStreamError};
use nutkin_protocol::{Address, Batch, Call, ObjectId, Reply, Target};
use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};

use crate::caller::PythonCaller;
use crate::embedded::embedded_gateway;
use crate::error::{connection_error, gateway_error};
use crate::value::{from_value, to_value};

/// How long connecting to a remote gateway may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How many bytes of rows a remote gateway may send ahead of what the program takes.
const STREAM_CREDIT_BYTES: u64 = 8 * 1024 * 1024;

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
    /// the name of a class. Other Python threads run meanwhile. Ctrl-C ends the waiting. The gateway's
    /// callbacks are answered by `call_back(function, arguments)`, on this thread. A deadline of 0
    /// milliseconds is none.
    #[pyo3(signature = (calls, released, call_back = None, deadline_millis = 0))]
    fn batch<'py>(
        &self,
        py: Python<'py>,
        calls: Vec<CallTuple<'py>>,
        released: Vec<ObjectId>,
        call_back: Option<Py<PyAny>>,
        deadline_millis: u64,
    ) -> PyResult<Bound<'py, PyAny>> {
        let calls = calls.into_iter().map(read_call).collect::<PyResult<_>>()?;
        let batch = Batch {
            calls,
            released,
            deadline_millis,
        };
        let mut caller = PythonCaller::new(call_back);
        let answer = py.detach(|| match &self.0 {
            Session::Embedded(session) => Ok(session.batch(batch, &mut caller)),
            Session::Remote(client) => client.batch(&batch, &mut caller),
        });
        caller.check()?;
        match answer.map_err(|error| connection_error(py, &error))? {
            Reply::Value(value) => from_value(py, value),
            Reply::Error { call, error } => Err(gateway_error(py, &error, call)),
        }
    }

    /// Opens a stream of the rows of a remote result, which the gateway sends ahead of what is taken.
    fn rows(&self, py: Python<'_>, object: ObjectId) -> PyResult<RowStream> {
        match &self.0 {
            Session::Remote(client) => {
                let stream = client.rows(object, STREAM_CREDIT_BYTES);
                let stream = stream.map_err(|error| connection_error(py, &error))?;
                Ok(RowStream(Mutex::new(stream)))
            }
            Session::Embedded(_) => Err(PyTypeError::new_err(
                "a result of this process needs no stream: fetch its rows",
            )),
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

/// The rows of a remote result.
#[pyclass(frozen, module = "nutkin._native")]
pub(crate) struct RowStream(Mutex<client::RowStream>);

#[pymethods]
impl RowStream {
    /// The next rows, as an Arrow IPC stream; None after the last ones. Ctrl-C ends the waiting.
    fn next<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyBytes>>> {
        let mut caller = PythonCaller::new(None);
        let next = py.detach(|| {
            let mut stream = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            stream.next(&mut caller)
        });
        caller.check()?;
        match next {
            Ok(rows) => Ok(rows.map(|rows| PyBytes::new(py, &rows))),
            Err(RowStreamError::Failed(error)) => Err(gateway_error(py, &error, 0)),
            Err(RowStreamError::Client(error)) => Err(connection_error(py, &error)),
        }
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
