//! Values in words: how columns of fixed-width types are read into integers that keep their order.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Decimal128Array, Int64Array, PrimitiveArray};
use arrow::buffer::{BooleanBuffer, NullBuffer, ScalarBuffer};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Decimal128Type, Float32Type, Float64Type, Int32Type, Int64Type, TimeUnit};

use crate::{EngineError, Result};

/// A value that fits a fixed number of words.
pub(super) trait Value: Ord + Copy + Send + std::hash::Hash + 'static {
    /// How many words.
    const WORDS: usize;
    /// Reads the words.
    fn read(words: &[u64]) -> Self;
    /// Writes the words.
    fn write(self, words: &mut [u64]);
    /// Reads a column.
    fn column(array: &ArrayRef) -> Result<ScalarBuffer<Self>>
    where
        Self: arrow::datatypes::ArrowNativeType;
    /// Makes a column.
    fn array(values: Vec<Self>, nulls: Option<NullBuffer>, data_type: &DataType) -> Result<ArrayRef>;
}

impl Value for i64 {
    const WORDS: usize = 1;

    fn read(words: &[u64]) -> Self {
        words[0].cast_signed()
    }

    fn write(self, words: &mut [u64]) {
        words[0] = self.cast_unsigned();
    }

    fn column(array: &ArrayRef) -> Result<ScalarBuffer<Self>> {
        Ok(match array.data_type() {
            DataType::Boolean => array
                .as_boolean()
                .values()
                .iter()
                .map(i64::from)
                .collect::<Vec<_>>()
                .into(),
            DataType::Float32 => array
                .as_primitive::<Float32Type>()
                .values()
                .iter()
                .map(|&value| order_of_float(f64::from(value)))
                .collect::<Vec<_>>()
                .into(),
            DataType::Float64 => array
                .as_primitive::<Float64Type>()
                .values()
                .iter()
                .map(|&value| order_of_float(value))
                .collect::<Vec<_>>()
                .into(),
            DataType::Date32 | DataType::Time32(_) | DataType::Interval(_) => {
                let narrow = reinterpret_narrow(array)?;
                narrow
                    .iter()
                    .map(|&value| i64::from(value))
                    .collect::<Vec<_>>()
                    .into()
            }
            _ => cast(array, &DataType::Int64)?
                .as_primitive::<Int64Type>()
                .values()
                .clone(),
        })
    }

    fn array(values: Vec<Self>, nulls: Option<NullBuffer>, data_type: &DataType) -> Result<ArrayRef> {
        Ok(match data_type {
            DataType::Boolean => {
                let bits = BooleanBuffer::collect_bool(values.len(), |row| values[row] != 0);
                Arc::new(BooleanArray::new(bits, nulls))
            }
            DataType::Float32 => {
                let floats: Vec<f32> = values
                    .into_iter()
                    .map(|value| float_of_order(value) as f32)
                    .collect();
                Arc::new(PrimitiveArray::<Float32Type>::new(floats.into(), nulls))
            }
            DataType::Float64 => {
                let floats: Vec<f64> = values.into_iter().map(float_of_order).collect();
                Arc::new(PrimitiveArray::<Float64Type>::new(floats.into(), nulls))
            }
            DataType::Date32 | DataType::Time32(_) | DataType::Interval(_) => {
                let narrow: Vec<i32> = values.into_iter().map(|value| value as i32).collect();
                let array = PrimitiveArray::<Int32Type>::new(narrow.into(), nulls);
                let data = array.into_data().into_builder().data_type(data_type.clone());
                arrow::array::make_array(data.build()?)
            }
            _ => cast(&Int64Array::new(values.into(), nulls), data_type)?,
        })
    }
}

impl Value for i128 {
    const WORDS: usize = 2;

    fn read(words: &[u64]) -> Self {
        ((u128::from(words[1]) << 64) | u128::from(words[0])).cast_signed()
    }

    fn write(self, words: &mut [u64]) {
        let bits = self.cast_unsigned();
        words[0] = bits as u64;
        words[1] = (bits >> 64) as u64;
    }

    fn column(array: &ArrayRef) -> Result<ScalarBuffer<Self>> {
        Ok(array.as_primitive::<Decimal128Type>().values().clone())
    }

    fn array(values: Vec<Self>, nulls: Option<NullBuffer>, data_type: &DataType) -> Result<ArrayRef> {
        Ok(Arc::new(
            Decimal128Array::new(values.into(), nulls).with_data_type(data_type.clone()),
        ))
    }
}

/// Whether columns of this type are read into one word.
pub(super) fn fits_one_word(data_type: &DataType) -> bool {
    matches!(
        data_type,
        DataType::Boolean
            | DataType::Int8
            | DataType::Int16
            | DataType::Int32
            | DataType::Int64
            | DataType::Float32
            | DataType::Float64
            | DataType::Date32
            | DataType::Time32(_)
            | DataType::Time64(_)
            | DataType::Timestamp(
                TimeUnit::Second | TimeUnit::Millisecond | TimeUnit::Microsecond | TimeUnit::Nanosecond,
                _
            )
            | DataType::Duration(_)
            | DataType::Interval(arrow::datatypes::IntervalUnit::YearMonth)
    )
}

/// An integer that orders as the float does, with NaN above everything.
fn order_of_float(value: f64) -> i64 {
    let bits = value.to_bits().cast_signed();
    bits ^ (((bits >> 63).cast_unsigned()) >> 1).cast_signed()
}

/// The float whose order is this integer.
fn float_of_order(order: i64) -> f64 {
    let bits = order ^ (((order >> 63).cast_unsigned()) >> 1).cast_signed();
    f64::from_bits(bits.cast_unsigned())
}

fn reinterpret_narrow(array: &ArrayRef) -> Result<ScalarBuffer<i32>> {
    let data = array.to_data();
    let buffer = data.buffers().first().ok_or_else(|| EngineError::Internal {
        message: format!("a column of type {} has no values", array.data_type()),
    })?;
    Ok(ScalarBuffer::new(buffer.clone(), data.offset(), data.len()))
}
