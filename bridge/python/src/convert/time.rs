//! TIME: `datetime.time`. Python's microseconds are the finest there are; digits that the declared
//! precision has no room for are cut off.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::buffer::{NullBuffer, ScalarBuffer};
use arrow::datatypes::{
    Time32MillisecondType, Time32SecondType, Time64MicrosecondType, Time64NanosecondType, TimeUnit,
};
use nutkin_engine::EngineError;
use pyo3::prelude::*;
use pyo3::types::{PyTime, PyTimeAccess};

use super::{ColumnReader, ValueBuilder, ValueError, truncate_micros, unit_of_precision, units_per_second};

/// All four Arrow forms, as microseconds of the day.
pub(super) struct TimeReader {
    micros: ScalarBuffer<i64>,
    nulls: Option<NullBuffer>,
}

impl TimeReader {
    pub(super) fn new(array: &ArrayRef) -> Result<Self, EngineError> {
        use arrow::datatypes::DataType::{Time32, Time64};
        let micros: Vec<i64> = match array.data_type() {
            Time32(TimeUnit::Second) => array
                .as_primitive::<Time32SecondType>()
                .values()
                .iter()
                .map(|seconds| i64::from(*seconds) * 1_000_000)
                .collect(),
            Time32(_) => array
                .as_primitive::<Time32MillisecondType>()
                .values()
                .iter()
                .map(|millis| i64::from(*millis) * 1_000)
                .collect(),
            Time64(TimeUnit::Microsecond) => array.as_primitive::<Time64MicrosecondType>().values().to_vec(),
            _ => array
                .as_primitive::<Time64NanosecondType>()
                .values()
                .iter()
                .map(|nanos| nanos.div_euclid(1_000))
                .collect(),
        };
        Ok(Self {
            micros: micros.into(),
            nulls: array.nulls().cloned(),
        })
    }
}

impl ColumnReader for TimeReader {
    fn read<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyAny>> {
        if self.nulls.as_ref().is_some_and(|nulls| nulls.is_null(row)) {
            return Ok(py.None().into_bound(py));
        }
        let clock = ClockTime::of_micros(self.micros[row]);
        let time = PyTime::new(py, clock.hour, clock.minute, clock.second, clock.micros, None)?;
        Ok(time.into_any())
    }
}

/// A time of day, in the parts that Python's constructors want.
pub(super) struct ClockTime {
    pub(super) hour: u8,
    pub(super) minute: u8,
    pub(super) second: u8,
    pub(super) micros: u32,
}

impl ClockTime {
    /// The parts of microseconds of a day. A value outside of a day has parts that Python refuses.
    pub(super) fn of_micros(micros: i64) -> Self {
        let seconds = micros.div_euclid(1_000_000);
        Self {
            hour: u8::try_from(seconds / 3_600).unwrap_or(u8::MAX),
            minute: u8::try_from(seconds / 60 % 60).unwrap_or(u8::MAX),
            second: u8::try_from(seconds % 60).unwrap_or(u8::MAX),
            micros: u32::try_from(micros.rem_euclid(1_000_000)).unwrap_or(u32::MAX),
        }
    }
}

/// Microseconds of the day of a `time` or `datetime`.
pub(super) fn micros_of_day(time: &impl PyTimeAccess) -> i64 {
    let seconds =
        i64::from(time.get_hour()) * 3_600 + i64::from(time.get_minute()) * 60 + i64::from(time.get_second());
    seconds * 1_000_000 + i64::from(time.get_microsecond())
}

pub(super) struct TimeBuilder {
    precision: u8,
    micros: arrow::array::Int64Builder,
}

impl TimeBuilder {
    pub(super) fn new(precision: u8, capacity: usize) -> Self {
        Self {
            precision,
            micros: arrow::array::Int64Builder::with_capacity(capacity),
        }
    }
}

impl ValueBuilder for TimeBuilder {
    fn append_value(&mut self, value: &Bound<'_, PyAny>) -> Result<(), ValueError> {
        let time = value.cast::<PyTime>().map_err(|_| ValueError::type_of(value))?;
        self.micros
            .append_value(truncate_micros(micros_of_day(time), self.precision));
        Ok(())
    }

    fn append_null(&mut self) {
        self.micros.append_null();
    }

    fn finish(&mut self) -> Result<ArrayRef, EngineError> {
        let micros = self.micros.finish();
        let unit = unit_of_precision(self.precision);
        // A day has fewer milliseconds than an i32 counts.
        let narrow =
            |micros: i64| i32::try_from(micros * units_per_second(unit) / 1_000_000).unwrap_or(i32::MAX);
        Ok(match unit {
            TimeUnit::Second => Arc::new(micros.unary::<_, Time32SecondType>(narrow)) as ArrayRef,
            TimeUnit::Millisecond => Arc::new(micros.unary::<_, Time32MillisecondType>(narrow)),
            TimeUnit::Microsecond => Arc::new(micros.reinterpret_cast::<Time64MicrosecondType>()),
            TimeUnit::Nanosecond => {
                Arc::new(micros.unary::<_, Time64NanosecondType>(|micros| micros.saturating_mul(1_000)))
            }
        })
    }
}
