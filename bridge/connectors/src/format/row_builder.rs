//! Builders for the projected columns of rows, which can drop a row that turned out malformed.

use arrow::array::{ArrayRef, BooleanArray, RecordBatch, RecordBatchOptions};
use arrow::datatypes::SchemaRef;
use nutkin_engine::Result;
use nutkin_plan::types::LogicalType;

use super::column_builder::ColumnBuilder;

/// The columns of a batch being built.
pub(crate) struct RowBuilder {
    schema: SchemaRef,
    /// One builder a projected column.
    pub(crate) columns: Vec<ColumnBuilder>,
    rows: usize,
    /// Rows that are in the builders and must not leave them.
    dropped: Vec<usize>,
}

impl RowBuilder {
    pub(crate) fn new<'a>(schema: SchemaRef, types: impl Iterator<Item = &'a LogicalType>) -> Self {
        Self {
            schema,
            columns: types.map(ColumnBuilder::new).collect(),
            rows: 0,
            dropped: Vec::new(),
        }
    }

    /// How many rows were appended and not dropped.
    pub(crate) fn rows(&self) -> usize {
        self.rows - self.dropped.len()
    }

    /// Every column got its value.
    pub(crate) fn end_row(&mut self) {
        self.rows += 1;
    }

    /// The row failed after some of its columns, or parts of one, were appended.
    pub(crate) fn drop_row(&mut self) {
        self.dropped.push(self.rows);
        self.rows += 1;
        for column in &mut self.columns {
            column.repair(self.rows);
        }
    }

    pub(crate) fn finish(&mut self) -> Result<RecordBatch> {
        let rows = std::mem::take(&mut self.rows);
        let dropped = std::mem::take(&mut self.dropped);
        let mut columns = self
            .columns
            .iter_mut()
            .map(ColumnBuilder::finish)
            .collect::<Result<Vec<ArrayRef>, _>>()?;
        if !dropped.is_empty() {
            let mut keep = vec![true; rows];
            for &row in &dropped {
                if let Some(place) = keep.get_mut(row) {
                    *place = false;
                }
            }
            let keep = BooleanArray::from(keep);
            columns = columns
                .iter()
                .map(|column| arrow::compute::filter(column, &keep))
                .collect::<Result<_, _>>()?;
        }
        let options = RecordBatchOptions::new().with_row_count(Some(rows - dropped.len()));
        Ok(RecordBatch::try_new_with_options(
            self.schema.clone(),
            columns,
            &options,
        )?)
    }
}
