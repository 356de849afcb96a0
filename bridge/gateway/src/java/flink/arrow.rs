//! Rows in bulk: `from_elements`, `from_pandas` and `to_pandas`.

use std::path::Path;
use std::str::FromStr as _;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray as _, RecordBatch, TimestampMicrosecondArray};
use arrow::compute::{cast, concat_batches};
use arrow::datatypes::{DataType as ArrowType, Field, Int8Type, Schema, TimeUnit, TimestampMicrosecondType};
use arrow::error::ArrowError;
use arrow::ipc::reader::StreamReader;
use arrow::ipc::writer::StreamWriter;
use arrow::row::{RowConverter, SortField};
use chrono::{DateTime, TimeZone as _};
use nutkin_plan::operation::QueryOperation;
use nutkin_plan::types::{LogicalType, TypeKind};

use super::super::call::Call;
use super::super::class::Class;
use super::super::collection::iterator::JavaIterator;
use super::super::failure::{Failure, Outcome};
use super::super::value::JavaValue;
use super::data_type::DataType;
use super::elements;
use super::environment::time_zone;
use super::result::next_batches;
use crate::class::{Table, TableEnvironmentObject};
use crate::environment::TableEnvironment;
use crate::model::JavaObject;

/// What `createArrowTableSourceDesc` answers: rows, and the type of their columns.
pub(super) struct ArrowSource {
    rows: Vec<RecordBatch>,
    row_type: LogicalType,
}

impl JavaObject for ArrowSource {
    fn class_name(&self) -> &'static str {
        "org.apache.flink.table.runtime.arrow.ArrowSource"
    }
}

fn broken(error: &ArrowError) -> Failure {
    Failure::thrown("java.io.IOException", error.to_string())
}

pub(super) fn classes() -> Vec<Class> {
    vec![
        Class::new("org.apache.flink.table.utils.python.PythonTableUtils").function(
            "Object createTableFromElement(org.apache.flink.table.api.TableEnvironment, String, DataType, boolean)",
            |call| {
                let environment = Arc::clone(&call.object::<TableEnvironmentObject>(0)?.environment);
                let row_type = call.object::<DataType>(2)?.logical.clone();
                let bytes = read(call.text(1)?)?;
                let stream = elements::to_arrow(&bytes, &row_type)?;
                table(&environment, stream, &row_type)
            },
        ),
        Class::new("org.apache.flink.table.runtime.arrow.ArrowSource"),
        Class::new("org.apache.flink.table.runtime.arrow.ArrowUtils")
            .function("Object createArrowTableSourceDesc(DataType, String)", |call| {
                // The client deletes the file as soon as it has the answer.
                let bytes = read(call.text(1)?)?;
                let rows = StreamReader::try_new(bytes.as_slice(), None)
                    .and_then(Iterator::collect)
                    .map_err(|error| broken(&error))?;
                Ok(JavaValue::object(ArrowSource {
                    rows,
                    row_type: call.object::<DataType>(0)?.logical.clone(),
                }))
            })
            .function(
                "Iterator collectAsPandasDataFrame(org.apache.flink.table.api.Table, int)",
                collect,
            ),
    ]
}

fn read(path: &str) -> Outcome<Vec<u8>> {
    std::fs::read(Path::new(path))
        .map_err(|error| Failure::thrown("java.io.IOException", format!("{path}: {error}")))
}

/// A table of an Arrow stream.
fn table(environment: &Arc<TableEnvironment>, stream: Vec<u8>, row_type: &LogicalType) -> Outcome {
    let operation = environment.table_of_rows(stream, &row_type.as_serializable_string())?;
    Ok(JavaValue::object(Table::new(Arc::clone(environment), operation)))
}

impl ArrowSource {
    /// The query that gives the rows.
    pub(super) fn operation(&self, environment: &TableEnvironment) -> Outcome<Arc<QueryOperation>> {
        let zone = time_zone(environment);
        let stream = self.stream(&zone).map_err(|error| broken(&error))?;
        Ok(environment.table_of_rows(stream, &self.row_type.as_serializable_string())?)
    }

    /// The rows as the engine has them. PyFlink sends instants as the session's clock shows them.
    fn stream(&self, zone: &str) -> Result<Vec<u8>, ArrowError> {
        let TypeKind::Row(fields) = &self.row_type.kind else {
            return Err(ArrowError::SchemaError("the rows are of no ROW type".to_owned()));
        };
        let schema = Arc::new(Schema::new(
            fields
                .iter()
                .map(|field| field.field_type.to_field(&field.name))
                .collect::<Vec<Field>>(),
        ));
        let mut writer = StreamWriter::try_new(Vec::new(), &schema)?;
        for rows in &self.rows {
            let columns = rows
                .columns()
                .iter()
                .zip(schema.fields())
                .map(|(column, field)| match field.data_type() {
                    ArrowType::Timestamp(_, Some(_)) => {
                        cast(&shifted(column, zone, Direction::ToInstant)?, field.data_type())
                    }
                    wanted => cast(column, wanted),
                })
                .collect::<Result<Vec<ArrayRef>, ArrowError>>()?;
            writer.write(&RecordBatch::try_new(Arc::clone(&schema), columns)?)?;
        }
        writer.into_inner()
    }
}

/// Between instants and what the clock of a zone shows.
#[derive(Clone, Copy)]
enum Direction {
    ToInstant,
    ToClock,
}

/// A column of instants as microseconds, moved by the distance of a zone from UTC.
fn shifted(column: &ArrayRef, zone: &str, direction: Direction) -> Result<ArrayRef, ArrowError> {
    let naive = cast(column, &ArrowType::Timestamp(TimeUnit::Microsecond, None))?;
    let Ok(zone) = chrono_tz::Tz::from_str(zone) else {
        return Ok(naive);
    };
    let moved: TimestampMicrosecondArray = naive.as_primitive::<TimestampMicrosecondType>().unary(|micros| {
        match (DateTime::from_timestamp_micros(micros), direction) {
            (Some(at), Direction::ToClock) => {
                at.with_timezone(&zone).naive_local().and_utc().timestamp_micros()
            }
            (Some(at), Direction::ToInstant) => zone
                .from_local_datetime(&at.naive_utc())
                .earliest()
                .map_or(micros, |instant| instant.timestamp_micros()),
            (None, _) => micros,
        }
    });
    Ok(Arc::new(moved))
}

/// Runs a query and gives its rows in pieces of an Arrow stream, the schema before the first.
fn collect(call: &mut Call<'_>) -> Outcome {
    let table = call.object::<Table>(0)?;
    let rows_in_batch = call.index(1)?.max(1);
    let environment = &table.environment;
    let result = environment.execute_query(&call.machine.session, &table.operation)?;
    let mut batches = Vec::new();
    while let Some(more) = next_batches(&result, &*call.thread.interrupt)? {
        batches.extend(more);
    }
    let zone = time_zone(environment);
    let chunks = chunks(&batches, &zone, rows_in_batch).map_err(|error| broken(&error))?;
    Ok(JavaValue::object(JavaIterator::new(
        chunks.into_iter().map(JavaValue::from).collect(),
    )))
}

fn chunks(batches: &[RecordBatch], zone: &str, rows_in_batch: usize) -> Result<Vec<Vec<u8>>, ArrowError> {
    let Some(first) = batches.first() else {
        return Ok(Vec::new());
    };
    let all = concat_batches(&first.schema(), batches)?;
    let kept = without_retracted(&all)?;
    if kept.num_rows() == 0 {
        return Ok(Vec::new());
    }
    let columns = kept
        .columns()
        .iter()
        .map(|column| match column.data_type() {
            ArrowType::Timestamp(_, Some(_)) => shifted(column, zone, Direction::ToClock),
            _ => Ok(Arc::clone(column)),
        })
        .collect::<Result<Vec<ArrayRef>, ArrowError>>()?;
    let schema = kept.schema();
    let fields = schema.fields().iter().zip(&columns);
    let fields: Vec<Field> = fields
        .map(|(field, column)| Field::new(field.name(), column.data_type().clone(), field.is_nullable()))
        .collect();
    let rows = RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)?;
    let mut writer = StreamWriter::try_new(Vec::new(), &rows.schema())?;
    let mut written = 0;
    let mut chunks = Vec::new();
    for start in (0..rows.num_rows()).step_by(rows_in_batch) {
        writer.write(&rows.slice(start, rows_in_batch.min(rows.num_rows() - start)))?;
        writer.flush()?;
        let bytes = writer.get_ref();
        chunks.push(bytes[written..].to_vec());
        written = bytes.len();
    }
    Ok(chunks)
}

/// The rows that are left when each retraction has taken an equal row with it, without the kinds.
fn without_retracted(rows: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    let kinds = rows.column(0).as_primitive::<Int8Type>();
    let positions: Vec<usize> = (1..rows.num_columns()).collect();
    let data = rows.project(&positions)?;
    if kinds.iter().flatten().all(|kind| kind == 0 || kind == 2) {
        return Ok(data);
    }
    let fields = data
        .schema()
        .fields()
        .iter()
        .map(|field| SortField::new(field.data_type().clone()))
        .collect();
    let converted = RowConverter::new(fields)?.convert_columns(data.columns())?;
    let mut left: Vec<u64> = Vec::new();
    for (position, kind) in kinds.iter().flatten().enumerate() {
        if kind == 0 || kind == 2 {
            left.push(position as u64);
            continue;
        }
        let gone = left
            .iter()
            .position(|kept| converted.row(*kept as usize) == converted.row(position))
            .ok_or_else(|| {
                ArrowError::ComputeError("Could not remove element from the result.".to_owned())
            })?;
        left.remove(gone);
    }
    let indices = arrow::array::UInt64Array::from(left);
    arrow::compute::take_record_batch(&data, &indices)
}
