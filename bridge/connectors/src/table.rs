//! What connectors share about the tables they serve.

use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions, new_null_array};
use arrow::datatypes::{Schema as ArrowSchema, SchemaRef};
use nutkin_engine::{EngineError, Result};
use nutkin_plan::catalog::{CatalogTable, Column};
use nutkin_plan::stream::ConnectorTable;

/// The columns that the plan reads or writes, in its order.
pub(crate) fn projected_columns(table: &ConnectorTable) -> impl Iterator<Item = &Column> {
    table
        .projection
        .iter()
        .filter_map(|&position| table.table.schema.columns.get(position))
}

/// The Arrow schema of the projected columns.
pub(crate) fn projected_schema(table: &ConnectorTable) -> SchemaRef {
    schema_of(projected_columns(table))
}

/// The Arrow schema of some columns.
pub(crate) fn schema_of<'a>(columns: impl Iterator<Item = &'a Column>) -> SchemaRef {
    Arc::new(ArrowSchema::new(
        columns
            .map(|column| column.column_type.to_field(&column.name))
            .collect::<Vec<_>>(),
    ))
}

/// The rows of a sink with all columns of its table: those that the plan does not write are NULL.
pub(crate) fn all_columns(table: &ConnectorTable, batch: &RecordBatch) -> Result<RecordBatch> {
    let columns = &table.table.schema.columns;
    if table.projection.iter().copied().eq(0..columns.len()) {
        return Ok(batch.clone());
    }
    let arrays: Vec<ArrayRef> = columns
        .iter()
        .enumerate()
        .map(|(position, column)| {
            table
                .projection
                .iter()
                .position(|&projected| projected == position)
                .and_then(|index| batch.columns().get(index).cloned())
                .unwrap_or_else(|| new_null_array(&column.column_type.to_arrow(), batch.num_rows()))
        })
        .collect();
    let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
    Ok(RecordBatch::try_new_with_options(
        schema_of(columns.iter()),
        arrays,
        &options,
    )?)
}

/// An error of a connector at work, which names the table.
pub(crate) fn failure(
    connector: &str,
    table: &CatalogTable,
    message: impl Into<String>,
    hint: Option<String>,
) -> EngineError {
    EngineError::Connector {
        connector: format!("{connector} table {}", table.identifier),
        message: message.into(),
        hint,
    }
}
