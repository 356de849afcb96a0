//! The Py4J door of a gateway in this process.

use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use nutkin_gateway::Gateway;
use nutkin_gateway::door::py4j;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::embedded::serving_gateway;
use crate::error::gateway_error;

/// How long a wait lasts before signals are looked at.
const SIGNAL_INTERVAL: Duration = Duration::from_millis(100);

/// Where to listen, and for whom.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Py4JArguments {
    /// `HOST:PORT`.
    address: String,
    /// What clients show first.
    token: Option<String>,
    /// Whether calls of the client's objects go over the connection of the call that makes them.
    pinned_threads: bool,
    /// Whether the door closes when the client's watchdog no longer answers.
    ends_with_client: bool,
    /// The interpreter of worker processes.
    python_executable: Option<String>,
}

/// An open door, with the gateway behind it.
#[pyclass(frozen, module = "nutkin._native")]
pub(crate) struct Py4JDoor {
    port: u16,
    open: Mutex<Option<(py4j::Py4JDoor, Gateway)>>,
}

/// Opens a Py4J door.
#[pyfunction]
pub(crate) fn open_py4j(py: Python<'_>, options: Py4JArguments) -> PyResult<Py4JDoor> {
    let address: SocketAddr = options
        .address
        .replace("localhost", "127.0.0.1")
        .parse()
        .map_err(|_| PyValueError::new_err(format!("'{}' is no ADDRESS:PORT", options.address)))?;
    let gateway = serving_gateway(options.python_executable);
    let door = py
        .detach(|| {
            let options = py4j::Py4JOptions {
                address,
                token: options.token,
                pinned_threads: options.pinned_threads,
                ends_with_client: options.ends_with_client,
                ..py4j::Py4JOptions::default()
            };
            py4j::Py4JDoor::open(&gateway, options)
        })
        .map_err(|error| gateway_error(py, &error.to_error_value(), 0))?;
    Ok(Py4JDoor {
        port: door.port(),
        open: Mutex::new(Some((door, gateway))),
    })
}

impl Py4JDoor {
    fn lock(&self) -> MutexGuard<'_, Option<(py4j::Py4JDoor, Gateway)>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_closed(&self) -> bool {
        self.lock().as_ref().is_none_or(|(door, _)| door.is_closed())
    }
}

#[pymethods]
impl Py4JDoor {
    /// The port that the door listens at.
    #[getter]
    fn port(&self) -> u16 {
        self.port
    }

    /// How many objects clients hold.
    #[getter]
    fn object_count(&self) -> usize {
        self.lock().as_ref().map_or(0, |(door, _)| door.object_count())
    }

    /// Waits until a client has closed the door, or for some seconds; whether it is closed.
    fn wait(&self, py: Python<'_>, seconds: f64) -> PyResult<bool> {
        let deadline = Instant::now() + Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX / 4);
        loop {
            if self.is_closed() {
                return Ok(true);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(false);
            }
            py.detach(|| std::thread::sleep(left.min(SIGNAL_INTERVAL)));
            py.check_signals()?;
        }
    }

    /// Closes the door and ends what runs behind it.
    fn close(&self, py: Python<'_>) {
        let open = self.lock().take();
        // Functions of jobs that end in here may need the interpreter for it.
        py.detach(|| drop(open));
    }
}
