//! What all parts of one job share: its options, its cancellation and its figures.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use nutkin_functions::EvaluationContext;

/// Shared by all tasks of one job.
#[derive(Debug)]
pub struct JobContext {
    /// The job's name.
    pub job_name: String,
    /// The job's options: configuration keys such as `parallelism.default`.
    pub options: BTreeMap<String, String>,
    /// What expressions know of the session and the query.
    pub evaluation: EvaluationContext,
    /// The flag that ends the job early.
    pub cancellation: Arc<Cancellation>,
    /// The figures of the job.
    pub metrics: Arc<JobMetrics>,
}

/// A flag that many threads can wait on.
#[derive(Debug, Default)]
pub struct Cancellation {
    cancelled: AtomicBool,
    lock: Mutex<()>,
    changed: Condvar,
}

impl Cancellation {
    /// Asks everything that looks at this flag to stop.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::SeqCst);
        let _guard = self
            .lock
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        self.changed.notify_all();
    }

    /// Whether [`Cancellation::cancel`] was called.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::SeqCst)
    }

    /// Sleeps for at most `timeout`; returns early, with true, when cancelled. Every back-off of a
    /// connector waits here, so that no retry outlives its job.
    #[must_use]
    pub fn wait(&self, timeout: Duration) -> bool {
        let deadline = Instant::now() + timeout;
        let mut guard = self
            .lock
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        while !self.is_cancelled() {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            guard = match self.changed.wait_timeout(guard, left) {
                Ok((guard, _)) => guard,
                Err(poisoned) => poisoned.into_inner().0,
            };
        }
        true
    }
}

/// Counters that tasks add to and the progress line reads.
#[derive(Debug)]
pub struct JobMetrics {
    started: Instant,
    /// Rows that sources produced.
    pub rows_in: AtomicU64,
    /// Rows that sinks took.
    pub rows_out: AtomicU64,
    /// Records that were skipped because they could not be parsed.
    pub parse_errors: AtomicU64,
    /// Messages that the broker holds and sources have not read; -1 while unknown.
    pub lag: AtomicI64,
    /// Microseconds from the job's start to the first row at a sink; 0 while there is none.
    pub first_row_micros: AtomicU64,
}

/// The counters of a job at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MetricsSnapshot {
    /// Rows that sources produced.
    pub rows_in: u64,
    /// Rows that sinks took.
    pub rows_out: u64,
    /// Records skipped as malformed.
    pub parse_errors: u64,
    /// Unread messages at the broker, if known.
    pub lag: Option<u64>,
    /// Time from the job's start to the first row at a sink.
    pub first_row: Option<Duration>,
    /// Time since the job's start.
    pub elapsed: Duration,
}

impl Default for JobMetrics {
    fn default() -> Self {
        Self {
            started: Instant::now(),
            rows_in: AtomicU64::new(0),
            rows_out: AtomicU64::new(0),
            parse_errors: AtomicU64::new(0),
            lag: AtomicI64::new(-1),
            first_row_micros: AtomicU64::new(0),
        }
    }
}

impl JobMetrics {
    /// Counts rows that arrived at a sink, and notes when the first one did.
    pub fn count_rows_out(&self, rows: usize) {
        if rows > 0 && self.first_row_micros.load(Ordering::Relaxed) == 0 {
            let micros = u64::try_from(self.started.elapsed().as_micros())
                .unwrap_or(u64::MAX)
                .max(1);
            let _ = self
                .first_row_micros
                .compare_exchange(0, micros, Ordering::Relaxed, Ordering::Relaxed);
        }
        self.rows_out.fetch_add(rows as u64, Ordering::Relaxed);
    }

    /// The counters now.
    #[must_use]
    pub fn snapshot(&self) -> MetricsSnapshot {
        let first_row_micros = self.first_row_micros.load(Ordering::Relaxed);
        MetricsSnapshot {
            rows_in: self.rows_in.load(Ordering::Relaxed),
            rows_out: self.rows_out.load(Ordering::Relaxed),
            parse_errors: self.parse_errors.load(Ordering::Relaxed),
            lag: u64::try_from(self.lag.load(Ordering::Relaxed)).ok(),
            first_row: (first_row_micros > 0).then(|| Duration::from_micros(first_row_micros)),
            elapsed: self.started.elapsed(),
        }
    }
}
