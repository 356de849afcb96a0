//! The rows that a chunk of input brings about, as images of records, until they become columns.

use std::sync::Arc;

use arrow::array::{ArrayRef, Int8Array, RecordBatch, RecordBatchOptions};
use arrow::datatypes::SchemaRef;

use super::call::BoundCall;
use super::keys::KeyIndex;
use crate::Result;
use crate::chunk::{Chunk, RowKind};

/// Images of records with the kinds of the rows they become.
#[derive(Default)]
pub(super) struct Emission {
    kinds: Vec<i8>,
    slots: Vec<u32>,
    images: Vec<u64>,
}

impl Emission {
    /// Adds a row.
    pub(super) fn push(&mut self, kind: RowKind, slot: u32, record: &[u64]) {
        self.kinds.push(kind as i8);
        self.slots.push(slot);
        self.images.extend_from_slice(record);
    }

    /// The rows as columns: grouping columns, then one column a call; `None` if there are no rows.
    pub(super) fn into_chunk(
        self,
        keys: &KeyIndex,
        calls: &[BoundCall],
        stride: usize,
        schema: &SchemaRef,
    ) -> Result<Option<Chunk>> {
        let rows = self.slots.len();
        if rows == 0 {
            return Ok(None);
        }
        let mut columns: Vec<ArrayRef> = keys.decode(&self.slots)?;
        for call in calls {
            columns.push(call.results(&self.images, stride)?);
        }
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        let data = RecordBatch::try_new_with_options(Arc::clone(schema), columns, &options)?;
        let only_inserts = self.kinds.iter().all(|&kind| kind == RowKind::Insert as i8);
        Ok(Some(Chunk {
            data,
            kinds: (!only_inserts).then(|| Int8Array::from(self.kinds)),
        }))
    }
}
