//! NULL: the type with no values.

use std::sync::Arc;

use arrow::array::{ArrayRef, NullArray};
use nutkin_engine::EngineError;
use pyo3::prelude::*;

use super::{ColumnReader, ValueBuilder, ValueError};

pub(super) struct NullReader;

impl ColumnReader for NullReader {
    fn read<'py>(&self, py: Python<'py>, _row: usize) -> PyResult<Bound<'py, PyAny>> {
        Ok(py.None().into_bound(py))
    }
}

#[derive(Default)]
pub(super) struct NullBuilder {
    length: usize,
}

impl ValueBuilder for NullBuilder {
    fn append_value(&mut self, value: &Bound<'_, PyAny>) -> Result<(), ValueError> {
        Err(ValueError::type_of(value))
    }

    fn append_null(&mut self) {
        self.length += 1;
    }

    fn finish(&mut self) -> Result<ArrayRef, EngineError> {
        Ok(Arc::new(NullArray::new(std::mem::take(&mut self.length))))
    }
}
