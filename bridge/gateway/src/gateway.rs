//! The gateway itself: what all sessions share.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use nutkin_engine::python::PythonRuntimeFactory;

use crate::job::JobTable;
use crate::model::{ClassTable, JavaClass};
use crate::session::NativeSession;
use crate::session_table::SessionTable;

/// Name and version of this gateway, as it says hello.
pub const IDENTITY: &str = concat!("nutkin ", env!("CARGO_PKG_VERSION"));

/// How long the end of a gateway waits for the end of its jobs.
const JOBS_END_TIMEOUT: Duration = Duration::from_secs(2);

/// Makes sessions. One a process.
pub struct Gateway {
    shared: Arc<Shared>,
    last_session: AtomicU64,
}

/// What the sessions of one gateway share.
pub(crate) struct Shared {
    pub(crate) classes: ClassTable,
    /// Makes the Python runtimes of jobs; `None` in a gateway without Python.
    pub(crate) python: Option<Arc<dyn PythonRuntimeFactory>>,
    /// The sessions that have not ended.
    pub(crate) sessions: SessionTable,
    /// All jobs, detached ones among them.
    pub(crate) jobs: JobTable,
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.jobs.cancel_all(JOBS_END_TIMEOUT);
    }
}

impl Gateway {
    /// A gateway with Flink's classes. Jobs with Python functions need `python`.
    #[must_use]
    pub fn new(python: Option<Arc<dyn PythonRuntimeFactory>>) -> Self {
        Self::with_classes(crate::class::all(), python)
    }

    /// A gateway with classes of one's own choice.
    #[must_use]
    pub fn with_classes(classes: Vec<JavaClass>, python: Option<Arc<dyn PythonRuntimeFactory>>) -> Self {
        Self {
            shared: Arc::new(Shared {
                classes: ClassTable::new(classes),
                python,
                sessions: SessionTable::default(),
                jobs: JobTable::default(),
            }),
            last_session: AtomicU64::new(0),
        }
    }

    /// Starts a session.
    #[must_use]
    pub fn open_session(&self) -> Arc<NativeSession> {
        let id = self.last_session.fetch_add(1, Ordering::Relaxed) + 1;
        let session = NativeSession::new(id, Arc::clone(&self.shared));
        self.shared.sessions.add(&session);
        session
    }

    /// The classes that clients can use.
    #[must_use]
    pub fn classes(&self) -> &ClassTable {
        &self.shared.classes
    }
}
