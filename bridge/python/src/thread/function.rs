//! One Python function, from its pickled body to its `close`.

use std::collections::BTreeMap;
use std::sync::Arc;

use nutkin_engine::EngineError;
use nutkin_engine::operator::OperatorContext;
use nutkin_plan::function::PythonFunction;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::failure::runtime_error;
use crate::options::PythonOptions;

/// What functions can ask of their surroundings, in `open`.
#[derive(Debug, Clone)]
pub(crate) struct FunctionSurroundings {
    pub(crate) task_name: String,
    pub(crate) subtask: usize,
    pub(crate) parallelism: usize,
    pub(crate) job_parameters: BTreeMap<String, String>,
    pub(crate) time_zone: Option<String>,
}

impl FunctionSurroundings {
    /// The surroundings of functions of an operator instance.
    pub(crate) fn new(context: &OperatorContext, options: &PythonOptions) -> Self {
        Self {
            task_name: context.operator_name.to_string(),
            subtask: context.subtask,
            parallelism: context.parallelism,
            job_parameters: options.job_parameters.clone(),
            time_zone: options.time_zone.clone(),
        }
    }
}

/// A function that was loaded and opened.
pub(super) struct LoadedFunction {
    name: Arc<str>,
    /// The pickled object, which has `close` if anything has.
    object: Py<PyAny>,
    /// What is called for a row.
    pub(super) callable: Py<PyAny>,
}

impl LoadedFunction {
    /// Unpickles a function and calls its `open`.
    pub(super) fn load(
        py: Python<'_>,
        function: &PythonFunction,
        surroundings: &FunctionSurroundings,
    ) -> Result<Self, EngineError> {
        let load = || -> PyResult<(Py<PyAny>, Py<PyAny>)> {
            py.import(intern!(py, "nutkin._functions"))?
                .call_method1(
                    intern!(py, "load_function"),
                    (PyBytes::new(py, &function.payload),),
                )?
                .extract()
        };
        let (object, callable) = load().map_err(|error| {
            runtime_error(
                py,
                &format!("Python function '{}' cannot be loaded", function.name),
                &error,
                Some(
                    "functions travel without the modules they import: add files with add_python_file(...), and \
                     install packages where the functions run",
                ),
            )
        })?;
        let loaded = Self {
            name: function.name.as_str().into(),
            object,
            callable,
        };
        loaded.open(py, surroundings)?;
        Ok(loaded)
    }

    fn open(&self, py: Python<'_>, surroundings: &FunctionSurroundings) -> Result<(), EngineError> {
        let open = || -> PyResult<()> {
            py.import(intern!(py, "nutkin._functions"))?.call_method1(
                intern!(py, "open_function"),
                (
                    &self.object,
                    &surroundings.job_parameters,
                    &surroundings.task_name,
                    surroundings.subtask,
                    surroundings.parallelism,
                ),
            )?;
            Ok(())
        };
        open().map_err(|error| self.failure(py, "open", &error))
    }

    /// Calls the function's `close`.
    pub(super) fn close(&self, py: Python<'_>) -> Result<(), EngineError> {
        let close = || -> PyResult<()> {
            py.import(intern!(py, "nutkin._functions"))?
                .call_method1(intern!(py, "close_function"), (&self.object,))?;
            Ok(())
        };
        close().map_err(|error| self.failure(py, "close", &error))
    }

    fn failure(&self, py: Python<'_>, method: &str, error: &PyErr) -> EngineError {
        let what = format!("The method '{method}' of Python function '{}' failed", self.name);
        runtime_error(py, &what, error, None)
    }
}
