//! The row printer.

use std::sync::Arc;

use arrow::array::{Int8Array, Int64Array, RecordBatch, StringArray};
use nutkin_connectors::row_text::{RowTexts, TextStyle, row_kind};
use nutkin_engine::chunk::Chunk;

use crate::tables::{columns, decoding, sql_type};

#[test]
fn rows_show_their_kinds() {
    let schema = nutkin_plan::catalog::Schema {
        columns: columns(&[("a", "STRING"), ("b", "BIGINT")]),
        primary_key: Vec::new(),
    };
    let data = RecordBatch::try_new(
        schema.to_arrow(),
        vec![
            Arc::new(StringArray::from(vec![Some("x"), None])),
            Arc::new(Int64Array::from(vec![1, 2])),
        ],
    )
    .unwrap();
    let chunk = Chunk {
        data,
        kinds: Some(Int8Array::from(vec![2, 3])),
    };
    let types = [sql_type("STRING"), sql_type("BIGINT")];
    let texts = RowTexts::new(&chunk.data, &types, TextStyle::JavaObject).unwrap();
    let mut text = String::new();
    for row in 0..2 {
        texts.write_row(row_kind(&chunk, row), row, &mut text);
    }
    assert_eq!(text, "+U[x, 1]-D[null, 2]");
}

#[test]
fn nested_values_in_both_styles() {
    let nested = "ROW<a ARRAY<INT>, m MAP<STRING, BOOLEAN>, t TIMESTAMP(3), n STRING>";
    let mut decoder = decoding("json", &[("r", nested)], &[]).decoder().unwrap();
    decoder
        .decode(br#"{"r": {"a": [1, null], "m": {"k": true}, "t": "2020-01-01 12:00:00.123"}}"#)
        .unwrap();
    let batch = decoder.finish().unwrap();
    for (style, expected) in [
        (
            TextStyle::JavaObject,
            "+I[[1, null], {k=true}, 2020-01-01T12:00:00.123, null]",
        ),
        (
            TextStyle::SqlCast,
            "([1, NULL], {k=TRUE}, 2020-01-01 12:00:00.123, NULL)",
        ),
    ] {
        let mut text = String::new();
        RowTexts::new(&batch, [&sql_type(nested)], style)
            .unwrap()
            .write_value(0, 0, &mut text);
        assert_eq!(text, expected);
    }
}
