//! INTERVAL YEAR TO MONTH: `int`, as months. INTERVAL DAY TO SECOND: `datetime.timedelta`, of which
//! digits finer than milliseconds are cut off.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, IntervalYearMonthArray};
use arrow::buffer::{NullBuffer, ScalarBuffer};
use arrow::datatypes::{
    DurationMicrosecondType, DurationMillisecondType, DurationNanosecondType, DurationSecondType,
    IntervalYearMonthType, TimeUnit,
};
use nutkin_engine::EngineError;
use pyo3::exceptions::PyOverflowError;
use pyo3::prelude::*;
use pyo3::types::{PyDelta, PyDeltaAccess};

use super::calendar::SECONDS_PER_DAY;
use super::integer::{extract_integer, out_of_range};
use super::{ColumnReader, ValueBuilder, ValueError, units_per_second};
use crate::failure::internal_mismatch;

pub(super) struct MonthsReader(IntervalYearMonthArray);

impl MonthsReader {
    pub(super) fn new(array: &ArrayRef) -> Self {
        Self(array.as_primitive::<IntervalYearMonthType>().clone())
    }
}

impl ColumnReader for MonthsReader {
    fn read<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyAny>> {
        if self.0.is_null(row) {
            return Ok(py.None().into_bound(py));
        }
        Ok(self.0.value(row).into_pyobject(py)?.into_any())
    }
}

pub(super) struct MonthsBuilder(arrow::array::IntervalYearMonthBuilder);

impl MonthsBuilder {
    pub(super) fn new(capacity: usize) -> Self {
        Self(arrow::array::IntervalYearMonthBuilder::with_capacity(capacity))
    }
}

impl ValueBuilder for MonthsBuilder {
    fn append_value(&mut self, value: &Bound<'_, PyAny>) -> Result<(), ValueError> {
        let months = i32::try_from(extract_integer(value)?).map_err(|_| out_of_range(value))?;
        self.0.append_value(months);
        Ok(())
    }

    fn append_null(&mut self) {
        self.0.append_null();
    }

    fn finish(&mut self) -> Result<ArrayRef, EngineError> {
        Ok(Arc::new(self.0.finish()))
    }
}

pub(super) struct DurationReader {
    ticks: ScalarBuffer<i64>,
    nulls: Option<NullBuffer>,
    unit: TimeUnit,
}

impl DurationReader {
    pub(super) fn new(array: &ArrayRef, unit: TimeUnit) -> Result<Self, EngineError> {
        let ticks = match unit {
            TimeUnit::Second => array
                .as_primitive_opt::<DurationSecondType>()
                .map(|array| array.values()),
            TimeUnit::Millisecond => array
                .as_primitive_opt::<DurationMillisecondType>()
                .map(|array| array.values()),
            TimeUnit::Microsecond => array
                .as_primitive_opt::<DurationMicrosecondType>()
                .map(|array| array.values()),
            TimeUnit::Nanosecond => array
                .as_primitive_opt::<DurationNanosecondType>()
                .map(|array| array.values()),
        };
        Ok(Self {
            ticks: ticks.ok_or_else(|| internal_mismatch(array.data_type()))?.clone(),
            nulls: array.nulls().cloned(),
            unit,
        })
    }
}

impl ColumnReader for DurationReader {
    fn read<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyAny>> {
        if self.nulls.as_ref().is_some_and(|nulls| nulls.is_null(row)) {
            return Ok(py.None().into_bound(py));
        }
        let per_second = units_per_second(self.unit);
        let ticks = self.ticks[row];
        let seconds = ticks.div_euclid(per_second);
        let micros = (i128::from(ticks.rem_euclid(per_second)) * 1_000_000) / i128::from(per_second);
        let days = seconds.div_euclid(SECONDS_PER_DAY);
        let too_long = |_| PyOverflowError::new_err("the interval is longer than Python's timedelta can be");
        let value = PyDelta::new(
            py,
            i32::try_from(days).map_err(too_long)?,
            i32::try_from(seconds.rem_euclid(SECONDS_PER_DAY)).map_err(too_long)?,
            i32::try_from(micros).map_err(too_long)?,
            false,
        )?;
        Ok(value.into_any())
    }
}

pub(super) struct DurationBuilder(arrow::array::DurationMillisecondBuilder);

impl DurationBuilder {
    pub(super) fn new(capacity: usize) -> Self {
        Self(arrow::array::DurationMillisecondBuilder::with_capacity(capacity))
    }
}

impl ValueBuilder for DurationBuilder {
    fn append_value(&mut self, value: &Bound<'_, PyAny>) -> Result<(), ValueError> {
        let delta = value.cast::<PyDelta>().map_err(|_| ValueError::type_of(value))?;
        let seconds = i64::from(delta.get_days()) * SECONDS_PER_DAY + i64::from(delta.get_seconds());
        // A timedelta holds its sign in the days, so its microseconds only ever add: cutting them
        // would move a negative interval away from zero. Java's Duration.toMillis cuts towards zero.
        let micros = seconds * 1_000_000 + i64::from(delta.get_microseconds());
        self.0.append_value(micros / 1_000);
        Ok(())
    }

    fn append_null(&mut self) {
        self.0.append_null();
    }

    fn finish(&mut self) -> Result<ArrayRef, EngineError> {
        Ok(Arc::new(self.0.finish()))
    }
}
