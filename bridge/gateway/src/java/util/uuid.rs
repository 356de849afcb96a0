//! `UUID`.

use super::super::class::Class;
use super::super::failure::Failure;
use super::super::value::JavaValue;
use crate::model::JavaObject;

/// A `java.util.UUID`.
struct JavaUuid(u128);

impl JavaObject for JavaUuid {
    fn class_name(&self) -> &'static str {
        "java.util.UUID"
    }

    fn java_equals(&self, other: &dyn JavaObject) -> bool {
        let any: &(dyn std::any::Any + Send + Sync) = other;
        any.downcast_ref::<Self>().is_some_and(|other| other.0 == self.0)
    }

    fn java_hash(&self) -> i32 {
        let folded = (self.0 >> 64) as u64 ^ self.0 as u64;
        ((folded >> 32) as u32 ^ folded as u32).cast_signed()
    }

    fn java_string(&self) -> String {
        let digits = format!("{:032x}", self.0);
        format!(
            "{}-{}-{}-{}-{}",
            &digits[..8],
            &digits[8..12],
            &digits[12..16],
            &digits[16..20],
            &digits[20..]
        )
    }
}

pub(super) fn classes() -> Vec<Class> {
    vec![
        Class::new("java.util.UUID")
            .implements(&["java.lang.Comparable"])
            .constructor("(long, long)", |call| {
                let high = u128::from(call.long(0)?.cast_unsigned());
                let low = u128::from(call.long(1)?.cast_unsigned());
                Ok(JavaValue::object(JavaUuid(high << 64 | low)))
            })
            .function("UUID randomUUID()", |_| {
                // Version 4, variant 1.
                let bits = rand::random::<u128>() & !(0xF << 76) & !(0x3 << 62);
                Ok(JavaValue::object(JavaUuid(bits | 0x4 << 76 | 0x2 << 62)))
            })
            .function("UUID fromString(String)", |call| {
                let text = call.text(0)?;
                let wrong = || Failure::illegal(format!("Invalid UUID string: {text}"));
                let parts: Vec<&str> = text.split('-').collect();
                if parts.len() != 5 || parts.iter().any(|part| part.is_empty()) {
                    return Err(wrong());
                }
                let widths = [8usize, 4, 4, 4, 12];
                let digits: String = parts
                    .iter()
                    .zip(widths)
                    .map(|(part, width)| format!("{part:0>width$}"))
                    .collect();
                u128::from_str_radix(&digits, 16)
                    .map(|bits| JavaValue::object(JavaUuid(bits)))
                    .map_err(|_| wrong())
            })
            .method("int version()", |call| {
                Ok(JavaValue::Int((call.this::<JavaUuid>()?.0 >> 76 & 0xF) as i32))
            })
            .method("int variant()", |call| {
                Ok(JavaValue::Int((call.this::<JavaUuid>()?.0 >> 62 & 0x3) as i32))
            })
            .method("long getMostSignificantBits()", |call| {
                Ok(JavaValue::Long((call.this::<JavaUuid>()?.0 >> 64) as i64))
            })
            .method("long getLeastSignificantBits()", |call| {
                Ok(JavaValue::Long(call.this::<JavaUuid>()?.0 as i64))
            }),
    ]
}
