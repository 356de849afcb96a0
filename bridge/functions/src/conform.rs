//! The same values under another description: nested fields differ in names and in whether they may be
//! NULL, and Arrow compares those too.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, ListArray, MapArray, StructArray};
use arrow::datatypes::DataType;

use crate::error::Result;

/// The column as one of type `target`, which must hold the same kinds of values.
///
/// # Errors
/// When it holds others.
pub fn conform(column: &ArrayRef, target: &DataType) -> Result<ArrayRef> {
    if column.data_type() == target {
        return Ok(Arc::clone(column));
    }
    Ok(match (column.data_type(), target) {
        (DataType::List(_), DataType::List(field)) => {
            let list = column.as_list::<i32>();
            Arc::new(ListArray::try_new(
                Arc::clone(field),
                list.offsets().clone(),
                conform(list.values(), field.data_type())?,
                list.nulls().cloned(),
            )?)
        }
        (DataType::Map(..), DataType::Map(field, ordered)) => {
            let map = column.as_map();
            let entries: ArrayRef = Arc::new(map.entries().clone());
            let entries = conform(&entries, field.data_type())?;
            Arc::new(MapArray::try_new(
                Arc::clone(field),
                map.offsets().clone(),
                entries.as_struct().clone(),
                map.nulls().cloned(),
                *ordered,
            )?)
        }
        (DataType::Struct(own), DataType::Struct(fields)) if own.len() == fields.len() => {
            let row = column.as_struct();
            let columns = row
                .columns()
                .iter()
                .zip(fields)
                .map(|(column, field)| conform(column, field.data_type()))
                .collect::<Result<_>>()?;
            Arc::new(StructArray::try_new_with_length(
                fields.clone(),
                columns,
                row.nulls().cloned(),
                row.len(),
            )?)
        }
        // A column of untyped NULLs, and decimals whose digits are described in another way.
        _ => arrow::compute::cast(column, target)?,
    })
}
