//! Instants as a session shows them: TIMESTAMP_LTZ has no zone of its own, so that printing makes local
//! times of it first.

use std::sync::Arc;

use arrow::array::{Array, RecordBatch, RecordBatchOptions};
use arrow::datatypes::{Field, Schema as ArrowSchema};
use nutkin_engine::EngineError;
use nutkin_engine::chunk::Chunk;
use nutkin_engine::functions::{EvaluationContext, SessionTimeZone, lower};
use nutkin_plan::catalog::Schema;
use nutkin_plan::expression::{ResolvedExpression, ResolvedFunction};
use nutkin_plan::function::definitions::CAST;
use nutkin_plan::types::{LogicalType, TypeKind};

use crate::Result;

/// The rows with local times of a zone in place of instants, and the columns that they have then.
/// Without a zone it is that of this machine.
///
/// # Errors
/// When there is no such zone.
pub(super) fn in_time_zone(
    schema: &Schema,
    chunk: Chunk,
    time_zone: Option<&str>,
) -> Result<(Schema, Chunk)> {
    let local = Schema {
        columns: schema
            .columns
            .iter()
            .map(|column| nutkin_plan::catalog::Column {
                column_type: local_type(&column.column_type),
                ..column.clone()
            })
            .collect(),
        ..schema.clone()
    };
    if local == *schema {
        return Ok((local, chunk));
    }
    let context = EvaluationContext {
        time_zone: match time_zone {
            Some(name) => SessionTimeZone::parse(name).map_err(EngineError::from)?,
            None => SessionTimeZone::system(),
        },
        ..EvaluationContext::default()
    };
    let mut columns = Vec::with_capacity(local.columns.len());
    for (index, (before, after)) in schema.columns.iter().zip(&local.columns).enumerate() {
        if before.column_type == after.column_type {
            columns.push(Arc::clone(chunk.data.column(index)));
            continue;
        }
        let cast = ResolvedExpression::Call {
            function: ResolvedFunction::BuiltIn(&CAST),
            arguments: vec![ResolvedExpression::Field {
                index,
                name: before.name.clone(),
                field_type: before.column_type.clone(),
            }],
            result_type: after.column_type.clone(),
        };
        let cast = lower(&cast, &chunk.data.schema(), &context).map_err(EngineError::from)?;
        let value = cast.evaluate(&chunk.data).map_err(EngineError::from)?;
        columns.push(value.into_array(chunk.row_count()).map_err(EngineError::from)?);
    }
    let fields: Vec<Field> = local
        .columns
        .iter()
        .zip(&columns)
        .map(|(column, values)| Field::new(&column.name, values.data_type().clone(), true))
        .collect();
    let options = RecordBatchOptions::new().with_row_count(Some(chunk.row_count()));
    let data = RecordBatch::try_new_with_options(Arc::new(ArrowSchema::new(fields)), columns, &options)
        .map_err(EngineError::from)?;
    Ok((
        local,
        Chunk {
            data,
            kinds: chunk.kinds,
        },
    ))
}

/// The type with TIMESTAMP in place of TIMESTAMP_LTZ.
fn local_type(logical_type: &LogicalType) -> LogicalType {
    let kind = match &logical_type.kind {
        TypeKind::TimestampLtz(precision) => TypeKind::Timestamp(*precision),
        TypeKind::Array(element) => TypeKind::Array(Box::new(local_type(element))),
        TypeKind::Multiset(element) => TypeKind::Multiset(Box::new(local_type(element))),
        TypeKind::Map(key, value) => TypeKind::Map(Box::new(local_type(key)), Box::new(local_type(value))),
        TypeKind::Row(fields) => TypeKind::Row(
            fields
                .iter()
                .map(|field| nutkin_plan::types::RowField {
                    field_type: local_type(&field.field_type),
                    ..field.clone()
                })
                .collect(),
        ),
        other => other.clone(),
    };
    LogicalType {
        kind,
        nullable: logical_type.nullable,
    }
}

#[cfg(test)]
mod tests {
    use arrow::array::{AsArray, TimestampMillisecondArray};
    use arrow::datatypes::TimestampMillisecondType;
    use nutkin_plan::catalog::Column;
    use nutkin_plan::types::{TypeDialect, parse_type};

    use super::*;

    /// 2021-07-01T00:00:00Z is eight hours later on the clocks of Shanghai.
    #[test]
    fn instants_become_local_times_of_the_zone() {
        let schema = Schema {
            columns: vec![Column {
                name: "at".to_owned(),
                column_type: parse_type("TIMESTAMP_LTZ(3)", TypeDialect::Ddl).unwrap(),
                comment: None,
            }],
            primary_key: Vec::new(),
        };
        let instants = TimestampMillisecondArray::from(vec![1_625_097_600_000]).with_timezone("UTC");
        let data = RecordBatch::try_new(schema.to_arrow(), vec![Arc::new(instants)]).unwrap();
        let (local, chunk) = in_time_zone(&schema, Chunk::inserts(data), Some("Asia/Shanghai")).unwrap();
        assert_eq!(local.columns[0].column_type.as_summary_string(), "TIMESTAMP(3)");
        let column = chunk.data.column(0).as_primitive::<TimestampMillisecondType>();
        assert_eq!(column.value(0), 1_625_097_600_000 + 8 * 3_600_000);
    }
}
