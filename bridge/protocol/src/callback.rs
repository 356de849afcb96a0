//! Callbacks: what the server asks the client while one of the client's batches runs.
//!
//! A frame [`crate::frame::FrameKind::Callback`] has a request id that the server chose; its payload says
//! for which batch it asks, so that the thread that waits for that batch can answer, with a frame
//! [`crate::frame::FrameKind::CallbackReply`] of the same request id and a [`crate::Reply`]. While it
//! answers, the client may send further batches, to any depth.

use serde::{Deserialize, Serialize};

use crate::value::Value;

/// A question to the client.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Callback {
    /// The request id of the batch on whose behalf it is asked.
    pub batch: u64,
    /// What is asked, such as `getPythonFunction`.
    pub function: String,
    /// The arguments.
    pub arguments: Vec<Value>,
}
