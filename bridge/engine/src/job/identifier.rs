//! Identifiers of jobs.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

/// 128 random bits, printed as Flink prints a `JobID`: 32 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct JobId(u128);

impl JobId {
    /// An identifier that no other job has.
    #[must_use]
    pub fn random() -> Self {
        static COUNTER: AtomicU64 = AtomicU64::new(0);
        // The keys of the standard library's hashers come from the operating system.
        let seed = (COUNTER.fetch_add(1, Ordering::Relaxed), SystemTime::now());
        let high = RandomState::new().hash_one(seed);
        let low = RandomState::new().hash_one((high, seed));
        Self((u128::from(high) << 64) | u128::from(low))
    }
}

impl fmt::Display for JobId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:032x}", self.0)
    }
}
