//! Writing Python's pickles, protocol 2: what PyFlink reads the fields of rows from.

/// A value of Python.
pub(super) enum Pickled {
    /// `None`.
    None,
    /// `bool`.
    Boolean(bool),
    /// `int`.
    Int(i64),
    /// `float`.
    Float(f64),
    /// `str`.
    Text(String),
    /// `bytearray`.
    Bytes(Vec<u8>),
    /// `decimal.Decimal`.
    Decimal(String),
    /// `datetime.datetime` without a zone: year, month, day, hour, minute, second, microsecond.
    DateTime([i64; 7]),
    /// `list`.
    List(Vec<Pickled>),
}

/// The pickle of a value.
pub(super) fn dump(value: &Pickled) -> Vec<u8> {
    let mut bytes = vec![0x80, 2];
    write(value, &mut bytes);
    bytes.push(b'.');
    bytes
}

fn write(value: &Pickled, bytes: &mut Vec<u8>) {
    match value {
        Pickled::None => bytes.push(b'N'),
        Pickled::Boolean(value) => bytes.push(if *value { 0x88 } else { 0x89 }),
        Pickled::Int(number) => match i32::try_from(*number) {
            Ok(small) => {
                bytes.push(b'J');
                bytes.extend(small.to_le_bytes());
            }
            Err(_) => {
                bytes.extend([0x8a, 8]);
                bytes.extend(number.to_le_bytes());
            }
        },
        Pickled::Float(number) => {
            bytes.push(b'G');
            bytes.extend(number.to_be_bytes());
        }
        Pickled::Text(text) => write_text(text, bytes),
        // Bytes are the characters of Latin-1, for protocol 2 has texts only.
        Pickled::Bytes(content) => {
            bytes.extend(b"c__builtin__\nbytearray\n");
            write_text(
                &content.iter().map(|byte| char::from(*byte)).collect::<String>(),
                bytes,
            );
            write_text("latin-1", bytes);
            bytes.extend([0x86, b'R']);
        }
        Pickled::Decimal(text) => {
            bytes.extend(b"cdecimal\nDecimal\n");
            write_text(text, bytes);
            bytes.extend([0x85, b'R']);
        }
        Pickled::DateTime(parts) => {
            bytes.extend(b"cdatetime\ndatetime\n(");
            for part in parts {
                write(&Pickled::Int(*part), bytes);
            }
            bytes.extend(b"tR");
        }
        Pickled::List(elements) => {
            bytes.extend(b"](");
            for element in elements {
                write(element, bytes);
            }
            bytes.push(b'e');
        }
    }
}

fn write_text(text: &str, bytes: &mut Vec<u8>) {
    bytes.push(b'X');
    // PyFlink takes no longer texts either.
    let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
    bytes.extend(length.to_le_bytes());
    bytes.extend(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pickles_are_what_python_reads() {
        // pickle.loads of CPython 3.11 gives [1, 'ä', None, True] for these bytes.
        let value = Pickled::List(vec![
            Pickled::Int(1),
            Pickled::Text("ä".to_owned()),
            Pickled::None,
            Pickled::Boolean(true),
        ]);
        assert_eq!(dump(&value), b"\x80\x02](J\x01\0\0\0X\x02\0\0\0\xc3\xa4N\x88e.");
        assert_eq!(
            dump(&Pickled::Int(1 << 40)),
            b"\x80\x02\x8a\x08\0\0\0\0\0\x01\0\0."
        );
    }
}
