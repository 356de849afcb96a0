//! The choice between the two runtimes.

use std::sync::Arc;

use nutkin_engine::EngineError;
use nutkin_engine::job::Cancellation;
use nutkin_engine::python::PythonRuntime;
use pyo3::intern;
use pyo3::prelude::*;

use crate::failure::{interpreter_gone, plain_error, runtime_error};
use crate::files::PythonFiles;
use crate::options::{ExecutionMode, PythonOptions};
use crate::process::ProcessRuntime;
use crate::thread::ThreadRuntime;

/// The runtime of one job. `default_mode` is taken when the options name none: `thread` when the
/// gateway is embedded in the program, `process` when it is a server. A `python.executable` that is
/// not this process's interpreter asks for worker processes too.
///
/// # Errors
/// When a file of `python.files` is missing, or the options contradict one another.
pub fn open_runtime(
    options: PythonOptions,
    default_mode: ExecutionMode,
    cancellation: Arc<Cancellation>,
) -> Result<Arc<dyn PythonRuntime>, EngineError> {
    let own = own_executable()?;
    let other = options
        .executable
        .clone()
        .filter(|executable| !is_same_interpreter(executable, &own));
    let mode = match (options.mode, &other) {
        (Some(ExecutionMode::Thread), Some(executable)) => {
            return Err(plain_error(
                format!(
                    "'python.execution-mode' is 'thread', which runs functions in this process's interpreter \
                     '{own}', but 'python.executable' is '{executable}'"
                ),
                Some("set 'python.execution-mode' to 'process', or leave 'python.executable' out"),
            ));
        }
        (Some(mode), _) => mode,
        (None, Some(_)) => ExecutionMode::Process,
        (None, None) => default_mode,
    };
    let files = PythonFiles::prepare(&options.files)?;
    Ok(match mode {
        ExecutionMode::Thread => Arc::new(ThreadRuntime::new(options, files, cancellation)?),
        ExecutionMode::Process => {
            // Another interpreter must not see this one's packages: they may be of another version.
            let fallback_path = if other.is_none() {
                own_search_path()?
            } else {
                Vec::new()
            };
            let executable = other.unwrap_or(own);
            Arc::new(ProcessRuntime::new(
                executable,
                options,
                files,
                fallback_path,
                cancellation,
            ))
        }
    })
}

/// The interpreter that runs this process.
fn own_executable() -> Result<String, EngineError> {
    Python::try_attach(|py| {
        py.import(intern!(py, "sys"))
            .and_then(|sys| sys.getattr(intern!(py, "executable")))
            .and_then(|executable| executable.extract::<String>())
            .map_err(|error| {
                runtime_error(
                    py,
                    "The Python interpreter does not say where it is",
                    &error,
                    None,
                )
            })
    })
    .unwrap_or_else(|| Err(interpreter_gone()))
}

/// What this process can import from. A program's own directory is among it, so that workers find the
/// modules beside the program as functions in this process do.
fn own_search_path() -> Result<Vec<String>, EngineError> {
    Python::try_attach(|py| {
        let path = || -> PyResult<Vec<String>> {
            let path = py.import(intern!(py, "sys"))?.getattr(intern!(py, "path"))?;
            // An empty entry stands for the current directory, which workers share.
            path.try_iter()?.map(|entry| entry?.str()?.extract()).collect()
        };
        path().map_err(|error| runtime_error(py, "Python's module search path cannot be read", &error, None))
    })
    .unwrap_or_else(|| Err(interpreter_gone()))
}

fn is_same_interpreter(named: &str, own: &str) -> bool {
    // Environments are told apart by the path, not by the file it links to: a virtual environment's
    // interpreter is a link to the one it was made with.
    named == own
}
