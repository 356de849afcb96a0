//! Tables that hold their rows themselves.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::{AsArray, Int32Array, LargeStringArray, RecordBatch};
use arrow::datatypes::{DataType, Field, Int64Type, Schema};
use arrow::ipc::writer::StreamWriter;
use nutkin_connectors::registry::create_source;

use crate::tables::{connector_table, context, drain, table};

#[test]
fn rows_are_projected_and_cast_in_order() {
    let schema = Arc::new(Schema::new(vec![
        Field::new("a", DataType::LargeUtf8, true),
        Field::new("b", DataType::Int32, true),
    ]));
    let count = 3_000;
    let batch = RecordBatch::try_new(
        Arc::clone(&schema),
        vec![
            Arc::new(LargeStringArray::from_iter_values(
                (0..count).map(|number| format!("s{number}")),
            )),
            Arc::new(Int32Array::from_iter_values(0..count)),
        ],
    )
    .unwrap();
    let mut bytes = Vec::new();
    let mut writer = StreamWriter::try_new(&mut bytes, &schema).unwrap();
    writer.write(&batch).unwrap();
    writer.finish().unwrap();
    drop(writer);
    let mut held = table(&[("a", "STRING"), ("b", "BIGINT")], BTreeMap::new());
    held.inline_data = Some(Arc::new(bytes));
    let mut read = connector_table(held);
    read.projection = vec![1];
    let source = create_source(&read).unwrap();
    assert!(source.is_bounded());
    let mut values: Vec<i64> = Vec::new();
    for chunk in drain(source.as_ref(), 2, &context()).unwrap() {
        values.extend(chunk.data.column(0).as_primitive::<Int64Type>().values());
    }
    assert_eq!(values, (0..i64::from(count)).collect::<Vec<_>>());
}
