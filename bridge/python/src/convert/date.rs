//! DATE: `datetime.date`. Of a `datetime` the date is taken, as PyFlink does.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Date32Array};
use arrow::datatypes::Date32Type;
use nutkin_engine::EngineError;
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyDateAccess};

use super::calendar::{CalendarDate, date_of_days, days_of_date};
use super::integer::out_of_range;
use super::{ColumnReader, ValueBuilder, ValueError};

pub(super) struct DateReader(Date32Array);

impl DateReader {
    pub(super) fn new(array: &ArrayRef) -> Self {
        Self(array.as_primitive::<Date32Type>().clone())
    }
}

impl ColumnReader for DateReader {
    fn read<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyAny>> {
        if self.0.is_null(row) {
            return Ok(py.None().into_bound(py));
        }
        let date = date_of_days(i64::from(self.0.value(row)))?;
        Ok(PyDate::new(py, date.year, date.month, date.day)?.into_any())
    }
}

pub(super) struct DateBuilder(arrow::array::Date32Builder);

impl DateBuilder {
    pub(super) fn new(capacity: usize) -> Self {
        Self(arrow::array::Date32Builder::with_capacity(capacity))
    }
}

impl ValueBuilder for DateBuilder {
    fn append_value(&mut self, value: &Bound<'_, PyAny>) -> Result<(), ValueError> {
        let date = value.cast::<PyDate>().map_err(|_| ValueError::type_of(value))?;
        let days = days_of_date(calendar_date(date));
        self.0
            .append_value(i32::try_from(days).map_err(|_| out_of_range(value))?);
        Ok(())
    }

    fn append_null(&mut self) {
        self.0.append_null();
    }

    fn finish(&mut self) -> Result<ArrayRef, EngineError> {
        Ok(Arc::new(self.0.finish()))
    }
}

/// The date of a `date` or `datetime`.
pub(super) fn calendar_date(date: &impl PyDateAccess) -> CalendarDate {
    CalendarDate {
        year: date.get_year(),
        month: date.get_month(),
        day: date.get_day(),
    }
}
