//! `TRUNCATE`: digits are cut off.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, ArrowPrimitiveType, AsArray, Decimal128Array, PrimitiveArray};
use arrow::compute::{binary, unary};
use arrow::datatypes::{Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type};
use datafusion_physical_expr::PhysicalExpr;
use nutkin_plan::types::{LogicalType, TypeKind};

use crate::call::Call;
use crate::decimal::{Digits, rescale};
use crate::error::Result;
use crate::function_expression::Kernel;

/// `TRUNCATE(x)` and `TRUNCATE(x, digits)`.
pub(super) fn truncate(mut call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    if call.types.len() > 1 {
        call.cast_argument(1, &LogicalType::nullable(TypeKind::Int))?;
    }
    if let (Some(from), Some(to), TypeKind::Decimal { .. }) = (
        Digits::of(&call.types[0].kind),
        Digits::of(&call.result.kind),
        &call.types[0].kind,
    ) {
        return Ok(call.with(decimals(from, to)));
    }
    let kernel = match call.types[0].kind {
        TypeKind::TinyInt => with_digits::<Int8Type>(|value, digits| integer(value.into(), digits) as i8),
        TypeKind::SmallInt => with_digits::<Int16Type>(|value, digits| integer(value.into(), digits) as i16),
        TypeKind::Int => with_digits::<Int32Type>(|value, digits| integer(value.into(), digits) as i32),
        TypeKind::BigInt => with_digits::<Int64Type>(integer),
        TypeKind::Float => with_digits::<Float32Type>(|value, digits| {
            // Flink cuts the digits of the float as it is written.
            let written: f64 = format!("{value:e}").parse().unwrap_or(f64::NAN);
            as_written(written, digits) as f32
        }),
        TypeKind::Double => with_digits::<Float64Type>(as_written),
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

fn integer(value: i64, digits: i32) -> i64 {
    if digits >= 0 {
        return value;
    }
    match 10_i64.checked_pow(digits.unsigned_abs()) {
        Some(unit) => value / unit * unit,
        None => 0,
    }
}

/// The shortest digits that tell a double from its neighbours, without those behind `digits`.
fn as_written(value: f64, digits: i32) -> f64 {
    if !value.is_finite() {
        return value;
    }
    let written = format!("{value:e}");
    let Some((mantissa, exponent)) = written.split_once('e') else {
        return value;
    };
    let Ok(exponent) = exponent.parse::<i64>() else {
        return value;
    };
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(mantissa) => ("-", mantissa),
        None => ("", mantissa),
    };
    let all: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let kept = exponent + 1 + i64::from(digits);
    if kept <= 0 {
        return 0.0;
    }
    let kept = usize::try_from(kept).unwrap_or(usize::MAX).min(all.len());
    let (kept_digits, _) = all.split_at(kept);
    let (first, rest) = kept_digits.split_at(1);
    format!("{sign}{first}.{rest}e{exponent}")
        .parse()
        .unwrap_or(value)
}

fn decimals(from: Digits, to: Digits) -> Kernel {
    Arc::new(move |values| {
        let array = values.array(0)?;
        let array = array.as_primitive::<Decimal128Type>();
        let digits = if values.count() > 1 {
            Some(values.array(1)?)
        } else {
            None
        };
        let digits = digits.as_ref().map(|digits| digits.as_primitive::<Int32Type>());
        let result: Decimal128Array = (0..array.len())
            .map(|row| {
                if array.is_null(row) || digits.is_some_and(|digits| digits.is_null(row)) {
                    return None;
                }
                let digits = digits.map_or(0, |digits| digits.value(row));
                let dropped = i32::from(from.scale) - digits;
                let unscaled = array.value(row);
                let cut = match u32::try_from(dropped).ok().filter(|dropped| *dropped > 0) {
                    None => unscaled,
                    Some(dropped) => match 10_i128.checked_pow(dropped) {
                        Some(unit) => unscaled / unit * unit,
                        None => 0,
                    },
                };
                rescale(cut, from.scale, to)
            })
            .collect();
        Ok(Arc::new(result.with_precision_and_scale(
            to.precision,
            to.scale.cast_signed(),
        )?))
    })
}
