//! `BigInteger`, up to 127 bits; what needs more is an exception.

use super::super::call::Call;
use super::super::class::Class;
use super::super::failure::{Failure, Outcome};
use super::super::value::JavaValue;
use crate::model::JavaObject;

/// A `java.math.BigInteger`.
struct BigInteger(i128);

impl JavaObject for BigInteger {
    fn class_name(&self) -> &'static str {
        "java.math.BigInteger"
    }

    fn java_equals(&self, other: &dyn JavaObject) -> bool {
        let any: &(dyn std::any::Any + Send + Sync) = other;
        any.downcast_ref::<Self>().is_some_and(|other| other.0 == self.0)
    }

    fn java_hash(&self) -> i32 {
        let magnitude = self.0.unsigned_abs();
        let hash = (0..4).rev().fold(0u32, |hash, word| {
            hash.wrapping_mul(31)
                .wrapping_add((magnitude >> (32 * word)) as u32)
        });
        hash.cast_signed().wrapping_mul(self.0.signum() as i32)
    }

    fn java_string(&self) -> String {
        self.0.to_string()
    }
}

pub(super) fn classes() -> Vec<Class> {
    vec![
        Class::new("java.math.BigInteger")
            .extends("java.lang.Number")
            .implements(&["java.lang.Comparable"])
            .field("BigInteger ZERO", || JavaValue::object(BigInteger(0)))
            .field("BigInteger ONE", || JavaValue::object(BigInteger(1)))
            .field("BigInteger TEN", || JavaValue::object(BigInteger(10)))
            .constructor("(String)", |call| {
                let text = call.text(0)?;
                match text.parse() {
                    Ok(value) => Ok(JavaValue::object(BigInteger(value))),
                    Err(error) if *error.kind() == std::num::IntErrorKind::InvalidDigit => {
                        Err(Failure::thrown(
                            "java.lang.NumberFormatException",
                            format!("For input string: \"{text}\""),
                        ))
                    }
                    Err(_) => Err(too_big()),
                }
            })
            .function("BigInteger valueOf(long)", |call| {
                Ok(JavaValue::object(BigInteger(i128::from(call.long(0)?))))
            })
            .method("BigInteger add(BigInteger)", |call| with(call, i128::checked_add))
            .method("BigInteger subtract(BigInteger)", |call| {
                with(call, i128::checked_sub)
            })
            .method("BigInteger multiply(BigInteger)", |call| {
                with(call, i128::checked_mul)
            })
            .method("BigInteger divide(BigInteger)", |call| {
                not_zero(call)?;
                with(call, i128::checked_div)
            })
            .method("BigInteger remainder(BigInteger)", |call| {
                not_zero(call)?;
                with(call, i128::checked_rem)
            })
            .method("BigInteger mod(BigInteger)", |call| {
                not_zero(call)?;
                with(call, i128::checked_rem_euclid)
            })
            .method("BigInteger pow(int)", |call| {
                let exponent = u32::try_from(call.int(0)?)
                    .map_err(|_| Failure::thrown("java.lang.ArithmeticException", "Negative exponent"))?;
                result(call.this::<BigInteger>()?.0.checked_pow(exponent))
            })
            .method("BigInteger negate()", |call| {
                result(call.this::<BigInteger>()?.0.checked_neg())
            })
            .method("BigInteger abs()", |call| {
                result(call.this::<BigInteger>()?.0.checked_abs())
            })
            .method("int signum()", |call| {
                Ok(JavaValue::Int(call.this::<BigInteger>()?.0.signum() as i32))
            })
            .method("int compareTo(BigInteger)", |call| {
                let other = call.object::<BigInteger>(0)?.0;
                Ok((call.this::<BigInteger>()?.0.cmp(&other) as i32).into())
            })
            // Java keeps the low bits.
            .method("int intValue()", |call| {
                Ok(JavaValue::Int(call.this::<BigInteger>()?.0 as i32))
            })
            .method("long longValue()", |call| {
                Ok(JavaValue::Long(call.this::<BigInteger>()?.0 as i64))
            })
            .method("double doubleValue()", |call| {
                Ok(JavaValue::Double(call.this::<BigInteger>()?.0 as f64))
            }),
    ]
}

fn with(call: &Call<'_>, operation: fn(i128, i128) -> Option<i128>) -> Outcome {
    let other = call.object::<BigInteger>(0)?.0;
    result(operation(call.this::<BigInteger>()?.0, other))
}

fn not_zero(call: &Call<'_>) -> Outcome<()> {
    match call.object::<BigInteger>(0)?.0 {
        0 => Err(Failure::thrown(
            "java.lang.ArithmeticException",
            "BigInteger divide by zero",
        )),
        _ => Ok(()),
    }
}

fn result(value: Option<i128>) -> Outcome {
    value
        .map(|value| JavaValue::object(BigInteger(value)))
        .ok_or_else(too_big)
}

fn too_big() -> Failure {
    Failure::unsupported(
        "A BigInteger of more than 127 bits",
        "calculate with Python's integers",
    )
}
