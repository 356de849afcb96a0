//! SUM and $SUM0, in the type that the plan derived: integers wrap, as in Java.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, ArrowPrimitiveType, AsArray, Float32Array, Float64Array, PrimitiveArray,
};
use arrow::buffer::{NullBuffer, ScalarBuffer};
use arrow::datatypes::{DataType, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type};

use super::aggregate::{Aggregate, Change};
use super::words::Value;
use crate::Result;

/// What the sum of no values is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SumResult {
    /// SUM.
    NullIfEmpty,
    /// $SUM0.
    ZeroIfEmpty,
}

/// A running sum held in words.
pub(super) trait Running: Send {
    /// The words of the sum itself.
    const WORDS: usize;
    /// A column of values.
    type Column: Send;
    /// Reads an argument.
    fn column(array: &ArrayRef) -> Result<Self::Column>;
    /// Adds or takes back a value.
    fn apply(words: &mut [u64], column: &Self::Column, row: usize, change: Change);
}

/// Any integer type, in 64 bits; narrowing the total wraps as adding in the narrow type does.
pub(super) struct IntegerTotal;
/// FLOAT, added in 32 bits as Flink does.
pub(super) struct FloatTotal;
/// DOUBLE, and FLOAT for averages.
pub(super) struct DoubleTotal;
/// DECIMAL, unscaled.
pub(super) struct DecimalTotal;

impl Running for IntegerTotal {
    const WORDS: usize = 1;
    type Column = ScalarBuffer<i64>;

    fn column(array: &ArrayRef) -> Result<Self::Column> {
        <i64 as Value>::column(array)
    }

    fn apply(words: &mut [u64], column: &Self::Column, row: usize, change: Change) {
        words[0] = match change {
            Change::Add => words[0].wrapping_add(column[row].cast_unsigned()),
            Change::Retract => words[0].wrapping_sub(column[row].cast_unsigned()),
        };
    }
}

impl Running for FloatTotal {
    const WORDS: usize = 1;
    type Column = ScalarBuffer<f32>;

    fn column(array: &ArrayRef) -> Result<Self::Column> {
        Ok(array.as_primitive::<Float32Type>().values().clone())
    }

    fn apply(words: &mut [u64], column: &Self::Column, row: usize, change: Change) {
        let total = f32::from_bits(words[0] as u32);
        let next = match change {
            Change::Add => total + column[row],
            Change::Retract => total - column[row],
        };
        words[0] = u64::from(next.to_bits());
    }
}

impl Running for DoubleTotal {
    const WORDS: usize = 1;
    type Column = ScalarBuffer<f64>;

    fn column(array: &ArrayRef) -> Result<Self::Column> {
        let doubles = arrow::compute::cast(array, &DataType::Float64)?;
        Ok(doubles.as_primitive::<Float64Type>().values().clone())
    }

    fn apply(words: &mut [u64], column: &Self::Column, row: usize, change: Change) {
        let total = f64::from_bits(words[0]);
        let next = match change {
            Change::Add => total + column[row],
            Change::Retract => total - column[row],
        };
        words[0] = next.to_bits();
    }
}

impl Running for DecimalTotal {
    const WORDS: usize = 2;
    type Column = ScalarBuffer<i128>;

    fn column(array: &ArrayRef) -> Result<Self::Column> {
        <i128 as Value>::column(array)
    }

    fn apply(words: &mut [u64], column: &Self::Column, row: usize, change: Change) {
        let total = i128::read(words);
        let next = match change {
            Change::Add => total.wrapping_add(column[row]),
            Change::Retract => total.wrapping_sub(column[row]),
        };
        next.write(words);
    }
}

/// What becomes of a total and a count: the sum, or the average.
pub(super) trait Finish: Send {
    /// The results of images; each is the words of the total, then the count of values.
    fn results(&self, images: Images<'_>) -> Result<ArrayRef>;

    /// Whether two totals with their counts give equal results.
    fn same(&self, left: &[u64], right: &[u64]) -> bool;
}

/// The words of one call in records that follow each other.
#[derive(Clone, Copy)]
pub(super) struct Images<'a> {
    words: &'a [u64],
    stride: usize,
    offset: usize,
}

impl<'a> Images<'a> {
    /// The words of the call at `offset` in records of `stride` words.
    pub(super) fn new(words: &'a [u64], stride: usize, offset: usize) -> Self {
        Self {
            words,
            stride,
            offset,
        }
    }

    /// The call's words, record by record.
    pub(super) fn iter(self) -> impl Iterator<Item = &'a [u64]> {
        self.words
            .chunks_exact(self.stride)
            .map(move |image| &image[self.offset..])
    }

    /// The nulls of results: null where the count at word `count` is zero.
    pub(super) fn nulls(self, count: usize) -> Option<NullBuffer> {
        let valid: NullBuffer = self.iter().map(|words| words[count] != 0).collect();
        (valid.null_count() > 0).then_some(valid)
    }
}

/// A total and the count of values behind it.
pub(super) struct Total<R: Running, F: Finish> {
    column: Option<R::Column>,
    nulls: Option<NullBuffer>,
    finish: F,
}

impl<R: Running, F: Finish> Total<R, F> {
    pub(super) fn new(finish: F) -> Self {
        Self {
            column: None,
            nulls: None,
            finish,
        }
    }
}

impl<R: Running, F: Finish> Aggregate for Total<R, F> {
    fn words(&self) -> usize {
        R::WORDS + 1
    }

    fn bind(&mut self, argument: Option<&ArrayRef>, _slots: usize) -> Result<()> {
        self.nulls = argument.and_then(|argument| argument.nulls().cloned());
        self.column = argument.map(R::column).transpose()?;
        Ok(())
    }

    fn apply(&mut self, words: &mut [u64], _slot: u32, row: usize, change: Change) -> Result<()> {
        if let Some(column) = &self.column
            && self.nulls.as_ref().is_none_or(|nulls| nulls.is_valid(row))
        {
            R::apply(words, column, row, change);
            words[R::WORDS] = words[R::WORDS].wrapping_add_signed(change.sign());
        }
        Ok(())
    }

    fn same(&self, left: &[u64], right: &[u64]) -> bool {
        self.finish.same(left, right)
    }

    fn results(&self, images: &[u64], stride: usize, offset: usize) -> Result<ArrayRef> {
        self.finish.results(Images::new(images, stride, offset))
    }
}

/// The sum itself.
struct SumOf {
    words: usize,
    empty: SumResult,
    results: fn(Images<'_>, Option<NullBuffer>, &DataType) -> Result<ArrayRef>,
    result_type: DataType,
}

impl Finish for SumOf {
    fn results(&self, images: Images<'_>) -> Result<ArrayRef> {
        let nulls = match self.empty {
            SumResult::NullIfEmpty => images.nulls(self.words),
            SumResult::ZeroIfEmpty => None,
        };
        (self.results)(images, nulls, &self.result_type)
    }

    fn same(&self, left: &[u64], right: &[u64]) -> bool {
        if self.empty == SumResult::NullIfEmpty {
            let (left_empty, right_empty) = (left[self.words] == 0, right[self.words] == 0);
            if left_empty || right_empty {
                return left_empty && right_empty;
            }
        }
        left[..self.words] == right[..self.words]
    }
}

/// SUM over an argument type; `None` if there is no such sum.
pub(super) fn sum(argument: &DataType, result: &DataType, empty: SumResult) -> Option<Box<dyn Aggregate>> {
    let finish = |words, results| SumOf {
        words,
        empty,
        results,
        result_type: result.clone(),
    };
    Some(match (argument, result) {
        (DataType::Int8 | DataType::Int16 | DataType::Int32 | DataType::Int64, DataType::Int8) => {
            Box::new(Total::<IntegerTotal, _>::new(finish(1, integers::<Int8Type>)))
        }
        (DataType::Int8 | DataType::Int16 | DataType::Int32 | DataType::Int64, DataType::Int16) => {
            Box::new(Total::<IntegerTotal, _>::new(finish(1, integers::<Int16Type>)))
        }
        (DataType::Int8 | DataType::Int16 | DataType::Int32 | DataType::Int64, DataType::Int32) => {
            Box::new(Total::<IntegerTotal, _>::new(finish(1, integers::<Int32Type>)))
        }
        (DataType::Int8 | DataType::Int16 | DataType::Int32 | DataType::Int64, DataType::Int64) => {
            Box::new(Total::<IntegerTotal, _>::new(finish(1, integers::<Int64Type>)))
        }
        (DataType::Float32, DataType::Float32) => Box::new(Total::<FloatTotal, _>::new(finish(1, floats))),
        (DataType::Float32 | DataType::Float64, DataType::Float64) => {
            Box::new(Total::<DoubleTotal, _>::new(finish(1, doubles)))
        }
        (DataType::Decimal128(_, scale), DataType::Decimal128(_, result_scale)) if scale == result_scale => {
            Box::new(Total::<DecimalTotal, _>::new(finish(2, decimals)))
        }
        _ => return None,
    })
}

fn integers<T>(images: Images<'_>, nulls: Option<NullBuffer>, _result: &DataType) -> Result<ArrayRef>
where
    T: ArrowPrimitiveType,
    T::Native: Narrow,
{
    let values: Vec<T::Native> = images
        .iter()
        .map(|words| T::Native::narrow(i64::read(words)))
        .collect();
    Ok(Arc::new(PrimitiveArray::<T>::new(values.into(), nulls)))
}

fn floats(images: Images<'_>, nulls: Option<NullBuffer>, _result: &DataType) -> Result<ArrayRef> {
    let values: Vec<f32> = images
        .iter()
        .map(|words| f32::from_bits(words[0] as u32))
        .collect();
    Ok(Arc::new(Float32Array::new(values.into(), nulls)))
}

fn doubles(images: Images<'_>, nulls: Option<NullBuffer>, _result: &DataType) -> Result<ArrayRef> {
    let values: Vec<f64> = images.iter().map(|words| f64::from_bits(words[0])).collect();
    Ok(Arc::new(Float64Array::new(values.into(), nulls)))
}

fn decimals(images: Images<'_>, nulls: Option<NullBuffer>, result: &DataType) -> Result<ArrayRef> {
    let limit = decimal_limit(result);
    let values: Vec<i128> = images.iter().map(i128::read).collect();
    // A sum beyond the precision is NULL, as everywhere in Flink.
    let fits: NullBuffer = values.iter().map(|value| value.unsigned_abs() < limit).collect();
    let nulls = NullBuffer::union(nulls.as_ref(), Some(&fits));
    i128::array(values, nulls, result)
}

/// The first magnitude that a DECIMAL type cannot hold.
pub(super) fn decimal_limit(data_type: &DataType) -> u128 {
    match data_type {
        DataType::Decimal128(precision, _) => 10_u128.pow(u32::from(*precision)),
        _ => u128::MAX,
    }
}

/// Java's narrowing of `long`.
pub(super) trait Narrow {
    /// The lowest bits.
    fn narrow(value: i64) -> Self;
}

macro_rules! narrow {
    ($($type:ty),*) => {
        $(impl Narrow for $type {
            fn narrow(value: i64) -> Self {
                value as $type
            }
        })*
    };
}

narrow!(i8, i16, i32, i64);
