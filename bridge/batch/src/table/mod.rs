//! Tables as DataFusion reads them.
//!
//! Every connector can be read through its bounded source ([`connector`]).

mod connector;

use std::sync::Arc;

use datafusion::catalog::TableProvider;
use nutkin_engine::Result;
use nutkin_engine::job::{EvaluationContext, JobContext, parallelism};
use nutkin_engine::python::{Environment, PythonRuntime};
use nutkin_plan::catalog::CatalogTable;

use connector::ConnectorTableProvider;

/// The tables of a job.
pub(crate) struct Tables {
    environment: Arc<dyn Environment>,
    job: Arc<JobContext>,
    parallelism: usize,
}

impl Tables {
    /// The tables that an environment knows, for a job.
    ///
    /// # Errors
    /// When the job's parallelism is no number.
    pub(crate) fn new(environment: Arc<dyn Environment>, job: Arc<JobContext>) -> Result<Self> {
        Ok(Self {
            parallelism: parallelism(&job.options)?,
            environment,
            job,
        })
    }

    /// A table to read.
    ///
    /// # Errors
    /// When its connector cannot be read, or never ends.
    pub(crate) fn provider(&self, table: &Arc<CatalogTable>) -> Result<Arc<dyn TableProvider>> {
        Ok(Arc::new(ConnectorTableProvider::new(
            Arc::clone(&self.environment),
            Arc::clone(&self.job),
            Arc::clone(table),
            self.parallelism,
        )?))
    }

    /// The runtime of Python functions.
    pub(crate) fn python(&self) -> Arc<dyn PythonRuntime> {
        self.environment.python()
    }

    /// The session and the query that expressions are computed for.
    pub(crate) fn evaluation(&self) -> &EvaluationContext {
        &self.job.evaluation
    }

    /// How many partitions a plan has.
    pub(crate) fn parallelism(&self) -> usize {
        self.parallelism
    }
}
