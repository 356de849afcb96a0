//! FLOAT and DOUBLE: `float`.
//!
//! Whatever Python's own `float()` takes as a number is taken (`int`, `Decimal`, `numpy.float32`), as
//! PyFlink does; strings are not. A DOUBLE that is too large for FLOAT is refused.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Float32Array, Float64Array};
use arrow::datatypes::{Float32Type, Float64Type};
use nutkin_engine::EngineError;
use pyo3::exceptions::PyOverflowError;
use pyo3::prelude::*;
use pyo3::types::PyFloat;

use super::integer::out_of_range;
use super::{ColumnReader, ValueBuilder, ValueError};

pub(super) struct Float32Reader(Float32Array);

impl Float32Reader {
    pub(super) fn new(array: &ArrayRef) -> Self {
        Self(array.as_primitive::<Float32Type>().clone())
    }
}

impl ColumnReader for Float32Reader {
    fn read<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyAny>> {
        if self.0.is_null(row) {
            return Ok(py.None().into_bound(py));
        }
        Ok(PyFloat::new(py, f64::from(self.0.value(row))).into_any())
    }
}

pub(super) struct Float64Reader(Float64Array);

impl Float64Reader {
    pub(super) fn new(array: &ArrayRef) -> Self {
        Self(array.as_primitive::<Float64Type>().clone())
    }
}

impl ColumnReader for Float64Reader {
    fn read<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyAny>> {
        if self.0.is_null(row) {
            return Ok(py.None().into_bound(py));
        }
        Ok(PyFloat::new(py, self.0.value(row)).into_any())
    }
}

pub(super) struct Float64Builder(arrow::array::Float64Builder);

impl Float64Builder {
    pub(super) fn new(capacity: usize) -> Self {
        Self(arrow::array::Float64Builder::with_capacity(capacity))
    }
}

impl ValueBuilder for Float64Builder {
    fn append_value(&mut self, value: &Bound<'_, PyAny>) -> Result<(), ValueError> {
        self.0.append_value(extract_number(value)?);
        Ok(())
    }

    fn append_null(&mut self) {
        self.0.append_null();
    }

    fn finish(&mut self) -> Result<ArrayRef, EngineError> {
        Ok(Arc::new(self.0.finish()))
    }
}

pub(super) struct Float32Builder(arrow::array::Float32Builder);

impl Float32Builder {
    pub(super) fn new(capacity: usize) -> Self {
        Self(arrow::array::Float32Builder::with_capacity(capacity))
    }
}

impl ValueBuilder for Float32Builder {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "rounding to FLOAT is what the type asks for"
    )]
    fn append_value(&mut self, value: &Bound<'_, PyAny>) -> Result<(), ValueError> {
        let wide = extract_number(value)?;
        let narrow = wide as f32;
        if narrow.is_infinite() && wide.is_finite() {
            return Err(out_of_range(value));
        }
        self.0.append_value(narrow);
        Ok(())
    }

    fn append_null(&mut self) {
        self.0.append_null();
    }

    fn finish(&mut self) -> Result<ArrayRef, EngineError> {
        Ok(Arc::new(self.0.finish()))
    }
}

fn extract_number(value: &Bound<'_, PyAny>) -> Result<f64, ValueError> {
    // `PyFloat_AsDouble` asks `__float__` and `__index__`, which no string has.
    value.extract::<f64>().map_err(|error| {
        if error.is_instance_of::<PyOverflowError>(value.py()) {
            out_of_range(value)
        } else {
            ValueError::type_of(value)
        }
    })
}
