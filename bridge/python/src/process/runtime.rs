//! The runtime of process mode.

use std::sync::Arc;

use arrow::datatypes::SchemaRef;
use nutkin_engine::EngineError;
use nutkin_engine::job::Cancellation;
use nutkin_engine::operator::OperatorContext;
use nutkin_engine::python::{PythonEvaluator, PythonRuntime};
use nutkin_plan::stream::PythonCall;

use super::batch_stream::BatchEncoder;
use super::evaluator::ProcessEvaluator;
use super::frame::FrameKind;
use super::message::OpenMessage;
use super::worker_process::WorkerProcess;
use crate::files::PythonFiles;
use crate::options::PythonOptions;
use crate::thread::FunctionSurroundings;

/// Calls the functions of one job in worker processes, one an operator instance.
pub struct ProcessRuntime {
    executable: String,
    options: PythonOptions,
    files: PythonFiles,
    fallback_path: Vec<String>,
    cancellation: Arc<Cancellation>,
}

impl ProcessRuntime {
    /// A runtime whose workers are processes of `executable`. `fallback_path` goes behind their
    /// `sys.path`.
    #[must_use]
    pub fn new(
        executable: String,
        options: PythonOptions,
        files: PythonFiles,
        fallback_path: Vec<String>,
        cancellation: Arc<Cancellation>,
    ) -> Self {
        Self {
            executable,
            options,
            files,
            fallback_path,
            cancellation,
        }
    }
}

impl PythonRuntime for ProcessRuntime {
    fn open(
        &self,
        calls: &[PythonCall],
        input: SchemaRef,
        context: &OperatorContext,
    ) -> Result<Box<dyn PythonEvaluator>, EngineError> {
        let encoder = BatchEncoder::new(&input)?;
        let message = OpenMessage {
            input,
            calls: calls.to_vec(),
            surroundings: FunctionSurroundings::new(context, &self.options),
            search_path: self.files.search_path().to_vec(),
            fallback_path: self.fallback_path.clone(),
        };
        let message = message.encode()?;
        let names: Vec<String> = calls
            .iter()
            .map(|call| format!("'{}'", call.function.name))
            .collect();
        let functions = format!("Python function {}", names.join(", "));
        let mut worker = WorkerProcess::start(&self.executable, functions, Arc::clone(&self.cancellation))?;
        worker.ask(FrameKind::Open, &message)?;
        Ok(Box::new(ProcessEvaluator::new(worker, encoder)))
    }
}
