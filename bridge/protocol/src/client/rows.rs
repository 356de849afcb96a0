//! Streams of rows on the client's side.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};

use super::connection::Connection;
use super::{Caller, ClientError, POLL_INTERVAL};
use crate::codec;
use crate::error::ErrorValue;
use crate::frame::{Frame, FrameKind};
use crate::rows::Credit;

/// A stream of rows that the server pushes as fast as they are taken. Dropping it gives up the rest.
#[derive(Debug)]
pub struct RowStream {
    pub(super) connection: Arc<Connection>,
    pub(super) request_id: u64,
    pub(super) frames: Receiver<Frame>,
    pub(super) ended: bool,
}

/// Why there are no more rows.
#[derive(Debug, thiserror::Error)]
pub enum RowStreamError {
    /// The stream ended early, for the reason that the server gives.
    #[error("{}", .0.message)]
    Failed(Box<ErrorValue>),
    /// The connection failed, or waiting was given up.
    #[error(transparent)]
    Client(#[from] ClientError),
}

impl RowStream {
    /// The next rows, as an Arrow IPC stream; `None` after the last ones.
    ///
    /// # Errors
    /// When the server's query fails, the connection is gone, or the caller gives up.
    pub fn next(&mut self, caller: &mut dyn Caller) -> Result<Option<Vec<u8>>, RowStreamError> {
        if self.ended {
            return Ok(None);
        }
        let frame = loop {
            match self.frames.recv_timeout(POLL_INTERVAL) {
                Ok(frame) => break frame,
                Err(RecvTimeoutError::Disconnected) => {
                    self.ended = true;
                    return Err(self
                        .connection
                        .failure(ClientError::Closed { reason: None })
                        .into());
                }
                Err(RecvTimeoutError::Timeout) if caller.go_on() => {}
                Err(RecvTimeoutError::Timeout) => return Err(ClientError::Interrupted.into()),
            }
        };
        if FrameKind::from_byte(frame.kind) == Some(FrameKind::Data) {
            let credit = Credit {
                bytes: frame.payload.len() as u64,
            };
            let payload = codec::encode(&credit).map_err(ClientError::from)?;
            self.connection
                .send(&Frame::new(FrameKind::Credit, self.request_id, payload))?;
            return Ok(Some(frame.payload));
        }
        self.ended = true;
        match codec::decode::<Option<ErrorValue>>(&frame.payload).map_err(ClientError::from)? {
            Some(error) => Err(RowStreamError::Failed(Box::new(error))),
            None => Ok(None),
        }
    }
}

impl Drop for RowStream {
    fn drop(&mut self) {
        if !self.ended {
            // A connection that is gone has no stream either.
            let _ = self
                .connection
                .send(&Frame::new(FrameKind::Cancel, self.request_id, Vec::new()));
        }
        self.connection.forget(self.request_id);
    }
}
