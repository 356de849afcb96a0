//! ROW: what the rules' `make_row` makes of the values, or a `tuple`.
//!
//! Taken are tuples and lists by position, dictionaries by name, and `Row` objects (of any package: they
//! are known by their `_values` and `_fields`) by name if they have the declared names, else by position.

use std::collections::HashSet;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, NullBufferBuilder, StructArray};
use arrow::buffer::NullBuffer;
use arrow::datatypes::DataType;
use nutkin_engine::EngineError;
use nutkin_plan::types::{LogicalType, RowField, TypeKind};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};

use super::{ColumnBuilder, ColumnReader, ConversionRules, ValueBuilder, ValueError, column_reader};
use crate::failure::internal_mismatch;

/// The byte of +I, which every ROW within a row is.
const INSERT: i8 = 0;

pub(super) struct RowReader {
    nulls: Option<NullBuffer>,
    fields: Vec<Box<dyn ColumnReader>>,
    names: Vec<String>,
    make_row: Option<Arc<Py<PyAny>>>,
}

impl RowReader {
    pub(super) fn new(array: &ArrayRef, rules: &ConversionRules) -> Result<Self, EngineError> {
        let array = array.as_struct();
        let fields = array
            .columns()
            .iter()
            .map(|column| column_reader(column, rules))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            nulls: array.nulls().cloned(),
            fields,
            names: array.fields().iter().map(|field| field.name().clone()).collect(),
            make_row: rules.make_row(),
        })
    }
}

impl ColumnReader for RowReader {
    fn read<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyAny>> {
        if self.nulls.as_ref().is_some_and(|nulls| nulls.is_null(row)) {
            return Ok(py.None().into_bound(py));
        }
        let values = self
            .fields
            .iter()
            .map(|field| field.read(py, row))
            .collect::<PyResult<Vec<_>>>()?;
        let values = PyTuple::new(py, values)?;
        match &self.make_row {
            Some(make_row) => make_row
                .bind(py)
                .call1((INSERT, PyList::new(py, &self.names)?, values)),
            None => Ok(values.into_any()),
        }
    }
}

pub(super) struct RowBuilder {
    kind: TypeKind,
    names: Vec<String>,
    fields: Vec<ColumnBuilder>,
    nulls: NullBufferBuilder,
}

impl RowBuilder {
    /// `kind` is the ROW itself.
    pub(super) fn new(
        kind: &TypeKind,
        fields: &[RowField],
        rules: &ConversionRules,
        capacity: usize,
    ) -> Result<Self, EngineError> {
        Ok(Self {
            kind: kind.clone(),
            names: fields.iter().map(|field| field.name.clone()).collect(),
            fields: fields
                .iter()
                .map(|field| ColumnBuilder::new(&field.field_type, rules, capacity))
                .collect::<Result<_, _>>()?,
            nulls: NullBufferBuilder::new(capacity),
        })
    }

    fn append_by_position<'py>(
        &mut self,
        values: impl ExactSizeIterator<Item = Bound<'py, PyAny>>,
        whole: &Bound<'py, PyAny>,
    ) -> Result<(), ValueError> {
        if values.len() != self.fields.len() {
            let fault = format!(
                "has {} values for the {} fields of",
                values.len(),
                self.fields.len()
            );
            return Err(ValueError::faulty(whole, &fault));
        }
        for ((value, field), name) in values.zip(&mut self.fields).zip(&self.names) {
            field
                .append(&value)
                .map_err(|error| error.at(&format!(".{name}")))?;
        }
        self.nulls.append_non_null();
        Ok(())
    }

    fn append_by_name(&mut self, values: &Bound<'_, PyDict>) -> Result<(), ValueError> {
        for (key, _) in values.iter() {
            let is_field = key.extract::<String>().is_ok_and(|key| self.names.contains(&key));
            if !is_field {
                let fault = format!(
                    "has the key {}, which is no field of",
                    super::error::printed_value(&key, 40)
                );
                return Err(ValueError::faulty(values, &fault));
            }
        }
        let none = values.py().None().into_bound(values.py());
        for (field, name) in self.fields.iter_mut().zip(&self.names) {
            let value = values
                .get_item(name)
                .ok()
                .flatten()
                .unwrap_or_else(|| none.clone());
            field
                .append(&value)
                .map_err(|error| error.at(&format!(".{name}")))?;
        }
        self.nulls.append_non_null();
        Ok(())
    }

    /// The values of a `Row`, in the declared order.
    fn values_of_row<'py>(&self, row: &Bound<'py, PyAny>) -> Option<Vec<Bound<'py, PyAny>>> {
        let py = row.py();
        let values: Vec<_> = row
            .getattr(intern!(py, "_values"))
            .ok()?
            .try_iter()
            .ok()?
            .collect::<PyResult<_>>()
            .ok()?;
        let names: Option<Vec<String>> = row.getattr(intern!(py, "_fields")).ok()?.extract().ok()?;
        let Some(names) = names.filter(|names| names.len() == values.len()) else {
            return Some(values);
        };
        let own: HashSet<&String> = names.iter().collect();
        let declared: HashSet<&String> = self.names.iter().collect();
        if own != declared || own.len() != names.len() {
            return Some(values);
        }
        self.names
            .iter()
            .map(|name| {
                let position = names.iter().position(|own| own == name)?;
                values.get(position).cloned()
            })
            .collect()
    }
}

impl ValueBuilder for RowBuilder {
    fn append_value(&mut self, value: &Bound<'_, PyAny>) -> Result<(), ValueError> {
        if let Ok(tuple) = value.cast::<PyTuple>() {
            return self.append_by_position(tuple.iter(), value);
        }
        if let Ok(list) = value.cast::<PyList>() {
            return self.append_by_position(list.iter(), value);
        }
        if let Ok(dictionary) = value.cast::<PyDict>() {
            return self.append_by_name(dictionary);
        }
        match self.values_of_row(value) {
            Some(values) => self.append_by_position(values.into_iter(), value),
            None => Err(ValueError::type_of(value)),
        }
    }

    fn append_null(&mut self) {
        for field in &mut self.fields {
            field.append_placeholder();
        }
        self.nulls.append_null();
    }

    fn finish(&mut self) -> Result<ArrayRef, EngineError> {
        let data_type = LogicalType::nullable(self.kind.clone()).to_arrow();
        let DataType::Struct(fields) = &data_type else {
            return Err(internal_mismatch(&data_type));
        };
        let nulls_length = self.nulls.len();
        let nulls = self.nulls.finish();
        if fields.is_empty() {
            return Ok(Arc::new(StructArray::new_empty_fields(nulls_length, nulls)));
        }
        let columns = self
            .fields
            .iter_mut()
            .map(ColumnBuilder::finish)
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Arc::new(StructArray::try_new(fields.clone(), columns, nulls)?))
    }
}
