//! Reads frames from a connection, and notices peers that have gone silent.

use std::time::Duration;

use nutkin_protocol::frame::{Frame, FrameError, FrameKind, HEADER_BYTES, Header, PREFACE};
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::sync::mpsc;

use super::Outgoing;
use crate::door::Limits;
use crate::{GatewayError, Result};

/// How much room is made for a payload before it arrives.
const STEP_BYTES: usize = 1024 * 1024;

/// How long a peer may be silent before it is pinged, and again before it is taken for gone.
const SILENCE: Duration = Duration::from_secs(60);

/// The reading half of a connection.
pub(super) struct FrameReader<R> {
    stream: R,
}

impl<R: AsyncRead + Unpin> FrameReader<R> {
    pub(super) fn new(stream: R) -> Self {
        Self { stream }
    }

    /// Reads and checks the client's first bytes.
    pub(super) async fn preface(&mut self) -> Result<()> {
        let mut bytes = [0; PREFACE.len()];
        self.stream
            .read_exact(&mut bytes)
            .await
            .map_err(|_| protocol(&FrameError::Truncated))?;
        if bytes == PREFACE {
            Ok(())
        } else {
            Err(protocol(&FrameError::WrongPreface))
        }
    }

    /// Reads one frame of at most `limit` bytes.
    pub(super) async fn frame(&mut self, limit: u32) -> Result<Frame> {
        let mut header = [0; HEADER_BYTES];
        self.stream
            .read_exact(&mut header)
            .await
            .map_err(|_| protocol(&FrameError::Truncated))?;
        self.payload(&header, limit).await
    }

    /// The next frame; `None` when the peer has closed between two frames or is gone. Pings a silent
    /// peer through `outbox`.
    pub(super) async fn next(
        &mut self,
        limits: &Limits,
        outbox: &mpsc::Sender<Outgoing>,
    ) -> Result<Option<Frame>> {
        let mut header = [0; HEADER_BYTES];
        let mut pinged = false;
        let mut filled = 0;
        while filled < HEADER_BYTES {
            match tokio::time::timeout(SILENCE, self.stream.read(&mut header[filled..])).await {
                Ok(Ok(0)) if filled == 0 => return Ok(None),
                Ok(Ok(0)) => return Err(protocol(&FrameError::Truncated)),
                Ok(Ok(count)) => filled += count,
                Ok(Err(_)) => return Ok(None),
                Err(_) if pinged => return Ok(None),
                Err(_) => {
                    pinged = true;
                    let ping = Frame::new(FrameKind::Ping, 0, Vec::new());
                    if outbox.send(ping.into()).await.is_err() {
                        return Ok(None);
                    }
                }
            }
        }
        self.payload(&header, limits.maximum_frame_bytes).await.map(Some)
    }

    async fn payload(&mut self, header: &[u8; HEADER_BYTES], limit: u32) -> Result<Frame> {
        let header = Header::decode(header, limit).map_err(|error| protocol(&error))?;
        let wanted = header.payload_bytes as usize;
        let mut payload = Vec::with_capacity(wanted.min(STEP_BYTES));
        let mut bounded = (&mut self.stream).take(u64::from(header.payload_bytes));
        while payload.len() < wanted {
            // Two silences, as for a header: what is under way cannot be pinged into arriving.
            match tokio::time::timeout(2 * SILENCE, bounded.read_buf(&mut payload)).await {
                Ok(Ok(count)) if count > 0 => {}
                _ => return Err(protocol(&FrameError::Truncated)),
            }
        }
        Ok(Frame {
            kind: header.kind,
            request_id: header.request_id,
            payload,
        })
    }
}

fn protocol(error: &FrameError) -> GatewayError {
    GatewayError::Protocol {
        message: error.to_string(),
    }
}
