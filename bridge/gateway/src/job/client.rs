//! One job that runs or has run.

use std::sync::Arc;
use std::time::Duration;

use nutkin_engine::EngineError;
use nutkin_engine::job::{JobHandle, JobResult, JobStatus, MetricsSnapshot};
use tempfile::TempDir;

use crate::interrupt::{Interrupt, wait_interruptibly};
use crate::{GatewayError, Result};

/// A job with what it needs to stay.
pub(crate) struct Job {
    handle: JobHandle,
    /// Uploaded Python files, which worker processes import from.
    _files: Option<Arc<TempDir>>,
}

impl Job {
    pub(crate) fn new(handle: JobHandle, files: Option<Arc<TempDir>>) -> Self {
        Self {
            handle,
            _files: files,
        }
    }

    /// The identifier, as 32 hexadecimal digits.
    pub(crate) fn id(&self) -> String {
        self.handle.id().to_string()
    }

    pub(crate) fn name(&self) -> &str {
        self.handle.name()
    }

    pub(crate) fn status(&self) -> JobStatus {
        self.handle.status()
    }

    pub(crate) fn metrics(&self) -> MetricsSnapshot {
        self.handle.metrics()
    }

    /// Asks the job to stop; returns at once.
    pub(crate) fn cancel(&self) {
        self.handle.cancel();
    }

    /// Waits for the end of the job, for at most `timeout`; `None` when it still runs then.
    ///
    /// # Errors
    /// When the job failed or was cancelled, or the caller gave up waiting.
    pub(crate) fn wait(
        &self,
        timeout: Option<Duration>,
        interrupt: &dyn Interrupt,
    ) -> Result<Option<JobResult>> {
        let ended = wait_interruptibly(interrupt, timeout, |step| self.handle.wait(Some(step)))?;
        ended
            .map(|result| result.map_err(|error| self.failure(error)))
            .transpose()
    }

    /// Waits for the end of the job without caring how it ended; whether it has.
    pub(crate) fn wait_quietly(&self, timeout: Duration) -> bool {
        self.handle.wait(Some(timeout)).is_some()
    }

    fn failure(&self, error: EngineError) -> GatewayError {
        let job = self.name().to_owned();
        match error {
            EngineError::Cancelled => GatewayError::JobCancelled { job },
            error => GatewayError::JobFailed { job, error },
        }
    }
}
