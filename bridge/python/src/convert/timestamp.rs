//! TIMESTAMP: a naive `datetime`. TIMESTAMP_LTZ: a `datetime` as the [`Zone`] shows an instant.
//!
//! Python's microseconds are the finest there are; digits that the declared precision has no room for
//! are cut off. For TIMESTAMP the `tzinfo` of an aware `datetime` is not looked at, as in PyFlink.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, TimestampMicrosecondArray};
use arrow::buffer::{NullBuffer, ScalarBuffer};
use arrow::datatypes::{
    TimeUnit, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType,
};
use nutkin_engine::EngineError;
use pyo3::prelude::*;
use pyo3::types::{PyDateTime, PyTzInfo};

use super::calendar::{SECONDS_PER_DAY, date_of_days, days_of_date};
use super::date::calendar_date;
use super::integer::out_of_range;
use super::rules::Zone;
use super::time::{ClockTime, micros_of_day};
use super::{ColumnReader, ValueBuilder, ValueError, truncate_micros, unit_of_precision, units_per_second};
use crate::failure::internal_mismatch;

const MICROS_PER_DAY: i64 = SECONDS_PER_DAY * 1_000_000;

pub(super) struct TimestampReader {
    ticks: ScalarBuffer<i64>,
    nulls: Option<NullBuffer>,
    unit: TimeUnit,
    zone: Option<Zone>,
}

impl TimestampReader {
    pub(super) fn new(array: &ArrayRef, unit: TimeUnit, zone: Option<Zone>) -> Result<Self, EngineError> {
        let ticks = match unit {
            TimeUnit::Second => array
                .as_primitive_opt::<TimestampSecondType>()
                .map(|array| array.values()),
            TimeUnit::Millisecond => array
                .as_primitive_opt::<TimestampMillisecondType>()
                .map(|array| array.values()),
            TimeUnit::Microsecond => array
                .as_primitive_opt::<TimestampMicrosecondType>()
                .map(|array| array.values()),
            TimeUnit::Nanosecond => array
                .as_primitive_opt::<TimestampNanosecondType>()
                .map(|array| array.values()),
        };
        Ok(Self {
            ticks: ticks.ok_or_else(|| internal_mismatch(array.data_type()))?.clone(),
            nulls: array.nulls().cloned(),
            unit,
            zone,
        })
    }
}

impl ColumnReader for TimestampReader {
    fn read<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyAny>> {
        if self.nulls.as_ref().is_some_and(|nulls| nulls.is_null(row)) {
            return Ok(py.None().into_bound(py));
        }
        // In i128 no count of seconds overflows; what is out of Python's years is refused below.
        let micros =
            (i128::from(self.ticks[row]) * 1_000_000).div_euclid(i128::from(units_per_second(self.unit)));
        let days = i64::try_from(micros.div_euclid(i128::from(MICROS_PER_DAY))).unwrap_or(i64::MAX);
        let of_day = i64::try_from(micros.rem_euclid(i128::from(MICROS_PER_DAY))).unwrap_or(0);
        let date = date_of_days(days)?;
        let clock = ClockTime::of_micros(of_day);
        let utc = match self.zone {
            Some(_) => Some(PyTzInfo::utc(py)?),
            None => None,
        };
        let value = PyDateTime::new(
            py,
            date.year,
            date.month,
            date.day,
            clock.hour,
            clock.minute,
            clock.second,
            clock.micros,
            utc.as_deref(),
        )?;
        match &self.zone {
            Some(zone) => zone.show(value),
            None => Ok(value.into_any()),
        }
    }
}

pub(super) struct TimestampBuilder {
    precision: u8,
    zone: Option<Zone>,
    ticks: arrow::array::Int64Builder,
}

impl TimestampBuilder {
    pub(super) fn new(precision: u8, zone: Option<Zone>, capacity: usize) -> Self {
        Self {
            precision,
            zone,
            ticks: arrow::array::Int64Builder::with_capacity(capacity),
        }
    }
}

impl ValueBuilder for TimestampBuilder {
    fn append_value(&mut self, value: &Bound<'_, PyAny>) -> Result<(), ValueError> {
        let given = value
            .cast::<PyDateTime>()
            .map_err(|_| ValueError::type_of(value))?;
        let micros = match &self.zone {
            Some(zone) => {
                let instant = zone.read(given).map_err(|_| out_of_range(value))?;
                micros_since_epoch(&instant)
            }
            None => micros_since_epoch(given),
        };
        let micros = i128::from(truncate_micros(micros, self.precision));
        let ticks =
            (micros * i128::from(units_per_second(unit_of_precision(self.precision)))).div_euclid(1_000_000);
        self.ticks
            .append_value(i64::try_from(ticks).map_err(|_| out_of_range(value))?);
        Ok(())
    }

    fn append_null(&mut self) {
        self.ticks.append_null();
    }

    fn finish(&mut self) -> Result<ArrayRef, EngineError> {
        let ticks = self.ticks.finish();
        let zone = self.zone.as_ref().map(|_| Arc::<str>::from("UTC"));
        Ok(match unit_of_precision(self.precision) {
            TimeUnit::Second => Arc::new(
                ticks
                    .reinterpret_cast::<TimestampSecondType>()
                    .with_timezone_opt(zone),
            ) as ArrayRef,
            TimeUnit::Millisecond => Arc::new(
                ticks
                    .reinterpret_cast::<TimestampMillisecondType>()
                    .with_timezone_opt(zone),
            ),
            TimeUnit::Microsecond => {
                let array: TimestampMicrosecondArray = ticks.reinterpret_cast();
                Arc::new(array.with_timezone_opt(zone))
            }
            TimeUnit::Nanosecond => Arc::new(
                ticks
                    .reinterpret_cast::<TimestampNanosecondType>()
                    .with_timezone_opt(zone),
            ),
        })
    }
}

/// Microseconds from 1970-01-01T00:00:00 to the wall clock of a `datetime`.
fn micros_since_epoch(value: &Bound<'_, PyDateTime>) -> i64 {
    days_of_date(calendar_date(value)) * MICROS_PER_DAY + micros_of_day(value)
}
