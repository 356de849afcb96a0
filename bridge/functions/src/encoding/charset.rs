//! ENCODE and DECODE: strings to bytes and back, in the character sets that every Java has.

use std::sync::Arc;

use datafusion_physical_expr::PhysicalExpr;

use crate::call::Call;
use crate::columns::{byte_column, try_text_column};
use crate::error::{FunctionError, Result};

/// A character set.
#[derive(Debug, Clone, Copy)]
enum Charset {
    Utf8,
    Latin1,
    Ascii,
    /// With a byte order mark, big-endian if it has none.
    Utf16,
    Utf16BigEndian,
    Utf16LittleEndian,
}

impl Charset {
    fn parse(name: &str) -> Result<Self> {
        Ok(match name.to_ascii_uppercase().as_str() {
            "UTF-8" | "UTF8" => Self::Utf8,
            "ISO-8859-1" | "ISO8859_1" | "LATIN1" | "ISO_8859_1" => Self::Latin1,
            "US-ASCII" | "ASCII" => Self::Ascii,
            "UTF-16" | "UTF16" => Self::Utf16,
            "UTF-16BE" => Self::Utf16BigEndian,
            "UTF-16LE" => Self::Utf16LittleEndian,
            _ => {
                return Err(FunctionError::Compute {
                    class: "java.io.UnsupportedEncodingException",
                    message: format!(
                        "Unsupported encoding: {name}. Use UTF-8, UTF-16, UTF-16BE, UTF-16LE, ISO-8859-1 or US-ASCII."
                    ),
                });
            }
        })
    }

    /// Appends the bytes of a string; what the set does not have becomes `?`.
    fn encode(self, text: &str, out: &mut Vec<u8>) {
        let narrow = |limit: u32| {
            text.chars().map(move |character| {
                let code = u32::from(character);
                if code < limit { code as u8 } else { b'?' }
            })
        };
        match self {
            Self::Utf8 => out.extend_from_slice(text.as_bytes()),
            Self::Latin1 => out.extend(narrow(256)),
            Self::Ascii => out.extend(narrow(128)),
            Self::Utf16 | Self::Utf16BigEndian => {
                if matches!(self, Self::Utf16) && !text.is_empty() {
                    out.extend([0xFE, 0xFF]);
                }
                out.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
            }
            Self::Utf16LittleEndian => out.extend(text.encode_utf16().flat_map(u16::to_le_bytes)),
        }
    }

    /// Appends the string of some bytes; what is malformed becomes U+FFFD.
    fn decode(self, bytes: &[u8], out: &mut String) {
        match self {
            Self::Utf8 => out.push_str(&String::from_utf8_lossy(bytes)),
            Self::Latin1 => out.extend(bytes.iter().copied().map(char::from)),
            Self::Ascii => out.extend(bytes.iter().map(|byte| match byte.is_ascii() {
                true => char::from(*byte),
                false => char::REPLACEMENT_CHARACTER,
            })),
            Self::Utf16 => match bytes {
                [0xFF, 0xFE, rest @ ..] => decode_utf16(rest, u16::from_le_bytes, out),
                [0xFE, 0xFF, rest @ ..] => decode_utf16(rest, u16::from_be_bytes, out),
                rest => decode_utf16(rest, u16::from_be_bytes, out),
            },
            Self::Utf16BigEndian => decode_utf16(bytes, u16::from_be_bytes, out),
            Self::Utf16LittleEndian => decode_utf16(bytes, u16::from_le_bytes, out),
        }
    }
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, out: &mut String) {
    let pairs = bytes.chunks_exact(2);
    let cut = !pairs.remainder().is_empty();
    let units = pairs.map(|pair| unit([pair[0], pair[1]]));
    out.extend(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)));
    if cut {
        out.push(char::REPLACEMENT_CHARACTER);
    }
}

/// `ENCODE(text, charset)`.
pub(super) fn encode(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(|values| {
        let (text, charset) = (values.texts(0)?, values.texts(1)?);
        byte_column(values.rows(), |row, out| {
            let (Some(text), Some(charset)) = (text.get(row), charset.get(row)) else {
                return Ok(None);
            };
            Charset::parse(charset)?.encode(text, out);
            Ok(Some(()))
        })
    })))
}

/// `DECODE(bytes, charset)`.
pub(super) fn decode(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(|values| {
        let (bytes, charset) = (values.bytes(0)?, values.texts(1)?);
        try_text_column(values.rows(), |row, out| {
            let (Some(bytes), Some(charset)) = (bytes.get(row), charset.get(row)) else {
                return Ok(None);
            };
            Charset::parse(charset)?.decode(bytes, out);
            Ok(Some(()))
        })
    })))
}
