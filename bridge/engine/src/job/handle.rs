//! What the outside sees of a job.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::context::{JobContext, MetricsSnapshot};
use super::identifier::JobId;
use super::status::JobStatus;
use crate::{EngineError, Result};

/// A job that ended by itself.
#[derive(Debug, Clone)]
pub struct JobResult {
    /// The job.
    pub job_id: JobId,
    /// From submission to the end.
    pub net_runtime: Duration,
    /// The final figures.
    pub metrics: MetricsSnapshot,
}

/// A submitted job. Clones are the same job; dropping them does not end it.
#[derive(Debug, Clone)]
pub struct JobHandle {
    shared: Arc<JobShared>,
}

/// What coordinator, tasks and handles share.
#[derive(Debug)]
pub(super) struct JobShared {
    pub(super) id: JobId,
    pub(super) context: Arc<JobContext>,
    started: Instant,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug)]
struct State {
    status: JobStatus,
    failure: Option<EngineError>,
    result: Option<Result<JobResult>>,
}

impl JobShared {
    pub(super) fn new(context: Arc<JobContext>) -> Self {
        Self {
            id: JobId::random(),
            context,
            started: Instant::now(),
            state: Mutex::new(State {
                status: JobStatus::Initializing,
                failure: None,
                result: None,
            }),
            changed: Condvar::new(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All tasks have been started.
    pub(super) fn running(&self) {
        let mut state = self.state();
        if state.status == JobStatus::Initializing {
            state.status = JobStatus::Running;
            self.changed.notify_all();
        }
    }

    /// Notes an error, unless there is one, and asks everything to stop. The first error is the cause;
    /// what follows from stopping is not reported.
    pub(super) fn fail(&self, error: EngineError) {
        let mut state = self.state();
        if state.failure.is_none() && !state.status.is_terminal() {
            state.status = match error {
                EngineError::Cancelled => JobStatus::Cancelling,
                _ => JobStatus::Failing,
            };
            state.failure = Some(error);
            self.changed.notify_all();
        }
        drop(state);
        self.context.cancellation.cancel();
    }

    /// The error noted so far.
    pub(super) fn failure(&self) -> Option<EngineError> {
        self.state().failure.clone()
    }

    /// Nothing of the job runs any more.
    pub(super) fn ended(&self) {
        let mut state = self.state();
        let (status, result) = match state.failure.clone() {
            None => (
                JobStatus::Finished,
                Ok(JobResult {
                    job_id: self.id,
                    net_runtime: self.started.elapsed(),
                    metrics: self.context.metrics.snapshot(),
                }),
            ),
            Some(EngineError::Cancelled) => (JobStatus::Canceled, Err(EngineError::Cancelled)),
            Some(error) => (JobStatus::Failed, Err(error)),
        };
        state.status = status;
        state.result = Some(result);
        self.changed.notify_all();
    }
}

impl JobHandle {
    pub(super) fn new(shared: Arc<JobShared>) -> Self {
        Self { shared }
    }

    /// The job's identifier.
    #[must_use]
    pub fn id(&self) -> JobId {
        self.shared.id
    }

    /// The job's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.shared.context.job_name
    }

    /// The job's state now.
    #[must_use]
    pub fn status(&self) -> JobStatus {
        self.shared.state().status
    }

    /// Asks the job to stop and returns at once; [`JobHandle::wait`] sees it end.
    pub fn cancel(&self) {
        self.shared.fail(EngineError::Cancelled);
    }

    /// Waits until the job has ended, at most for `timeout`; `None` when it still runs then.
    #[must_use]
    pub fn wait(&self, timeout: Option<Duration>) -> Option<Result<JobResult>> {
        let deadline = timeout.map(|timeout| Instant::now() + timeout);
        let mut state = self.shared.state();
        loop {
            if let Some(result) = &state.result {
                return Some(result.clone());
            }
            state = match deadline {
                None => self
                    .shared
                    .changed
                    .wait(state)
                    .unwrap_or_else(PoisonError::into_inner),
                Some(deadline) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        return None;
                    }
                    match self.shared.changed.wait_timeout(state, left) {
                        Ok((state, _)) => state,
                        Err(poisoned) => poisoned.into_inner().0,
                    }
                }
            };
        }
    }

    /// The job's figures now.
    #[must_use]
    pub fn metrics(&self) -> MetricsSnapshot {
        match &self.shared.state().result {
            Some(Ok(result)) => result.metrics,
            _ => self.shared.context.metrics.snapshot(),
        }
    }
}
