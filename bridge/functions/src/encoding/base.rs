//! Base 64, hexadecimal and binary digits.

use std::fmt::Write;
use std::sync::Arc;

use base64::Engine;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use datafusion_physical_expr::PhysicalExpr;
use nutkin_plan::types::{LogicalType, TypeKind};

use crate::call::Call;
use crate::columns::{byte_column, text_column, try_text_column};
use crate::error::{FunctionError, Result};

/// Reads with padding and without, as Java does, and takes bits that pad the last character.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// `TO_BASE64(text)`.
pub(super) fn to_base64(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(|values| {
        let text = values.texts(0)?;
        text_column(values.rows(), |row, out| {
            STANDARD.encode_string(text.get(row)?, out);
            Some(())
        })
    })))
}

/// `FROM_BASE64(text)`: the bytes as UTF-8, with U+FFFD for what is none.
pub(super) fn from_base64(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(|values| {
        let text = values.texts(0)?;
        try_text_column(values.rows(), |row, out| {
            let Some(text) = text.get(row) else {
                return Ok(None);
            };
            let bytes = LENIENT.decode(text).map_err(|error| FunctionError::Compute {
                class: "java.lang.IllegalArgumentException",
                message: format!("'{text}' is not Base64: {error}"),
            })?;
            out.push_str(&String::from_utf8_lossy(&bytes));
            Ok(Some(()))
        })
    })))
}

/// Appends two digits a byte.
pub(super) fn push_hex(bytes: &[u8], upper_case: bool, out: &mut String) {
    let digits: &[u8; 16] = match upper_case {
        true => b"0123456789ABCDEF",
        false => b"0123456789abcdef",
    };
    for byte in bytes {
        out.push(char::from(digits[usize::from(byte >> 4)]));
        out.push(char::from(digits[usize::from(byte & 15)]));
    }
}

/// `HEX(value)`: the digits of a whole number, or those of the bytes of a string.
pub(super) fn hex(mut call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    if matches!(call.types[0].kind, TypeKind::Char(_) | TypeKind::VarChar(_)) {
        return Ok(call.with(Arc::new(|values| {
            let text = values.texts(0)?;
            text_column(values.rows(), |row, out| {
                push_hex(text.get(row)?.as_bytes(), true, out);
                Some(())
            })
        })));
    }
    call.cast_argument(0, &LogicalType::nullable(TypeKind::BigInt))?;
    Ok(call.with(Arc::new(|values| {
        let number = values.longs(0)?;
        text_column(values.rows(), |row, out| {
            write!(out, "{:X}", number.get(row)?).ok()
        })
    })))
}

/// `UNHEX(text)`: of an odd number of digits the first becomes a byte of 0; NULL if a character is no digit.
pub(super) fn unhex(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(|values| {
        let text = values.texts(0)?;
        byte_column(values.rows(), |row, out| {
            Ok(text.get(row).and_then(|text| push_bytes(text, out)))
        })
    })))
}

fn push_bytes(text: &str, out: &mut Vec<u8>) -> Option<()> {
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    let bytes = text.as_bytes();
    let (first, pairs) = bytes.split_at(bytes.len() % 2);
    if let [odd] = first {
        // Flink looks at an odd digit and does not use it.
        digit(*odd)?;
        out.push(0);
    }
    for pair in pairs.chunks_exact(2) {
        out.push(digit(pair[0])? << 4 | digit(pair[1])?);
    }
    Some(())
}

/// `BIN(number)`: the binary digits, of 64 bits if it is negative.
pub(super) fn bin(mut call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    call.cast_argument(0, &LogicalType::nullable(TypeKind::BigInt))?;
    Ok(call.with(Arc::new(|values| {
        let number = values.longs(0)?;
        text_column(values.rows(), |row, out| {
            write!(out, "{:b}", number.get(row)?).ok()
        })
    })))
}
