//! The gateway itself: what all sessions share.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::model::{ClassTable, JavaClass};
use crate::session::NativeSession;

/// Name and version of this gateway, as it says hello.
pub const IDENTITY: &str = concat!("nutkin ", env!("CARGO_PKG_VERSION"));

/// Makes sessions. One a process.
pub struct Gateway {
    shared: Arc<Shared>,
    last_session: AtomicU64,
}

/// What the sessions of one gateway share.
pub(crate) struct Shared {
    pub(crate) classes: ClassTable,
}

impl Gateway {
    /// A gateway with classes of its own choice.
    #[must_use]
    pub fn with_classes(classes: Vec<JavaClass>) -> Self {
        Self {
            shared: Arc::new(Shared {
                classes: ClassTable::new(classes),
            }),
            last_session: AtomicU64::new(0),
        }
    }

    /// Starts a session.
    #[must_use]
    pub fn open_session(&self) -> Arc<NativeSession> {
        let id = self.last_session.fetch_add(1, Ordering::Relaxed) + 1;
        NativeSession::new(id, Arc::clone(&self.shared))
    }

    /// The classes that clients can use.
    #[must_use]
    pub fn classes(&self) -> &ClassTable {
        &self.shared.classes
    }
}
