//! Casts between numbers, and between numbers and BOOLEAN.

use std::sync::Arc;

use arrow::array::{ArrayRef, ArrowPrimitiveType, AsArray, BooleanArray, Decimal128Array, PrimitiveArray};
use arrow::buffer::BooleanBuffer;
use arrow::compute::{cast, unary};
use arrow::datatypes::{
    DataType, Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
};
use nutkin_plan::types::TypeKind;

use crate::decimal::{self, Digits, rescale};
use crate::error::{FunctionError, Result};
use crate::function_expression::Kernel;

/// The cast between two numeric types.
pub(super) fn kernel(from: &TypeKind, to: &TypeKind) -> Option<Kernel> {
    use TypeKind::{BigInt, Boolean, Decimal, Double, Float, Int, SmallInt, TinyInt};
    Some(match (from, to) {
        (Boolean, TinyInt | SmallInt | Int | BigInt | Float | Double) => {
            let target = arrow_type(to)?;
            Arc::new(move |values| Ok(cast(&values.array(0)?, &target)?))
        }
        (Boolean, Decimal { .. }) => {
            let to = Digits::of(to)?;
            Arc::new(move |values| {
                let integers = cast(&values.array(0)?, &DataType::Int64)?;
                integers_to_decimal(&integers, to)
            })
        }
        (TinyInt | SmallInt | Int | BigInt, Boolean) => Arc::new(|values| {
            let integers = to_int64(&values.array(0)?)?;
            Ok(non_zero::<Int64Type>(&integers))
        }),
        (Float | Double, Boolean) => Arc::new(|values| {
            let doubles = cast(&values.array(0)?, &DataType::Float64)?;
            Ok(non_zero::<Float64Type>(&doubles))
        }),
        (Decimal { .. }, Boolean) => Arc::new(|values| Ok(non_zero::<Decimal128Type>(&values.array(0)?))),
        (TinyInt | SmallInt | Int | BigInt, TinyInt | SmallInt | Int | BigInt) => {
            let narrow = narrowing(to)?;
            Arc::new(move |values| narrow(&to_int64(&values.array(0)?)?))
        }
        // Rust's `as` rounds to the nearest as Java does; Arrow's cast uses it.
        (TinyInt | SmallInt | Int | BigInt | Float | Double, Float | Double) => {
            let target = arrow_type(to)?;
            Arc::new(move |values| Ok(cast(&values.array(0)?, &target)?))
        }
        (Float | Double, TinyInt | SmallInt | Int | BigInt) => {
            let narrow = narrowing(to)?;
            let long = *to == BigInt;
            Arc::new(move |values| {
                let doubles = cast(&values.array(0)?, &DataType::Float64)?;
                // Java goes through int unless the target is long; both saturate, NaN is 0.
                let integers: PrimitiveArray<Int64Type> =
                    unary(doubles.as_primitive::<Float64Type>(), |value| {
                        if long {
                            value as i64
                        } else {
                            i64::from(value as i32)
                        }
                    });
                narrow(&(Arc::new(integers) as ArrayRef))
            })
        }
        (TinyInt | SmallInt | Int | BigInt, Decimal { .. }) => {
            let to = Digits::of(to)?;
            Arc::new(move |values| integers_to_decimal(&to_int64(&values.array(0)?)?, to))
        }
        (Float | Double, Decimal { .. }) => {
            let to = Digits::of(to)?;
            Arc::new(move |values| floats_to_decimal(&values.array(0)?, to))
        }
        (Decimal { scale, .. }, Decimal { .. }) => {
            let (scale, to) = (*scale, Digits::of(to)?);
            Arc::new(move |values| {
                let array = values.array(0)?;
                decimal_column(
                    array
                        .as_primitive::<Decimal128Type>()
                        .unary_opt(|unscaled| rescale(unscaled, scale, to)),
                    to,
                )
            })
        }
        (Decimal { scale, .. }, TinyInt | SmallInt | Int | BigInt) => {
            let unit = 10_i128.checked_pow(u32::from(*scale))?;
            let narrow = narrowing(to)?;
            Arc::new(move |values| {
                let array = values.array(0)?;
                // BigDecimal.longValue drops the fraction and keeps the lowest bits.
                let integers: PrimitiveArray<Int64Type> =
                    unary(array.as_primitive::<Decimal128Type>(), |unscaled| {
                        (unscaled / unit) as i64
                    });
                narrow(&(Arc::new(integers) as ArrayRef))
            })
        }
        (Decimal { scale, .. }, Float | Double) => {
            let scale = *scale;
            let target = arrow_type(to)?;
            Arc::new(move |values| {
                let array = values.array(0)?;
                let doubles: PrimitiveArray<Float64Type> =
                    unary(array.as_primitive::<Decimal128Type>(), |unscaled| {
                        decimal::to_double(unscaled, scale)
                    });
                Ok(cast(&doubles, &target)?)
            })
        }
        _ => return None,
    })
}

fn arrow_type(kind: &TypeKind) -> Option<DataType> {
    Some(match kind {
        TypeKind::TinyInt => DataType::Int8,
        TypeKind::SmallInt => DataType::Int16,
        TypeKind::Int => DataType::Int32,
        TypeKind::BigInt => DataType::Int64,
        TypeKind::Float => DataType::Float32,
        TypeKind::Double => DataType::Float64,
        _ => return None,
    })
}

pub(super) fn to_int64(array: &ArrayRef) -> Result<ArrayRef> {
    Ok(cast(array, &DataType::Int64)?)
}

/// From BIGINT columns to those of an integer type, keeping the lowest bits.
pub(super) fn narrowing(to: &TypeKind) -> Option<fn(&ArrayRef) -> Result<ArrayRef>> {
    fn lowest<T: ArrowPrimitiveType>(array: &ArrayRef, convert: fn(i64) -> T::Native) -> ArrayRef {
        let narrow: PrimitiveArray<T> = unary(array.as_primitive::<Int64Type>(), convert);
        Arc::new(narrow)
    }
    Some(match to {
        TypeKind::TinyInt => |array| Ok(lowest::<Int8Type>(array, |value| value as i8)),
        TypeKind::SmallInt => |array| Ok(lowest::<Int16Type>(array, |value| value as i16)),
        TypeKind::Int => |array| Ok(lowest::<Int32Type>(array, |value| value as i32)),
        TypeKind::BigInt => |array| Ok(Arc::clone(array)),
        _ => return None,
    })
}

fn non_zero<T: ArrowPrimitiveType>(array: &ArrayRef) -> ArrayRef {
    let array = array.as_primitive::<T>();
    let zero = T::Native::default();
    let bits: BooleanBuffer = array.values().iter().map(|value| *value != zero).collect();
    Arc::new(BooleanArray::new(
        bits,
        arrow::array::Array::nulls(array).cloned(),
    ))
}

fn integers_to_decimal(array: &ArrayRef, to: Digits) -> Result<ArrayRef> {
    let array = array.as_primitive::<Int64Type>();
    decimal_column(array.unary_opt(|value| rescale(i128::from(value), 0, to)), to)
}

/// As `BigDecimal.valueOf(double)` reads the number: by its shortest decimal form.
fn floats_to_decimal(array: &ArrayRef, to: Digits) -> Result<ArrayRef> {
    // Flink widens FLOAT to double first, which shows more digits than the float has.
    let doubles = match array.data_type() {
        DataType::Float32 => {
            let doubles: PrimitiveArray<Float64Type> = unary(array.as_primitive::<Float32Type>(), f64::from);
            doubles
        }
        _ => array.as_primitive::<Float64Type>().clone(),
    };
    let mut result = Decimal128Array::builder(doubles.len());
    for value in &doubles {
        let Some(value) = value else {
            result.append_null();
            continue;
        };
        match decimal::parse(&format!("{value:e}"), to) {
            Some(unscaled) => result.append_option(unscaled),
            None => {
                return Err(FunctionError::Compute {
                    class: "java.lang.NumberFormatException",
                    message: "Infinite or NaN".to_owned(),
                });
            }
        }
    }
    decimal_column(result.finish(), to)
}

pub(super) fn decimal_column(array: Decimal128Array, to: Digits) -> Result<ArrayRef> {
    Ok(Arc::new(array.with_precision_and_scale(
        to.precision,
        to.scale.cast_signed(),
    )?))
}
