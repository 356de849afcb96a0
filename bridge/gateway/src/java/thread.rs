//! A Java thread: what a connection is to the program behind it.

use std::any::Any;
use std::sync::{Arc, Mutex, PoisonError};

use super::value::JavaValue;
use crate::caller::Caller;

/// A thread. Each connection has its own.
pub(crate) struct JavaThread {
    /// Its number.
    pub(crate) id: u64,
    /// Whether somebody still waits for its calls.
    pub(crate) interrupt: Arc<dyn Caller + Send + Sync>,
    /// What the door needs to call back over the same connection.
    pub(crate) connection: Option<Arc<dyn Any + Send + Sync>>,
    class_loader: Mutex<Option<JavaValue>>,
}

impl JavaThread {
    /// A thread with the class loader of the system.
    pub(crate) fn new(
        id: u64,
        interrupt: Arc<dyn Caller + Send + Sync>,
        connection: Option<Arc<dyn Any + Send + Sync>>,
    ) -> Self {
        Self {
            id,
            interrupt,
            connection,
            class_loader: Mutex::new(None),
        }
    }

    /// The context class loader, if one was set.
    pub(crate) fn class_loader(&self) -> Option<JavaValue> {
        self.class_loader
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Sets the context class loader.
    pub(crate) fn set_class_loader(&self, loader: JavaValue) {
        *self.class_loader.lock().unwrap_or_else(PoisonError::into_inner) = Some(loader);
    }
}
