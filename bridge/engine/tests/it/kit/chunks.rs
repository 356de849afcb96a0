//! Chunks as text:
//!
//! ```text
//! op a:BIGINT b:STRING
//! +I 1        x
//! -D 2        NULL
//! ```

use arrow::array::{Array, ArrayRef, Int8Array, RecordBatch, StringArray};
use arrow::compute::cast;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use nutkin_engine::chunk::{Chunk, RowKind};
use nutkin_engine::schema::relaxed;
use nutkin_plan::catalog::{Column, Schema};
use nutkin_plan::types::{TypeDialect, parse_type};

/// The schema of a header such as `a:BIGINT b:STRING`.
pub(crate) fn schema_of(header: &str) -> Schema {
    let columns = header
        .split_whitespace()
        .map(|column| {
            let (name, column_type) = column.split_once(':').unwrap();
            Column {
                name: name.to_owned(),
                column_type: parse_type(column_type, TypeDialect::Ddl).unwrap(),
                comment: None,
            }
        })
        .collect();
    Schema {
        columns,
        primary_key: Vec::new(),
    }
}

/// Reads a chunk.
pub(crate) fn chunk(text: &str) -> Chunk {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let header = lines.next().unwrap().strip_prefix("op").unwrap();
    let schema = relaxed(&schema_of(header));
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split_whitespace().collect()).collect();
    let kinds: Vec<i8> = rows.iter().map(|row| kind(row[0]) as i8).collect();
    let columns: Vec<ArrayRef> = schema
        .fields()
        .iter()
        .enumerate()
        .map(|(index, field)| {
            let texts: StringArray = rows
                .iter()
                .map(|row| Some(row[index + 1]).filter(|value| *value != "NULL"))
                .collect();
            let column = cast(&texts, field.data_type()).unwrap();
            assert_eq!(column.null_count(), texts.null_count(), "a value of {text}");
            column
        })
        .collect();
    Chunk {
        data: RecordBatch::try_new(schema, columns).unwrap(),
        kinds: Some(Int8Array::from(kinds)),
    }
}

fn kind(text: &str) -> RowKind {
    match text {
        "+I" => RowKind::Insert,
        "-U" => RowKind::UpdateBefore,
        "+U" => RowKind::UpdateAfter,
        "-D" => RowKind::Delete,
        other => panic!("{other}"),
    }
}

/// The rows of a chunk, one line each, such as `+I 1 x`.
pub(crate) fn show(chunk: &Chunk) -> Vec<String> {
    let options = FormatOptions::default().with_null("NULL");
    let columns: Vec<ArrayFormatter<'_>> = chunk
        .data
        .columns()
        .iter()
        .map(|column| ArrayFormatter::try_new(column.as_ref(), &options).unwrap())
        .collect();
    (0..chunk.row_count())
        .map(|row| {
            let kind = RowKind::from_byte(chunk.kind_byte(row)).unwrap().short_string();
            let values: Vec<String> = columns
                .iter()
                .map(|column| column.value(row).to_string())
                .collect();
            format!("{kind} {}", values.join(" "))
        })
        .collect()
}

/// The rows of several chunks.
pub(crate) fn show_all(chunks: &[Chunk]) -> Vec<String> {
    chunks.iter().flat_map(show).collect()
}
