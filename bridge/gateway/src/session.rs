//! Sessions: what one client made, and what ends with it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use nutkin_protocol::{Batch, ObjectId, Reply};

use crate::caller::Caller;
use crate::gateway::Shared;
use crate::interrupt::Interrupt;
use crate::job::{Job, JobTable};
use crate::model::ClassTable;
use crate::registry::Registry;
use crate::result::{Fetched, TableResult};
use crate::{GatewayError, Result, dispatch};

/// How long the end of a session waits for the end of its jobs. Tasks look at their cancellation many
/// times a second; what takes longer is foreign code, and goes on ending alone.
const JOBS_END_TIMEOUT: Duration = Duration::from_secs(2);

/// How many rows one piece of a stream has at most.
const STREAM_ROWS: usize = 16_384;

/// How long a stream waits for rows before it looks whether it is still wanted.
const STREAM_PATIENCE: Duration = Duration::from_millis(200);

/// What doors know of a session. The native object model implements it here; a hosted JVM is
/// another implementation, and no door can tell them apart.
pub trait Session: Send + Sync {
    /// The session's number, for logs.
    fn id(&self) -> u64;

    /// Makes the calls of a batch. Runs on a thread that may wait; several batches of one session
    /// may run at once.
    fn batch(&self, batch: Batch, caller: &dyn Caller) -> Reply;

    /// Gives the rows of an object to `consume`, each time an Arrow IPC stream, until there are no more
    /// or `consume` answers false. Runs on a thread that may wait.
    ///
    /// # Errors
    /// When the object is none with rows, its job fails, or the caller gives up.
    fn rows(
        &self,
        object: ObjectId,
        caller: &dyn Caller,
        consume: &mut dyn FnMut(Vec<u8>) -> bool,
    ) -> Result<()>;

    /// Frees objects.
    fn release(&self, objects: &[ObjectId]);

    /// Ends the session: frees its objects and ends its jobs, except those submitted detached.
    /// Does nothing when it has ended already.
    fn end(&self);
}

/// A session of the native object model.
pub struct NativeSession {
    id: u64,
    shared: Arc<Shared>,
    pub(crate) registry: Registry,
    /// The jobs that end with the session.
    jobs: JobTable,
    ended: AtomicBool,
    /// Handlers need the session as an `Arc`, which the trait's `&self` does not give.
    this: std::sync::Weak<Self>,
}

impl NativeSession {
    pub(crate) fn new(id: u64, shared: Arc<Shared>) -> Arc<Self> {
        Arc::new_cyclic(|this| Self {
            id,
            shared,
            registry: Registry::default(),
            jobs: JobTable::default(),
            ended: AtomicBool::new(false),
            this: this.clone(),
        })
    }

    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// Notes a job that ends with the session.
    pub(crate) fn add_job(&self, job: Arc<Job>) {
        self.jobs.add(Arc::clone(&job));
        // A session that ended meanwhile has ended its other jobs already.
        if self.ended.load(Ordering::SeqCst) {
            job.cancel();
        }
    }

    /// The jobs of the session that have not ended.
    pub(crate) fn running_jobs(&self) -> Vec<Arc<Job>> {
        self.jobs.running()
    }

    /// The job of the session with that id.
    pub(crate) fn find_job(&self, id: &str) -> Option<Arc<Job>> {
        self.jobs.find(id)
    }

    pub(crate) fn classes(&self) -> &ClassTable {
        &self.shared.classes
    }

    pub(crate) fn number(&self) -> u64 {
        self.id
    }

    /// How many objects the session holds.
    #[must_use]
    pub fn object_count(&self) -> usize {
        self.registry.len()
    }
}

impl Session for NativeSession {
    fn id(&self) -> u64 {
        self.id
    }

    fn batch(&self, batch: Batch, caller: &dyn Caller) -> Reply {
        match self.this.upgrade() {
            Some(session) => dispatch::batch(&session, batch, caller),
            None => Reply::Error {
                call: 0,
                error: Box::new(GatewayError::SessionEnded.to_error_value()),
            },
        }
    }

    fn rows(
        &self,
        object: ObjectId,
        caller: &dyn Caller,
        consume: &mut dyn FnMut(Vec<u8>) -> bool,
    ) -> Result<()> {
        let object = self.registry.get(object)?;
        let class = object.class_name();
        let Some(result) = object.downcast::<TableResult>() else {
            return Err(GatewayError::IllegalArgument {
                message: format!("A {class} has no rows."),
                hint: Some("open a stream of a TableResult".to_owned()),
            });
        };
        let interrupt: &dyn Interrupt = caller;
        loop {
            match result.fetch(STREAM_ROWS, STREAM_PATIENCE, interrupt)? {
                Fetched::Rows(rows) if rows.is_empty() => {}
                Fetched::Rows(rows) => {
                    if !consume(rows) {
                        return Ok(());
                    }
                }
                Fetched::End => return Ok(()),
            }
        }
    }

    fn release(&self, objects: &[ObjectId]) {
        self.registry.release(objects);
    }

    fn end(&self) {
        if self.ended.swap(true, Ordering::SeqCst) {
            return;
        }
        self.registry.close();
        self.shared.sessions.remove(self.id);
        self.jobs.cancel_all(JOBS_END_TIMEOUT);
    }
}

impl Drop for NativeSession {
    fn drop(&mut self) {
        self.end();
    }
}
