//! Changes that wait to be written: the last one of each key, or all rows of a table without a key.

use std::collections::HashMap;

use arrow::array::{Array, ArrayRef, RecordBatch};
use arrow::compute::interleave_record_batch;
use arrow::datatypes::SchemaRef;
use arrow::row::{RowConverter, SortField};
use nutkin_engine::Result;
use nutkin_engine::chunk::{Chunk, RowKind};

/// Rows that are kept beyond the last ones of each key before the buffer is packed.
const SLACK_ROWS: usize = 65_536;

/// Changes in the order in which their keys first appeared.
pub(super) struct ChangeBuffer {
    key: Vec<usize>,
    converter: RowConverter,
    batches: Vec<RecordBatch>,
    rows_held: usize,
    changes: Vec<Change>,
    position_of_key: HashMap<Box<[u8]>, usize>,
    received: usize,
}

/// Where the last change of a key is.
#[derive(Debug, Clone, Copy)]
struct Change {
    batch: usize,
    row: usize,
    is_delete: bool,
}

/// What a flush writes.
#[derive(Debug)]
pub(super) struct Changes {
    /// Rows to delete; only their key counts.
    pub(super) deletes: Option<RecordBatch>,
    /// Rows to insert or overwrite.
    pub(super) writes: Vec<RecordBatch>,
}

impl Changes {
    /// How many rows there are.
    pub(super) fn row_count(&self) -> usize {
        self.deletes
            .iter()
            .chain(&self.writes)
            .map(RecordBatch::num_rows)
            .sum()
    }
}

impl ChangeBuffer {
    /// An empty buffer for rows of this schema, with the positions of the key's columns; none means
    /// that rows are only ever added.
    pub(super) fn new(schema: &SchemaRef, key: Vec<usize>) -> Result<Self> {
        let fields = key
            .iter()
            .filter_map(|position| schema.fields().get(*position))
            .map(|field| SortField::new(field.data_type().clone()))
            .collect();
        Ok(Self {
            key,
            converter: RowConverter::new(fields)?,
            batches: Vec::new(),
            rows_held: 0,
            changes: Vec::new(),
            position_of_key: HashMap::new(),
            received: 0,
        })
    }

    /// How many rows arrived since the last [`ChangeBuffer::take`]: what Flink counts for a flush, though
    /// fewer rows may be left to write.
    pub(super) fn received(&self) -> usize {
        self.received
    }

    /// Takes rows in. -U says the same as -D: without it, a row that an update moves out of a filter
    /// would stay; where +U follows, it wins.
    pub(super) fn push(&mut self, chunk: Chunk) -> Result<()> {
        let rows = chunk.row_count();
        if rows == 0 {
            return Ok(());
        }
        self.received += rows;
        self.rows_held += rows;
        let batch = self.batches.len();
        if !self.key.is_empty() {
            let columns: Vec<ArrayRef> = self
                .key
                .iter()
                .filter_map(|position| chunk.data.columns().get(*position))
                .cloned()
                .collect();
            let keys = self.converter.convert_columns(&columns)?;
            for (row, key) in keys.iter().enumerate() {
                let kind = match &chunk.kinds {
                    Some(kinds) if !kinds.is_null(row) => RowKind::from_byte(kinds.value(row)),
                    _ => None,
                };
                let change = Change {
                    batch,
                    row,
                    is_delete: matches!(kind, Some(RowKind::UpdateBefore | RowKind::Delete)),
                };
                match self.position_of_key.get(key.as_ref()) {
                    Some(position) => {
                        if let Some(known) = self.changes.get_mut(*position) {
                            *known = change;
                        }
                    }
                    None => {
                        self.position_of_key
                            .insert(key.as_ref().into(), self.changes.len());
                        self.changes.push(change);
                    }
                }
            }
        }
        self.batches.push(chunk.data);
        if !self.key.is_empty() && self.rows_held > 4 * self.changes.len() + SLACK_ROWS {
            self.pack()?;
        }
        Ok(())
    }

    /// Takes everything out.
    pub(super) fn take(&mut self) -> Result<Changes> {
        let changes = if self.key.is_empty() {
            Changes {
                deletes: None,
                writes: std::mem::take(&mut self.batches),
            }
        } else {
            Changes {
                deletes: self.gather(|change| change.is_delete)?,
                writes: self.gather(|change| !change.is_delete)?.into_iter().collect(),
            }
        };
        self.batches.clear();
        self.changes.clear();
        self.position_of_key.clear();
        self.rows_held = 0;
        self.received = 0;
        Ok(changes)
    }

    /// Drops rows that were overwritten, so that a few keys that change all the time need little memory.
    fn pack(&mut self) -> Result<()> {
        self.batches = self.gather(|_| true)?.into_iter().collect();
        self.rows_held = self.changes.len();
        for (row, change) in self.changes.iter_mut().enumerate() {
            change.batch = 0;
            change.row = row;
        }
        Ok(())
    }

    fn gather(&self, wanted: impl Fn(&Change) -> bool) -> Result<Option<RecordBatch>> {
        let places: Vec<(usize, usize)> = self
            .changes
            .iter()
            .filter(|change| wanted(change))
            .map(|change| (change.batch, change.row))
            .collect();
        if places.is_empty() {
            return Ok(None);
        }
        let batches: Vec<&RecordBatch> = self.batches.iter().collect();
        Ok(Some(interleave_record_batch(&batches, &places)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::{AsArray, Int8Array, Int64Array, StringArray};
    use arrow::datatypes::{DataType, Field, Int64Type, Schema};
    use std::sync::Arc;

    fn schema() -> SchemaRef {
        Arc::new(Schema::new(vec![
            Field::new("k", DataType::Utf8, true),
            Field::new("v", DataType::Int64, true),
        ]))
    }

    fn chunk(rows: &[(RowKind, &str, i64)]) -> Chunk {
        let data = RecordBatch::try_new(
            schema(),
            vec![
                Arc::new(StringArray::from_iter_values(rows.iter().map(|row| row.1))),
                Arc::new(Int64Array::from_iter_values(rows.iter().map(|row| row.2))),
            ],
        )
        .unwrap();
        Chunk {
            data,
            kinds: Some(Int8Array::from_iter_values(rows.iter().map(|row| row.0 as i8))),
        }
    }

    fn rows(batch: &RecordBatch) -> Vec<(String, i64)> {
        let keys = batch.column(0).as_string::<i32>();
        let values = batch.column(1).as_primitive::<Int64Type>();
        (0..batch.num_rows())
            .map(|row| (keys.value(row).to_owned(), values.value(row)))
            .collect()
    }

    fn pair(key: &str, value: i64) -> (String, i64) {
        (key.to_owned(), value)
    }

    #[test]
    fn last_change_of_a_key_wins() {
        use RowKind::{Delete, Insert, UpdateAfter, UpdateBefore};
        let mut buffer = ChangeBuffer::new(&schema(), vec![0]).unwrap();
        buffer
            .push(chunk(&[(Insert, "a", 1), (Insert, "b", 1), (Insert, "c", 1)]))
            .unwrap();
        buffer
            .push(chunk(&[
                (UpdateBefore, "a", 1),
                (UpdateAfter, "a", 2),
                (Delete, "b", 1),
                (UpdateBefore, "c", 1),
                (Delete, "d", 9),
                (Insert, "d", 10),
            ]))
            .unwrap();
        assert_eq!(buffer.received(), 9);
        let changes = buffer.take().unwrap();
        assert_eq!(rows(&changes.writes[0]), [pair("a", 2), pair("d", 10)]);
        assert_eq!(
            rows(changes.deletes.as_ref().unwrap()),
            [pair("b", 1), pair("c", 1)]
        );
        assert_eq!(buffer.received(), 0);
        assert_eq!(buffer.take().unwrap().row_count(), 0);
    }

    #[test]
    fn without_a_key_every_row_is_kept() {
        let mut buffer = ChangeBuffer::new(&schema(), Vec::new()).unwrap();
        buffer
            .push(chunk(&[(RowKind::Insert, "a", 1), (RowKind::Insert, "a", 1)]))
            .unwrap();
        buffer.push(chunk(&[(RowKind::Insert, "a", 2)])).unwrap();
        let changes = buffer.take().unwrap();
        assert_eq!(changes.row_count(), 3);
        assert_eq!(rows(&changes.writes[1]), [pair("a", 2)]);
    }

    #[test]
    fn overwritten_rows_do_not_pile_up() {
        let mut buffer = ChangeBuffer::new(&schema(), vec![0]).unwrap();
        for value in 0..20 {
            let rows: Vec<(RowKind, &str, i64)> = (0..10_000)
                .map(|row| {
                    (
                        RowKind::UpdateAfter,
                        if row % 2 == 0 { "even" } else { "odd" },
                        value,
                    )
                })
                .collect();
            buffer.push(chunk(&rows)).unwrap();
            assert!(buffer.rows_held <= SLACK_ROWS + 8, "{}", buffer.rows_held);
        }
        let changes = buffer.take().unwrap();
        assert_eq!(rows(&changes.writes[0]), [pair("even", 19), pair("odd", 19)]);
    }
}
