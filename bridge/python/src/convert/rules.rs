//! What differs between arguments of functions and rows of a program.

use std::sync::Arc;

use nutkin_engine::EngineError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDateTime, PyTzInfo};

use crate::failure::runtime_error;

/// How values are converted where Flink leaves a choice. Cheap to clone.
#[derive(Clone)]
pub struct ConversionRules {
    zone: Zone,
    bytes_as_bytearray: bool,
    rounding: Rounding,
    make_row: Option<Arc<Py<PyAny>>>,
}

/// How TIMESTAMP_LTZ, an instant, becomes a `datetime`.
#[derive(Clone)]
pub(crate) enum Zone {
    /// With the session's time zone as its `tzinfo`. Naive ones are read in that zone.
    Session(Arc<Py<PyTzInfo>>),
    /// With UTC as its `tzinfo`: the session's time zone is UTC.
    Utc,
    /// With the offset of the process's time zone as its `tzinfo`: the session has no zone of its own.
    Process,
    /// Naive, in the time zone of the process, as `collect()` and `from_elements` have it.
    NaiveProcess,
}

/// How digits beyond the scale of a DECIMAL go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rounding {
    /// To the nearest, ties to the even digit: `decimal.Decimal.quantize`, which PyFlink's workers use.
    HalfEven,
    /// To the nearest, ties away from zero: `java.math.RoundingMode.HALF_UP`, which Flink uses.
    HalfUp,
}

impl ConversionRules {
    /// The rules of arguments and results of functions. `time_zone` is `table.local-time-zone`.
    ///
    /// # Errors
    /// When Python knows no such time zone.
    pub fn for_functions(py: Python<'_>, time_zone: Option<&str>) -> Result<Self, EngineError> {
        let zone = match time_zone {
            None | Some("default") => Zone::Process,
            Some("UTC" | "Z" | "GMT" | "Etc/UTC") => Zone::Utc,
            Some(name) => Zone::Session(Arc::new(load_zone(py, name)?)),
        };
        Ok(Self {
            zone,
            bytes_as_bytearray: false,
            rounding: Rounding::HalfEven,
            make_row: None,
        })
    }

    /// The rules of rows that a program gives or collects. `make_row(kind, names, values)` makes the
    /// objects of ROW values; without it they are tuples.
    #[must_use]
    pub fn for_rows(make_row: Option<Py<PyAny>>) -> Self {
        Self {
            zone: Zone::NaiveProcess,
            bytes_as_bytearray: true,
            rounding: Rounding::HalfUp,
            make_row: make_row.map(Arc::new),
        }
    }

    /// The same rules with a maker of ROW values.
    #[must_use]
    pub fn with_make_row(mut self, make_row: Py<PyAny>) -> Self {
        self.make_row = Some(Arc::new(make_row));
        self
    }

    pub(super) fn zone(&self) -> Zone {
        self.zone.clone()
    }

    pub(super) fn bytes_as_bytearray(&self) -> bool {
        self.bytes_as_bytearray
    }

    pub(super) fn rounding(&self) -> Rounding {
        self.rounding
    }

    pub(super) fn make_row(&self) -> Option<Arc<Py<PyAny>>> {
        self.make_row.clone()
    }
}

impl Zone {
    /// The `datetime` of an instant, given as the aware `datetime` in UTC.
    pub(super) fn show<'py>(&self, instant: Bound<'py, PyDateTime>) -> PyResult<Bound<'py, PyAny>> {
        let py = instant.py();
        match self {
            Self::Utc => Ok(instant.into_any()),
            Self::Session(zone) => instant.call_method1(intern!(py, "astimezone"), (zone.bind(py),)),
            Self::Process => instant.call_method0(intern!(py, "astimezone")),
            Self::NaiveProcess => {
                let aware = instant.call_method0(intern!(py, "astimezone"))?;
                without_zone(&aware)
            }
        }
    }

    /// The instant of a `datetime`, as the aware `datetime` in UTC.
    pub(super) fn read<'py>(&self, value: &Bound<'py, PyDateTime>) -> PyResult<Bound<'py, PyDateTime>> {
        let py = value.py();
        let utc = PyTzInfo::utc(py)?;
        let is_naive = value.call_method0(intern!(py, "utcoffset"))?.is_none();
        let placed = match self {
            Self::Session(zone) if is_naive => with_zone(value, zone.bind(py))?,
            Self::Utc if is_naive => with_zone(value, &utc)?,
            // A naive one is taken as local time by `astimezone` itself.
            _ => value.clone().into_any(),
        };
        let instant = placed.call_method1(intern!(py, "astimezone"), (&*utc,))?;
        Ok(instant.cast_into::<PyDateTime>()?)
    }
}

fn with_zone<'py>(
    value: &Bound<'py, PyDateTime>,
    zone: &Bound<'py, PyTzInfo>,
) -> PyResult<Bound<'py, PyAny>> {
    let arguments = pyo3::types::PyDict::new(value.py());
    arguments.set_item(intern!(value.py(), "tzinfo"), zone)?;
    value.call_method(intern!(value.py(), "replace"), (), Some(&arguments))
}

fn without_zone<'py>(value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let arguments = pyo3::types::PyDict::new(value.py());
    arguments.set_item(intern!(value.py(), "tzinfo"), value.py().None())?;
    value.call_method(intern!(value.py(), "replace"), (), Some(&arguments))
}

fn load_zone(py: Python<'_>, name: &str) -> Result<Py<PyTzInfo>, EngineError> {
    let load = || -> PyResult<Py<PyTzInfo>> {
        let zone = py
            .import(intern!(py, "nutkin._functions"))?
            .call_method1(intern!(py, "time_zone"), (name,))?;
        Ok(zone.cast_into::<PyTzInfo>()?.unbind())
    };
    load().map_err(|error| {
        runtime_error(
            py,
            &format!("The time zone '{name}' of 'table.local-time-zone' is unknown to Python"),
            &error,
            Some("name a zone such as 'Asia/Shanghai' or 'GMT+08:00'; 'pip install tzdata' brings the zones where the system has none"),
        )
    })
}
