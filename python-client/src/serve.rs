//! `nutkin serve`: a gateway for programs in other processes.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use nutkin_gateway::serve::{ServeOptions, Serving};
use pyo3::exceptions::PyValueError;
use pyo3::intern;
use pyo3::prelude::*;

use crate::embedded::serving_gateway;
use crate::error::gateway_error;

/// How long a wait lasts before signals are looked at.
const SIGNAL_INTERVAL: Duration = Duration::from_millis(100);

/// Where to listen.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct ServeArguments {
    /// `HOST:PORT` of the TCP door.
    tcp: Option<String>,
    /// The path of the Unix socket door.
    unix: Option<PathBuf>,
    /// The secret of the TCP door.
    token: Option<String>,
    /// The interpreter of worker processes.
    python_executable: Option<String>,
}

/// Serves until Ctrl-C or SIGTERM's handler raises. Says on stdout where it listens.
#[pyfunction]
pub(crate) fn serve(py: Python<'_>, options: ServeArguments) -> PyResult<()> {
    let serve_options = ServeOptions {
        tcp: options.tcp.as_deref().map(read_host_and_port).transpose()?,
        unix: options.unix,
        token: options.token,
        ..ServeOptions::default()
    };
    let gateway = Arc::new(serving_gateway(options.python_executable));
    let serving = py
        .detach(|| nutkin_gateway::serve::serve(gateway, serve_options))
        .map_err(|error| gateway_error(py, &error.to_error_value(), 0))?;
    announce(py, &serving)?;
    // The doors close in here too: jobs end then, and their functions may need the interpreter for it.
    py.detach(move || wait_for_end(serving))
}

fn wait_for_end(serving: Serving) -> PyResult<()> {
    while !serving.wait(SIGNAL_INTERVAL) {
        Python::attach(|py| py.check_signals())?;
    }
    Ok(())
}

fn read_host_and_port(text: &str) -> PyResult<(String, u16)> {
    let invalid = || PyValueError::new_err(format!("'{text}' is no HOST:PORT"));
    let (host, port) = text.rsplit_once(':').ok_or_else(invalid)?;
    let host = host.trim_start_matches('[').trim_end_matches(']');
    Ok((host.to_owned(), port.parse().map_err(|_| invalid())?))
}

fn announce(py: Python<'_>, serving: &Serving) -> PyResult<()> {
    let stdout = py.import(intern!(py, "sys"))?.getattr(intern!(py, "stdout"))?;
    for address in serving.addresses() {
        stdout.call_method1(intern!(py, "write"), (format!("listening on {address}\n"),))?;
    }
    if let Some(token) = serving.token() {
        stdout.call_method1(intern!(py, "write"), (format!("token {token}\n"),))?;
    }
    stdout.call_method0(intern!(py, "flush"))?;
    Ok(())
}
