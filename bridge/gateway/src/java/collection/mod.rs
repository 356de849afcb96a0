//! The bodies of `java.util`'s collections, under the classes of [`super::util`].
//!
//! Views (`keySet`, `entrySet`, `values`, `subList`) are copies that cannot be changed, and say so.

pub(crate) mod compare;
pub(crate) mod iterator;
pub(crate) mod list;
pub(crate) mod map;
pub(crate) mod set;

use std::sync::Arc;

use super::array::JavaArray;
use super::failure::{Failure, Outcome};
use super::value::JavaValue;

/// The error of changing what cannot be changed.
pub(crate) fn immutable() -> Failure {
    Failure::bare("java.lang.UnsupportedOperationException")
}

/// The elements of any collection or array, in order.
pub(crate) fn elements_of(value: &JavaValue) -> Outcome<Vec<JavaValue>> {
    if let Some(list) = value.peek::<list::JavaList>() {
        return Ok(list.elements());
    }
    if let Some(set) = value.peek::<set::JavaSet>() {
        return Ok(set.elements());
    }
    if let Some(array) = value.peek::<JavaArray>() {
        return Ok(array.elements());
    }
    if let Some(iterator) = value.peek::<iterator::JavaIterator>() {
        return Ok(std::iter::from_fn(|| iterator.advance()).collect());
    }
    if let JavaValue::Bytes(bytes) = value {
        return Ok(bytes
            .iter()
            .map(|byte| JavaValue::Byte(byte.cast_signed()))
            .collect());
    }
    if value.is_null() {
        return Err(Failure::bare("java.lang.NullPointerException"));
    }
    Err(Failure::thrown(
        "java.lang.ClassCastException",
        format!(
            "class {} cannot be cast to class java.util.Collection",
            value.class_name()
        ),
    ))
}

/// The elements of a collection as the text of its `toString`.
pub(crate) fn text_of(elements: &[JavaValue]) -> String {
    let texts: Vec<String> = elements.iter().map(JavaValue::to_text).collect();
    format!("[{}]", texts.join(", "))
}

/// An iterator over a collection.
pub(crate) fn iterator_of(value: &JavaValue) -> Outcome {
    if let Some(list) = value.downcast::<list::JavaList>() {
        return Ok(JavaValue::object(iterator::JavaIterator::over_list(list)));
    }
    Ok(JavaValue::object(iterator::JavaIterator::new(elements_of(
        value,
    )?)))
}

/// A new `ArrayList`.
pub(crate) fn array_list(elements: Vec<JavaValue>) -> JavaValue {
    JavaValue::Object(Arc::new(list::JavaList::new("java.util.ArrayList", elements)))
}
