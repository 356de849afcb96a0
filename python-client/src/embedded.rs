//! The gateways of this process, with the Python runtimes that their jobs get.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use nutkin_engine::EngineError;
use nutkin_engine::job::Cancellation;
use nutkin_engine::python::{PythonRuntime, PythonRuntimeFactory};
use nutkin_gateway::Gateway;
use nutkin_python::{ExecutionMode, PythonOptions, open_runtime};

/// Makes the runtimes of jobs in this process.
struct Runtimes {
    default_mode: ExecutionMode,
    /// The interpreter of worker processes, unless a job names one.
    executable: Option<String>,
}

impl PythonRuntimeFactory for Runtimes {
    fn create(
        &self,
        options: &BTreeMap<String, String>,
        cancellation: Arc<Cancellation>,
    ) -> Result<Arc<dyn PythonRuntime>, EngineError> {
        let mut options = PythonOptions::from_options(options)?;
        options.executable = options.executable.or_else(|| self.executable.clone());
        open_runtime(options, self.default_mode, cancellation)
    }
}

/// The gateway inside of this program: functions run in the program's own interpreter.
pub(crate) fn embedded_gateway() -> &'static Gateway {
    static GATEWAY: OnceLock<Gateway> = OnceLock::new();
    GATEWAY.get_or_init(|| {
        Gateway::new(Some(Arc::new(Runtimes {
            default_mode: ExecutionMode::Thread,
            executable: None,
        })))
    })
}

/// A gateway for other programs: functions run in worker processes, so that none can harm another.
pub(crate) fn serving_gateway(executable: Option<String>) -> Gateway {
    Gateway::new(Some(Arc::new(Runtimes {
        default_mode: ExecutionMode::Process,
        executable,
    })))
}
