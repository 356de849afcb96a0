//! Connecting: preface, hello, and the server's answer.

use std::io::Write;

use super::stream::Stream;
use super::{ClientError, ClientOptions};
use crate::error::ErrorValue;
use crate::frame::{Frame, FrameError, FrameKind, MAXIMUM_HELLO_BYTES, PREFACE};
use crate::hello::{Hello, HelloAcknowledgement, PROTOCOL_VERSION};
use crate::{Address, Properties, codec};

/// Connects and exchanges hellos.
pub(super) fn connect(
    address: &Address,
    options: &ClientOptions,
) -> Result<(Stream, HelloAcknowledgement), ClientError> {
    let unreachable = |reason: String| ClientError::Connect {
        address: address.to_string(),
        reason,
    };
    let mut stream =
        Stream::connect(address, options.connect_timeout).map_err(|error| unreachable(error.to_string()))?;
    stream.set_read_timeout(Some(options.connect_timeout))?;
    stream.set_write_timeout(Some(options.connect_timeout))?;
    let mut properties = Properties::default()
        .with(Properties::IDENTITY, &options.identity)
        .with(Properties::MAXIMUM_FRAME_BYTES, options.maximum_frame_bytes);
    if let Some(token) = &options.token {
        properties = properties.with(Properties::TOKEN, token);
    }
    let hello = Hello {
        oldest_version: PROTOCOL_VERSION,
        newest_version: PROTOCOL_VERSION,
        properties,
    };
    stream.write_all(&PREFACE)?;
    Frame::new(FrameKind::Hello, 0, codec::encode(&hello)?).write(&mut stream, MAXIMUM_HELLO_BYTES)?;
    let answer = Frame::read(&mut stream, MAXIMUM_HELLO_BYTES).map_err(|error| match error {
        FrameError::Io(error) => unreachable(error.to_string()),
        other => unreachable(format!("{other} before the hello was answered")),
    })?;
    match FrameKind::from_byte(answer.kind) {
        Some(FrameKind::HelloAcknowledgement) => {
            let acknowledgement: HelloAcknowledgement = codec::decode(&answer.payload)?;
            stream.set_read_timeout(None)?;
            Ok((stream, acknowledgement))
        }
        Some(FrameKind::Goodbye) => {
            let reason: Option<ErrorValue> = codec::decode(&answer.payload)?;
            Err(match reason {
                Some(reason) => ClientError::Refused(Box::new(reason)),
                None => ClientError::Closed { reason: None },
            })
        }
        _ => Err(ClientError::Unexpected(format!(
            "a frame of kind {} instead of the hello's answer",
            answer.kind
        ))),
    }
}
