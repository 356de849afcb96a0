//! What a `StreamExecutionEnvironment` decides about the table environments made with it.

use std::sync::{Mutex, PoisonError};

/// Settings that table environments look at when they start a job.
#[derive(Default)]
pub(crate) struct StreamSettings {
    parallelism: Mutex<Option<usize>>,
}

impl StreamSettings {
    /// How many instances each operator has, if it was said.
    pub(crate) fn parallelism(&self) -> Option<usize> {
        *self.parallelism.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_parallelism(&self, parallelism: usize) {
        *self.parallelism.lock().unwrap_or_else(PoisonError::into_inner) = Some(parallelism);
    }
}
