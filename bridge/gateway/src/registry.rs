//! The objects of one session, by id.
//!
//! Three things that are not the same: an id that no call of the session gave to an object
//! (unknown), an id whose object was released (stale), and null, which is no id at all.

mod released;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ahash::HashMap;

use nutkin_protocol::ObjectId;

use crate::model::JavaObject;
use crate::{GatewayError, Result};
use released::ReleasedIds;

/// How many objects one session may hold at once.
pub const MAXIMUM_OBJECTS: usize = 1_000_000;

/// The objects of one session.
#[derive(Default)]
pub struct Registry {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    objects: HashMap<ObjectId, Arc<dyn JavaObject>>,
    released: ReleasedIds,
    closed: bool,
}

impl Registry {
    /// The object of this id.
    ///
    /// # Errors
    /// When the id is unknown or stale, or the session has ended.
    pub fn get(&self, id: ObjectId) -> Result<Arc<dyn JavaObject>> {
        let state = self.lock();
        match state.objects.get(&id) {
            Some(object) => Ok(Arc::clone(object)),
            None if state.closed => Err(GatewayError::SessionEnded),
            None if state.released.contains(id) => Err(GatewayError::StaleObject { id }),
            None => Err(GatewayError::UnknownObject { id }),
        }
    }

    /// Checks that a result may be given this id. Ids are never used twice.
    ///
    /// # Errors
    /// When the id is or was in use, there are too many objects, or the session has ended.
    pub fn check_vacant(&self, id: ObjectId) -> Result<()> {
        self.lock().check_vacant(id)
    }

    /// Gives an object this id.
    ///
    /// # Errors
    /// As [`Registry::check_vacant`].
    pub fn insert(&self, id: ObjectId, object: Arc<dyn JavaObject>) -> Result<()> {
        let mut state = self.lock();
        state.check_vacant(id)?;
        state.objects.insert(id, object);
        Ok(())
    }

    /// Frees objects. Ids without an object are passed over: their call may have failed.
    pub fn release(&self, ids: &[ObjectId]) {
        let mut freed = Vec::new();
        let mut state = self.lock();
        for &id in ids {
            if let Some(object) = state.objects.remove(&id) {
                state.released.insert(id);
                freed.push(object);
            }
        }
        drop(state);
        // Objects may do something when they go, such as cancelling a query: not under the lock.
        drop(freed);
    }

    /// How many objects there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lock().objects.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Frees everything and takes no more.
    pub fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        let objects = std::mem::take(&mut state.objects);
        drop(state);
        drop(objects);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn check_vacant(&self, id: ObjectId) -> Result<()> {
        if self.closed {
            return Err(GatewayError::SessionEnded);
        }
        if self.objects.contains_key(&id) || self.released.contains(id) {
            return Err(GatewayError::IdInUse { id });
        }
        if self.objects.len() >= MAXIMUM_OBJECTS {
            return Err(GatewayError::TooManyObjects {
                limit: MAXIMUM_OBJECTS,
            });
        }
        Ok(())
    }
}
