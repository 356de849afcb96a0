//! All rows of a sender to one subtask.

use super::Partitioner;
use crate::Result;
use crate::chunk::Chunk;

/// Sends every chunk whole to the same receiver, so that a sender's rows stay in order.
#[derive(Debug, Clone, Copy)]
pub struct FixedPartitioner {
    receiver: usize,
}

impl FixedPartitioner {
    /// To this receiver.
    #[must_use]
    pub fn new(receiver: usize) -> Self {
        Self { receiver }
    }
}

impl Partitioner for FixedPartitioner {
    fn split(&mut self, chunk: Chunk) -> Result<Vec<(usize, Chunk)>> {
        Ok(vec![(self.receiver, chunk)])
    }
}
