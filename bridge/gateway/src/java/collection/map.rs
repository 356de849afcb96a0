//! Maps, and the body that sets share with them.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::super::failure::Outcome;
use super::super::value::{JavaValue, Key};
use super::compare::natural;
use super::immutable;
use crate::model::JavaObject;

/// In which order entries come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// Of `HashMap`: by the buckets of their hashes.
    Hash,
    /// Of `LinkedHashMap`: as they were put in.
    Insertion,
    /// Of `TreeMap`: by the natural order of their keys.
    Natural,
}

/// The smallest number of buckets of a `HashMap`.
const LEAST_BUCKETS: usize = 16;

/// Keys with values.
#[derive(Clone)]
pub(crate) struct Entries {
    order: Order,
    /// By the number of their insertion.
    by_age: BTreeMap<u64, (JavaValue, JavaValue)>,
    ages: HashMap<Key, u64>,
    next_age: u64,
    buckets: usize,
}

impl Entries {
    /// No entries.
    pub(crate) fn new(order: Order) -> Self {
        Self {
            order,
            by_age: BTreeMap::new(),
            ages: HashMap::new(),
            next_age: 0,
            buckets: LEAST_BUCKETS,
        }
    }

    /// These entries, in the buckets that a copy of them gets.
    pub(crate) fn of(order: Order, entries: Vec<(JavaValue, JavaValue)>) -> Outcome<Self> {
        let mut all = Self::new(order);
        let wanted = entries.len() * 4 / 3 + 1;
        all.buckets = wanted.next_power_of_two();
        for (key, value) in entries {
            all.put(key, value)?;
        }
        Ok(all)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.by_age.len()
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &JavaValue) -> Option<&JavaValue> {
        let age = self.ages.get(&Key(key.clone()))?;
        self.by_age.get(age).map(|(_, value)| value)
    }

    /// Sets the value of a key; the value before.
    pub(crate) fn put(&mut self, key: JavaValue, value: JavaValue) -> Outcome<Option<JavaValue>> {
        if self.order == Order::Natural {
            // A key that cannot be compared is refused before it is in.
            let other = self.by_age.values().next().map_or(&key, |(other, _)| other);
            natural(&key, other)?;
        }
        if let Some(age) = self.ages.get(&Key(key.clone()))
            && let Some((_, slot)) = self.by_age.get_mut(age)
        {
            return Ok(Some(std::mem::replace(slot, value)));
        }
        self.ages.insert(Key(key.clone()), self.next_age);
        self.by_age.insert(self.next_age, (key, value));
        self.next_age += 1;
        while self.len() * 4 > self.buckets * 3 {
            self.buckets *= 2;
        }
        Ok(None)
    }

    /// Forgets a key; the value that it had.
    pub(crate) fn remove(&mut self, key: &JavaValue) -> Option<JavaValue> {
        let age = self.ages.remove(&Key(key.clone()))?;
        self.by_age.remove(&age).map(|(_, value)| value)
    }

    /// Forgets all.
    pub(crate) fn clear(&mut self) {
        self.by_age.clear();
        self.ages.clear();
    }

    /// All, in their order.
    pub(crate) fn entries(&self) -> Vec<(JavaValue, JavaValue)> {
        let mut entries: Vec<(JavaValue, JavaValue)> = self.by_age.values().cloned().collect();
        match self.order {
            Order::Insertion => {}
            Order::Hash => entries.sort_by_key(|(key, _)| bucket(key, self.buckets)),
            Order::Natural => entries.sort_by(|(left, _), (right, _)| {
                // Keys that cannot be compared were refused.
                natural(left, right).unwrap_or(std::cmp::Ordering::Equal)
            }),
        }
        entries
    }

    /// All keys, in their order.
    pub(crate) fn keys(&self) -> Vec<JavaValue> {
        self.entries().into_iter().map(|(key, _)| key).collect()
    }
}

/// Which bucket a key is in.
fn bucket(key: &JavaValue, buckets: usize) -> usize {
    let hash = key.hash_code().cast_unsigned();
    (hash ^ (hash >> 16)) as usize & (buckets - 1)
}

/// A map of any class.
pub(crate) struct JavaMap {
    class: &'static str,
    changeable: bool,
    entries: Mutex<Entries>,
}

impl JavaMap {
    /// A map of these entries.
    pub(crate) fn new(class: &'static str, entries: Entries) -> Self {
        Self {
            class,
            changeable: !class.contains('$'),
            entries: Mutex::new(entries),
        }
    }

    /// An empty `HashMap`.
    pub(crate) fn empty() -> Self {
        Self::new("java.util.HashMap", Entries::new(Order::Hash))
    }

    /// A `HashMap` of texts.
    pub(crate) fn of_texts(texts: impl IntoIterator<Item = (String, String)>) -> Outcome {
        let entries = texts
            .into_iter()
            .map(|(key, value)| (JavaValue::from(key), JavaValue::from(value)))
            .collect();
        let entries = Entries::of(Order::Hash, entries)?;
        Ok(JavaValue::object(Self::new("java.util.HashMap", entries)))
    }

    /// The entries, locked, for reading.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The entries, locked, for a change.
    pub(crate) fn change(&self) -> Outcome<MutexGuard<'_, Entries>> {
        if self.changeable {
            Ok(self.lock())
        } else {
            Err(immutable())
        }
    }

    /// All entries in order.
    pub(crate) fn entries(&self) -> Vec<(JavaValue, JavaValue)> {
        self.lock().entries()
    }
}

impl JavaObject for JavaMap {
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
        let left = self.entries();
        let right = other.lock().clone();
        left.len() == right.len()
            && left
                .iter()
                .all(|(key, value)| right.get(key).is_some_and(|found| found.equals(value)))
    }

    fn java_hash(&self) -> i32 {
        self.entries().iter().fold(0i32, |hash, (key, value)| {
            hash.wrapping_add(key.hash_code() ^ value.hash_code())
        })
    }

    fn java_string(&self) -> String {
        let texts: Vec<String> = self
            .entries()
            .iter()
            .map(|(key, value)| format!("{}={}", key.to_text(), value.to_text()))
            .collect();
        format!("{{{}}}", texts.join(", "))
    }
}

/// An entry of a map, at the time when it was asked for.
pub(crate) struct MapEntry {
    /// The map, for changes of the value.
    pub(crate) map: Option<Arc<JavaMap>>,
    /// The key.
    pub(crate) key: JavaValue,
    /// The value.
    pub(crate) value: Mutex<JavaValue>,
}

impl MapEntry {
    /// The value.
    pub(crate) fn value(&self) -> JavaValue {
        self.value.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl JavaObject for MapEntry {
    fn class_name(&self) -> &'static str {
        "java.util.HashMap$Node"
    }

    fn java_equals(&self, other: &dyn JavaObject) -> bool {
        let any: &(dyn std::any::Any + Send + Sync) = other;
        any.downcast_ref::<Self>()
            .is_some_and(|other| self.key.equals(&other.key) && self.value().equals(&other.value()))
    }

    fn java_hash(&self) -> i32 {
        self.key.hash_code() ^ self.value().hash_code()
    }

    fn java_string(&self) -> String {
        format!("{}={}", self.key.to_text(), self.value().to_text())
    }
}
