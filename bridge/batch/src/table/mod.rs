//! Tables as DataFusion reads them.
//!
//! Files are listed here, so that partitions nobody needs are not read ([`files`]); those of Parquet are
//! read by DataFusion itself ([`parquet`]), with filters and columns pushed into them, all others by the
//! decoders of `nutkin-connectors`, because their dialects are Flink's. Every other connector is read
//! through its bounded source ([`connector`]).

mod connector;
mod files;
mod parquet;
mod partitions;
mod source_scan;

use std::sync::Arc;

use datafusion::catalog::TableProvider;
use nutkin_connectors::filesystem::FileScan;
use nutkin_engine::Result;
use nutkin_engine::job::{EvaluationContext, JobContext, parallelism};
use nutkin_engine::python::{Environment, PythonRuntime};
use nutkin_plan::catalog::CatalogTable;

use connector::ConnectorTableProvider;
use files::FileTableProvider;

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
        if let Some(files) = FileScan::of(table)? {
            let job = Arc::clone(&self.job);
            return Ok(Arc::new(FileTableProvider::new(
                files,
                job,
                Arc::clone(table),
                self.parallelism,
            )?));
        }
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
