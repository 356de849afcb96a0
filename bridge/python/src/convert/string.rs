//! CHAR and VARCHAR: `str`.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, StringArray};
use nutkin_engine::EngineError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyString;

use super::{ColumnReader, ValueBuilder, ValueError};

/// The largest code point of ASCII.
const LARGEST_ASCII: ffi::Py_UCS4 = 0x7f;

/// Whether a column is ASCII is found for the whole column at once, so that most columns need no
/// decoding: their strings are one allocation and one copy each.
pub(super) struct StringReader {
    array: StringArray,
    is_ascii: bool,
}

impl StringReader {
    pub(super) fn new(array: &ArrayRef) -> Self {
        let array = array.as_string::<i32>().clone();
        let offsets = array.value_offsets();
        let used = match (offsets.first(), offsets.last()) {
            (Some(first), Some(last)) => {
                usize::try_from(*first).unwrap_or(0)..usize::try_from(*last).unwrap_or(0)
            }
            _ => 0..0,
        };
        let is_ascii = array.value_data().get(used).is_some_and(<[u8]>::is_ascii);
        Self { array, is_ascii }
    }
}

impl ColumnReader for StringReader {
    #[inline]
    fn read<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyAny>> {
        if self.array.is_null(row) {
            return Ok(py.None().into_bound(py));
        }
        let value = self.array.value(row);
        // CPython shares the strings of no and of one character; it has to make those itself.
        if self.is_ascii && value.len() > 1 {
            return new_ascii_string(py, value);
        }
        Ok(PyString::new(py, value).into_any())
    }
}

#[inline]
fn new_ascii_string<'py>(py: Python<'py>, value: &str) -> PyResult<Bound<'py, PyAny>> {
    // A slice is never longer than isize::MAX.
    let length = value.len().cast_signed();
    // SAFETY: the thread is attached. `PyUnicode_New` gives a new reference or null, which
    // `from_owned_ptr_or_err` tells apart.
    let object = unsafe {
        let object = ffi::PyUnicode_New(length, LARGEST_ASCII);
        Bound::from_owned_ptr_or_err(py, object)?
    };
    // SAFETY: the string was just made with room for `length` one-byte characters and a final NUL that
    // is written already; nobody else has seen it, so it may be filled. All bytes are ASCII, as its
    // header says.
    unsafe {
        let data = ffi::PyUnicode_DATA(object.as_ptr()).cast::<u8>();
        std::ptr::copy_nonoverlapping(value.as_ptr(), data, value.len());
    }
    Ok(object)
}

pub(super) struct StringBuilder(arrow::array::StringBuilder);

impl StringBuilder {
    pub(super) fn new(capacity: usize) -> Self {
        Self(arrow::array::StringBuilder::with_capacity(
            capacity,
            capacity * 16,
        ))
    }
}

impl ValueBuilder for StringBuilder {
    #[inline]
    fn append_value(&mut self, value: &Bound<'_, PyAny>) -> Result<(), ValueError> {
        let string = value.cast::<PyString>().map_err(|_| ValueError::type_of(value))?;
        let text = string
            .to_str()
            .map_err(|_| ValueError::faulty(value, "has a lone surrogate, which is not a character of"))?;
        self.0.append_value(text);
        Ok(())
    }

    fn append_null(&mut self) {
        self.0.append_null();
    }

    fn finish(&mut self) -> Result<ArrayRef, EngineError> {
        Ok(Arc::new(self.0.finish()))
    }
}
