//! A reader's share of the job's lag.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use nutkin_engine::job::JobContext;

/// How often the lag is counted.
const LAG_INTERVAL: Duration = Duration::from_secs(1);

/// What a reader adds to the job's lag.
pub(super) struct LagShare {
    context: Arc<JobContext>,
    reported: i64,
    next: Instant,
}

impl LagShare {
    pub(super) fn new(context: Arc<JobContext>) -> Self {
        Self {
            context,
            reported: 0,
            next: Instant::now(),
        }
    }

    /// Whether it is time to count again.
    pub(super) fn is_due(&mut self) -> bool {
        let now = Instant::now();
        if now < self.next {
            return false;
        }
        self.next = now + LAG_INTERVAL;
        true
    }

    /// Makes this reader's part of the job's lag so many messages.
    pub(super) fn set(&mut self, lag: i64) {
        self.context
            .metrics
            .lag
            .fetch_add(lag - self.reported, Ordering::Relaxed);
        self.reported = lag;
    }
}

impl Drop for LagShare {
    fn drop(&mut self) {
        self.set(0);
    }
}
