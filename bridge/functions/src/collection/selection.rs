//! Columns of lists and maps made of chosen elements of other columns.

use std::ops::Range;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, GenericListArray, ListArray, MapArray, StructArray, UInt32Array};
use arrow::buffer::{NullBuffer, OffsetBuffer};
use arrow::compute::take;
use arrow::datatypes::DataType;

use crate::conform::conform;
use crate::error::{FunctionError, Result};

/// The elements of a row of a list.
pub(super) fn elements(list: &GenericListArray<i32>, row: usize) -> Range<usize> {
    range(list.offsets(), row)
}

/// The entries of a row of a map.
pub(super) fn entries(map: &MapArray, row: usize) -> Range<usize> {
    range(map.offsets(), row)
}

fn range(offsets: &OffsetBuffer<i32>, row: usize) -> Range<usize> {
    // Offsets of Arrow are never negative.
    offsets[row] as usize..offsets[row + 1] as usize
}

/// Chosen elements, row by row.
#[derive(Debug, Default)]
pub(super) struct Selection {
    indices: Vec<u32>,
    offsets: Vec<i32>,
    validity: Vec<bool>,
}

impl Selection {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        Self {
            offsets: vec![0],
            ..Self::default()
        }
    }

    /// Adds an element to the row that is being made.
    pub(super) fn element(&mut self, index: usize) {
        // Arrow's columns have fewer than 2^31 rows.
        self.indices.push(index as u32);
    }

    /// The elements of the row that is being made.
    pub(super) fn current(&self) -> &[u32] {
        let start = self.offsets.last().map_or(0, |offset| *offset as usize);
        &self.indices[start..]
    }

    /// Replaces an element of the row that is being made.
    pub(super) fn replace(&mut self, position: usize, index: usize) {
        let start = self.offsets.last().map_or(0, |offset| *offset as usize);
        self.indices[start + position] = index as u32;
    }

    /// Ends the row, which is NULL unless `valid`.
    pub(super) fn end(&mut self, valid: bool) {
        self.offsets.push(self.indices.len() as i32);
        self.validity.push(valid);
    }

    fn parts(self) -> (UInt32Array, OffsetBuffer<i32>, NullBuffer) {
        (
            UInt32Array::from(self.indices),
            OffsetBuffer::new(self.offsets.into()),
            NullBuffer::from(self.validity),
        )
    }

    /// The lists of the elements that were chosen of `values`.
    pub(super) fn into_list(self, values: &dyn Array, target: &DataType) -> Result<ArrayRef> {
        let DataType::List(field) = target else {
            return Err(wrong(target));
        };
        let (indices, offsets, nulls) = self.parts();
        let values = conform(&take(values, &indices, None)?, field.data_type())?;
        Ok(Arc::new(ListArray::try_new(
            Arc::clone(field),
            offsets,
            values,
            Some(nulls),
        )?))
    }

    /// The maps of the entries that were chosen of `keys` and `values`.
    pub(super) fn into_map(
        self,
        keys: &dyn Array,
        values: &dyn Array,
        target: &DataType,
    ) -> Result<ArrayRef> {
        let same = Self {
            indices: self.indices.clone(),
            ..Self::default()
        };
        self.into_map_of(keys, same, values, target)
    }

    /// The maps of the keys that were chosen here and the values that were chosen there.
    pub(super) fn into_map_of(
        self,
        keys: &dyn Array,
        chosen_values: Self,
        values: &dyn Array,
        target: &DataType,
    ) -> Result<ArrayRef> {
        let DataType::Map(field, ordered) = target else {
            return Err(wrong(target));
        };
        let DataType::Struct(fields) = field.data_type() else {
            return Err(wrong(target));
        };
        let (indices, offsets, nulls) = self.parts();
        let columns = vec![
            conform(&take(keys, &indices, None)?, fields[0].data_type())?,
            conform(
                &take(values, &UInt32Array::from(chosen_values.indices), None)?,
                fields[1].data_type(),
            )?,
        ];
        if columns[0].null_count() > 0 {
            return Err(FunctionError::Compute {
                class: "org.apache.flink.table.api.TableRuntimeException",
                message: "A key of a MAP is NULL, which is not supported here.".to_owned(),
            });
        }
        Ok(Arc::new(MapArray::try_new(
            Arc::clone(field),
            offsets,
            StructArray::try_new(fields.clone(), columns, None)?,
            Some(nulls),
            *ordered,
        )?))
    }
}

fn wrong(target: &DataType) -> FunctionError {
    FunctionError::unsupported(
        format!("a collection as {target}"),
        "cast the arguments to ARRAY or MAP",
    )
}
