//! URL_ENCODE and URL_DECODE: `application/x-www-form-urlencoded` in UTF-8, as `java.net` does it.

use std::sync::Arc;

use datafusion_physical_expr::PhysicalExpr;

use super::base::push_hex;
use crate::call::Call;
use crate::columns::text_column;
use crate::error::Result;

/// `URL_ENCODE(text)`.
pub(super) fn encode(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(|values| {
        let text = values.texts(0)?;
        text_column(values.rows(), |row, out| {
            for byte in text.get(row)?.bytes() {
                match byte {
                    b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'*' | b'_' => {
                        out.push(char::from(byte));
                    }
                    b' ' => out.push('+'),
                    other => {
                        out.push('%');
                        push_hex(&[other], true, out);
                    }
                }
            }
            Some(())
        })
    })))
}

/// `URL_DECODE(text)`: NULL if a `%` has no two digits behind it.
pub(super) fn decode(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(|values| {
        let text = values.texts(0)?;
        let mut bytes = Vec::new();
        text_column(values.rows(), |row, out| {
            bytes.clear();
            let mut rest = text.get(row)?.as_bytes();
            loop {
                match rest {
                    [] => break,
                    [b'+', after @ ..] => {
                        bytes.push(b' ');
                        rest = after;
                    }
                    [b'%', high, low, after @ ..] => {
                        let digit = |byte: u8| char::from(byte).to_digit(16);
                        bytes.push((digit(*high)? << 4 | digit(*low)?) as u8);
                        rest = after;
                    }
                    [b'%', ..] => return None,
                    [other, after @ ..] => {
                        bytes.push(*other);
                        rest = after;
                    }
                }
            }
            out.push_str(&String::from_utf8_lossy(&bytes));
            Some(())
        })
    })))
}
