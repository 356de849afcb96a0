//! COUNT: rows, or rows whose argument is not NULL.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, Int64Array};
use arrow::buffer::NullBuffer;

use super::aggregate::{Aggregate, Change};
use crate::Result;

/// One word: the count.
#[derive(Default)]
pub(super) struct Count {
    nulls: Option<NullBuffer>,
}

impl Aggregate for Count {
    fn words(&self) -> usize {
        1
    }

    fn bind(&mut self, argument: Option<&ArrayRef>, _slots: usize) -> Result<()> {
        self.nulls = argument.and_then(|argument| argument.logical_nulls());
        Ok(())
    }

    fn apply(&mut self, words: &mut [u64], _slot: u32, row: usize, change: Change) -> Result<()> {
        if self.nulls.as_ref().is_none_or(|nulls| nulls.is_valid(row)) {
            words[0] = words[0].wrapping_add_signed(change.sign());
        }
        Ok(())
    }

    fn same(&self, left: &[u64], right: &[u64]) -> bool {
        left[0] == right[0]
    }

    fn results(&self, images: &[u64], stride: usize, offset: usize) -> Result<ArrayRef> {
        let counts: Vec<i64> = images
            .chunks_exact(stride)
            .map(|image| image[offset].cast_signed())
            .collect();
        Ok(Arc::new(Int64Array::from(counts)))
    }
}
