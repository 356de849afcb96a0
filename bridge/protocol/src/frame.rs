//! Frames: how messages are cut on a connection.
//!
//! A connection starts with the client's eight bytes [`PREFACE`]; then both sides send frames:
//!
//! | bytes | what |
//! |---|---|
//! | 4 | length of everything after these four bytes, unsigned, little-endian; at least 9 |
//! | 1 | the [`FrameKind`] |
//! | 8 | the request id, unsigned, little-endian; 0 where the kind has none |
//! | length - 9 | the payload, encoded by [`crate::codec`] as the kind says |
//!
//! A frame whose kind the receiver does not know is skipped. A frame longer than the receiver's limit
//! ends the connection before its payload is read. What the kinds mean is in [`FrameKind`]; the async
//! side of the gateway reuses [`Header`], so that there is one place that knows the layout.

use std::io::{self, ErrorKind, Read, Write};

/// What a client sends first. No Py4J command starts with this byte, so that one port can serve both.
pub const PREFACE: [u8; 8] = *b"\x93NUTKIN\n";

/// The bytes of a frame before its payload.
pub const HEADER_BYTES: usize = 13;

/// The bytes that the length counts beside the payload: kind and request id.
const COUNTED_HEADER_BYTES: u32 = 9;

/// The longest frame that is accepted before the hello is answered. Enough for a token and a few
/// properties; a peer that has not said who it is gets no more memory.
pub const MAXIMUM_HELLO_BYTES: u32 = 16 * 1024;

/// The longest frame that a side accepts unless it announces another limit.
pub const DEFAULT_MAXIMUM_FRAME_BYTES: u32 = 256 * 1024 * 1024;

/// How many bytes of a payload are made room for before they arrive.
const READ_STEP_BYTES: usize = 1024 * 1024;

/// What a frame is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum FrameKind {
    /// Client, first: [`crate::Hello`].
    Hello = 1,
    /// Server, first: [`crate::HelloAcknowledgement`].
    HelloAcknowledgement = 2,
    /// Client: a [`crate::Batch`]; answered by one [`FrameKind::Reply`] with its request id.
    Batch = 3,
    /// Server: a [`crate::Reply`], in any order.
    Reply = 4,
    /// Client: a list of object ids that it no longer holds. Not answered.
    Release = 5,
    /// Either side: answered by [`FrameKind::Pong`] with the same request id and payload.
    Ping = 6,
    /// The answer to a ping.
    Pong = 7,
    /// Client: stop waiting in the batch of this request id. That batch is still answered, with its
    /// value if it was faster.
    Cancel = 8,
    /// Either side, last: an optional [`crate::ErrorValue`] that says why. The session ends.
    Goodbye = 9,
    /// Client: a [`crate::Open`]; the request id names the stream of rows from then on.
    Open = 10,
    /// Server: rows of a stream. The payload is an Arrow IPC stream as it is.
    Data = 11,
    /// Server: the end of a stream: an optional [`crate::ErrorValue`] that says why it ended early.
    End = 12,
    /// Client: a [`crate::Credit`] for a stream.
    Credit = 13,
    /// Server: a [`crate::Callback`]; answered by one [`FrameKind::CallbackReply`] with its request id,
    /// which the server chose.
    Callback = 14,
    /// Client: the [`crate::Reply`] to a callback.
    CallbackReply = 15,
}

impl FrameKind {
    /// The kind of this byte; `None` for kinds of later versions.
    #[must_use]
    pub fn from_byte(byte: u8) -> Option<Self> {
        Some(match byte {
            1 => Self::Hello,
            2 => Self::HelloAcknowledgement,
            3 => Self::Batch,
            4 => Self::Reply,
            5 => Self::Release,
            6 => Self::Ping,
            7 => Self::Pong,
            8 => Self::Cancel,
            9 => Self::Goodbye,
            10 => Self::Open,
            11 => Self::Data,
            12 => Self::End,
            13 => Self::Credit,
            14 => Self::Callback,
            15 => Self::CallbackReply,
            _ => return None,
        })
    }
}

/// A frame that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// The peer closed the connection between two frames.
    #[error("the connection was closed")]
    Closed,
    /// The connection ended inside a frame.
    #[error("the connection ended inside a frame")]
    Truncated,
    /// The length is smaller than the header it counts.
    #[error("a frame claims {length} bytes, but its header alone takes 9")]
    TooShort {
        /// The length in the frame.
        length: u32,
    },
    /// The frame is longer than the receiver accepts.
    #[error("a frame of {length} bytes is longer than the limit of {limit} bytes")]
    TooLong {
        /// The length of the frame.
        length: u64,
        /// The limit of the receiver.
        limit: u32,
    },
    /// The first bytes are not those of a client of this protocol.
    #[error("the peer does not speak the Nutkin protocol")]
    WrongPreface,
    /// The operating system says no.
    #[error("{0}")]
    Io(#[from] io::Error),
}

/// The bytes of a frame before its payload, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// The byte of the kind, which may be one of a later version.
    pub kind: u8,
    /// The request that the frame belongs to.
    pub request_id: u64,
    /// How many bytes follow.
    pub payload_bytes: u32,
}

impl Header {
    /// Takes a header apart.
    ///
    /// # Errors
    /// When the length is impossible or longer than `limit`.
    pub fn decode(bytes: &[u8; HEADER_BYTES], limit: u32) -> Result<Self, FrameError> {
        let [a, b, c, d, kind, request_id @ ..] = *bytes;
        let length = u32::from_le_bytes([a, b, c, d]);
        let Some(payload_bytes) = length.checked_sub(COUNTED_HEADER_BYTES) else {
            return Err(FrameError::TooShort { length });
        };
        if length > limit {
            return Err(FrameError::TooLong {
                length: u64::from(length),
                limit,
            });
        }
        Ok(Self {
            kind,
            request_id: u64::from_le_bytes(request_id),
            payload_bytes,
        })
    }
}

/// A message on a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The byte of the kind.
    pub kind: u8,
    /// The request that the frame belongs to.
    pub request_id: u64,
    /// The encoded message.
    pub payload: Vec<u8>,
}

impl Frame {
    /// A frame of a known kind.
    #[must_use]
    pub fn new(kind: FrameKind, request_id: u64, payload: Vec<u8>) -> Self {
        Self {
            kind: kind as u8,
            request_id,
            payload,
        }
    }

    /// The header that announces this frame.
    ///
    /// # Errors
    /// When the frame is longer than `limit`, the receiver's.
    pub fn header(&self, limit: u32) -> Result<[u8; HEADER_BYTES], FrameError> {
        let length = self.payload.len() as u64 + u64::from(COUNTED_HEADER_BYTES);
        let counted = match u32::try_from(length) {
            Ok(counted) if counted <= limit => counted,
            _ => return Err(FrameError::TooLong { length, limit }),
        };
        let mut header = [0; HEADER_BYTES];
        header[..4].copy_from_slice(&counted.to_le_bytes());
        header[4] = self.kind;
        header[5..].copy_from_slice(&self.request_id.to_le_bytes());
        Ok(header)
    }

    /// Writes the frame. Nothing is written if it is too long.
    ///
    /// # Errors
    /// When the frame is longer than `limit`, the receiver's, or writing fails.
    pub fn write(&self, writer: &mut impl Write, limit: u32) -> Result<(), FrameError> {
        let header = self.header(limit)?;
        // Small frames go out in one segment: two writes would meet Nagle's algorithm or cost a call.
        if self.payload.len() <= 64 * 1024 {
            let mut whole = Vec::with_capacity(HEADER_BYTES + self.payload.len());
            whole.extend_from_slice(&header);
            whole.extend_from_slice(&self.payload);
            writer.write_all(&whole)?;
        } else {
            writer.write_all(&header)?;
            writer.write_all(&self.payload)?;
        }
        writer.flush()?;
        Ok(())
    }

    /// Reads the next frame. Memory grows with what arrives, not with what the header claims.
    ///
    /// # Errors
    /// When the connection ends, the frame is longer than `limit`, or reading fails.
    pub fn read(reader: &mut impl Read, limit: u32) -> Result<Self, FrameError> {
        let mut header = [0; HEADER_BYTES];
        let mut filled = 0;
        while filled < HEADER_BYTES {
            match reader.read(&mut header[filled..]) {
                Ok(0) if filled == 0 => return Err(FrameError::Closed),
                Ok(0) => return Err(FrameError::Truncated),
                Ok(count) => filled += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        let header = Header::decode(&header, limit)?;
        let wanted = header.payload_bytes as usize;
        let mut payload = Vec::with_capacity(wanted.min(READ_STEP_BYTES));
        let read = reader
            .take(u64::from(header.payload_bytes))
            .read_to_end(&mut payload)?;
        if read < wanted {
            return Err(FrameError::Truncated);
        }
        Ok(Self {
            kind: header.kind,
            request_id: header.request_id,
            payload,
        })
    }
}
