//! One connection of a listening door: hello, then frames until either side says goodbye.
//!
//! The task that reads decides nothing that takes long: batches run on blocking threads, as many at
//! once as the limits allow, and their replies go through a bounded queue to the task that writes. A
//! peer that stops reading fills the queue, then its own reply threads, then is refused, and is
//! taken for gone when a write makes no progress. A peer that is silent is pinged.

mod caller;
mod hello;
mod reader;
mod rows;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use nutkin_protocol::frame::{Frame, FrameKind};
use nutkin_protocol::{Batch, Credit, ErrorValue, ObjectId, Open, Reply, codec};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

use super::Limits;
use super::server::Hosts;
use crate::session::Session;
use crate::{GatewayError, Result};
use caller::{Callbacks, RemoteCaller};
use reader::FrameReader;
use rows::{RowStream, Streams};

/// How many frames wait for the peer to take them.
const OUTBOX_FRAMES: usize = 64;

/// Serves one connection to its end.
pub(super) async fn serve<S: AsyncRead + AsyncWrite + Send + Unpin + 'static>(stream: S, hosts: Hosts) {
    let (read, mut write) = tokio::io::split(stream);
    let mut reader = FrameReader::new(read);
    let greeted = tokio::time::timeout(hosts.limits.hello_timeout, hello::receive(&mut reader, &hosts)).await;
    let peer = match greeted {
        Ok(Ok(peer)) => peer,
        Ok(Err(error)) => return say_goodbye(&mut write, Some(&error), &hosts.limits).await,
        Err(_) => return,
    };
    let native = hosts.gateway.open_session();
    let session = EndsSession(native);
    let acknowledgement = hello::acknowledge(session.0.id(), &hosts.limits);
    let Ok(payload) = codec::encode(&acknowledgement) else {
        return;
    };
    let frame = Frame::new(FrameKind::HelloAcknowledgement, 0, payload);
    if !write_frame(&mut write, &frame, peer.maximum_frame_bytes, &hosts.limits).await {
        return;
    }
    let (outbox, mut outgoing) = mpsc::channel::<Outgoing>(OUTBOX_FRAMES);
    let limits = hosts.limits.clone();
    let writer = tokio::spawn(async move {
        while let Some(Outgoing { frame, place }) = outgoing.recv().await {
            // Whoever reads the reply may send the next batch at once, so its place is free before.
            drop(place);
            if !write_frame(&mut write, &frame, peer.maximum_frame_bytes, &limits).await {
                // Dropping the queue tells everyone who sends that the peer is gone.
                return;
            }
        }
        // The peer may have closed first.
        let _ = write.shutdown().await;
    });
    let connection = Connection {
        session: Arc::clone(&session.0) as Arc<dyn Session>,
        outbox,
        places: Arc::new(Semaphore::new(hosts.limits.maximum_batches)),
        running: Arc::default(),
        streams: Arc::default(),
        callbacks: Arc::default(),
        maximum_streams: hosts.limits.maximum_streams,
        maximum_batches: hosts.limits.maximum_batches,
        peer_frame_bytes: peer.maximum_frame_bytes,
    };
    let farewell = connection.read(&mut reader, &hosts).await;
    connection.interrupt_all();
    // Ending a session may take a moment, and this thread serves other connections.
    let ended = tokio::task::spawn_blocking(move || drop(session)).await;
    if ended.is_ok()
        && let Some(reason) = farewell
    {
        connection.goodbye(&reason).await;
    }
    drop(connection);
    // A join error means that the writer panicked: the connection is gone as well.
    let _ = writer.await;
}

/// Turns a peer away that may not even say hello.
#[cfg(unix)]
pub(super) async fn refuse<S: AsyncWrite + Unpin>(mut stream: S, reason: &GatewayError, limits: &Limits) {
    say_goodbye(&mut stream, Some(reason), limits).await;
}

/// Ends the session when the connection's task ends, also when it is dropped halfway.
struct EndsSession(Arc<crate::session::NativeSession>);

impl Drop for EndsSession {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// A frame on its way to the peer.
struct Outgoing {
    frame: Frame,
    /// The place of the batch that this answers. It is taken until the writer takes the reply, so that
    /// a peer that does not read cannot have more and more batches worked on.
    place: Option<OwnedSemaphorePermit>,
}

impl From<Frame> for Outgoing {
    fn from(frame: Frame) -> Self {
        Self { frame, place: None }
    }
}

struct Connection {
    session: Arc<dyn Session>,
    outbox: mpsc::Sender<Outgoing>,
    places: Arc<Semaphore>,
    running: Running,
    streams: Streams,
    callbacks: Arc<Callbacks>,
    maximum_streams: usize,
    maximum_batches: usize,
    peer_frame_bytes: u32,
}

/// The callers of the batches that are worked on, by request id.
type Running = Arc<Mutex<HashMap<u64, Arc<RemoteCaller>>>>;

impl Connection {
    /// Reads frames until the connection ends; gives what to tell the peer, if anything.
    async fn read<R: AsyncRead + Unpin>(
        &self,
        reader: &mut FrameReader<R>,
        hosts: &Hosts,
    ) -> Option<GatewayError> {
        let mut stopping = hosts.stopping.clone();
        loop {
            let next = tokio::select! {
                next = reader.next(&hosts.limits, &self.outbox) => next,
                () = self.outbox.closed() => return None,
                _ = stopping.wait_for(|stopping| *stopping) => {
                    return Some(GatewayError::IllegalState {
                        message: "the gateway is shutting down".to_owned(),
                        hint: None,
                    });
                }
            };
            let frame = match next {
                Ok(Some(frame)) => frame,
                Ok(None) => return None,
                Err(error) => return Some(error),
            };
            match self.handle(frame).await {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => return Some(error),
            }
        }
    }

    /// Handles one frame; false when it was the last one.
    async fn handle(&self, frame: Frame) -> Result<bool> {
        match FrameKind::from_byte(frame.kind) {
            Some(FrameKind::Batch) => self.batch(frame).await?,
            Some(FrameKind::Release) => {
                let objects: Vec<ObjectId> = decode(&frame)?;
                let session = Arc::clone(&self.session);
                tokio::task::spawn_blocking(move || session.release(&objects));
            }
            Some(FrameKind::Cancel) => {
                if let Some(caller) = lock(&self.running).get(&frame.request_id) {
                    caller.cancel();
                }
                if let Some(stream) = lock(&self.streams).get(&frame.request_id) {
                    stream.caller.cancel();
                }
            }
            Some(FrameKind::Open) => self.open(&frame).await?,
            Some(FrameKind::Credit) => {
                let credit: Credit = decode(&frame)?;
                // A stream that has ended needs no more.
                if let Some(stream) = lock(&self.streams).get(&frame.request_id) {
                    stream.grant(credit.bytes);
                }
            }
            Some(FrameKind::CallbackReply) => {
                self.callbacks.answer(frame.request_id, decode(&frame)?);
            }
            Some(FrameKind::Ping) => {
                self.send(Frame::new(FrameKind::Pong, frame.request_id, frame.payload))
                    .await;
            }
            Some(FrameKind::Goodbye) => return Ok(false),
            Some(
                FrameKind::Hello
                | FrameKind::HelloAcknowledgement
                | FrameKind::Reply
                | FrameKind::Data
                | FrameKind::End
                | FrameKind::Callback,
            ) => {
                return Err(GatewayError::Protocol {
                    message: format!("a frame of kind {} has no place here", frame.kind),
                });
            }
            // A pong only shows that the peer lives, and kinds of later versions are skipped.
            Some(FrameKind::Pong) | None => {}
        }
        Ok(true)
    }

    async fn batch(&self, frame: Frame) -> Result<()> {
        let request_id = frame.request_id;
        let batch: Batch = decode(&frame)?;
        let Ok(place) = Arc::clone(&self.places).try_acquire_owned() else {
            let error = GatewayError::TooManyBatches {
                limit: self.maximum_batches,
            };
            self.send(encode_reply(
                request_id,
                &error_reply(&error),
                self.peer_frame_bytes,
            ))
            .await;
            return Ok(());
        };
        let caller = Arc::new(self.caller(request_id, batch.deadline_millis));
        if lock(&self.running)
            .insert(request_id, Arc::clone(&caller))
            .is_some()
            || lock(&self.streams).contains_key(&request_id)
        {
            return Err(in_flight(request_id));
        }
        let session = Arc::clone(&self.session);
        let outbox = self.outbox.clone();
        let running = Arc::clone(&self.running);
        let limit = self.peer_frame_bytes;
        tokio::task::spawn_blocking(move || {
            let reply = caller.judge(session.batch(batch, caller.as_ref()));
            lock(&running).remove(&request_id);
            let reply = Outgoing {
                frame: encode_reply(request_id, &reply, limit),
                place: Some(place),
            };
            // The peer may be gone, and its reply with it.
            let _ = outbox.blocking_send(reply);
        });
        Ok(())
    }

    /// Opens a stream of rows, which a thread of its own sends.
    async fn open(&self, frame: &Frame) -> Result<()> {
        let request_id = frame.request_id;
        let open: Open = decode(frame)?;
        if lock(&self.streams).len() >= self.maximum_streams {
            let error = GatewayError::TooManyStreams {
                limit: self.maximum_streams,
            };
            self.send(end_frame(request_id, Some(&error))).await;
            return Ok(());
        }
        let stream = Arc::new(RowStream::new(self.caller(request_id, 0), open.credit_bytes));
        if lock(&self.streams)
            .insert(request_id, Arc::clone(&stream))
            .is_some()
            || lock(&self.running).contains_key(&request_id)
        {
            return Err(in_flight(request_id));
        }
        let session = Arc::clone(&self.session);
        let outbox = self.outbox.clone();
        let streams = Arc::clone(&self.streams);
        let limit = self.peer_frame_bytes;
        tokio::task::spawn_blocking(move || {
            let mut unsendable = None;
            let outcome = session.rows(open.object, &stream.caller, &mut |rows| {
                let bytes = rows.len();
                let frame = Frame::new(FrameKind::Data, request_id, rows);
                if let Err(error) = frame.header(limit) {
                    unsendable = Some(GatewayError::Protocol {
                        message: format!("the rows cannot be sent: {error}"),
                    });
                    return false;
                }
                stream.take(bytes) && outbox.blocking_send(frame.into()).is_ok()
            });
            lock(&streams).remove(&request_id);
            let error = outcome.err().or(unsendable);
            // The peer may be gone.
            let _ = outbox.blocking_send(end_frame(request_id, error.as_ref()).into());
        });
        Ok(())
    }

    fn caller(&self, request_id: u64, deadline_millis: u64) -> RemoteCaller {
        RemoteCaller::new(
            request_id,
            deadline_millis,
            &self.callbacks,
            &self.outbox,
            self.peer_frame_bytes,
        )
    }

    /// Queues a frame. When the peer is gone, the reading loop sees it and ends.
    async fn send(&self, frame: Frame) {
        let _ = self.outbox.send(frame.into()).await;
    }

    async fn goodbye(&self, reason: &GatewayError) {
        if let Ok(payload) = codec::encode(&Some(reason.to_error_value())) {
            self.send(Frame::new(FrameKind::Goodbye, 0, payload)).await;
        }
    }

    fn interrupt_all(&self) {
        for caller in lock(&self.running).values() {
            caller.cancel();
        }
        for stream in lock(&self.streams).values() {
            stream.caller.cancel();
        }
    }
}

fn lock<T>(shared: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn in_flight(request_id: u64) -> GatewayError {
    GatewayError::Protocol {
        message: format!("request {request_id} is in flight already"),
    }
}

/// The last frame of a stream of rows.
fn end_frame(request_id: u64, error: Option<&GatewayError>) -> Frame {
    let reason: Option<ErrorValue> = error.map(GatewayError::to_error_value);
    Frame::new(
        FrameKind::End,
        request_id,
        codec::encode(&reason).unwrap_or_default(),
    )
}

fn decode<T: serde::de::DeserializeOwned>(frame: &Frame) -> Result<T> {
    codec::decode(&frame.payload).map_err(|error| GatewayError::Protocol {
        message: format!("a frame of kind {}: {error}", frame.kind),
    })
}

fn error_reply(error: &GatewayError) -> Reply {
    Reply::Error {
        call: 0,
        error: Box::new(error.to_error_value()),
    }
}

/// The frame of a reply; a reply that is too long for the peer becomes an error that says so.
fn encode_reply(request_id: u64, reply: &Reply, limit: u32) -> Frame {
    let message = match codec::encode(reply) {
        Ok(payload) => {
            let frame = Frame::new(FrameKind::Reply, request_id, payload);
            match frame.header(limit) {
                Ok(_) => return frame,
                Err(error) => error.to_string(),
            }
        }
        Err(error) => error.to_string(),
    };
    let error = GatewayError::Protocol {
        message: format!("the reply cannot be sent: {message}"),
    };
    let payload = codec::encode(&error_reply(&error)).unwrap_or_default();
    Frame::new(FrameKind::Reply, request_id, payload)
}

async fn say_goodbye<W: AsyncWrite + Unpin>(write: &mut W, reason: Option<&GatewayError>, limits: &Limits) {
    let reason: Option<ErrorValue> = reason.map(GatewayError::to_error_value);
    if let Ok(payload) = codec::encode(&reason) {
        let frame = Frame::new(FrameKind::Goodbye, 0, payload);
        write_frame(write, &frame, limits.maximum_frame_bytes, limits).await;
    }
    // The peer may have closed first.
    let _ = write.shutdown().await;
}

/// Writes a frame; false when the peer is gone or does not take it in time.
async fn write_frame<W: AsyncWrite + Unpin>(
    write: &mut W,
    frame: &Frame,
    limit: u32,
    limits: &Limits,
) -> bool {
    let Ok(header) = frame.header(limit) else {
        return false;
    };
    let mut whole = Vec::with_capacity(header.len() + frame.payload.len());
    whole.extend_from_slice(&header);
    whole.extend_from_slice(&frame.payload);
    let mut rest = whole.as_slice();
    // The timeout is for progress, not for the whole frame: a slow link may take long for a long one.
    while !rest.is_empty() {
        match tokio::time::timeout(limits.write_timeout, write.write(rest)).await {
            Ok(Ok(written)) if written > 0 => rest = &rest[written..],
            _ => return false,
        }
    }
    matches!(
        tokio::time::timeout(limits.write_timeout, write.flush()).await,
        Ok(Ok(()))
    )
}
