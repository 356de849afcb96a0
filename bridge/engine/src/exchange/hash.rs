//! Rows of one key to one subtask.
//!
//! As in Flink, a key belongs to one of a fixed number of key groups, and each subtask owns a range of
//! key groups, so that changing the parallelism moves whole groups.

use std::sync::Arc;

use arrow::array::{ArrayRef, UInt32Array};
use datafusion_common::hash_utils::{QualityRandomState, create_hashes};

use super::Partitioner;
use crate::Result;
use crate::chunk::Chunk;

/// The number of key groups, and so the highest parallelism of a keyed operator.
pub const MAX_PARALLELISM: usize = 128;

/// Splits chunks by the key group of some columns.
pub struct HashPartitioner {
    columns: Vec<usize>,
    receivers: usize,
    random: QualityRandomState,
    hashes: Vec<u64>,
}

impl HashPartitioner {
    /// By these columns, among at most [`MAX_PARALLELISM`] receivers.
    #[must_use]
    pub fn new(columns: Vec<usize>, receivers: usize) -> Self {
        Self {
            columns,
            receivers: receivers.clamp(1, MAX_PARALLELISM),
            // All senders must agree, and runs should not differ: the seed is fixed.
            random: QualityRandomState::with_seed(0x6e75_746b_696e),
            hashes: Vec::new(),
        }
    }

    fn receiver_of(&self, hash: u64) -> usize {
        let key_group = (hash >> 32) as usize % MAX_PARALLELISM;
        key_group * self.receivers / MAX_PARALLELISM
    }
}

impl Partitioner for HashPartitioner {
    fn split(&mut self, chunk: Chunk) -> Result<Vec<(usize, Chunk)>> {
        let rows = chunk.row_count();
        if self.receivers == 1 || rows == 0 {
            return Ok(vec![(0, chunk)]);
        }
        let columns: Vec<ArrayRef> = self
            .columns
            .iter()
            .map(|&index| Arc::clone(chunk.data.column(index)))
            .collect();
        self.hashes.clear();
        self.hashes.resize(rows, 0);
        create_hashes(&columns, &self.random, &mut self.hashes)?;
        let mut selections: Vec<Vec<u32>> = vec![Vec::new(); self.receivers];
        for (row, &hash) in (0_u32..).zip(&self.hashes) {
            selections[self.receiver_of(hash)].push(row);
        }
        let mut parts = Vec::with_capacity(self.receivers);
        for (receiver, selection) in selections.into_iter().enumerate() {
            if selection.len() == rows {
                return Ok(vec![(receiver, chunk)]);
            }
            if !selection.is_empty() {
                parts.push((receiver, chunk.take(&UInt32Array::from(selection))?));
            }
        }
        Ok(parts)
    }
}
