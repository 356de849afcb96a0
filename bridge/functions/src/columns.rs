//! Arguments of row by row functions as columns, and the columns of their results.
//!
//! A constant argument stays one value: it is not repeated for every row.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, BinaryBuilder, BooleanBuilder, Int32Builder, ListBuilder, StringBuilder,
};
use arrow::datatypes::{DataType, Field, Int32Type, Int64Type};

use crate::error::Result;
use crate::function_expression::Values;

/// The row of a column that stands for a row of the result: 0 for a constant.
#[derive(Clone, Copy)]
struct Place {
    constant: bool,
}

impl Place {
    fn of(self, row: usize) -> usize {
        if self.constant { 0 } else { row }
    }
}

/// An argument of type CHAR or VARCHAR.
pub(crate) struct Texts {
    array: ArrayRef,
    place: Place,
}

/// An argument of type BINARY or VARBINARY.
pub(crate) struct Bytes {
    array: ArrayRef,
    place: Place,
}

/// An argument of type INT.
pub(crate) struct Integers {
    array: ArrayRef,
    place: Place,
}

/// An argument of type BIGINT.
pub(crate) struct Longs {
    array: ArrayRef,
    place: Place,
}

impl Texts {
    /// The value of a row; `None` is NULL.
    pub(crate) fn get(&self, row: usize) -> Option<&str> {
        let row = self.place.of(row);
        let array = self.array.as_string_opt::<i32>()?;
        array.is_valid(row).then(|| array.value(row))
    }
}

impl Bytes {
    /// The value of a row; `None` is NULL.
    pub(crate) fn get(&self, row: usize) -> Option<&[u8]> {
        let row = self.place.of(row);
        let array = self.array.as_binary_opt::<i32>()?;
        array.is_valid(row).then(|| array.value(row))
    }
}

impl Integers {
    /// The value of a row; `None` is NULL.
    pub(crate) fn get(&self, row: usize) -> Option<i32> {
        let row = self.place.of(row);
        let array = self.array.as_primitive_opt::<Int32Type>()?;
        array.is_valid(row).then(|| array.value(row))
    }
}

impl Longs {
    /// The value of a row; `None` is NULL.
    pub(crate) fn get(&self, row: usize) -> Option<i64> {
        let row = self.place.of(row);
        let array = self.array.as_primitive_opt::<Int64Type>()?;
        array.is_valid(row).then(|| array.value(row))
    }
}

impl Values<'_> {
    /// An argument, one row long if it is constant.
    pub(crate) fn compact(&self, index: usize) -> Result<(ArrayRef, bool)> {
        Ok(match self.constant(index) {
            Some(scalar) => (scalar.to_array()?, true),
            None => (self.array(index)?, false),
        })
    }

    /// An argument of strings.
    pub(crate) fn texts(&self, index: usize) -> Result<Texts> {
        let (array, constant) = self.compact(index)?;
        let place = Place { constant };
        Ok(Texts { array, place })
    }

    /// The arguments from `first` on, all of strings.
    pub(crate) fn all_texts(&self, first: usize) -> Result<Vec<Texts>> {
        (first..self.count()).map(|index| self.texts(index)).collect()
    }

    /// An argument of bytes.
    pub(crate) fn bytes(&self, index: usize) -> Result<Bytes> {
        let (array, constant) = self.compact(index)?;
        let place = Place { constant };
        Ok(Bytes { array, place })
    }

    /// An argument of type INT.
    pub(crate) fn integers(&self, index: usize) -> Result<Integers> {
        let (array, constant) = self.compact(index)?;
        let place = Place { constant };
        Ok(Integers { array, place })
    }

    /// An argument of type BIGINT.
    pub(crate) fn longs(&self, index: usize) -> Result<Longs> {
        let (array, constant) = self.compact(index)?;
        let place = Place { constant };
        Ok(Longs { array, place })
    }
}

/// A column of strings; `write` appends the text of a row, and gives `None` for NULL.
pub(crate) fn text_column(
    rows: usize,
    mut write: impl FnMut(usize, &mut String) -> Option<()>,
) -> Result<ArrayRef> {
    try_text_column(rows, |row, text| Ok(write(row, text)))
}

/// A column of strings of which a row can fail.
pub(crate) fn try_text_column(
    rows: usize,
    mut write: impl FnMut(usize, &mut String) -> Result<Option<()>>,
) -> Result<ArrayRef> {
    let mut column = StringBuilder::new();
    let mut text = String::new();
    for row in 0..rows {
        text.clear();
        match write(row, &mut text)? {
            Some(()) => column.append_value(&text),
            None => column.append_null(),
        }
    }
    Ok(Arc::new(column.finish()))
}

/// A column of bytes; `write` appends the bytes of a row, and gives `None` for NULL.
pub(crate) fn byte_column(
    rows: usize,
    mut write: impl FnMut(usize, &mut Vec<u8>) -> Result<Option<()>>,
) -> Result<ArrayRef> {
    let mut column = BinaryBuilder::new();
    let mut bytes = Vec::new();
    for row in 0..rows {
        bytes.clear();
        match write(row, &mut bytes)? {
            Some(()) => column.append_value(&bytes),
            None => column.append_null(),
        }
    }
    Ok(Arc::new(column.finish()))
}

/// A column of INT.
pub(crate) fn integer_column(rows: usize, value: impl Fn(usize) -> Option<i32>) -> Result<ArrayRef> {
    let mut column = Int32Builder::with_capacity(rows);
    (0..rows).for_each(|row| column.append_option(value(row)));
    Ok(Arc::new(column.finish()))
}

/// A column of BOOLEAN.
pub(crate) fn boolean_column(rows: usize, value: impl Fn(usize) -> Option<bool>) -> Result<ArrayRef> {
    let mut column = BooleanBuilder::with_capacity(rows);
    (0..rows).for_each(|row| column.append_option(value(row)));
    Ok(Arc::new(column.finish()))
}

/// Builds a column of type `ARRAY<STRING>` of this Arrow type.
pub(crate) fn text_list_builder(list: &DataType) -> ListBuilder<StringBuilder> {
    let builder = ListBuilder::new(StringBuilder::new());
    match list {
        DataType::List(field) => builder.with_field(Arc::clone(field)),
        _ => builder.with_field(Field::new("item", DataType::Utf8, true)),
    }
}
