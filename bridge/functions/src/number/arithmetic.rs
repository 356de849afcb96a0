//! `+ - * / %` and negation.
//!
//! The type of the result says how to compute: integers wrap and divide towards zero, DECIMALs are
//! rounded to the derived scale and are NULL beyond the precision, FLOAT and DOUBLE follow IEEE 754.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, ArrowPrimitiveType, AsArray, Decimal128Array, PrimitiveArray};
use arrow::compute::{binary, try_binary, unary};
use arrow::datatypes::{
    ArrowNativeTypeOp, DataType, Decimal128Type, DurationMillisecondType, Float32Type, Float64Type, Int8Type,
    Int16Type, Int32Type, Int64Type, IntervalYearMonthType,
};
use arrow::error::ArrowError;
use datafusion_physical_expr::PhysicalExpr;
use nutkin_plan::types::{LogicalType, TypeKind};

use super::temporal;
use crate::call::Call;
use crate::decimal::{self, Digits};
use crate::error::{FunctionError, Result};
use crate::function_expression::{Kernel, Values};
use crate::text;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    Plus,
    Minus,
    Times,
    Divide,
    Modulo,
}

pub(super) fn plus(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    if matches!(call.result.kind, TypeKind::Char(_) | TypeKind::VarChar(_)) {
        return text::concat_as_strings(call);
    }
    arithmetic(call, Operation::Plus)
}

pub(super) fn minus(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    arithmetic(call, Operation::Minus)
}

pub(super) fn times(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    arithmetic(call, Operation::Times)
}

pub(super) fn divide(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    arithmetic(call, Operation::Divide)
}

pub(super) fn modulo(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    arithmetic(call, Operation::Modulo)
}

fn arithmetic(mut call: Call<'_>, operation: Operation) -> Result<Arc<dyn PhysicalExpr>> {
    let result = call.result.clone();
    match &result.kind {
        TypeKind::TinyInt | TypeKind::SmallInt | TypeKind::Int | TypeKind::BigInt => {
            integers(call, operation)
        }
        TypeKind::Float | TypeKind::Double => {
            call.cast_argument(0, &result)?;
            call.cast_argument(1, &result)?;
            Ok(call.with(if result.kind == TypeKind::Float {
                floats::<Float32Type>(operation)
            } else {
                floats::<Float64Type>(operation)
            }))
        }
        TypeKind::Decimal { .. } => decimals(call, operation),
        TypeKind::IntervalYearMonth | TypeKind::IntervalDayTime => temporal::intervals(call, operation),
        TypeKind::Date | TypeKind::Time(_) | TypeKind::Timestamp(_) | TypeKind::TimestampLtz(_) => {
            temporal::shift(call, operation)
        }
        _ => Err(call.unsupported()),
    }
}

/// Integers are computed in the widest of the three types, which wraps as Java does.
fn integers(mut call: Call<'_>, operation: Operation) -> Result<Arc<dyn PhysicalExpr>> {
    let width = |kind: &TypeKind| match kind {
        TypeKind::TinyInt => Some(1),
        TypeKind::SmallInt => Some(2),
        TypeKind::Int => Some(4),
        TypeKind::BigInt => Some(8),
        _ => None,
    };
    let result = call.result.clone();
    let mut widest = result.clone();
    for argument in &call.types {
        match (width(&argument.kind), width(&widest.kind)) {
            (Some(own), Some(most)) => {
                if own > most {
                    widest = argument.clone();
                }
            }
            _ => return Err(call.unsupported()),
        }
    }
    call.cast_argument(0, &widest)?;
    call.cast_argument(1, &widest)?;
    let kernel = match widest.kind {
        TypeKind::TinyInt => integer_kernel::<Int8Type>(operation),
        TypeKind::SmallInt => integer_kernel::<Int16Type>(operation),
        TypeKind::Int => integer_kernel::<Int32Type>(operation),
        _ => integer_kernel::<Int64Type>(operation),
    };
    let widest = widest.with_nullable(result.nullable);
    let context = call.context;
    let computed = Call {
        name: call.name,
        arguments: call.arguments,
        json_arguments: Vec::new(),
        types: call.types,
        result: &widest,
        context: call.context,
    }
    .with(kernel);
    crate::cast::cast_expression(computed, &widest, &result, false, &context)
}

fn integer_kernel<T>(operation: Operation) -> Kernel
where
    T: ArrowPrimitiveType,
    T::Native: ArrowNativeTypeOp,
{
    let checked = |compute: fn(T::Native, T::Native) -> T::Native| -> Kernel {
        Arc::new(move |values| {
            binary_kernel::<T>(values, |left, right| {
                if right == T::Native::ZERO {
                    Err(ArrowError::ExternalError(Box::new(
                        FunctionError::division_by_zero(),
                    )))
                } else {
                    Ok(compute(left, right))
                }
            })
        })
    };
    match operation {
        Operation::Plus => wrapping::<T>(T::Native::add_wrapping),
        Operation::Minus => wrapping::<T>(T::Native::sub_wrapping),
        Operation::Times => wrapping::<T>(T::Native::mul_wrapping),
        Operation::Divide => checked(T::Native::div_wrapping),
        Operation::Modulo => checked(T::Native::mod_wrapping),
    }
}

fn wrapping<T: ArrowPrimitiveType>(compute: fn(T::Native, T::Native) -> T::Native) -> Kernel {
    Arc::new(move |values| {
        let (left, right) = (values.array(0)?, values.array(1)?);
        let result: PrimitiveArray<T> = binary(left.as_primitive::<T>(), right.as_primitive::<T>(), compute)?;
        Ok(Arc::new(result) as ArrayRef)
    })
}

/// Computes the rows where both sides are not NULL.
fn binary_kernel<T: ArrowPrimitiveType>(
    values: &Values<'_>,
    compute: impl Fn(T::Native, T::Native) -> Result<T::Native, ArrowError>,
) -> Result<ArrayRef> {
    let (left, right) = (values.array(0)?, values.array(1)?);
    let result: PrimitiveArray<T> = try_binary(left.as_primitive::<T>(), right.as_primitive::<T>(), compute)?;
    Ok(Arc::new(result))
}

fn floats<T>(operation: Operation) -> Kernel
where
    T: ArrowPrimitiveType,
    T::Native: ArrowNativeTypeOp,
{
    wrapping::<T>(match operation {
        Operation::Plus => T::Native::add_wrapping,
        Operation::Minus => T::Native::sub_wrapping,
        Operation::Times => T::Native::mul_wrapping,
        Operation::Divide => T::Native::div_wrapping,
        Operation::Modulo => T::Native::mod_wrapping,
    })
}

fn decimals(mut call: Call<'_>, operation: Operation) -> Result<Arc<dyn PhysicalExpr>> {
    let (Some(to), Some(left), Some(right)) = (
        Digits::of(&call.result.kind),
        Digits::of(&call.types[0].kind),
        Digits::of(&call.types[1].kind),
    ) else {
        return Err(call.unsupported());
    };
    for (index, digits) in [left, right].into_iter().enumerate() {
        let exact = LogicalType::nullable(TypeKind::Decimal {
            precision: digits.precision,
            scale: digits.scale,
        });
        call.cast_argument(index, &exact)?;
    }
    let (left_scale, right_scale) = (left.scale, right.scale);
    let divides = matches!(operation, Operation::Divide | Operation::Modulo);
    Ok(call.with(Arc::new(move |values| {
        let (left, right) = (values.array(0)?, values.array(1)?);
        let (left, right) = (
            left.as_primitive::<Decimal128Type>(),
            right.as_primitive::<Decimal128Type>(),
        );
        let mut result = Decimal128Array::builder(left.len());
        for (left, right) in left.iter().zip(right) {
            let (Some(left), Some(right)) = (left, right) else {
                result.append_null();
                continue;
            };
            if divides && right == 0 {
                return Err(FunctionError::division_by_zero());
            }
            result.append_option(match operation {
                Operation::Plus => decimal::add(left, left_scale, right, right_scale, false, to),
                Operation::Minus => decimal::add(left, left_scale, right, right_scale, true, to),
                Operation::Times => decimal::multiply(left, left_scale, right, right_scale, to),
                Operation::Divide => decimal::divide(left, left_scale, right, right_scale, to),
                Operation::Modulo => decimal::remainder(left, left_scale, right, right_scale, to),
            });
        }
        let result = result
            .finish()
            .with_precision_and_scale(to.precision, to.scale.cast_signed())?;
        Ok(Arc::new(result))
    })))
}

/// `-x`.
pub(super) fn negate(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    if call.types[0].kind != call.result.kind {
        return Err(call.unsupported());
    }
    let kernel = match call.result.to_arrow() {
        DataType::Int8 => negation::<Int8Type>(),
        DataType::Int16 => negation::<Int16Type>(),
        DataType::Int32 => negation::<Int32Type>(),
        DataType::Int64 => negation::<Int64Type>(),
        DataType::Float32 => negation::<Float32Type>(),
        DataType::Float64 => negation::<Float64Type>(),
        DataType::Decimal128(..) => negation::<Decimal128Type>(),
        DataType::Interval(_) => negation::<IntervalYearMonthType>(),
        DataType::Duration(_) => negation::<DurationMillisecondType>(),
        _ => return Err(call.unsupported()),
    };
    Ok(call.with(kernel))
}

fn negation<T>() -> Kernel
where
    T: ArrowPrimitiveType,
    T::Native: ArrowNativeTypeOp,
{
    Arc::new(|values| {
        let array = values.array(0)?;
        let array = array.as_primitive::<T>();
        let result: PrimitiveArray<T> = unary(array, T::Native::neg_wrapping);
        Ok(Arc::new(result.with_data_type(array.data_type().clone())) as ArrayRef)
    })
}
