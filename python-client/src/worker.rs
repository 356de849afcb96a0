//! The entry of worker processes.

use std::path::PathBuf;

use pyo3::prelude::*;

/// Serves a job's Python functions over the socket at a path; returns when the job is done.
#[pyfunction]
pub(crate) fn run_worker(py: Python<'_>, socket_path: PathBuf) -> PyResult<()> {
    Ok(nutkin_python::process::run_worker(py, &socket_path)?)
}
