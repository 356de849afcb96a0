//! The blocking client: one connection, one session, many threads.
//!
//! A call writes its frame under the writer's lock and waits on its own channel; one reader thread
//! hands replies out by request id. Waiting wakes up ten times a second to ask the caller's `poll`
//! whether to go on, so that a Python program sees its signals. Dropping the [`Client`] says goodbye,
//! which ends the session.

mod caller;
mod connection;
mod error;
mod handshake;
mod rows;
mod stream;

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

pub use caller::Caller;
pub use error::ClientError;
pub use rows::{RowStream, RowStreamError};

use crate::call::{Batch, Reply};
use crate::callback::Callback;
use crate::codec;
use crate::frame::{DEFAULT_MAXIMUM_FRAME_BYTES, Frame, FrameKind};
use crate::hello::HelloAcknowledgement;
use crate::rows::Open;
use crate::value::ObjectId;
use crate::{Address, Properties};
use connection::{Connection, run_reader};

/// How often a waiting call asks whether to go on.
const POLL_INTERVAL: Duration = Duration::from_millis(100);

/// How long the reply of a cancelled batch is waited for.
const CANCEL_GRACE: Duration = Duration::from_secs(1);

/// How a client connects.
#[derive(Debug, Clone)]
pub struct ClientOptions {
    /// The secret of a TCP door.
    pub token: Option<String>,
    /// Name and version of the program, for the server's logs.
    pub identity: String,
    /// How long connecting and the hello may take together.
    pub connect_timeout: Duration,
    /// How long any batch may take; `None` waits as long as the connection lives.
    pub deadline: Option<Duration>,
    /// The longest frame that is accepted from the server.
    pub maximum_frame_bytes: u32,
}

impl Default for ClientOptions {
    fn default() -> Self {
        Self {
            token: None,
            identity: concat!("nutkin-protocol ", env!("CARGO_PKG_VERSION")).to_owned(),
            connect_timeout: Duration::from_secs(10),
            deadline: None,
            maximum_frame_bytes: DEFAULT_MAXIMUM_FRAME_BYTES,
        }
    }
}

/// A session with a remote gateway.
#[derive(Debug)]
pub struct Client {
    connection: Arc<Connection>,
    reader: Option<JoinHandle<()>>,
    hello: HelloAcknowledgement,
    deadline: Option<Duration>,
}

impl Client {
    /// Connects, says hello and starts a session.
    ///
    /// # Errors
    /// When nobody listens at the address, or the server refuses: wrong token, other version.
    pub fn connect(address: &Address, options: &ClientOptions) -> Result<Self, ClientError> {
        let (stream, hello) = handshake::connect(address, options)?;
        let connection = Arc::new(Connection::new(&stream, &hello)?);
        let for_reader = Arc::clone(&connection);
        let limit = options.maximum_frame_bytes;
        let reader = std::thread::Builder::new()
            .name("nutkin-client-reader".to_owned())
            .spawn(move || run_reader(stream, &for_reader, limit))?;
        Ok(Self {
            connection,
            reader: Some(reader),
            hello,
            deadline: options.deadline,
        })
    }

    /// Name and version of the server.
    #[must_use]
    pub fn server_identity(&self) -> &str {
        self.hello
            .properties
            .get(Properties::IDENTITY)
            .unwrap_or_default()
    }

    /// The number of this session at the server.
    #[must_use]
    pub fn session(&self) -> u64 {
        self.hello.session
    }

    /// What else the server said in its hello.
    #[must_use]
    pub fn server_properties(&self) -> &Properties {
        &self.hello.properties
    }

    /// Makes a batch of calls and waits for its reply, answering what the server asks meanwhile.
    ///
    /// # Errors
    /// When the connection is gone, the batch is too long for the server, or waiting was given up.
    /// What a call itself answers, errors included, is the [`Reply`].
    pub fn batch(&self, batch: &Batch, caller: &mut dyn Caller) -> Result<Reply, ClientError> {
        let payload = codec::encode(batch)?;
        let deadline = self.deadline.map(|deadline| Instant::now() + deadline);
        let (request_id, replies) = self.register(deadline, caller)?;
        let frame = Frame::new(FrameKind::Batch, request_id, payload);
        let answer = match self.connection.send(&frame) {
            Ok(()) => self.wait(request_id, &replies, deadline, caller),
            Err(error) => Err(error),
        };
        self.connection.forget(request_id);
        let reply = answer?;
        Ok(codec::decode(&reply.payload)?)
    }

    /// Lets the server free objects without waiting for the next batch.
    ///
    /// # Errors
    /// When the connection is gone.
    pub fn release(&self, objects: &[ObjectId]) -> Result<(), ClientError> {
        let payload = codec::encode(&objects)?;
        self.connection.send(&Frame::new(FrameKind::Release, 0, payload))
    }

    /// Asks the server for a sign of life and returns how long it took.
    ///
    /// # Errors
    /// When the connection is gone or the answer takes longer than `timeout`.
    pub fn ping(&self, timeout: Duration) -> Result<Duration, ClientError> {
        let started = Instant::now();
        let (request_id, replies) = self.register(Some(started + timeout), &mut || true)?;
        let frame = Frame::new(FrameKind::Ping, request_id, Vec::new());
        let answer = match self.connection.send(&frame) {
            Ok(()) => replies
                .recv_timeout(timeout)
                .map_err(|_| self.connection.failure(ClientError::DeadlineExceeded)),
            Err(error) => Err(error),
        };
        self.connection.forget(request_id);
        answer.map(|_| started.elapsed())
    }

    /// Opens a stream of the rows of an object, such as a `TableResult`. The server sends at most about
    /// `credit_bytes` ahead of what is taken.
    ///
    /// # Errors
    /// When the connection is gone. What is wrong with the object is told by the stream.
    pub fn rows(&self, object: ObjectId, credit_bytes: u64) -> Result<RowStream, ClientError> {
        let payload = codec::encode(&Open { object, credit_bytes })?;
        let (request_id, frames) = self.connection.register_stream()?;
        let stream = RowStream {
            connection: Arc::clone(&self.connection),
            request_id,
            frames,
            ended: false,
        };
        self.connection
            .send(&Frame::new(FrameKind::Open, request_id, payload))?;
        Ok(stream)
    }

    /// Ends the session. Everything it made is freed; calls that wait fail.
    pub fn close(&self) {
        self.connection.close();
    }

    /// Takes a request id, after waiting for room among the batches in flight.
    fn register(
        &self,
        deadline: Option<Instant>,
        caller: &mut dyn Caller,
    ) -> Result<(u64, Receiver<Frame>), ClientError> {
        loop {
            if let Some(registered) = self.connection.register(POLL_INTERVAL)? {
                return Ok(registered);
            }
            if !caller.go_on() {
                return Err(ClientError::Interrupted);
            }
            if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                return Err(ClientError::DeadlineExceeded);
            }
        }
    }

    fn wait(
        &self,
        request_id: u64,
        replies: &Receiver<Frame>,
        deadline: Option<Instant>,
        caller: &mut dyn Caller,
    ) -> Result<Frame, ClientError> {
        loop {
            match replies.recv_timeout(POLL_INTERVAL) {
                Ok(frame) if FrameKind::from_byte(frame.kind) == Some(FrameKind::Callback) => {
                    let callback: Callback = codec::decode(&frame.payload)?;
                    let reply = codec::encode(&caller.call_back(callback))?;
                    self.connection
                        .send(&Frame::new(FrameKind::CallbackReply, frame.request_id, reply))?;
                    continue;
                }
                Ok(frame) => return Ok(frame),
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(self.connection.failure(ClientError::Closed { reason: None }));
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
            let given_up = if !caller.go_on() {
                ClientError::Interrupted
            } else if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                ClientError::DeadlineExceeded
            } else {
                continue;
            };
            // The server stops what it can; its answer is waited for so that nothing of the batch
            // happens after the caller was told that it was given up.
            self.connection
                .send(&Frame::new(FrameKind::Cancel, request_id, Vec::new()))?;
            let _ = replies.recv_timeout(CANCEL_GRACE);
            return Err(given_up);
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.connection.close();
        if let Some(reader) = self.reader.take() {
            // The reader's own end cannot be reported to anyone here.
            let _ = reader.join();
        }
    }
}
