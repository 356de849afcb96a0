//! `Math`.

use super::super::class::Class;
use super::super::failure::{Failure, Outcome};
use super::super::value::JavaValue;

pub(super) fn classes() -> Vec<Class> {
    let class = Class::new("java.lang.Math")
        .field("double PI", || JavaValue::Double(std::f64::consts::PI))
        .field("double E", || JavaValue::Double(std::f64::consts::E))
        .function("int abs(int)", |call| Ok(call.int(0)?.wrapping_abs().into()))
        .function("long abs(long)", |call| Ok(call.long(0)?.wrapping_abs().into()))
        .function("float abs(float)", |call| {
            Ok(JavaValue::Float((call.double(0)? as f32).abs()))
        })
        .function("double abs(double)", |call| Ok(call.double(0)?.abs().into()))
        .function("int max(int, int)", |call| {
            Ok(call.int(0)?.max(call.int(1)?).into())
        })
        .function("long max(long, long)", |call| {
            Ok(call.long(0)?.max(call.long(1)?).into())
        })
        .function("double max(double, double)", |call| {
            let (left, right) = (call.double(0)?, call.double(1)?);
            Ok(if left.is_nan() || right.is_nan() {
                f64::NAN
            } else {
                left.max(right)
            }
            .into())
        })
        .function("int min(int, int)", |call| {
            Ok(call.int(0)?.min(call.int(1)?).into())
        })
        .function("long min(long, long)", |call| {
            Ok(call.long(0)?.min(call.long(1)?).into())
        })
        .function("double min(double, double)", |call| {
            let (left, right) = (call.double(0)?, call.double(1)?);
            Ok(if left.is_nan() || right.is_nan() {
                f64::NAN
            } else {
                left.min(right)
            }
            .into())
        })
        .function("double sqrt(double)", |call| Ok(call.double(0)?.sqrt().into()))
        .function("double cbrt(double)", |call| Ok(call.double(0)?.cbrt().into()))
        .function("double pow(double, double)", |call| {
            Ok(call.double(0)?.powf(call.double(1)?).into())
        })
        .function("double exp(double)", |call| Ok(call.double(0)?.exp().into()))
        .function("double log(double)", |call| Ok(call.double(0)?.ln().into()))
        .function("double log10(double)", |call| Ok(call.double(0)?.log10().into()))
        .function("double sin(double)", |call| Ok(call.double(0)?.sin().into()))
        .function("double cos(double)", |call| Ok(call.double(0)?.cos().into()))
        .function("double tan(double)", |call| Ok(call.double(0)?.tan().into()))
        .function("double atan2(double, double)", |call| {
            Ok(call.double(0)?.atan2(call.double(1)?).into())
        })
        .function("double hypot(double, double)", |call| {
            Ok(call.double(0)?.hypot(call.double(1)?).into())
        })
        .function("double floor(double)", |call| Ok(call.double(0)?.floor().into()))
        .function("double ceil(double)", |call| Ok(call.double(0)?.ceil().into()))
        .function("double rint(double)", |call| {
            Ok(call.double(0)?.round_ties_even().into())
        })
        // Rust saturates and takes NaN for 0, as Java does.
        .function("int round(float)", |call| {
            Ok(((call.double(0)? + 0.5).floor() as i32).into())
        })
        .function("long round(double)", |call| {
            Ok(((call.double(0)? + 0.5).floor() as i64).into())
        })
        .function("double signum(double)", |call| {
            let value = call.double(0)?;
            Ok(if value == 0.0 || value.is_nan() {
                value
            } else {
                value.signum()
            }
            .into())
        })
        .function("double toRadians(double)", |call| {
            Ok(call.double(0)?.to_radians().into())
        })
        .function("double toDegrees(double)", |call| {
            Ok(call.double(0)?.to_degrees().into())
        })
        .function("double random()", |_| Ok(rand::random::<f64>().into()));
    vec![exact(class)]
}

fn exact(class: Class) -> Class {
    class
        .function("int floorMod(int, int)", |call| {
            let divisor = not_zero(i64::from(call.int(1)?))?;
            Ok(JavaValue::Int(modulo(call.long(0)?, divisor) as i32))
        })
        .function("long floorMod(long, long)", |call| {
            let divisor = not_zero(call.long(1)?)?;
            Ok(modulo(call.long(0)?, divisor).into())
        })
        .function("int floorDiv(int, int)", |call| {
            let divisor = not_zero(i64::from(call.int(1)?))?;
            let dividend = call.long(0)?;
            Ok(JavaValue::Int(
                ((dividend - modulo(dividend, divisor)) / divisor) as i32,
            ))
        })
        .function("int addExact(int, int)", |call| {
            int(call.int(0)?.checked_add(call.int(1)?))
        })
        .function("long addExact(long, long)", |call| {
            long(call.long(0)?.checked_add(call.long(1)?))
        })
        .function("int subtractExact(int, int)", |call| {
            int(call.int(0)?.checked_sub(call.int(1)?))
        })
        .function("int multiplyExact(int, int)", |call| {
            int(call.int(0)?.checked_mul(call.int(1)?))
        })
        .function("long multiplyExact(long, long)", |call| {
            long(call.long(0)?.checked_mul(call.long(1)?))
        })
        .function("int toIntExact(long)", |call| {
            int(i32::try_from(call.long(0)?).ok())
        })
}

/// The remainder with the sign of the divisor.
fn modulo(dividend: i64, divisor: i64) -> i64 {
    let remainder = dividend.wrapping_rem(divisor);
    if remainder != 0 && (remainder < 0) != (divisor < 0) {
        remainder + divisor
    } else {
        remainder
    }
}

fn not_zero(value: i64) -> Outcome<i64> {
    if value == 0 {
        return Err(Failure::thrown("java.lang.ArithmeticException", "/ by zero"));
    }
    Ok(value)
}

fn int(value: Option<i32>) -> Outcome {
    value
        .map(JavaValue::Int)
        .ok_or_else(|| Failure::thrown("java.lang.ArithmeticException", "integer overflow"))
}

fn long(value: Option<i64>) -> Outcome {
    value
        .map(JavaValue::Long)
        .ok_or_else(|| Failure::thrown("java.lang.ArithmeticException", "long overflow"))
}
