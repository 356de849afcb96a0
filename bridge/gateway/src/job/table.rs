//! The jobs of a session, or of a whole gateway.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::client::Job;

/// Jobs that somebody has to end. Those that have ended are forgotten when the next one comes.
#[derive(Default)]
pub(crate) struct JobTable {
    jobs: Mutex<Vec<Arc<Job>>>,
}

impl JobTable {
    pub(crate) fn add(&self, job: Arc<Job>) {
        let mut jobs = self.lock();
        jobs.retain(|job| !job.status().is_terminal());
        jobs.push(job);
    }

    /// The jobs that have not ended.
    pub(crate) fn running(&self) -> Vec<Arc<Job>> {
        let mut jobs = self.lock();
        jobs.retain(|job| !job.status().is_terminal());
        jobs.clone()
    }

    pub(crate) fn find(&self, id: &str) -> Option<Arc<Job>> {
        self.lock().iter().find(|job| job.id() == id).cloned()
    }

    /// Cancels all jobs and waits for their end, for at most `timeout` together.
    pub(crate) fn cancel_all(&self, timeout: Duration) {
        let jobs = std::mem::take(&mut *self.lock());
        for job in &jobs {
            job.cancel();
        }
        let deadline = Instant::now() + timeout;
        for job in &jobs {
            // One that does not end in time goes on ending; nobody waits for it any more.
            let _ = job.wait_quietly(deadline.saturating_duration_since(Instant::now()));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Arc<Job>>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
