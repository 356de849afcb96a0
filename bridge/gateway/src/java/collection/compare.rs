//! The natural order of values.

use std::cmp::Ordering;

use super::super::call::Call;
use super::super::class_object::EnumConstant;
use super::super::failure::{Failure, Outcome};
use super::super::value::JavaValue;

/// `compareTo`.
pub(crate) fn natural(left: &JavaValue, right: &JavaValue) -> Outcome<Ordering> {
    use JavaValue as V;
    Ok(match (left, right) {
        (V::Null, _) | (_, V::Null) => return Err(Failure::bare("java.lang.NullPointerException")),
        (V::Boolean(left), V::Boolean(right)) => left.cmp(right),
        (V::Byte(left), V::Byte(right)) => left.cmp(right),
        (V::Short(left), V::Short(right)) => left.cmp(right),
        (V::Char(left), V::Char(right)) => left.cmp(right),
        (V::Int(left), V::Int(right)) => left.cmp(right),
        (V::Long(left), V::Long(right)) => left.cmp(right),
        (V::Float(left), V::Float(right)) => left.total_cmp(right),
        (V::Double(left), V::Double(right)) => left.total_cmp(right),
        (V::String(left), V::String(right)) => left.encode_utf16().cmp(right.encode_utf16()),
        (V::Decimal(left), V::Decimal(right)) => {
            let read = |text: &str| text.parse::<f64>().unwrap_or(f64::NAN);
            read(left).total_cmp(&read(right))
        }
        _ => match (left.peek::<EnumConstant>(), right.peek::<EnumConstant>()) {
            (Some(left), Some(right)) => left.ordinal.cmp(&right.ordinal),
            _ => {
                return Err(Failure::thrown(
                    "java.lang.ClassCastException",
                    format!(
                        "class {} cannot be cast to class {}",
                        right.class_name(),
                        left.class_name()
                    ),
                ));
            }
        },
    })
}

/// Sorts by the natural order, or by a `Comparator` of the client.
pub(crate) fn sort(call: &Call<'_>, elements: &mut [JavaValue], comparator: &JavaValue) -> Outcome<()> {
    let mut failure = None;
    // A merge sort calls as rarely as Java's; after a failure the order no longer matters.
    elements.sort_by(|left, right| {
        if failure.is_some() {
            return Ordering::Equal;
        }
        compare(call, left, right, comparator).unwrap_or_else(|error| {
            failure = Some(error);
            Ordering::Equal
        })
    });
    failure.map_or(Ok(()), Err)
}

/// Compares by a `Comparator` of the client, or naturally when it is null.
pub(crate) fn compare(
    call: &Call<'_>,
    left: &JavaValue,
    right: &JavaValue,
    comparator: &JavaValue,
) -> Outcome<Ordering> {
    if comparator.is_null() {
        return natural(left, right);
    }
    if comparator.peek::<ReverseOrder>().is_some() {
        return natural(right, left);
    }
    match call.apply(comparator, "compare", vec![left.clone(), right.clone()])? {
        JavaValue::Int(order) => Ok(order.cmp(&0)),
        _ => Err(Failure::bare("java.lang.NullPointerException")),
    }
}

/// `Collections.reverseOrder()`.
pub(crate) struct ReverseOrder;

impl crate::model::JavaObject for ReverseOrder {
    fn class_name(&self) -> &'static str {
        "java.util.Collections$ReverseComparator"
    }
}
