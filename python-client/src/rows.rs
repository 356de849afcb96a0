//! Rows of a program to Arrow streams and back.

use arrow::array::{ArrayRef, AsArray, RecordBatch};
use arrow::datatypes::{DataType, Int8Type, Schema};
use arrow::ipc::reader::StreamReader;
use arrow::ipc::writer::StreamWriter;
use nutkin_plan::types::{RowField, TypeDialect, TypeKind, parse_type};
use nutkin_python::convert::{ColumnBuilder, ColumnReader, ConversionRules, column_reader};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PySequence, PyTuple};

/// The column, if there is one, that says what kind of change each row is. It comes first.
const ROW_KIND_COLUMN: &str = "$row_kind";

/// The byte of +I.
const INSERT: i8 = 0;

/// How many rows a batch of an encoded stream has at most.
const ROWS_PER_BATCH: usize = 65_536;

/// Rows, each a tuple of as many values as `row_type` has fields, as an Arrow stream.
#[pyfunction]
pub(crate) fn encode_rows<'py>(
    py: Python<'py>,
    rows: &Bound<'py, PySequence>,
    row_type: &str,
) -> PyResult<Bound<'py, PyBytes>> {
    let row_type =
        parse_type(row_type, TypeDialect::Ddl).map_err(|error| PyValueError::new_err(error.to_string()))?;
    let TypeKind::Row(fields) = &row_type.kind else {
        return Err(PyValueError::new_err(format!("{row_type} is no ROW type")));
    };
    let schema = Schema::new(
        fields
            .iter()
            .map(|field| field.field_type.to_field(&field.name))
            .collect::<Vec<_>>(),
    );
    let rules = ConversionRules::for_rows(None);
    let rows = rows.to_list()?;
    let mut writer = StreamWriter::try_new(Vec::new(), &schema).map_err(internal)?;
    let mut start = 0;
    while start < rows.len() {
        let end = rows.len().min(start + ROWS_PER_BATCH);
        let columns = encode_batch(&rows, start..end, fields, &rules)?;
        let batch = RecordBatch::try_new(schema.clone().into(), columns).map_err(internal)?;
        writer.write(&batch).map_err(internal)?;
        start = end;
    }
    let bytes = writer.into_inner().map_err(internal)?;
    Ok(PyBytes::new(py, &bytes))
}

fn encode_batch(
    rows: &Bound<'_, PyList>,
    range: std::ops::Range<usize>,
    fields: &[RowField],
    rules: &ConversionRules,
) -> PyResult<Vec<ArrayRef>> {
    let mut builders = fields
        .iter()
        .map(|field| ColumnBuilder::new(&field.field_type, rules, range.len()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(internal)?;
    for position in range {
        let row = rows.get_item(position)?;
        let row = row.cast::<PyTuple>()?;
        if row.len() != fields.len() {
            return Err(PyValueError::new_err(format!(
                "Row {position} has {} values, but there are {} columns",
                row.len(),
                fields.len()
            )));
        }
        for ((value, field), builder) in row.iter().zip(fields).zip(&mut builders) {
            builder.append(&value).map_err(|error| {
                let place = format!("Field '{}' of row {position}", field.name);
                let sentence = error.describe("is", "its type", &field.field_type);
                PyTypeError::new_err(format!("{place} {sentence}"))
            })?;
        }
    }
    builders
        .iter_mut()
        .map(ColumnBuilder::finish)
        .collect::<Result<_, _>>()
        .map_err(internal)
}

/// The rows of an Arrow stream, each made by `make_row(kind, names, values)`.
#[pyfunction]
pub(crate) fn decode_rows<'py>(
    py: Python<'py>,
    ipc: &[u8],
    make_row: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyList>> {
    let rules = ConversionRules::for_rows(Some(make_row.clone().unbind()));
    let rows = PyList::empty(py);
    for batch in StreamReader::try_new(ipc, None).map_err(internal)? {
        decode_batch(&batch.map_err(internal)?, &rules, make_row, &rows)?;
    }
    Ok(rows)
}

fn decode_batch<'py>(
    batch: &RecordBatch,
    rules: &ConversionRules,
    make_row: &Bound<'py, PyAny>,
    rows: &Bound<'py, PyList>,
) -> PyResult<()> {
    let py = make_row.py();
    let schema = batch.schema();
    let has_kinds = schema
        .fields()
        .first()
        .is_some_and(|field| field.name() == ROW_KIND_COLUMN && *field.data_type() == DataType::Int8);
    let first = usize::from(has_kinds);
    let kinds = has_kinds.then(|| batch.column(0).as_primitive::<Int8Type>().clone());
    let names: Vec<&str> = schema
        .fields()
        .iter()
        .skip(first)
        .map(|field| field.name().as_str())
        .collect();
    let readers = batch
        .columns()
        .iter()
        .skip(first)
        .map(|column| column_reader(column, rules))
        .collect::<Result<Vec<Box<dyn ColumnReader>>, _>>()
        .map_err(internal)?;
    for row in 0..batch.num_rows() {
        let values = readers
            .iter()
            .map(|reader| reader.read(py, row))
            .collect::<PyResult<Vec<_>>>()?;
        let kind = kinds.as_ref().map_or(INSERT, |kinds| kinds.value(row));
        rows.append(make_row.call1((kind, &names, PyTuple::new(py, values)?))?)?;
    }
    Ok(())
}

/// An error that no input of a user should cause.
fn internal(error: impl std::fmt::Display) -> PyErr {
    PyValueError::new_err(error.to_string())
}
