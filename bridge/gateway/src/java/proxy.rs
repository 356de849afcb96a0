//! Objects of the client that stand for Java objects.

use std::sync::{Arc, Weak};

use super::failure::{Failure, Outcome};
use super::machine::Callbacks;
use super::thread::JavaThread;
use super::value::{JavaValue, string_hash};
use crate::model::JavaObject;

/// A Python object that implements Java interfaces.
pub(crate) struct PythonProxy {
    /// The client's number of the object.
    pub(crate) id: String,
    /// The interfaces, by full name.
    pub(crate) interfaces: Vec<String>,
    callbacks: Weak<dyn Callbacks>,
}

impl PythonProxy {
    /// The proxy of an object of the client.
    pub(crate) fn new(id: String, interfaces: Vec<String>, callbacks: &Arc<dyn Callbacks>) -> Self {
        Self {
            id,
            interfaces,
            callbacks: Arc::downgrade(callbacks),
        }
    }

    /// Calls a method of the object.
    pub(crate) fn call(&self, thread: &JavaThread, method: &str, arguments: &[JavaValue]) -> Outcome {
        match self.callbacks.upgrade() {
            Some(callbacks) => callbacks.call(thread, &self.id, method, arguments),
            None => Err(Failure::thrown(
                "py4j.Py4JNetworkException",
                "The door that the Python object came through is closed",
            )),
        }
    }
}

impl JavaObject for PythonProxy {
    fn class_name(&self) -> &'static str {
        "jdk.proxy2.$Proxy0"
    }

    fn java_equals(&self, other: &dyn JavaObject) -> bool {
        let any: &(dyn std::any::Any + Send + Sync) = other;
        any.downcast_ref::<Self>()
            .is_some_and(|other| other.id == self.id)
    }

    fn java_hash(&self) -> i32 {
        string_hash(&self.id)
    }
}

/// The client lets go of the object when nobody here refers to it.
impl Drop for PythonProxy {
    fn drop(&mut self) {
        if let Some(callbacks) = self.callbacks.upgrade() {
            callbacks.release(&self.id);
        }
    }
}
