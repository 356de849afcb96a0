//! ARRAY: `list`. Lists, tuples and other sequences (`array.array`, `numpy.ndarray`) are taken;
//! strings are not sequences of characters here.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, ListArray, NullBufferBuilder};
use arrow::buffer::OffsetBuffer;
use arrow::datatypes::Field;
use nutkin_engine::EngineError;
use nutkin_plan::types::LogicalType;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyList, PyString, PyTuple};

use super::{ColumnBuilder, ColumnReader, ConversionRules, ValueBuilder, ValueError, column_reader};

pub(super) struct ListReader {
    array: ListArray,
    elements: Box<dyn ColumnReader>,
}

impl ListReader {
    pub(super) fn new(array: &ArrayRef, rules: &ConversionRules) -> Result<Self, EngineError> {
        let array = array.as_list::<i32>().clone();
        let elements = column_reader(array.values(), rules)?;
        Ok(Self { array, elements })
    }
}

impl ColumnReader for ListReader {
    fn read<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyAny>> {
        if self.array.is_null(row) {
            return Ok(py.None().into_bound(py));
        }
        let list = PyList::empty(py);
        for position in element_range(self.array.value_offsets(), row) {
            list.append(self.elements.read(py, position)?)?;
        }
        Ok(list.into_any())
    }
}

/// The positions of a row's elements.
pub(super) fn element_range(offsets: &[i32], row: usize) -> std::ops::Range<usize> {
    // Arrow checks that offsets are not negative and do not fall.
    let position = |index: usize| {
        offsets
            .get(index)
            .and_then(|offset| usize::try_from(*offset).ok())
            .unwrap_or(0)
    };
    position(row)..position(row + 1)
}

pub(super) struct ListBuilder {
    element: LogicalType,
    elements: ColumnBuilder,
    lengths: Vec<usize>,
    nulls: NullBufferBuilder,
}

impl ListBuilder {
    pub(super) fn new(
        element: &LogicalType,
        rules: &ConversionRules,
        capacity: usize,
    ) -> Result<Self, EngineError> {
        Ok(Self {
            element: element.clone(),
            elements: ColumnBuilder::new(element, rules, capacity)?,
            lengths: Vec::with_capacity(capacity),
            nulls: NullBufferBuilder::new(capacity),
        })
    }

    fn append_elements<'py>(
        &mut self,
        values: impl Iterator<Item = PyResult<Bound<'py, PyAny>>>,
        whole: &Bound<'py, PyAny>,
    ) -> Result<(), ValueError> {
        let mut length = 0;
        for value in values {
            let value = value.map_err(|_| ValueError::faulty(whole, "cannot be iterated as"))?;
            self.elements
                .append(&value)
                .map_err(|error| error.at(&format!("[{length}]")))?;
            length += 1;
        }
        self.lengths.push(length);
        self.nulls.append_non_null();
        Ok(())
    }
}

impl ValueBuilder for ListBuilder {
    fn append_value(&mut self, value: &Bound<'_, PyAny>) -> Result<(), ValueError> {
        if let Ok(list) = value.cast::<PyList>() {
            return self.append_elements(list.iter().map(Ok), value);
        }
        if let Ok(tuple) = value.cast::<PyTuple>() {
            return self.append_elements(tuple.iter().map(Ok), value);
        }
        if !is_sequence(value) {
            return Err(ValueError::type_of(value));
        }
        let iterator = value
            .try_iter()
            .map_err(|_| ValueError::faulty(value, "cannot be iterated as"))?;
        self.append_elements(iterator, value)
    }

    fn append_null(&mut self) {
        self.lengths.push(0);
        self.nulls.append_null();
    }

    fn finish(&mut self) -> Result<ArrayRef, EngineError> {
        let values = self.elements.finish()?;
        let offsets = offsets_of_lengths(std::mem::take(&mut self.lengths))?;
        let field = Field::new("element", self.element.to_arrow(), self.element.nullable);
        let array = ListArray::try_new(Arc::new(field), offsets, values, self.nulls.finish())?;
        Ok(Arc::new(array))
    }
}

/// Arrow's offsets, which are 32 bits wide.
pub(super) fn offsets_of_lengths(lengths: Vec<usize>) -> Result<OffsetBuffer<i32>, EngineError> {
    let total: usize = lengths.iter().sum();
    if i32::try_from(total).is_err() {
        return Err(EngineError::PythonRuntime {
            message: format!("{total} elements of arrays in one batch are more than can be held at once"),
            traceback: None,
            hint: Some("lower 'python.fn-execution.arrow.batch.size'".to_owned()),
        });
    }
    Ok(OffsetBuffer::from_lengths(lengths))
}

fn is_sequence(value: &Bound<'_, PyAny>) -> bool {
    let is_text = value.is_instance_of::<PyString>()
        || value.is_instance_of::<PyBytes>()
        || value.is_instance_of::<PyByteArray>();
    // SAFETY: the thread is attached and the object is alive; the call only looks at its type.
    !is_text && unsafe { ffi::PySequence_Check(value.as_ptr()) } == 1
}
