//! TINYINT, SMALLINT, INT and BIGINT: `int`.
//!
//! Whatever has `__index__` is an integer (`bool`, `numpy.int64`); a `float` is none, whatever its
//! value. One that is out of range is refused, where PyFlink keeps its low bits.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, ArrowPrimitiveType, AsArray, PrimitiveArray, PrimitiveBuilder};
use nutkin_engine::EngineError;
use pyo3::exceptions::PyOverflowError;
use pyo3::prelude::*;
use pyo3::types::PyInt;

use super::{ColumnReader, ValueBuilder, ValueError};

pub(super) struct IntegerReader<T: ArrowPrimitiveType>(PrimitiveArray<T>);

impl<T: ArrowPrimitiveType> IntegerReader<T> {
    pub(super) fn new(array: &ArrayRef) -> Self {
        Self(array.as_primitive::<T>().clone())
    }
}

impl<T> ColumnReader for IntegerReader<T>
where
    T: ArrowPrimitiveType,
    T::Native: Into<i64>,
{
    fn read<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyAny>> {
        if self.0.is_null(row) {
            return Ok(py.None().into_bound(py));
        }
        let value: i64 = self.0.value(row).into();
        Ok(value.into_pyobject(py)?.into_any())
    }
}

pub(super) struct IntegerBuilder<T: ArrowPrimitiveType>(PrimitiveBuilder<T>);

impl<T: ArrowPrimitiveType> IntegerBuilder<T> {
    pub(super) fn new(capacity: usize) -> Self {
        Self(PrimitiveBuilder::with_capacity(capacity))
    }
}

impl<T> ValueBuilder for IntegerBuilder<T>
where
    T: ArrowPrimitiveType,
    T::Native: TryFrom<i64>,
{
    fn append_value(&mut self, value: &Bound<'_, PyAny>) -> Result<(), ValueError> {
        let number = extract_integer(value)?;
        let number = T::Native::try_from(number).map_err(|_| out_of_range(value))?;
        self.0.append_value(number);
        Ok(())
    }

    fn append_null(&mut self) {
        self.0.append_null();
    }

    fn finish(&mut self) -> Result<ArrayRef, EngineError> {
        Ok(Arc::new(self.0.finish()))
    }
}

/// The value of anything that has `__index__`.
pub(super) fn extract_integer(value: &Bound<'_, PyAny>) -> Result<i64, ValueError> {
    value.extract::<i64>().map_err(|error| {
        // `__index__` may give more than 64 bits, which is an overflow also.
        if value.is_instance_of::<PyInt>() || error.is_instance_of::<PyOverflowError>(value.py()) {
            out_of_range(value)
        } else {
            ValueError::type_of(value)
        }
    })
}

pub(super) fn out_of_range(value: &Bound<'_, PyAny>) -> ValueError {
    ValueError::faulty(value, "is out of the range of")
}
