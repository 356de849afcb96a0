//! The runtime of thread mode.

use std::sync::Arc;

use arrow::datatypes::SchemaRef;
use nutkin_engine::EngineError;
use nutkin_engine::job::Cancellation;
use nutkin_engine::operator::OperatorContext;
use nutkin_engine::python::{PythonEvaluator, PythonRuntime};
use nutkin_plan::stream::PythonCall;
use pyo3::prelude::*;

use super::evaluator::RowEvaluator;
use super::function::FunctionSurroundings;
use super::interruption::Interruption;
use super::search_path::SearchPath;
use crate::failure::interpreter_gone;
use crate::files::PythonFiles;
use crate::options::PythonOptions;

/// Calls the functions of one job in this process. Its files are on `sys.path` as long as it lives.
pub struct ThreadRuntime {
    options: PythonOptions,
    cancellation: Arc<Cancellation>,
    interruption: Arc<Interruption>,
    // In this order: a file is taken off the path before it is removed.
    _search_path: SearchPath,
    _files: PythonFiles,
}

impl ThreadRuntime {
    /// A runtime whose files are importable.
    ///
    /// # Errors
    /// When the interpreter is shutting down, or the system has no thread left.
    pub fn new(
        options: PythonOptions,
        files: PythonFiles,
        cancellation: Arc<Cancellation>,
    ) -> Result<Self, EngineError> {
        let search_path = SearchPath::extend(files.search_path())?;
        Ok(Self {
            options,
            interruption: Interruption::watch(Arc::clone(&cancellation))?,
            cancellation,
            _search_path: search_path,
            _files: files,
        })
    }
}

impl PythonRuntime for ThreadRuntime {
    fn open(
        &self,
        calls: &[PythonCall],
        input: SchemaRef,
        context: &OperatorContext,
    ) -> Result<Box<dyn PythonEvaluator>, EngineError> {
        let surroundings = FunctionSurroundings::new(context, &self.options);
        let evaluator = Python::try_attach(|py| {
            RowEvaluator::open(
                py,
                calls,
                input,
                &surroundings,
                Arc::clone(&self.cancellation),
                Arc::clone(&self.interruption),
            )
        });
        Ok(Box::new(evaluator.unwrap_or_else(|| Err(interpreter_gone()))?))
    }
}
