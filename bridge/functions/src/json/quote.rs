//! JSON_QUOTE and JSON_UNQUOTE.

use std::fmt::Write;
use std::sync::Arc;

use datafusion_physical_expr::PhysicalExpr;

use super::parse::parse;
use crate::call::Call;
use crate::columns::text_column;
use crate::error::Result;
use crate::java_string::push_units;

/// `JSON_QUOTE(text)`: a string of JSON. As in Flink, a character beyond the basic plane is written as
/// its whole number and then its second UTF-16 unit.
pub(super) fn quote(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(|values| {
        let text = values.texts(0)?;
        text_column(values.rows(), |row, out| {
            out.push('"');
            for character in text.get(row)?.chars() {
                match character {
                    '"' => out.push_str("\\\""),
                    '\\' => out.push_str("\\\\"),
                    '/' => out.push_str("\\/"),
                    '\u{8}' => out.push_str("\\b"),
                    '\u{c}' => out.push_str("\\f"),
                    '\n' => out.push_str("\\n"),
                    '\r' => out.push_str("\\r"),
                    '\t' => out.push_str("\\t"),
                    ascii if ascii.is_ascii() => out.push(ascii),
                    other => {
                        write!(out, "\\u{:04x}", u32::from(other)).ok()?;
                        let mut units = [0; 2];
                        if let [_, second] = other.encode_utf16(&mut units) {
                            write!(out, "\\u{second:04x}").ok()?;
                        }
                    }
                }
            }
            out.push('"');
            Some(())
        })
    })))
}

/// `JSON_UNQUOTE(text)`: the text of a string of JSON; anything else stays.
pub(super) fn unquote(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(|values| {
        let text = values.texts(0)?;
        text_column(values.rows(), |row, out| {
            let text = text.get(row)?;
            let inner = text
                .strip_prefix('"')
                .and_then(|rest| rest.strip_suffix('"'))
                .filter(|_| parse(text).is_ok());
            match inner {
                Some(inner) => unescape(inner, out),
                None => out.push_str(text),
            }
            Some(())
        })
    })))
}

/// Resolves the escapes of a string that is known to be valid.
fn unescape(text: &str, out: &mut String) {
    let mut units: Vec<u16> = Vec::new();
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        rest = &rest[character.len_utf8()..];
        if character != '\\' {
            units.extend(character.encode_utf16(&mut [0; 2]).iter());
            continue;
        }
        let Some(escaped) = rest.chars().next() else {
            break;
        };
        rest = &rest[escaped.len_utf8()..];
        units.push(match escaped {
            'b' => 8,
            'f' => 12,
            'n' => 10,
            'r' => 13,
            't' => 9,
            'u' => {
                let digits = rest.get(..4).unwrap_or("");
                rest = rest.get(4..).unwrap_or("");
                u16::from_str_radix(digits, 16).unwrap_or(0)
            }
            other => other as u16,
        });
    }
    push_units(&units, out);
}
