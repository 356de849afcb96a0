//! MAP: `dict`. MULTISET: a `dict` from element to count.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, MapArray, NullBufferBuilder, StructArray};
use arrow::datatypes::DataType;
use nutkin_engine::EngineError;
use nutkin_plan::types::{LogicalType, TypeKind};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::array::{element_range, offsets_of_lengths};
use super::error::printed_value;
use super::{ColumnBuilder, ColumnReader, ConversionRules, ValueBuilder, ValueError, column_reader};
use crate::failure::internal_mismatch;

/// The longest printed key in the path of an error.
const LONGEST_PRINTED_KEY: usize = 40;

pub(super) struct MapReader {
    array: MapArray,
    keys: Box<dyn ColumnReader>,
    values: Box<dyn ColumnReader>,
}

impl MapReader {
    pub(super) fn new(array: &ArrayRef, rules: &ConversionRules) -> Result<Self, EngineError> {
        let array = array.as_map().clone();
        let keys = column_reader(array.keys(), rules)?;
        let values = column_reader(array.values(), rules)?;
        Ok(Self { array, keys, values })
    }
}

impl ColumnReader for MapReader {
    fn read<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyAny>> {
        if self.array.is_null(row) {
            return Ok(py.None().into_bound(py));
        }
        let dictionary = PyDict::new(py);
        for position in element_range(self.array.value_offsets(), row) {
            dictionary.set_item(self.keys.read(py, position)?, self.values.read(py, position)?)?;
        }
        Ok(dictionary.into_any())
    }
}

pub(super) struct MapBuilder {
    kind: TypeKind,
    keys: ColumnBuilder,
    values: ColumnBuilder,
    lengths: Vec<usize>,
    nulls: NullBufferBuilder,
}

impl MapBuilder {
    /// `kind` is the MAP or MULTISET itself, `key` and `value` the types of its entries.
    pub(super) fn new(
        kind: &TypeKind,
        key: &LogicalType,
        value: &LogicalType,
        rules: &ConversionRules,
        capacity: usize,
    ) -> Result<Self, EngineError> {
        Ok(Self {
            kind: kind.clone(),
            // Arrow's maps have no NULL among their keys, whatever the declared type allows.
            keys: ColumnBuilder::new(&key.with_nullable(false), rules, capacity)?,
            values: ColumnBuilder::new(value, rules, capacity)?,
            lengths: Vec::with_capacity(capacity),
            nulls: NullBufferBuilder::new(capacity),
        })
    }
}

impl ValueBuilder for MapBuilder {
    fn append_value(&mut self, value: &Bound<'_, PyAny>) -> Result<(), ValueError> {
        let dictionary = value.cast::<PyDict>().map_err(|_| ValueError::type_of(value))?;
        for (key, item) in dictionary.iter() {
            self.keys.append(&key).map_err(|error| error.at("{key}"))?;
            self.values
                .append(&item)
                .map_err(|error| error.at(&format!("[{}]", printed_value(&key, LONGEST_PRINTED_KEY))))?;
        }
        self.lengths.push(dictionary.len());
        self.nulls.append_non_null();
        Ok(())
    }

    fn append_null(&mut self) {
        self.lengths.push(0);
        self.nulls.append_null();
    }

    fn finish(&mut self) -> Result<ArrayRef, EngineError> {
        let data_type = LogicalType::nullable(self.kind.clone()).to_arrow();
        let DataType::Map(entries_field, sorted) = &data_type else {
            return Err(internal_mismatch(&data_type));
        };
        let DataType::Struct(fields) = entries_field.data_type() else {
            return Err(internal_mismatch(&data_type));
        };
        let columns = vec![self.keys.finish()?, self.values.finish()?];
        let entries = StructArray::try_new(fields.clone(), columns, None)?;
        let offsets = offsets_of_lengths(std::mem::take(&mut self.lengths))?;
        let array = MapArray::try_new(
            Arc::clone(entries_field),
            offsets,
            entries,
            self.nulls.finish(),
            *sorted,
        )?;
        Ok(Arc::new(array))
    }
}
