//! Rows as an Arrow IPC stream: how they travel to clients.

use std::sync::Arc;

use arrow::array::{ArrayRef, Int8Array, RecordBatch};
use arrow::datatypes::{DataType, Field, Schema};
use arrow::error::ArrowError;
use arrow::ipc::writer::StreamWriter;
use nutkin_engine::EngineError;
use nutkin_engine::chunk::{Chunk, RowKind};

use crate::Result;

/// The name of the first column, which holds the kind of change as Flink's byte values.
pub(crate) const ROW_KIND_COLUMN: &str = "$row_kind";

/// The chunks, which have the same columns, as one stream with the kinds in front.
pub(super) fn encode(chunks: &[Chunk]) -> Result<Vec<u8>> {
    write(chunks).map_err(|error| EngineError::from(error).into())
}

fn write(chunks: &[Chunk]) -> Result<Vec<u8>, ArrowError> {
    let Some(first) = chunks.first() else {
        return Ok(Vec::new());
    };
    let batch = with_kinds(first)?;
    let mut writer = StreamWriter::try_new(Vec::new(), &batch.schema())?;
    writer.write(&batch)?;
    for chunk in &chunks[1..] {
        writer.write(&with_kinds(chunk)?)?;
    }
    writer.into_inner()
}

fn with_kinds(chunk: &Chunk) -> Result<RecordBatch, ArrowError> {
    let kinds = match &chunk.kinds {
        Some(kinds) => kinds.clone(),
        None => Int8Array::from_value(RowKind::Insert as i8, chunk.row_count()),
    };
    let mut fields = vec![Arc::new(Field::new(ROW_KIND_COLUMN, DataType::Int8, false))];
    fields.extend(chunk.data.schema().fields().iter().cloned());
    let mut columns: Vec<ArrayRef> = vec![Arc::new(kinds)];
    columns.extend(chunk.data.columns().iter().cloned());
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
}
