//! The encoding of payloads: the only file that knows bincode.
//!
//! The format is bincode 2 with its standard configuration, which is specified and frozen: integers
//! are variable-length and little-endian (one byte below 251; 251, 252 or 253 and then 2, 4 or 8
//! bytes; signed ones zigzag), floating point numbers are 8 bytes, lengths are integers before what
//! they count, the variant of an enum is its position as an integer, fields follow one another
//! without names, and `Option` is a byte 0 or 1 before the value.

use bincode::config::{Config, Configuration};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A payload that is not what its frame's kind says.
#[derive(Debug, thiserror::Error)]
pub enum CodecError {
    /// The value cannot be encoded.
    #[error("cannot encode: {0}")]
    Encode(String),
    /// The bytes are no value of the type.
    #[error("cannot decode: {0}")]
    Decode(String),
    /// Bytes follow the value.
    #[error("cannot decode: {0} bytes follow the value")]
    Trailing(usize),
}

const CONFIGURATION: Configuration = bincode::config::standard();

/// Encodes a message.
///
/// # Errors
/// When a value cannot be encoded, which those of this crate always can.
pub fn encode<T: Serialize>(message: &T) -> Result<Vec<u8>, CodecError> {
    bincode::serde::encode_to_vec(message, CONFIGURATION)
        .map_err(|error| CodecError::Encode(error.to_string()))
}

/// Decodes a message that fills the payload.
///
/// # Errors
/// When the bytes are something else, nest too deep, or go on after the message.
pub fn decode<T: DeserializeOwned>(payload: &[u8]) -> Result<T, CodecError> {
    // A text's length is believed before its bytes are seen, so what may be claimed is bounded by
    // what arrived: a few bytes cannot ask for gigabytes. An integer of one byte claims up to
    // eight, hence the factor of sixteen. bincode takes the bound as a constant, hence the steps.
    const KIB: usize = 1024;
    const MIB: usize = 1024 * KIB;
    let decoded = match payload.len() {
        length if length <= KIB => decode_within(payload, CONFIGURATION.with_limit::<{ 16 * KIB }>()),
        length if length <= 64 * KIB => decode_within(payload, CONFIGURATION.with_limit::<{ MIB }>()),
        length if length <= 4 * MIB => decode_within(payload, CONFIGURATION.with_limit::<{ 64 * MIB }>()),
        length if length <= 256 * MIB => decode_within(payload, CONFIGURATION.with_limit::<{ 4096 * MIB }>()),
        _ => decode_within(payload, CONFIGURATION),
    };
    let (message, read) = decoded.map_err(|error| CodecError::Decode(error.to_string()))?;
    match payload.len() - read {
        0 => Ok(message),
        left => Err(CodecError::Trailing(left)),
    }
}

fn decode_within<T: DeserializeOwned>(
    payload: &[u8],
    configuration: impl Config,
) -> Result<(T, usize), bincode::error::DecodeError> {
    bincode::serde::decode_from_slice(payload, configuration)
}
