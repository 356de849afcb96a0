//! What the engine asks for while it makes a job of a plan.

use std::sync::Arc;

use nutkin_connectors::registry;
use nutkin_engine::Result;
use nutkin_engine::job::{Cancellation, CollectSink};
use nutkin_engine::python::{Environment, PythonRuntime};
use nutkin_engine::sink::Sink;
use nutkin_engine::source::Source;
use nutkin_plan::catalog::CatalogTable;
use nutkin_plan::stream::{ConnectorTable, SinkNode};

/// The surroundings of one job.
pub(crate) struct JobEnvironment {
    pub(crate) python: Arc<dyn PythonRuntime>,
    /// Ends the job, and what its Python functions are doing.
    pub(crate) cancellation: Arc<Cancellation>,
    /// The table that stands for the client in the plan of a query, and where its rows go.
    pub(crate) collect: Option<(Arc<CatalogTable>, Arc<CollectSink>)>,
}

impl Environment for JobEnvironment {
    fn source(&self, table: &ConnectorTable) -> Result<Arc<dyn Source>> {
        registry::create_source(table)
    }

    fn sink(&self, node: &SinkNode) -> Result<Arc<dyn Sink>> {
        match &self.collect {
            Some((table, sink)) if Arc::ptr_eq(table, &node.target.table) => {
                Ok(Arc::clone(sink) as Arc<dyn Sink>)
            }
            _ => registry::create_sink(node),
        }
    }

    fn cancellation(&self) -> Arc<Cancellation> {
        Arc::clone(&self.cancellation)
    }

    fn python(&self) -> Arc<dyn PythonRuntime> {
        Arc::clone(&self.python)
    }
}
