//! The table of one row that constants are selected from.
//!
//! Mirrors Calcite's `LogicalValues(tuples=[[{ 0 }]])`: one column ZERO that holds 0. The row is an
//! Arrow IPC stream, as in every table that holds its rows itself; this crate has no Arrow kernels to
//! write one, so the stream is a constant, which a test reads back.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use crate::catalog::{CatalogTable, Column, DEFAULT_CATALOG, DEFAULT_DATABASE, ObjectIdentifier, Schema};
use crate::operation::QueryOperation;
use crate::types::{LogicalType, TypeKind};

/// An Arrow IPC stream: schema (ZERO: int32, not nullable), one batch with the value 0, end of stream.
const STREAM: &[u8] = include_bytes!("one_row.arrows");

static ONE_ROW: LazyLock<Arc<QueryOperation>> = LazyLock::new(|| {
    let identifier = ObjectIdentifier {
        catalog: DEFAULT_CATALOG.to_owned(),
        database: DEFAULT_DATABASE.to_owned(),
        object: "Unregistered_Values_1".to_owned(),
    };
    let schema = Schema {
        columns: vec![Column {
            name: "ZERO".to_owned(),
            column_type: LogicalType::not_null(TypeKind::Int),
            comment: None,
        }],
        primary_key: Vec::new(),
    };
    Arc::new(QueryOperation::Source {
        table: Arc::new(CatalogTable {
            identifier,
            schema,
            options: BTreeMap::new(),
            comment: None,
            partition_keys: Vec::new(),
            inline_data: Some(Arc::new(STREAM.to_vec())),
        }),
    })
});

/// A source of one row, the same one for all, so that the planner can share it.
pub(super) fn one_row() -> Arc<QueryOperation> {
    Arc::clone(&ONE_ROW)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use arrow::array::{Array, Int32Array};
    use arrow::ipc::reader::StreamReader;

    use super::{STREAM, one_row};

    #[test]
    fn the_stream_is_one_row_of_zero() -> Result<(), arrow::error::ArrowError> {
        let mut reader = StreamReader::try_new(Cursor::new(STREAM), None)?;
        assert_eq!(reader.schema(), one_row().schema().to_arrow());
        let batches = reader.by_ref().collect::<Result<Vec<_>, _>>()?;
        assert_eq!(batches.len(), 1);
        assert_eq!(batches[0].num_rows(), 1);
        let column = batches[0].column(0).as_any().downcast_ref::<Int32Array>();
        assert_eq!(column.map(|column| column.values().to_vec()), Some(vec![0]));
        Ok(())
    }
}
