//! The state that calling threads and the reader thread share.

use std::collections::{HashMap, HashSet};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::ClientError;
use super::stream::Stream;
use crate::callback::Callback;
use crate::error::ErrorValue;
use crate::frame::{DEFAULT_MAXIMUM_FRAME_BYTES, Frame, FrameKind};
use crate::hello::HelloAcknowledgement;
use crate::{Properties, codec};

/// How long the socket may refuse to take bytes before the server is taken for gone.
const WRITE_TIMEOUT: Duration = Duration::from_secs(60);

/// How many pieces of a stream of rows may wait to be taken; its credit is the tighter bound.
const STREAM_FRAMES: usize = 4096;

/// How many batches may be in flight if the server does not say.
const DEFAULT_MAXIMUM_BATCHES: u32 = 32;

/// One connection: where frames are written and who waits for which reply.
#[derive(Debug)]
pub(super) struct Connection {
    writer: Mutex<Stream>,
    /// A second handle, so that closing does not wait for a writer that is stuck.
    socket: Stream,
    waiting: Mutex<Waiting>,
    /// Signalled when a request leaves or the connection ends.
    room: Condvar,
    maximum_frame_bytes: u32,
    maximum_batches: usize,
}

#[derive(Debug, Default)]
struct Waiting {
    last_request_id: u64,
    requests: HashMap<u64, SyncSender<Frame>>,
    /// Those of the requests that are batches or pings; the others are streams of rows.
    batches: HashSet<u64>,
    end: Option<End>,
}

/// How the connection ended.
#[derive(Debug, Clone)]
struct End {
    reason: Option<Box<ErrorValue>>,
}

impl Connection {
    pub(super) fn new(stream: &Stream, hello: &HelloAcknowledgement) -> Result<Self, ClientError> {
        let writer = stream.try_clone()?;
        writer.set_write_timeout(Some(WRITE_TIMEOUT))?;
        let limit = |name| hello.properties.number(name);
        Ok(Self {
            writer: Mutex::new(writer),
            socket: stream.try_clone()?,
            waiting: Mutex::default(),
            room: Condvar::new(),
            maximum_frame_bytes: limit(Properties::MAXIMUM_FRAME_BYTES)
                .unwrap_or(DEFAULT_MAXIMUM_FRAME_BYTES),
            maximum_batches: limit(Properties::MAXIMUM_BATCHES)
                .unwrap_or(DEFAULT_MAXIMUM_BATCHES)
                .max(1) as usize,
        })
    }

    /// Takes a new request id; `None` if there was no room for another request within `timeout`.
    pub(super) fn register(&self, timeout: Duration) -> Result<Option<(u64, Receiver<Frame>)>, ClientError> {
        let mut waiting = self.lock();
        if waiting.batches.len() >= self.maximum_batches && waiting.end.is_none() {
            waiting = match self.room.wait_timeout(waiting, timeout) {
                Ok((waiting, _)) => waiting,
                Err(poisoned) => poisoned.into_inner().0,
            };
        }
        if let Some(end) = &waiting.end {
            return Err(ClientError::Closed {
                reason: end.reason.clone(),
            });
        }
        if waiting.batches.len() >= self.maximum_batches {
            return Ok(None);
        }
        waiting.last_request_id += 1;
        let request_id = waiting.last_request_id;
        // One reply a request and one callback at a time, so the reader never waits for a caller.
        let (sender, receiver) = sync_channel(2);
        waiting.requests.insert(request_id, sender);
        waiting.batches.insert(request_id);
        Ok(Some((request_id, receiver)))
    }

    /// Takes a new request id for a stream of rows.
    pub(super) fn register_stream(&self) -> Result<(u64, Receiver<Frame>), ClientError> {
        let mut waiting = self.lock();
        if let Some(end) = &waiting.end {
            return Err(ClientError::Closed {
                reason: end.reason.clone(),
            });
        }
        waiting.last_request_id += 1;
        let request_id = waiting.last_request_id;
        let (sender, receiver) = sync_channel(STREAM_FRAMES);
        waiting.requests.insert(request_id, sender);
        Ok((request_id, receiver))
    }

    /// Nobody waits for this request any more.
    pub(super) fn forget(&self, request_id: u64) {
        let mut waiting = self.lock();
        waiting.requests.remove(&request_id);
        waiting.batches.remove(&request_id);
        drop(waiting);
        self.room.notify_one();
    }

    pub(super) fn send(&self, frame: &Frame) -> Result<(), ClientError> {
        // Checked first: a frame that is too long concerns its caller, not the connection.
        frame.header(self.maximum_frame_bytes)?;
        let written = {
            let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
            frame.write(&mut *writer, self.maximum_frame_bytes)
        };
        if let Err(error) = written {
            // Part of a frame may be out; what follows would be garbage to the server.
            self.socket.shut_down();
            return Err(self.failure(error.into()));
        }
        Ok(())
    }

    /// The reason why the connection ended if it did, else `otherwise`.
    pub(super) fn failure(&self, otherwise: ClientError) -> ClientError {
        match &self.lock().end {
            Some(end) => ClientError::Closed {
                reason: end.reason.clone(),
            },
            None => otherwise,
        }
    }

    /// Says goodbye and closes. Harmless when closed already.
    pub(super) fn close(&self) {
        if self.lock().end.is_some() {
            return;
        }
        // A writer stuck in another thread is not waited for; the shutdown tells the server as well.
        if let Ok(mut writer) = self.writer.try_lock()
            && let Ok(payload) = codec::encode(&None::<ErrorValue>)
        {
            let goodbye = Frame::new(FrameKind::Goodbye, 0, payload);
            let _ = goodbye.write(&mut *writer, self.maximum_frame_bytes);
        }
        self.end(None);
        self.socket.shut_down();
    }

    fn end(&self, reason: Option<Box<ErrorValue>>) {
        let mut waiting = self.lock();
        waiting.end.get_or_insert(End { reason });
        // Dropping the senders wakes everyone who waits.
        waiting.requests.clear();
        drop(waiting);
        self.room.notify_all();
    }

    /// Hands a frame to whoever waits for the request; false when the server sends more than it may.
    fn deliver(&self, request_id: u64, frame: Frame) -> bool {
        match self.lock().requests.get(&request_id) {
            Some(sender) => !matches!(sender.try_send(frame), Err(TrySendError::Full(_))),
            // Whoever waited has given up.
            None => true,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads frames until the connection ends, and hands out replies.
pub(super) fn run_reader(mut stream: Stream, connection: &Connection, limit: u32) {
    let reason = loop {
        let frame = match Frame::read(&mut stream, limit) {
            Ok(frame) => frame,
            Err(error) => {
                break Some(Box::new(ErrorValue::new(
                    "java.io.IOException",
                    error.to_string(),
                )));
            }
        };
        match FrameKind::from_byte(frame.kind) {
            Some(FrameKind::Reply | FrameKind::Pong | FrameKind::Data | FrameKind::End) => {
                let taken = connection.deliver(frame.request_id, frame);
                if !taken {
                    break Some(Box::new(ErrorValue::new(
                        "java.io.IOException",
                        "the server sent more than it was asked for",
                    )));
                }
            }
            Some(FrameKind::Callback) => {
                // The thread that waits for the batch answers; without one nobody does.
                if let Ok(Callback { batch, .. }) = codec::decode(&frame.payload) {
                    connection.deliver(batch, frame);
                }
            }
            Some(FrameKind::Ping) => {
                let pong = Frame::new(FrameKind::Pong, frame.request_id, frame.payload);
                if connection.send(&pong).is_err() {
                    break None;
                }
            }
            Some(FrameKind::Goodbye) => break codec::decode(&frame.payload).unwrap_or(None),
            // Kinds of later versions, and kinds that only servers receive.
            _ => {}
        }
    };
    connection.end(reason);
    stream.shut_down();
}
