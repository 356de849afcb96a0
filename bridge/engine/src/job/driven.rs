//! Jobs that something else than the streaming engine runs.
//!
//! Batch execution has threads of its own; what a job is to the outside (its identifier, its states, its
//! cancellation and figures) is the same.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::context::JobContext;
use super::handle::{JobHandle, JobShared};
use crate::{EngineError, Result};

/// The side of a job that runs it.
#[derive(Debug)]
pub struct JobDriver {
    shared: Arc<JobShared>,
}

impl JobDriver {
    /// What the parts of the job share.
    #[must_use]
    pub fn context(&self) -> &Arc<JobContext> {
        &self.shared.context
    }

    /// Says that everything has been started.
    pub fn running(&self) {
        self.shared.running();
    }
}

/// Starts a job whose work is `run`, on a thread of its own, and returns at once. The job has ended when
/// `run` returns: it finished, failed, or was cancelled if the error is [`EngineError::Cancelled`]. `run`
/// has to look at the cancellation of its context.
///
/// # Errors
/// When there is no thread to be had.
pub fn drive(
    context: Arc<JobContext>,
    run: impl FnOnce(&JobDriver) -> Result<()> + Send + 'static,
) -> Result<JobHandle> {
    let shared = Arc::new(JobShared::new(context));
    let handle = JobHandle::new(Arc::clone(&shared));
    std::thread::Builder::new()
        .name("nutkin-job".to_owned())
        .spawn(move || {
            let driver = JobDriver {
                shared: Arc::clone(&shared),
            };
            match catch_unwind(AssertUnwindSafe(|| run(&driver))) {
                Ok(Ok(())) => {}
                Ok(Err(error)) => shared.fail(error),
                Err(_) => shared.fail(EngineError::Internal {
                    message: "a job panicked".to_owned(),
                }),
            }
            shared.ended();
        })
        .map_err(|error| EngineError::Io {
            doing: "starting the thread of a job".to_owned(),
            message: error.to_string(),
        })?;
    Ok(handle)
}
