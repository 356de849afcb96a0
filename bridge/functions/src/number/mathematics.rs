//! Functions of doubles, as `java.lang.Math` has them.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, Float64Array};
use arrow::compute::{binary, unary};
use arrow::datatypes::Float64Type;
use datafusion_physical_expr::PhysicalExpr;
use nutkin_plan::types::{LogicalType, TypeKind};

use crate::call::Call;
use crate::error::Result;

const DOUBLE: LogicalType = LogicalType::nullable(TypeKind::Double);

/// A function of one number, computed as double.
pub(super) fn of_double(mut call: Call<'_>, function: fn(f64) -> f64) -> Result<Arc<dyn PhysicalExpr>> {
    call.cast_argument(0, &DOUBLE)?;
    Ok(call.with(Arc::new(move |values| {
        let array = values.array(0)?;
        let result: Float64Array = unary(array.as_primitive::<Float64Type>(), function);
        Ok(Arc::new(result) as ArrayRef)
    })))
}

/// A constant.
pub(super) fn constant(call: Call<'_>, value: f64) -> Arc<dyn PhysicalExpr> {
    call.with(Arc::new(move |values| {
        Ok(Arc::new(Float64Array::from(vec![value; values.rows()])) as ArrayRef)
    }))
}

/// `log(x)` to base e and `log(base, x)`.
pub(super) fn logarithm(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    if call.arguments.len() == 1 {
        return of_double(call, f64::ln);
    }
    of_two_doubles(call, |base, value| value.ln() / base.ln())
}

/// `Math.pow`.
pub(super) fn power(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    of_two_doubles(call, java_power)
}

/// A function of two numbers, computed as doubles.
pub(super) fn of_two_doubles(
    mut call: Call<'_>,
    function: fn(f64, f64) -> f64,
) -> Result<Arc<dyn PhysicalExpr>> {
    call.cast_argument(0, &DOUBLE)?;
    call.cast_argument(1, &DOUBLE)?;
    Ok(call.with(Arc::new(move |values| {
        let (base, exponent) = (values.array(0)?, values.array(1)?);
        let result: Float64Array = binary(
            base.as_primitive::<Float64Type>(),
            exponent.as_primitive::<Float64Type>(),
            function,
        )?;
        Ok(Arc::new(result) as ArrayRef)
    })))
}

/// C's `pow` says 1 where Java says that there is no number.
fn java_power(base: f64, exponent: f64) -> f64 {
    if exponent.is_nan() || (base.abs() == 1.0 && exponent.is_infinite()) {
        f64::NAN
    } else {
        base.powf(exponent)
    }
}
