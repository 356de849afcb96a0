//! Values of calls to Python objects and back.

use nutkin_protocol::{Elapsed, MAXIMUM_NESTING, ObjectId, ObjectReference, RowValue, Value};
use pyo3::exceptions::{PyOverflowError, PyRecursionError, PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{
    PyBool, PyByteArray, PyBytes, PyDate, PyDateTime, PyDelta, PyDeltaAccess, PyDict, PyFloat, PyInt, PyList,
    PyString, PyTime, PyTimeAccess, PyTuple, PyType, PyTzInfo,
};

const SECONDS_PER_DAY: i64 = 86_400;
const MICROS_PER_SECOND: i64 = 1_000_000;

/// An object of the session, as the gateway names it.
#[pyclass(frozen, module = "nutkin._native")]
pub(crate) struct Reference {
    /// The object's id.
    #[pyo3(get)]
    id: ObjectId,
    /// The full name of its Java class; empty when it is not known yet.
    #[pyo3(get)]
    class_name: String,
}

#[pymethods]
impl Reference {
    #[new]
    #[pyo3(signature = (id, class_name = String::new()))]
    fn new(id: ObjectId, class_name: String) -> Self {
        Self { id, class_name }
    }

    fn __repr__(&self) -> String {
        format!("Reference({}, '{}')", self.id, self.class_name)
    }
}

/// The value of a Python object.
pub(crate) fn to_value(object: &Bound<'_, PyAny>) -> PyResult<Value> {
    to_nested_value(object, 0)
}

fn to_nested_value(object: &Bound<'_, PyAny>, depth: usize) -> PyResult<Value> {
    if depth > MAXIMUM_NESTING {
        return Err(PyRecursionError::new_err(format!(
            "an argument is nested more than {MAXIMUM_NESTING} levels deep"
        )));
    }
    if object.is_none() {
        return Ok(Value::Null);
    }
    if let Ok(text) = object.cast::<PyString>() {
        return Ok(Value::String(text.to_str()?.to_owned()));
    }
    if let Ok(reference) = object.cast::<Reference>() {
        let reference = reference.get();
        return Ok(Value::Object(ObjectReference {
            id: reference.id,
            class: reference.class_name.clone(),
        }));
    }
    if let Ok(value) = object.cast::<PyBool>() {
        return Ok(Value::Boolean(value.is_true()));
    }
    if object.is_instance_of::<PyInt>() {
        return integer_value(object);
    }
    if let Ok(value) = object.cast::<PyFloat>() {
        return Ok(Value::Double(value.value()));
    }
    if let Ok(bytes) = object.cast::<PyBytes>() {
        return Ok(Value::Bytes(bytes.as_bytes().to_vec()));
    }
    if let Ok(bytes) = object.cast::<PyByteArray>() {
        return Ok(Value::Bytes(bytes.to_vec()));
    }
    if let Ok(list) = object.cast::<PyList>() {
        return list_value(list.iter(), depth);
    }
    if let Ok(tuple) = object.cast::<PyTuple>() {
        return list_value(tuple.iter(), depth);
    }
    if let Ok(dictionary) = object.cast::<PyDict>() {
        let entries = dictionary
            .iter()
            .map(|(key, item)| {
                Ok((
                    to_nested_value(&key, depth + 1)?,
                    to_nested_value(&item, depth + 1)?,
                ))
            })
            .collect::<PyResult<_>>()?;
        return Ok(Value::Map(entries));
    }
    temporal_decimal_or_row_value(object, depth)
}

fn list_value<'py>(items: impl Iterator<Item = Bound<'py, PyAny>>, depth: usize) -> PyResult<Value> {
    Ok(Value::List(
        items
            .map(|item| to_nested_value(&item, depth + 1))
            .collect::<PyResult<_>>()?,
    ))
}

/// `int` if it has 32 bits, `long` if it has 64, as Py4J does.
fn integer_value(object: &Bound<'_, PyAny>) -> PyResult<Value> {
    let number: i64 = object.extract().map_err(|_| {
        PyOverflowError::new_err("an int of more than 64 bits cannot be an argument; use decimal.Decimal")
    })?;
    Ok(i32::try_from(number).map_or(Value::Long(number), Value::Int))
}

fn temporal_decimal_or_row_value(object: &Bound<'_, PyAny>, depth: usize) -> PyResult<Value> {
    // A datetime is a date too, so it is asked for first.
    if let Ok(datetime) = object.cast::<PyDateTime>() {
        return datetime_value(datetime);
    }
    if object.is_instance_of::<PyDate>() {
        let days: i64 = object
            .call_method0(intern!(object.py(), "toordinal"))?
            .extract()?;
        // Python's years end at 9999, so the day has 32 bits.
        return Ok(Value::Date((days - EPOCH_ORDINAL) as i32));
    }
    if let Ok(time) = object.cast::<PyTime>() {
        return Ok(Value::Time(micros_of_day(time) * 1_000));
    }
    if let Ok(delta) = object.cast::<PyDelta>() {
        return Ok(Value::Duration(Elapsed::from_micros(micros_of_delta(delta))));
    }
    if object.is_instance(decimal_class(object.py())?)? {
        return decimal_value(object);
    }
    if object.is_instance(ROW_CLASS.import(object.py(), "nutkin.common", "Row")?)? {
        return row_value(object, depth);
    }
    Err(PyTypeError::new_err(format!(
        "{} cannot be an argument of a call",
        object.get_type().fully_qualified_name()?
    )))
}

/// The proleptic Gregorian ordinal of 1970-01-01.
const EPOCH_ORDINAL: i64 = 719_163;

/// A naive `datetime` is a `LocalDateTime`, an aware one an `Instant`.
fn datetime_value(datetime: &Bound<'_, PyDateTime>) -> PyResult<Value> {
    let py = datetime.py();
    let is_aware = !datetime.call_method0(intern!(py, "utcoffset"))?.is_none();
    let wall_clock = if is_aware {
        let utc = PyTzInfo::utc(py)?;
        datetime
            .call_method1(intern!(py, "astimezone"), (&*utc,))?
            .cast_into::<PyDateTime>()?
    } else {
        datetime.clone()
    };
    let days: i64 = wall_clock.call_method0(intern!(py, "toordinal"))?.extract()?;
    let micros = (days - EPOCH_ORDINAL) * SECONDS_PER_DAY * MICROS_PER_SECOND + micros_of_day(&wall_clock);
    Ok(if is_aware {
        Value::Instant(Elapsed::from_micros(micros))
    } else {
        Value::Timestamp(Elapsed::from_micros(micros))
    })
}

fn micros_of_day(time: &impl PyTimeAccess) -> i64 {
    let minutes = i64::from(time.get_hour()) * 60 + i64::from(time.get_minute());
    (minutes * 60 + i64::from(time.get_second())) * MICROS_PER_SECOND + i64::from(time.get_microsecond())
}

fn micros_of_delta(delta: &Bound<'_, PyDelta>) -> i64 {
    let seconds = i64::from(delta.get_days()) * SECONDS_PER_DAY + i64::from(delta.get_seconds());
    seconds * MICROS_PER_SECOND + i64::from(delta.get_microseconds())
}

fn decimal_value(object: &Bound<'_, PyAny>) -> PyResult<Value> {
    let is_finite: bool = object
        .call_method0(intern!(object.py(), "is_finite"))?
        .extract()?;
    if !is_finite {
        return Err(PyValueError::new_err(format!(
            "{object} is no java.math.BigDecimal"
        )));
    }
    let plain = object.call_method1(intern!(object.py(), "__format__"), ("f",))?;
    Ok(Value::Decimal(plain.extract()?))
}

/// `decimal.Decimal`, looked up once.
static DECIMAL_CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();

fn decimal_class(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    DECIMAL_CLASS.import(py, "decimal", "Decimal")
}

/// `nutkin.common.Row` and `RowKind`, looked up once.
static ROW_CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static ROW_KIND_CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();

fn row_value(row: &Bound<'_, PyAny>, depth: usize) -> PyResult<Value> {
    let py = row.py();
    Ok(Value::Row(RowValue {
        kind: row
            .call_method0(intern!(py, "get_row_kind"))?
            .getattr(intern!(py, "value"))?
            .extract()?,
        names: row.getattr(intern!(py, "_fields"))?.extract()?,
        fields: row
            .getattr(intern!(py, "_values"))?
            .try_iter()?
            .map(|field| to_nested_value(&field?, depth + 1))
            .collect::<PyResult<_>>()?,
    }))
}

fn from_row(py: Python<'_>, row: RowValue) -> PyResult<Bound<'_, PyAny>> {
    let fields = row
        .fields
        .into_iter()
        .map(|field| from_value(py, field))
        .collect::<PyResult<Vec<_>>>()?;
    let class = ROW_CLASS.import(py, "nutkin.common", "Row")?;
    let made = match row.names {
        Some(names) => {
            let named = PyDict::new(py);
            for (name, field) in names.iter().zip(fields) {
                named.set_item(name, field)?;
            }
            class.call((), Some(&named))?
        }
        None => class.call1(PyTuple::new(py, fields)?)?,
    };
    let kind = ROW_KIND_CLASS
        .import(py, "nutkin.common", "RowKind")?
        .call1((row.kind,))?;
    made.call_method1(intern!(py, "set_row_kind"), (kind,))?;
    Ok(made)
}

/// The Python object of a value.
pub(crate) fn from_value<'py>(py: Python<'py>, value: Value) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Value::Null => py.None().into_bound(py),
        Value::Boolean(value) => PyBool::new(py, value).to_owned().into_any(),
        Value::Int(value) => value.into_pyobject(py)?.into_any(),
        Value::Long(value) => value.into_pyobject(py)?.into_any(),
        Value::Double(value) => PyFloat::new(py, value).into_any(),
        Value::Decimal(text) => decimal_class(py)?.call1((text,))?,
        Value::String(text) => PyString::new(py, &text).into_any(),
        Value::Bytes(bytes) | Value::Arrow(bytes) => PyBytes::new(py, &bytes).into_any(),
        Value::Date(days) => py
            .get_type::<PyDate>()
            .call_method1(intern!(py, "fromordinal"), (i64::from(days) + EPOCH_ORDINAL,))?,
        Value::Time(nanos) => {
            let clock = clock_of_micros(nanos / 1_000);
            PyTime::new(py, clock.0, clock.1, clock.2, clock.3, None)?.into_any()
        }
        Value::Timestamp(elapsed) => after_epoch(py, elapsed, None)?,
        Value::Instant(elapsed) => after_epoch(py, elapsed, Some(&*PyTzInfo::utc(py)?))?,
        Value::Duration(elapsed) => delta(py, elapsed)?.into_any(),
        Value::Byte(value) => value.into_pyobject(py)?.into_any(),
        Value::Short(value) => value.into_pyobject(py)?.into_any(),
        Value::Float(value) => PyFloat::new(py, f64::from(value)).into_any(),
        // PyFlink has no class for it: an interval of months is the number of them.
        Value::Period(months) => months.into_pyobject(py)?.into_any(),
        Value::Row(row) => from_row(py, row)?,
        Value::List(items) => {
            let items = items
                .into_iter()
                .map(|item| from_value(py, item))
                .collect::<PyResult<Vec<_>>>()?;
            PyList::new(py, items)?.into_any()
        }
        Value::Map(entries) => {
            let dictionary = PyDict::new(py);
            for (key, item) in entries {
                dictionary.set_item(from_value(py, key)?, from_value(py, item)?)?;
            }
            dictionary.into_any()
        }
        Value::Object(reference) => {
            let reference = Reference::new(reference.id, reference.class);
            Bound::new(py, reference)?.into_any()
        }
    })
}

/// Hour, minute, second and microsecond; what is outside of a day has parts that Python refuses.
fn clock_of_micros(micros: i64) -> (u8, u8, u8, u32) {
    let seconds = micros.div_euclid(MICROS_PER_SECOND);
    (
        u8::try_from(seconds / 3_600).unwrap_or(u8::MAX),
        u8::try_from(seconds / 60 % 60).unwrap_or(u8::MAX),
        u8::try_from(seconds % 60).unwrap_or(u8::MAX),
        u32::try_from(micros.rem_euclid(MICROS_PER_SECOND)).unwrap_or(u32::MAX),
    )
}

/// Python counts microseconds; a finer fraction is cut off.
fn delta(py: Python<'_>, elapsed: Elapsed) -> PyResult<Bound<'_, PyDelta>> {
    let seconds = elapsed.seconds;
    let too_long = |_| PyOverflowError::new_err("the duration is longer than Python's timedelta can be");
    PyDelta::new(
        py,
        i32::try_from(seconds.div_euclid(SECONDS_PER_DAY)).map_err(too_long)?,
        i32::try_from(seconds.rem_euclid(SECONDS_PER_DAY)).map_err(too_long)?,
        i32::try_from(elapsed.nanoseconds / 1_000).map_err(too_long)?,
        false,
    )
}

fn after_epoch<'py>(
    py: Python<'py>,
    elapsed: Elapsed,
    zone: Option<&Bound<'py, PyTzInfo>>,
) -> PyResult<Bound<'py, PyAny>> {
    let epoch = PyDateTime::new(py, 1970, 1, 1, 0, 0, 0, 0, zone)?;
    epoch.add(delta(py, elapsed)?)
}
