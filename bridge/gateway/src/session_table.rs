//! The sessions of a gateway, for its account of itself.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use crate::session::NativeSession;

/// The sessions that have not ended.
#[derive(Default)]
pub(crate) struct SessionTable(Mutex<HashMap<u64, Weak<NativeSession>>>);

impl SessionTable {
    pub(crate) fn add(&self, session: &Arc<NativeSession>) {
        self.lock().insert(session.number(), Arc::downgrade(session));
    }

    pub(crate) fn remove(&self, number: u64) {
        self.lock().remove(&number);
    }

    /// How many sessions there are, and how many objects they hold together.
    pub(crate) fn count(&self) -> (usize, usize) {
        let sessions: Vec<_> = self.lock().values().filter_map(Weak::upgrade).collect();
        // Not under the lock: a session that is dropped here removes itself.
        let objects = sessions.iter().map(|session| session.object_count()).sum();
        (sessions.len(), objects)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<u64, Weak<NativeSession>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
