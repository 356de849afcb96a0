//! BINARY and VARBINARY: `bytes` for functions, `bytearray` in collected rows; both are taken.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BinaryArray};
use nutkin_engine::EngineError;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes};

use super::{ColumnReader, ValueBuilder, ValueError};

pub(super) struct BinaryReader {
    array: BinaryArray,
    as_bytearray: bool,
}

impl BinaryReader {
    pub(super) fn new(array: &ArrayRef, as_bytearray: bool) -> Self {
        Self {
            array: array.as_binary::<i32>().clone(),
            as_bytearray,
        }
    }
}

impl ColumnReader for BinaryReader {
    fn read<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyAny>> {
        if self.array.is_null(row) {
            return Ok(py.None().into_bound(py));
        }
        let value = self.array.value(row);
        Ok(if self.as_bytearray {
            PyByteArray::new(py, value).into_any()
        } else {
            PyBytes::new(py, value).into_any()
        })
    }
}

pub(super) struct BinaryBuilder(arrow::array::BinaryBuilder);

impl BinaryBuilder {
    pub(super) fn new(capacity: usize) -> Self {
        Self(arrow::array::BinaryBuilder::with_capacity(
            capacity,
            capacity * 16,
        ))
    }
}

impl ValueBuilder for BinaryBuilder {
    fn append_value(&mut self, value: &Bound<'_, PyAny>) -> Result<(), ValueError> {
        if let Ok(bytes) = value.cast::<PyBytes>() {
            self.0.append_value(bytes.as_bytes());
        } else if let Ok(bytes) = value.cast::<PyByteArray>() {
            self.0.append_value(bytes.to_vec());
        } else {
            return Err(ValueError::type_of(value));
        }
        Ok(())
    }

    fn append_null(&mut self) {
        self.0.append_null();
    }

    fn finish(&mut self) -> Result<ArrayRef, EngineError> {
        Ok(Arc::new(self.0.finish()))
    }
}
