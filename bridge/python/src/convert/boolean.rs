//! BOOLEAN: `bool`.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray};
use nutkin_engine::EngineError;
use pyo3::prelude::*;
use pyo3::types::PyBool;

use super::{ColumnReader, ValueBuilder, ValueError};

pub(super) struct BooleanReader(BooleanArray);

impl BooleanReader {
    pub(super) fn new(array: &ArrayRef) -> Self {
        Self(array.as_boolean().clone())
    }
}

impl ColumnReader for BooleanReader {
    fn read<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyAny>> {
        if self.0.is_null(row) {
            return Ok(py.None().into_bound(py));
        }
        Ok(PyBool::new(py, self.0.value(row)).to_owned().into_any())
    }
}

pub(super) struct BooleanBuilder(arrow::array::BooleanBuilder);

impl BooleanBuilder {
    pub(super) fn new(capacity: usize) -> Self {
        Self(arrow::array::BooleanBuilder::with_capacity(capacity))
    }
}

impl ValueBuilder for BooleanBuilder {
    fn append_value(&mut self, value: &Bound<'_, PyAny>) -> Result<(), ValueError> {
        // PyO3 takes `numpy.bool_` for a bool too, and nothing else.
        let value: bool = value.extract().map_err(|_| ValueError::type_of(value))?;
        self.0.append_value(value);
        Ok(())
    }

    fn append_null(&mut self) {
        self.0.append_null();
    }

    fn finish(&mut self) -> Result<ArrayRef, EngineError> {
        Ok(Arc::new(self.0.finish()))
    }
}
