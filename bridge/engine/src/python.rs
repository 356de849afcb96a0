//! The seam to Python: the engine names what it needs, another crate knows PyO3.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch};
use arrow::datatypes::SchemaRef;
use nutkin_plan::stream::PythonCall;

use crate::Result;
use crate::job::Cancellation;
use crate::operator::OperatorContext;

/// Opens Python functions for operator instances.
pub trait PythonRuntime: Send + Sync {
    /// Loads the functions of `calls`, whose columns are those of `input`, and calls their `open`.
    ///
    /// # Errors
    /// When a function cannot be loaded, for example because a module is missing.
    fn open(
        &self,
        calls: &[PythonCall],
        input: SchemaRef,
        context: &OperatorContext,
    ) -> Result<Box<dyn PythonEvaluator>>;
}

/// Makes the runtimes of jobs. The extension module hands one to the gateway, which knows no Python.
pub trait PythonRuntimeFactory: Send + Sync {
    /// The runtime of a job with these options. Its work stops when `cancellation` says so.
    ///
    /// # Errors
    /// When a file that the options name is missing, or the options contradict one another.
    fn create(
        &self,
        options: &BTreeMap<String, String>,
        cancellation: Arc<Cancellation>,
    ) -> Result<Arc<dyn PythonRuntime>>;
}

/// Python functions opened for one operator instance.
pub trait PythonEvaluator: Send {
    /// Calls every function for every row: one column a call, of the call's result type.
    ///
    /// # Errors
    /// When a function raises or returns a value that does not fit; the error names function and row.
    fn evaluate(&mut self, input: &RecordBatch) -> Result<Vec<ArrayRef>>;

    /// Calls the functions' `close`.
    ///
    /// # Errors
    /// When a function's `close` raises.
    fn close(&mut self) -> Result<()>;
}

/// Finds the connectors and Python runtime that a plan names; implemented by the gateway, so that the
/// engine knows none of them.
pub trait Environment: Send + Sync {
    /// The source of a table.
    ///
    /// # Errors
    /// When the connector is unknown or its options are wrong.
    fn source(&self, table: &nutkin_plan::stream::ConnectorTable) -> Result<Arc<dyn crate::source::Source>>;

    /// The sink of a plan.
    ///
    /// # Errors
    /// As [`Environment::source`].
    fn sink(&self, node: &nutkin_plan::stream::SinkNode) -> Result<Arc<dyn crate::sink::Sink>>;

    /// The flag that ends the job. Whoever makes a [`PythonRuntime`] beforehand gives both the same one.
    fn cancellation(&self) -> Arc<Cancellation> {
        Arc::new(Cancellation::default())
    }

    /// The runtime of Python functions.
    fn python(&self) -> Arc<dyn PythonRuntime>;
}
