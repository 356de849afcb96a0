//! Streams of rows: pushed by the server, as fast as the client takes them.
//!
//! A client opens a stream of an object that has rows, such as a `TableResult`, with a frame
//! [`crate::frame::FrameKind::Open`] whose request id names the stream from then on. The server sends
//! [`crate::frame::FrameKind::Data`] frames, whose payload is an Arrow IPC stream as it is, and one
//! [`crate::frame::FrameKind::End`]. It sends a data frame only while the client's credit is above zero;
//! each takes as much credit as its payload has bytes, which may leave less than zero. The client grants
//! more with [`crate::frame::FrameKind::Credit`], and gives up with [`crate::frame::FrameKind::Cancel`].

use serde::{Deserialize, Serialize};

use crate::value::ObjectId;

/// Opens a stream of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    /// The object that has rows.
    pub object: ObjectId,
    /// How many bytes the server may send before it is granted more.
    pub credit_bytes: u64,
}

/// Grants a stream more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// How many bytes more.
    pub bytes: u64,
}
