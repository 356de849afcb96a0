//! Values as parts of commands and replies.

use std::sync::Arc;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::state::State;
use crate::java::{JavaValue, ObjectKind, PythonProxy};

/// Standard base64; padding may be missing when reading.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Reads an argument.
///
/// # Errors
/// A message when the part is none, which ends the connection.
pub(super) fn read(part: &str, state: &State) -> Result<JavaValue, String> {
    let mut characters = part.chars();
    let tag = characters.next().ok_or("Command Part is empty")?;
    let rest = characters.as_str();
    let invalid = || format!("Command Part is invalid: {part}");
    Ok(match tag {
        'n' | 'v' => JavaValue::Null,
        'b' => JavaValue::Boolean(rest.eq_ignore_ascii_case("true")),
        'i' => match rest.parse::<i32>() {
            Ok(number) => JavaValue::Int(number),
            Err(_) => JavaValue::Long(rest.parse().map_err(|_| invalid())?),
        },
        'L' => JavaValue::Long(
            rest.parse()
                .map_err(|_| format!("java.lang.NumberFormatException: For input string: \"{rest}\""))?,
        ),
        'd' => JavaValue::Double(double(rest).ok_or_else(invalid)?),
        'D' => JavaValue::Decimal(rest.into()),
        's' => JavaValue::String(unescape(rest).into()),
        'j' => JavaValue::Bytes(BASE64.decode(rest).map_err(|_| invalid())?.into()),
        'r' => state.objects.get(rest).unwrap_or(JavaValue::Null),
        'f' => {
            let mut names = rest.split(';').map(str::to_owned);
            let id = names.next().unwrap_or_default();
            JavaValue::object(PythonProxy::new(id, names.collect(), &state.callbacks()))
        }
        _ => return Err(format!("Command Part is unknown: {part}")),
    })
}

/// Reads a number as Python and Java write it, also in NumPy's form `np.float64(1.5)`.
fn double(text: &str) -> Option<f64> {
    let text = text
        .strip_prefix("np.float64(")
        .and_then(|inner| inner.strip_suffix(')'))
        .unwrap_or(text);
    // Rust reads inf, Infinity and nan in any case.
    text.parse().ok()
}

/// Adds a value to a reply; objects get a new id.
pub(super) fn write(value: &JavaValue, state: &State, reply: &mut String) {
    match value {
        JavaValue::Void => reply.push('v'),
        JavaValue::Null => reply.push('n'),
        JavaValue::String(text) => {
            reply.push('s');
            escape(text, reply);
        }
        JavaValue::Char(character) => {
            reply.push('s');
            escape(character.encode_utf8(&mut [0; 4]), reply);
        }
        JavaValue::Boolean(_) => tagged('b', value, reply),
        JavaValue::Long(_) => tagged('L', value, reply),
        JavaValue::Double(_) | JavaValue::Float(_) => tagged('d', value, reply),
        JavaValue::Int(_) | JavaValue::Short(_) | JavaValue::Byte(_) => tagged('i', value, reply),
        JavaValue::Decimal(_) => tagged('D', value, reply),
        JavaValue::Bytes(bytes) => {
            reply.push('j');
            BASE64.encode_string(bytes, reply);
        }
        JavaValue::Object(object) => {
            reply.push(match state.machine.kind(value) {
                ObjectKind::List => 'l',
                ObjectKind::Map => 'a',
                ObjectKind::Set => 'h',
                ObjectKind::Iterator => 'g',
                ObjectKind::Array => 't',
                ObjectKind::Other => 'r',
            });
            reply.push_str(&state.objects.add(JavaValue::Object(Arc::clone(object))));
        }
    }
}

fn tagged(tag: char, value: &JavaValue, reply: &mut String) {
    reply.push(tag);
    reply.push_str(&value.to_text());
}

/// A text with nothing in it that ends a line.
pub(super) fn escape(text: &str, into: &mut String) {
    let mut rest = text;
    while let Some(position) = rest.find(['\\', '\r', '\n']) {
        into.push_str(&rest[..position]);
        into.push_str(match rest.as_bytes()[position] {
            b'\\' => "\\\\",
            b'\r' => "\\r",
            _ => "\\n",
        });
        rest = &rest[position + 1..];
    }
    into.push_str(rest);
}

/// The text that was escaped.
pub(super) fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            plain.push(character);
            continue;
        }
        match characters.next() {
            Some('r') => plain.push('\r'),
            Some('n') => plain.push('\n'),
            Some(other) => plain.push(other),
            None => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_survive_escaping() {
        for text in ["", "plain", "a\nb\r\\n", "\\", "ünï\u{2028}\0"] {
            let mut escaped = String::new();
            escape(text, &mut escaped);
            assert!(!escaped.contains(['\n', '\r']));
            assert_eq!(unescape(&escaped), text);
        }
        assert_eq!(unescape("\\x"), "x");
    }

    #[test]
    fn numbers_are_read_in_all_spellings() {
        for (text, value) in [
            ("1.5", 1.5),
            ("Infinity", f64::INFINITY),
            ("-inf", f64::NEG_INFINITY),
            ("np.float64(2.0)", 2.0),
        ] {
            assert_eq!(double(text), Some(value));
        }
        assert!(double("NaN").is_some_and(f64::is_nan));
    }
}
