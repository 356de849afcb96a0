//! Rows that a statement answers with at once, such as those of `SHOW`.

use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray, Int64Array, RecordBatch, StringArray};
use nutkin_engine::EngineError;
use nutkin_engine::chunk::Chunk;
use nutkin_plan::catalog::{Column, Schema};
use nutkin_plan::expression::LiteralValue;
use nutkin_plan::types::{LogicalType, TypeKind};

use crate::{GatewayError, Result};

/// A chunk of rows of texts and booleans.
pub(crate) fn rows_of(schema: &Schema, rows: &[Vec<LiteralValue>]) -> Result<Chunk> {
    let mut columns: Vec<ArrayRef> = Vec::with_capacity(schema.columns.len());
    for (position, column) in schema.columns.iter().enumerate() {
        let values = rows
            .iter()
            .map(|row| row.get(position).unwrap_or(&LiteralValue::Null));
        let array: ArrayRef = match column.column_type.kind {
            TypeKind::Boolean => Arc::new(values.map(as_boolean).collect::<Result<BooleanArray>>()?),
            _ => Arc::new(values.map(as_text).collect::<Result<StringArray>>()?),
        };
        columns.push(array);
    }
    chunk(schema, columns)
}

/// What `INSERT` answers with: for each sink how many rows were written, which is -1 for unknown.
pub(crate) fn count_rows(sinks: &[String]) -> Result<(Schema, Chunk)> {
    let schema = Schema {
        columns: sinks
            .iter()
            .map(|sink| Column {
                name: sink.clone(),
                column_type: LogicalType::nullable(TypeKind::BigInt),
                comment: None,
            })
            .collect(),
        primary_key: Vec::new(),
    };
    let columns = sinks
        .iter()
        .map(|_| Arc::new(Int64Array::from(vec![-1])) as ArrayRef)
        .collect();
    let chunk = chunk(&schema, columns)?;
    Ok((schema, chunk))
}

fn chunk(schema: &Schema, columns: Vec<ArrayRef>) -> Result<Chunk> {
    let batch = RecordBatch::try_new(schema.to_arrow(), columns).map_err(EngineError::from)?;
    Ok(Chunk::inserts(batch))
}

fn as_boolean(value: &LiteralValue) -> Result<Option<bool>> {
    match value {
        LiteralValue::Null => Ok(None),
        LiteralValue::Boolean(value) => Ok(Some(*value)),
        other => Err(unexpected(other)),
    }
}

fn as_text(value: &LiteralValue) -> Result<Option<&str>> {
    match value {
        LiteralValue::Null => Ok(None),
        LiteralValue::String(text) => Ok(Some(text)),
        other => Err(unexpected(other)),
    }
}

fn unexpected(value: &LiteralValue) -> GatewayError {
    GatewayError::Internal {
        message: format!("a statement answered with the value {value:?} in a column of another type"),
    }
}
