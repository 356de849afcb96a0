//! `nutkin._native`: the extension module of the wheel, and its only shared library.
//!
//! Data flow: the Python client hands batches of calls to a [`connection::Connection`]; values are
//! converted in [`value`], and the calls go to a gateway in this process ([`embedded`]) or to a remote
//! one. Errors come back as [`error::GatewayError`], which the client turns into Flink's exceptions.
//! Rows travel as Arrow and are converted in [`rows`]. `serve`, `open_py4j`, `doctor` and `run_worker` are what the
//! command line needs. Nothing is decided here: what calls mean is the gateway's business.

mod caller;
mod connection;
mod doctor;
mod embedded;
mod error;
mod line_editor;
mod py4j;
mod rows;
mod serve;
mod value;
mod worker;

use pyo3::prelude::*;

/// The extension module of the package `nutkin`.
#[pymodule]
mod _native {
    #[pymodule_export]
    use super::connection::{Connection, RowStream, connect};
    #[pymodule_export]
    use super::doctor::doctor;
    #[pymodule_export]
    use super::error::GatewayError;
    #[pymodule_export]
    use super::line_editor::{LineEditor, split_script};
    #[pymodule_export]
    use super::py4j::{Py4JDoor, open_py4j};
    #[pymodule_export]
    use super::rows::{decode_rows, encode_rows};
    #[pymodule_export]
    use super::serve::serve;
    #[pymodule_export]
    use super::value::Reference;
    #[pymodule_export]
    use super::worker::run_worker;

    use super::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
