//! Lists.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::super::failure::{Failure, Outcome};
use super::super::value::JavaValue;
use super::{immutable, text_of};
use crate::model::JavaObject;

/// A list of any class.
pub(crate) struct JavaList {
    class: &'static str,
    elements: Mutex<Vec<JavaValue>>,
}

/// Classes whose lists cannot be changed, or not in their length.
const FIXED: [&str; 3] = [
    "java.util.ImmutableCollections$ListN",
    "java.util.Collections$UnmodifiableRandomAccessList",
    "java.util.Arrays$ArrayList",
];

impl JavaList {
    /// A list of these elements.
    pub(crate) fn new(class: &'static str, elements: Vec<JavaValue>) -> Self {
        Self {
            class,
            elements: Mutex::new(elements),
        }
    }

    /// The elements, locked, for reading.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Vec<JavaValue>> {
        self.elements.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The elements, locked, to change how many there are.
    pub(crate) fn change(&self) -> Outcome<MutexGuard<'_, Vec<JavaValue>>> {
        if FIXED.contains(&self.class) {
            return Err(immutable());
        }
        Ok(self.lock())
    }

    /// The elements, locked, to put others in their places.
    pub(crate) fn replace(&self) -> Outcome<MutexGuard<'_, Vec<JavaValue>>> {
        if FIXED[..2].contains(&self.class) {
            return Err(immutable());
        }
        Ok(self.lock())
    }

    /// The elements.
    pub(crate) fn elements(&self) -> Vec<JavaValue> {
        self.lock().clone()
    }

    /// One element.
    pub(crate) fn get(&self, index: i64) -> Outcome {
        let elements = self.lock();
        let position = checked(index, elements.len())?;
        Ok(elements[position].clone())
    }
}

/// A position within a length.
pub(crate) fn checked(index: i64, length: usize) -> Outcome<usize> {
    usize::try_from(index)
        .ok()
        .filter(|position| *position < length)
        .ok_or_else(|| {
            Failure::thrown(
                "java.lang.IndexOutOfBoundsException",
                format!("Index {index} out of bounds for length {length}"),
            )
        })
}

impl JavaObject for JavaList {
    fn class_name(&self) -> &'static str {
        self.class
    }

    fn java_equals(&self, other: &dyn JavaObject) -> bool {
        let any: &(dyn std::any::Any + Send + Sync) = other;
        let Some(other) = any.downcast_ref::<Self>() else {
            return false;
        };
        if std::ptr::eq(self, other) {
            return true;
        }
        let left = self.elements();
        let right = other.elements();
        left.len() == right.len() && left.iter().zip(&right).all(|(left, right)| left.equals(right))
    }

    fn java_hash(&self) -> i32 {
        self.elements().iter().fold(1i32, |hash, element| {
            hash.wrapping_mul(31).wrapping_add(element.hash_code())
        })
    }

    fn java_string(&self) -> String {
        text_of(&self.elements())
    }
}
