//! The objects that a client holds, by id.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::java::JavaValue;

/// Ids that are never given up.
const KEPT: [&str; 3] = ["t", "j", "GATEWAY_SERVER"];

/// Objects by id.
#[derive(Default)]
pub(super) struct Objects {
    objects: Mutex<HashMap<u64, JavaValue>>,
    named: Mutex<HashMap<String, JavaValue>>,
    next: AtomicU64,
}

impl Objects {
    /// The object of an id.
    pub(super) fn get(&self, id: &str) -> Option<JavaValue> {
        match number(id) {
            Some(number) => lock(&self.objects).get(&number).cloned(),
            None => lock(&self.named).get(id).cloned(),
        }
    }

    /// Gives an object a new id.
    pub(super) fn add(&self, object: JavaValue) -> String {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        lock(&self.objects).insert(number, object);
        format!("o{number}")
    }

    /// Gives an object one of the ids that are never given up.
    pub(super) fn add_named(&self, id: &str, object: JavaValue) {
        lock(&self.named).insert(id.to_owned(), object);
    }

    /// Gives an id up; unknown ones are passed over.
    pub(super) fn remove(&self, id: &str) {
        if KEPT.contains(&id) {
            return;
        }
        let removed = match number(id) {
            Some(number) => lock(&self.objects).remove(&number),
            None => lock(&self.named).remove(id),
        };
        // What the end of an object does is not done under the lock.
        drop(removed);
    }

    /// Gives all ids up.
    pub(super) fn clear(&self) {
        let objects = std::mem::take(&mut *lock(&self.objects));
        let named = std::mem::take(&mut *lock(&self.named));
        drop((objects, named));
    }

    /// How many objects the client holds.
    pub(super) fn len(&self) -> usize {
        lock(&self.objects).len()
    }
}

fn number(id: &str) -> Option<u64> {
    id.strip_prefix('o')?.parse().ok()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
