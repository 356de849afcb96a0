//! The door for programs in the same process: values go through as they are, on the caller's thread.

use std::sync::Arc;

use nutkin_protocol::client::Caller;
use nutkin_protocol::{Batch, ObjectId, Reply};

use crate::caller::LocalCaller;
use crate::gateway::Gateway;
use crate::session::Session;

/// A session of a gateway in this process. Dropping it ends the session.
pub struct InProcess {
    session: Arc<dyn Session>,
}

impl InProcess {
    /// Starts a session.
    #[must_use]
    pub fn connect(gateway: &Gateway) -> Self {
        Self {
            session: gateway.open_session(),
        }
    }

    /// Makes a batch of calls on this thread. A call that waits asks the caller about every 50 ms
    /// whether to go on, and answers with `java.lang.InterruptedException` when it says no; it is
    /// not asked while a call computes. A caller that holds a lock which others need, such as
    /// Python's, lets go of it around this and takes it when it is asked.
    pub fn batch(&self, batch: Batch, caller: &mut dyn Caller) -> Reply {
        self.session.batch(batch, &LocalCaller::new(caller))
    }

    /// Frees objects without waiting for the next batch.
    pub fn release(&self, objects: &[ObjectId]) {
        self.session.release(objects);
    }

    /// The number of the session.
    #[must_use]
    pub fn session(&self) -> u64 {
        self.session.id()
    }

    /// Ends the session. Later calls answer that it has ended.
    pub fn close(&self) {
        self.session.end();
    }
}

impl Drop for InProcess {
    fn drop(&mut self) {
        self.session.end();
    }
}
