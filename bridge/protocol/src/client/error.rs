//! What can go wrong between a client and its gateway.

use crate::address::InvalidAddress;
use crate::codec::CodecError;
use crate::error::ErrorValue;
use crate::frame::FrameError;

/// An error of the connection, as opposed to one that a call answers with.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The address cannot be read.
    #[error(transparent)]
    Address(#[from] InvalidAddress),
    /// Nobody answers at the address.
    #[error("cannot connect to the gateway at {address}: {reason}")]
    Connect {
        /// The address.
        address: String,
        /// What the operating system says.
        reason: String,
    },
    /// The server refused the hello.
    #[error("the gateway refused the connection: {}", .0.message)]
    Refused(Box<ErrorValue>),
    /// The connection is gone.
    #[error("the connection to the gateway was closed{}", reason.as_ref().map_or_else(String::new, |reason| format!(": {}", reason.message)))]
    Closed {
        /// The server's goodbye, if it said one.
        reason: Option<Box<ErrorValue>>,
    },
    /// What arrives is not the protocol.
    #[error("the gateway sent something unexpected: {0}")]
    Unexpected(String),
    /// A frame cannot be sent or read.
    #[error(transparent)]
    Frame(#[from] FrameError),
    /// A message cannot be encoded or decoded.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// The operating system says no.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The caller gave up waiting; the batch was cancelled.
    #[error("the call was interrupted")]
    Interrupted,
    /// The batch took longer than the client's deadline, and was cancelled.
    #[error("the gateway did not answer before the deadline")]
    DeadlineExceeded,
}

impl ClientError {
    /// The error as clients raise it, with the Java class under which it is known.
    #[must_use]
    pub fn to_error_value(&self) -> ErrorValue {
        let message = self.to_string();
        match self {
            Self::Interrupted => ErrorValue::new("java.lang.InterruptedException", message),
            Self::DeadlineExceeded => ErrorValue::new("java.util.concurrent.TimeoutException", message),
            Self::Address(_) => ErrorValue::new("java.lang.IllegalArgumentException", message),
            Self::Refused(reason) => ErrorValue {
                hint: reason.hint.clone(),
                cause: Some(reason.clone()),
                ..ErrorValue::new("java.io.IOException", message)
            },
            Self::Connect { .. } => ErrorValue::new("java.io.IOException", message).with_hint(
                "start a gateway with 'nutkin serve', or unset NUTKIN_GATEWAY to use the one inside the process",
            ),
            Self::Frame(FrameError::TooLong { .. }) => ErrorValue::new("java.io.IOException", message)
                .with_hint("send less data in one call, or raise the gateway's maximum frame size"),
            _ => ErrorValue::new("java.io.IOException", message),
        }
    }
}
