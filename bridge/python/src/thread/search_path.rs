//! A job's part of `sys.path`.

use std::path::PathBuf;

use nutkin_engine::EngineError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyList;

use crate::failure::{interpreter_gone, runtime_error};

/// Entries put in front of `sys.path`; taken off again at the end.
pub(crate) struct SearchPath {
    entries: Vec<PathBuf>,
}

impl SearchPath {
    /// Puts entries in front of `sys.path`, in order.
    ///
    /// # Errors
    /// When the interpreter is shutting down.
    pub(crate) fn extend(entries: &[PathBuf]) -> Result<Self, EngineError> {
        let extended = Python::try_attach(|py| {
            let extend = || -> PyResult<()> {
                let path = sys_path(py)?;
                for (position, entry) in entries.iter().enumerate() {
                    path.insert(position, entry.as_os_str())?;
                }
                py.import(intern!(py, "importlib"))?
                    .call_method0(intern!(py, "invalidate_caches"))?;
                Ok(())
            };
            extend()
                .map_err(|error| runtime_error(py, "Python's module search path cannot be set", &error, None))
        });
        extended.unwrap_or_else(|| Err(interpreter_gone()))?;
        Ok(Self {
            entries: entries.to_vec(),
        })
    }
}

impl Drop for SearchPath {
    fn drop(&mut self) {
        if self.entries.is_empty() {
            return;
        }
        // When the interpreter is gone, so is its path.
        let _ = Python::try_attach(|py| -> PyResult<()> {
            let path = sys_path(py)?;
            for entry in &self.entries {
                // A function may have changed the path; what it removed need not be removed again.
                if path.contains(entry.as_os_str())? {
                    path.call_method1(intern!(py, "remove"), (entry.as_os_str(),))?;
                }
            }
            Ok(())
        });
    }
}

fn sys_path(py: Python<'_>) -> PyResult<Bound<'_, PyList>> {
    let path = py.import(intern!(py, "sys"))?.getattr(intern!(py, "path"))?;
    Ok(path.cast_into::<PyList>()?)
}
