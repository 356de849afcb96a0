//! Sets.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::super::failure::Outcome;
use super::super::value::JavaValue;
use super::map::{Entries, Order};
use super::{immutable, text_of};
use crate::model::JavaObject;

/// A set of any class.
pub(crate) struct JavaSet {
    class: &'static str,
    changeable: bool,
    entries: Mutex<Entries>,
}

impl JavaSet {
    /// A set of these elements.
    pub(crate) fn new(class: &'static str, order: Order, elements: Vec<JavaValue>) -> Outcome<Self> {
        let entries = elements
            .into_iter()
            .map(|element| (element, JavaValue::Null))
            .collect();
        Ok(Self {
            class,
            changeable: !class.contains('$'),
            entries: Mutex::new(Entries::of(order, entries)?),
        })
    }

    /// A view of elements in their order, which cannot be changed.
    pub(crate) fn view(class: &'static str, elements: Vec<JavaValue>) -> Outcome {
        Ok(JavaValue::object(Self::new(class, Order::Insertion, elements)?))
    }

    /// The elements as keys, locked, for reading.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The elements as keys, locked, for a change.
    pub(crate) fn change(&self) -> Outcome<MutexGuard<'_, Entries>> {
        if self.changeable {
            Ok(self.lock())
        } else {
            Err(immutable())
        }
    }

    /// The elements in order.
    pub(crate) fn elements(&self) -> Vec<JavaValue> {
        self.lock().keys()
    }
}

impl JavaObject for JavaSet {
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
        let right = other.lock().clone();
        left.len() == right.len() && left.iter().all(|element| right.get(element).is_some())
    }

    fn java_hash(&self) -> i32 {
        self.elements()
            .iter()
            .fold(0i32, |hash, element| hash.wrapping_add(element.hash_code()))
    }

    fn java_string(&self) -> String {
        text_of(&self.elements())
    }
}
