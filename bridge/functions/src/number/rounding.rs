//! ABS, FLOOR, CEIL, ROUND and SIGN: functions whose result stays in the family of the argument.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, ArrowPrimitiveType, AsArray, Decimal128Array, PrimitiveArray};
use arrow::compute::{binary, unary};
use arrow::datatypes::{
    DataType, Decimal128Type, DurationMillisecondType, Float32Type, Float64Type, Int8Type, Int16Type,
    Int32Type, Int64Type, IntervalYearMonthType,
};
use datafusion_physical_expr::PhysicalExpr;
use nutkin_plan::types::{LogicalType, TypeKind};

use crate::call::Call;
use crate::decimal::{Digits, divide_half_up, rescale};
use crate::error::Result;
use crate::function_expression::Kernel;
use crate::java_float::round_as_written;

fn map<T: ArrowPrimitiveType>(function: impl Fn(T::Native) -> T::Native + Send + Sync + 'static) -> Kernel {
    Arc::new(move |values| {
        let array = values.array(0)?;
        let array = array.as_primitive::<T>();
        let result: PrimitiveArray<T> = unary(array, &function);
        Ok(Arc::new(result.with_data_type(array.data_type().clone())) as ArrayRef)
    })
}

/// A function from unscaled values to unscaled values of the result's type; `None` is NULL.
fn decimal_map(to: Digits, function: impl Fn(i128) -> Option<i128> + Send + Sync + 'static) -> Kernel {
    Arc::new(move |values| {
        let array = values.array(0)?;
        let result: Decimal128Array = array.as_primitive::<Decimal128Type>().unary_opt(&function);
        Ok(Arc::new(result.with_precision_and_scale(
            to.precision,
            to.scale.cast_signed(),
        )?))
    })
}

fn decimals(call: &Call<'_>) -> Option<(Digits, Digits)> {
    match (&call.types[0].kind, &call.result.kind) {
        (from @ TypeKind::Decimal { .. }, to @ TypeKind::Decimal { .. }) => {
            Some((Digits::of(from)?, Digits::of(to)?))
        }
        _ => None,
    }
}

/// `ABS(x)`; the lowest integer stays negative, as in Java.
pub(super) fn absolute(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let kernel = match call.types[0].to_arrow() {
        DataType::Int8 => map::<Int8Type>(i8::wrapping_abs),
        DataType::Int16 => map::<Int16Type>(i16::wrapping_abs),
        DataType::Int32 => map::<Int32Type>(i32::wrapping_abs),
        DataType::Int64 => map::<Int64Type>(i64::wrapping_abs),
        DataType::Float32 => map::<Float32Type>(f32::abs),
        DataType::Float64 => map::<Float64Type>(f64::abs),
        DataType::Decimal128(..) => map::<Decimal128Type>(i128::wrapping_abs),
        DataType::Interval(_) => map::<IntervalYearMonthType>(i32::wrapping_abs),
        DataType::Duration(_) => map::<DurationMillisecondType>(i64::wrapping_abs),
        _ => return Err(call.unsupported()),
    };
    Ok(call.with(kernel))
}

/// `FLOOR(x)`.
pub(super) fn floor(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    whole(call, f32::floor, f64::floor, i128::div_euclid)
}

/// `CEIL(x)`.
pub(super) fn ceil(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    whole(call, f32::ceil, f64::ceil, |unscaled, unit| {
        -(-unscaled).div_euclid(unit)
    })
}

fn whole(
    call: Call<'_>,
    of_float: fn(f32) -> f32,
    of_double: fn(f64) -> f64,
    of_decimal: fn(i128, i128) -> i128,
) -> Result<Arc<dyn PhysicalExpr>> {
    if let Some((from, to)) = decimals(&call) {
        let unit = 10_i128.pow(u32::from(from.scale));
        let kernel = decimal_map(to, move |unscaled| rescale(of_decimal(unscaled, unit), 0, to));
        return Ok(call.with(kernel));
    }
    match call.types[0].kind {
        TypeKind::TinyInt | TypeKind::SmallInt | TypeKind::Int | TypeKind::BigInt => {
            Ok(call.with(Arc::new(|values| values.array(0))))
        }
        TypeKind::Float => Ok(call.with(map::<Float32Type>(of_float))),
        TypeKind::Double => Ok(call.with(map::<Float64Type>(of_double))),
        _ => Err(call.unsupported()),
    }
}

/// `SIGN(x)`, in the type of the argument.
pub(super) fn sign(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    if let Some((_, to)) = decimals(&call) {
        let kernel = decimal_map(to, move |unscaled| rescale(unscaled.signum(), 0, to));
        return Ok(call.with(kernel));
    }
    let kernel = match call.types[0].kind {
        TypeKind::TinyInt => map::<Int8Type>(i8::signum),
        TypeKind::SmallInt => map::<Int16Type>(i16::signum),
        TypeKind::Int => map::<Int32Type>(i32::signum),
        TypeKind::BigInt => map::<Int64Type>(i64::signum),
        // Rust's signum of 0.0 is 1.0; Java's is 0.0.
        TypeKind::Float => map::<Float32Type>(|value| if value == 0.0 { value } else { value.signum() }),
        TypeKind::Double => map::<Float64Type>(|value| if value == 0.0 { value } else { value.signum() }),
        _ => return Err(call.unsupported()),
    };
    Ok(call.with(kernel))
}

/// `ROUND(x)` and `ROUND(x, digits)`, half away from zero.
pub(super) fn round(mut call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    if call.types.len() > 1 {
        call.cast_argument(1, &LogicalType::nullable(TypeKind::Int))?;
    }
    if let Some((from, to)) = decimals(&call) {
        return Ok(call.with(round_decimals(from, to)));
    }
    let kernel = match call.types[0].kind {
        TypeKind::TinyInt => {
            with_digits::<Int8Type>(|value, digits| round_integer(value.into(), digits) as i8)
        }
        TypeKind::SmallInt => {
            with_digits::<Int16Type>(|value, digits| round_integer(value.into(), digits) as i16)
        }
        TypeKind::Int => with_digits::<Int32Type>(|value, digits| round_integer(value.into(), digits) as i32),
        TypeKind::BigInt => with_digits::<Int64Type>(round_integer),
        TypeKind::Float => with_digits::<Float32Type>(|value, digits| {
            // Flink rounds the float as it is written.
            let written: f64 = format!("{value:e}").parse().unwrap_or(f64::NAN);
            round_as_written(written, digits) as f32
        }),
        TypeKind::Double => with_digits::<Float64Type>(round_as_written),
        _ => return Err(call.unsupported()),
    };
    Ok(call.with(kernel))
}

fn with_digits<T: ArrowPrimitiveType>(function: fn(T::Native, i32) -> T::Native) -> Kernel {
    Arc::new(move |values| {
        let array = values.array(0)?;
        let array = array.as_primitive::<T>();
        let result: PrimitiveArray<T> = if values.count() > 1 {
            let digits = values.array(1)?;
            binary(array, digits.as_primitive::<Int32Type>(), function)?
        } else {
            unary(array, |value| function(value, 0))
        };
        Ok(Arc::new(result) as ArrayRef)
    })
}

fn round_integer(value: i64, digits: i32) -> i64 {
    if digits >= 0 {
        return value;
    }
    match 10_i128.checked_pow(digits.unsigned_abs()) {
        // BigDecimal.longValue keeps the lowest bits.
        Some(unit) if unit <= i128::from(i64::MAX) * 10 => {
            (divide_half_up(i128::from(value), unit).wrapping_mul(unit)) as i64
        }
        _ => 0,
    }
}

fn round_decimals(from: Digits, to: Digits) -> Kernel {
    Arc::new(move |values| {
        let array = values.array(0)?;
        let array = array.as_primitive::<Decimal128Type>();
        let digits = if values.count() > 1 {
            Some(values.array(1)?)
        } else {
            None
        };
        let digits = digits.as_ref().map(|digits| digits.as_primitive::<Int32Type>());
        let mut result = Decimal128Array::builder(array.len());
        for row in 0..array.len() {
            let digits_null = digits.is_some_and(|digits| digits.is_null(row));
            if array.is_null(row) || digits_null {
                result.append_null();
                continue;
            }
            let digits = digits.map_or(0, |digits| digits.value(row));
            result.append_option(round_decimal(array.value(row), digits, from, to));
        }
        let result = result
            .finish()
            .with_precision_and_scale(to.precision, to.scale.cast_signed())?;
        Ok(Arc::new(result))
    })
}

fn round_decimal(unscaled: i128, digits: i32, from: Digits, to: Digits) -> Option<i128> {
    let dropped = i32::from(from.scale) - digits;
    if dropped <= 0 {
        return rescale(unscaled, from.scale, to);
    }
    match 10_i128.checked_pow(dropped.unsigned_abs()) {
        Some(unit) => rescale(divide_half_up(unscaled, unit).checked_mul(unit)?, from.scale, to),
        None => Some(0),
    }
}
