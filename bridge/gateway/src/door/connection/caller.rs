//! The client behind a batch that came over a connection: its cancel frames, its deadline, and what is
//! asked back of it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use nutkin_protocol::frame::{Frame, FrameKind};
use nutkin_protocol::{Callback, Reply, Value, codec};
use tokio::sync::mpsc;

use super::Outgoing;
use crate::caller::Caller;
use crate::interrupt::{Interrupt, wait_interruptibly};
use crate::{GatewayError, Result};

/// The callbacks of a connection that wait for their replies.
#[derive(Default)]
pub(super) struct Callbacks {
    last_id: AtomicU64,
    waiting: Mutex<HashMap<u64, SyncSender<Reply>>>,
}

impl Callbacks {
    /// Hands a reply to whoever waits for it; replies to nothing are dropped.
    pub(super) fn answer(&self, id: u64, reply: Reply) {
        let waiting = self.lock().remove(&id);
        if let Some(sender) = waiting {
            // Whoever asked may have given up.
            let _ = sender.try_send(reply);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<u64, SyncSender<Reply>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The client behind one batch or stream.
pub(super) struct RemoteCaller {
    request_id: u64,
    cancelled: AtomicBool,
    /// When the batch may not go on, and how long that was.
    deadline: Option<(Instant, u64)>,
    callbacks: Arc<Callbacks>,
    outbox: mpsc::Sender<Outgoing>,
    peer_frame_bytes: u32,
}

impl RemoteCaller {
    /// The client behind a request; a deadline of 0 is none.
    pub(super) fn new(
        request_id: u64,
        deadline_millis: u64,
        callbacks: &Arc<Callbacks>,
        outbox: &mpsc::Sender<Outgoing>,
        peer_frame_bytes: u32,
    ) -> Self {
        let deadline = (deadline_millis > 0)
            .then(|| Instant::now().checked_add(Duration::from_millis(deadline_millis)))
            .flatten();
        Self {
            request_id,
            cancelled: AtomicBool::new(false),
            deadline: deadline.map(|deadline| (deadline, deadline_millis)),
            callbacks: Arc::clone(callbacks),
            outbox: outbox.clone(),
            peer_frame_bytes,
        }
    }

    pub(super) fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// The reply, unless it only says that the deadline interrupted it: then that is said.
    pub(super) fn judge(&self, reply: Reply) -> Reply {
        let (Reply::Error { call, error }, Some(millis)) = (&reply, self.exceeded()) else {
            return reply;
        };
        if error.class != GatewayError::Interrupted.to_error_value().class {
            return reply;
        }
        Reply::Error {
            call: *call,
            error: Box::new(GatewayError::DeadlineExceeded { millis }.to_error_value()),
        }
    }

    /// The deadline in milliseconds, if it is over.
    fn exceeded(&self) -> Option<u64> {
        self.deadline
            .and_then(|(deadline, millis)| (Instant::now() >= deadline).then_some(millis))
    }
}

impl Interrupt for RemoteCaller {
    fn is_interrupted(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed) || self.exceeded().is_some()
    }
}

impl Caller for RemoteCaller {
    fn call_back(&self, function: &str, arguments: Vec<Value>) -> Result<Value> {
        let id = self.callbacks.last_id.fetch_add(1, Ordering::Relaxed) + 1;
        let callback = Callback {
            batch: self.request_id,
            function: function.to_owned(),
            arguments,
        };
        let unsendable = |error: &dyn std::fmt::Display| GatewayError::Protocol {
            message: format!("the callback '{function}' cannot be sent: {error}"),
        };
        let payload = codec::encode(&callback).map_err(|error| unsendable(&error))?;
        let frame = Frame::new(FrameKind::Callback, id, payload);
        frame
            .header(self.peer_frame_bytes)
            .map_err(|error| unsendable(&error))?;
        let (sender, replies) = sync_channel(1);
        self.callbacks.lock().insert(id, sender);
        let sent = self.outbox.blocking_send(frame.into());
        let answered = match sent {
            Ok(()) => wait_interruptibly(self, None, |step| replies.recv_timeout(step).ok()),
            Err(_) => Err(GatewayError::Interrupted),
        };
        self.callbacks.lock().remove(&id);
        match answered? {
            Some(Reply::Value(value)) => Ok(value),
            Some(Reply::Error { error, .. }) => Err(GatewayError::Callback { error }),
            None => Err(GatewayError::Interrupted),
        }
    }
}
