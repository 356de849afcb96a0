//! The hello of a connection: version, token, limits.

use nutkin_protocol::frame::{DEFAULT_MAXIMUM_FRAME_BYTES, FrameKind, MAXIMUM_HELLO_BYTES};
use nutkin_protocol::{Hello, HelloAcknowledgement, PROTOCOL_VERSION, Properties};
use tokio::io::AsyncRead;

use super::reader::FrameReader;
use crate::door::Limits;
use crate::door::server::Hosts;
use crate::gateway::IDENTITY;
use crate::{GatewayError, Result};

/// What a server can do beyond the minimum of the version.
const FEATURES: &str = "cancel,out-of-order,deadlines,rows,callbacks";

/// What is known of a peer that has said hello.
pub(super) struct Peer {
    /// The longest frame that it accepts.
    pub(super) maximum_frame_bytes: u32,
}

/// Reads a hello and decides whether its sender may have a session.
pub(super) async fn receive<R: AsyncRead + Unpin>(
    reader: &mut FrameReader<R>,
    hosts: &Hosts,
) -> Result<Peer> {
    reader.preface().await?;
    let frame = reader.frame(MAXIMUM_HELLO_BYTES).await?;
    if FrameKind::from_byte(frame.kind) != Some(FrameKind::Hello) {
        return Err(GatewayError::Protocol {
            message: format!("a frame of kind {} came before the hello", frame.kind),
        });
    }
    let hello: Hello = super::decode(&frame)?;
    if !(hello.oldest_version..=hello.newest_version).contains(&PROTOCOL_VERSION) {
        return Err(GatewayError::UnknownVersion {
            ours: PROTOCOL_VERSION,
            oldest: hello.oldest_version,
            newest: hello.newest_version,
        });
    }
    if let Some(token) = &hosts.token {
        check_token(hello.properties.get(Properties::TOKEN), token)?;
    }
    Ok(Peer {
        maximum_frame_bytes: hello
            .properties
            .number(Properties::MAXIMUM_FRAME_BYTES)
            .unwrap_or(DEFAULT_MAXIMUM_FRAME_BYTES)
            // Replies that say why something went wrong have to fit.
            .max(MAXIMUM_HELLO_BYTES),
    })
}

/// The answer to a hello.
pub(super) fn acknowledge(session: u64, limits: &Limits) -> HelloAcknowledgement {
    HelloAcknowledgement {
        version: PROTOCOL_VERSION,
        session,
        properties: Properties::default()
            .with(Properties::IDENTITY, IDENTITY)
            .with(Properties::MAXIMUM_FRAME_BYTES, limits.maximum_frame_bytes)
            .with(Properties::MAXIMUM_BATCHES, limits.maximum_batches)
            .with(Properties::MAXIMUM_STREAMS, limits.maximum_streams)
            .with(Properties::FEATURES, FEATURES),
    }
}

fn check_token(given: Option<&str>, wanted: &str) -> Result<()> {
    let (message, hint) = match given {
        Some(given) if equal_in_constant_time(given.as_bytes(), wanted.as_bytes()) => return Ok(()),
        Some(_) => (
            "the token is wrong",
            "use the token that this gateway was started with or printed when it started",
        ),
        None => (
            "a token is needed",
            "set NUTKIN_TOKEN to the token that the gateway was started with",
        ),
    };
    Err(GatewayError::AccessDenied {
        message: message.to_owned(),
        hint: Some(hint.to_owned()),
    })
}

/// Compares secrets in a time that depends on the given one's length only, so that a token cannot be
/// guessed byte by byte with a clock.
fn equal_in_constant_time(given: &[u8], wanted: &[u8]) -> bool {
    let mut difference = given.len() ^ wanted.len();
    for (position, byte) in given.iter().enumerate() {
        let other = wanted
            .get(position % wanted.len().max(1))
            .copied()
            .unwrap_or_default();
        difference |= usize::from(byte ^ other);
    }
    std::hint::black_box(difference) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_token_itself_is_accepted() {
        assert!(check_token(Some("secret"), "secret").is_ok());
        for wrong in ["", "s", "secreT", "secretsecret", "secre", "terces"] {
            assert!(check_token(Some(wrong), "secret").is_err(), "{wrong}");
        }
        assert!(check_token(None, "secret").is_err());
    }
}
