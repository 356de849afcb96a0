//! AVG, in Flink's types: the average of integers is an integer, truncated towards zero.

use std::sync::Arc;

use arrow::array::{ArrayRef, Float32Array, Float64Array};
use arrow::datatypes::DataType;

use super::aggregate::Aggregate;
use super::sum::{DecimalTotal, DoubleTotal, Finish, Images, IntegerTotal, Total, decimal_limit};
use super::words::Value;
use crate::Result;

/// The average over an argument type; `None` if there is no such average.
pub(super) fn average(argument: &DataType, result: &DataType) -> Option<Box<dyn Aggregate>> {
    Some(match (argument, result) {
        (
            DataType::Int8 | DataType::Int16 | DataType::Int32 | DataType::Int64,
            DataType::Int8 | DataType::Int16 | DataType::Int32 | DataType::Int64,
        ) => Box::new(Total::<IntegerTotal, _>::new(IntegerAverage {
            result_type: result.clone(),
        })),
        (DataType::Float32 | DataType::Float64, DataType::Float32 | DataType::Float64) => {
            Box::new(Total::<DoubleTotal, _>::new(DoubleAverage {
                narrow: *result == DataType::Float32,
            }))
        }
        (DataType::Decimal128(_, scale), DataType::Decimal128(_, result_scale)) if result_scale >= scale => {
            Box::new(Total::<DecimalTotal, _>::new(DecimalAverage {
                factor: 10_i128.pow(u32::from((result_scale - scale).unsigned_abs())),
                result_type: result.clone(),
            }))
        }
        _ => return None,
    })
}

struct IntegerAverage {
    result_type: DataType,
}

impl IntegerAverage {
    fn value(words: &[u64]) -> Option<i64> {
        i64::read(words).checked_div(words[1].cast_signed())
    }
}

impl Finish for IntegerAverage {
    fn results(&self, images: Images<'_>) -> Result<ArrayRef> {
        let values: Vec<i64> = images
            .iter()
            .map(|words| Self::value(words).unwrap_or_default())
            .collect();
        i64::array(values, images.nulls(1), &self.result_type)
    }

    fn same(&self, left: &[u64], right: &[u64]) -> bool {
        Self::value(left) == Self::value(right)
    }
}

struct DoubleAverage {
    narrow: bool,
}

impl DoubleAverage {
    fn value(words: &[u64]) -> f64 {
        f64::from_bits(words[0]) / words[1].cast_signed() as f64
    }
}

impl Finish for DoubleAverage {
    fn results(&self, images: Images<'_>) -> Result<ArrayRef> {
        let nulls = images.nulls(1);
        let values = images.iter().map(Self::value);
        Ok(if self.narrow {
            let values: Vec<f32> = values.map(|value| value as f32).collect();
            Arc::new(Float32Array::new(values.into(), nulls))
        } else {
            let values: Vec<f64> = values.collect();
            Arc::new(Float64Array::new(values.into(), nulls))
        })
    }

    fn same(&self, left: &[u64], right: &[u64]) -> bool {
        match (left[1] == 0, right[1] == 0) {
            (true, true) => true,
            (false, false) if self.narrow => Self::value(left) as f32 == Self::value(right) as f32,
            (false, false) => Self::value(left) == Self::value(right),
            _ => false,
        }
    }
}

struct DecimalAverage {
    factor: i128,
    result_type: DataType,
}

impl DecimalAverage {
    /// The rounded average; `None` when there is none or it does not fit.
    fn value(&self, words: &[u64]) -> Option<i128> {
        let count = i128::from(words[2].cast_signed());
        let scaled = i128::read(words).checked_mul(self.factor)?;
        let quotient = scaled.checked_div(count)?;
        let remainder = scaled % count;
        let away = remainder.unsigned_abs() * 2 >= count.unsigned_abs();
        let rounded = match (away, (scaled < 0) != (count < 0)) {
            (false, _) => quotient,
            (true, false) => quotient + 1,
            (true, true) => quotient - 1,
        };
        (rounded.unsigned_abs() < decimal_limit(&self.result_type)).then_some(rounded)
    }
}

impl Finish for DecimalAverage {
    fn results(&self, images: Images<'_>) -> Result<ArrayRef> {
        let values: Vec<Option<i128>> = images.iter().map(|words| self.value(words)).collect();
        let nulls = values.iter().map(Option::is_some).collect();
        let values = values.into_iter().map(Option::unwrap_or_default).collect();
        i128::array(values, Some(nulls), &self.result_type)
    }

    fn same(&self, left: &[u64], right: &[u64]) -> bool {
        self.value(left) == self.value(right)
    }
}
