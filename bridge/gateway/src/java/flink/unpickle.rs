//! Reading Python's pickles, as PyFlink writes the rows of `from_elements`: protocol 2 to 4, values only.

use std::collections::HashMap;

use super::super::failure::{Failure, Outcome};

/// A value of Python.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Python {
    /// `None`.
    None,
    /// `bool`.
    Boolean(bool),
    /// `int`.
    Int(i128),
    /// `float`.
    Float(f64),
    /// `str`.
    Text(String),
    /// `bytes` and `bytearray`.
    Bytes(Vec<u8>),
    /// `decimal.Decimal`.
    Decimal(String),
    /// `list`, `tuple` and `array.array`.
    List(Vec<Python>),
    /// `dict`.
    Map(Vec<(Python, Python)>),
    /// A function or class, on its way to be called.
    Global(String),
    /// Where the arguments of an opcode begin.
    Mark,
}

/// Reads one pickle; the rest of the bytes is left.
pub(super) fn load(bytes: &mut &[u8]) -> Outcome<Python> {
    Reader {
        bytes,
        stack: Vec::new(),
        memo: HashMap::new(),
    }
    .run()
}

struct Reader<'a, 'b> {
    bytes: &'a mut &'b [u8],
    stack: Vec<Python>,
    memo: HashMap<u64, Python>,
}

fn broken(what: &str) -> Failure {
    Failure::thrown("net.razorvine.pickle.PickleException", what)
}

impl Reader<'_, '_> {
    fn take(&mut self, count: usize) -> Outcome<&[u8]> {
        let (taken, rest) = self
            .bytes
            .split_at_checked(count)
            .ok_or_else(|| broken("the pickle ends early"))?;
        *self.bytes = rest;
        Ok(taken)
    }

    fn number(&mut self, width: usize) -> Outcome<u64> {
        let bytes = self.take(width)?;
        Ok(bytes
            .iter()
            .rev()
            .fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    fn size(&mut self, width: usize) -> Outcome<usize> {
        let number = self.number(width)?;
        usize::try_from(number).map_err(|_| broken("a length is too large"))
    }

    fn line(&mut self) -> Outcome<String> {
        let end = self
            .bytes
            .iter()
            .position(|byte| *byte == b'\n')
            .ok_or_else(|| broken("the pickle ends early"))?;
        let line = String::from_utf8_lossy(self.take(end)?).into_owned();
        self.take(1)?;
        Ok(line)
    }

    fn text(&mut self, length: usize) -> Outcome<String> {
        String::from_utf8(self.take(length)?.to_vec()).map_err(|_| broken("a text is not UTF-8"))
    }

    fn pop(&mut self) -> Outcome<Python> {
        self.stack.pop().ok_or_else(|| broken("the stack is empty"))
    }

    fn last(&mut self) -> Outcome<&mut Python> {
        self.stack.last_mut().ok_or_else(|| broken("the stack is empty"))
    }

    /// What was put on the stack since the mark.
    fn marked(&mut self) -> Outcome<Vec<Python>> {
        let mark = self
            .stack
            .iter()
            .rposition(|value| *value == Python::Mark)
            .ok_or_else(|| broken("there is no mark"))?;
        let values = self.stack.split_off(mark + 1);
        self.stack.pop();
        Ok(values)
    }

    fn tuple(&mut self, count: usize) -> Outcome<()> {
        let start = self
            .stack
            .len()
            .checked_sub(count)
            .ok_or_else(|| broken("the stack is empty"))?;
        let values = self.stack.split_off(start);
        self.stack.push(Python::List(values));
        Ok(())
    }

    fn append(&mut self, values: Vec<Python>) -> Outcome<()> {
        match self.last()? {
            Python::List(list) => {
                list.extend(values);
                Ok(())
            }
            _ => Err(broken("elements for what is no list")),
        }
    }

    fn set(&mut self, values: Vec<Python>) -> Outcome<()> {
        match self.last()? {
            Python::Map(entries) => {
                let mut values = values.into_iter();
                while let (Some(key), Some(value)) = (values.next(), values.next()) {
                    entries.push((key, value));
                }
                Ok(())
            }
            _ => Err(broken("entries for what is no dict")),
        }
    }

    fn run(mut self) -> Outcome<Python> {
        loop {
            let opcode = self.take(1)?[0];
            match opcode {
                0x80 => drop(self.take(1)?),
                // The length of a frame.
                0x95 => drop(self.take(8)?),
                b'.' => return self.pop(),
                b'(' => self.stack.push(Python::Mark),
                b'N' => self.stack.push(Python::None),
                0x88 => self.stack.push(Python::Boolean(true)),
                0x89 => self.stack.push(Python::Boolean(false)),
                b'K' | b'M' => {
                    let number = self.number(if opcode == b'K' { 1 } else { 2 })?;
                    self.stack.push(Python::Int(number.into()));
                }
                b'J' => {
                    let number = self.number(4)? as u32;
                    self.stack.push(Python::Int(number.cast_signed().into()));
                }
                0x8a | 0x8b => {
                    let length = self.size(if opcode == 0x8a { 1 } else { 4 })?;
                    let number = long(self.take(length)?)?;
                    self.stack.push(Python::Int(number));
                }
                b'I' | b'L' => {
                    let line = self.line()?;
                    let number = line
                        .trim_end_matches('L')
                        .parse()
                        .map_err(|_| broken("a number is none"))?;
                    self.stack.push(Python::Int(number));
                }
                b'G' => {
                    let bits = self
                        .take(8)?
                        .iter()
                        .fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
                    self.stack.push(Python::Float(f64::from_bits(bits)));
                }
                b'X' | 0x8c | 0x8d => {
                    let length = self.size(match opcode {
                        b'X' => 4,
                        0x8c => 1,
                        _ => 8,
                    })?;
                    let text = self.text(length)?;
                    self.stack.push(Python::Text(text));
                }
                b'B' | b'C' | 0x8e | 0x96 => {
                    let length = self.size(match opcode {
                        b'B' => 4,
                        b'C' => 1,
                        _ => 8,
                    })?;
                    let bytes = self.take(length)?.to_vec();
                    self.stack.push(Python::Bytes(bytes));
                }
                b')' | b']' => self.stack.push(Python::List(Vec::new())),
                b'}' => self.stack.push(Python::Map(Vec::new())),
                0x85..=0x87 => self.tuple(usize::from(opcode - 0x84))?,
                b't' | b'l' => {
                    let values = self.marked()?;
                    self.stack.push(Python::List(values));
                }
                b'a' => {
                    let value = self.pop()?;
                    self.append(vec![value])?;
                }
                b'e' => {
                    let values = self.marked()?;
                    self.append(values)?;
                }
                b's' => {
                    let value = self.pop()?;
                    let key = self.pop()?;
                    self.set(vec![key, value])?;
                }
                b'u' => {
                    let values = self.marked()?;
                    self.set(values)?;
                }
                b'q' | b'r' => {
                    let slot = self.number(if opcode == b'q' { 1 } else { 4 })?;
                    let value = self.last()?.clone();
                    self.memo.insert(slot, value);
                }
                0x94 => {
                    let slot = self.memo.len() as u64;
                    let value = self.last()?.clone();
                    self.memo.insert(slot, value);
                }
                b'h' | b'j' => {
                    let slot = self.number(if opcode == b'h' { 1 } else { 4 })?;
                    let value = self
                        .memo
                        .get(&slot)
                        .cloned()
                        .ok_or_else(|| broken("a value was not kept"))?;
                    self.stack.push(value);
                }
                b'c' => {
                    let name = format!("{}.{}", self.line()?, self.line()?);
                    self.stack.push(Python::Global(name));
                }
                0x93 => {
                    let (name, module) = (self.pop()?, self.pop()?);
                    match (module, name) {
                        (Python::Text(module), Python::Text(name)) => {
                            self.stack.push(Python::Global(format!("{module}.{name}")));
                        }
                        _ => return Err(broken("a name is no text")),
                    }
                }
                b'R' => {
                    let (arguments, function) = (self.pop()?, self.pop()?);
                    self.stack.push(call(&function, arguments)?);
                }
                other => {
                    return Err(Failure::unsupported(
                        &format!("The pickle opcode {other:#04x} in the rows of from_elements"),
                        "give rows of plain values",
                    ));
                }
            }
        }
    }
}

/// An integer in as few bytes as it needs, the lowest first.
fn long(bytes: &[u8]) -> Outcome<i128> {
    if bytes.len() > 16 {
        return Err(broken("an integer has more than 128 bits"));
    }
    let negative = bytes.last().is_some_and(|byte| byte & 0x80 != 0);
    let mut all = [if negative { 0xff } else { 0 }; 16];
    all[..bytes.len()].copy_from_slice(bytes);
    Ok(i128::from_le_bytes(all))
}

/// The few functions that values are made with.
fn call(function: &Python, arguments: Python) -> Outcome<Python> {
    let Python::Global(name) = function else {
        return Err(broken("what is called is no function"));
    };
    let Python::List(mut arguments) = arguments else {
        return Err(broken("the arguments are no tuple"));
    };
    Ok(match (name.as_str(), arguments.as_slice()) {
        ("decimal.Decimal", [Python::Text(text)]) => Python::Decimal(text.clone()),
        ("builtins.bytearray" | "__builtin__.bytearray", []) => Python::Bytes(Vec::new()),
        ("builtins.bytearray" | "__builtin__.bytearray", [Python::Bytes(bytes)]) => {
            Python::Bytes(bytes.clone())
        }
        ("builtins.bytearray" | "__builtin__.bytearray" | "_codecs.encode", [Python::Text(text), ..]) => {
            // Latin-1: each character is a byte.
            Python::Bytes(text.chars().map(|character| character as u8).collect())
        }
        ("builtins.bytes" | "__builtin__.bytes", []) => Python::Bytes(Vec::new()),
        ("array.array", [Python::Text(_), Python::List(_)]) => arguments.swap_remove(1),
        ("array._array_reconstructor", [_, Python::Text(_), Python::Int(code), Python::Bytes(bytes)]) => {
            Python::List(array(*code, bytes)?)
        }
        (other, _) => {
            return Err(Failure::unsupported(
                &format!("A value made by {other} in the rows of from_elements"),
                "give rows of plain values",
            ));
        }
    })
}

/// The elements of an array by its machine format code. See CPython's `arraymodule.c`.
fn array(code: i128, bytes: &[u8]) -> Outcome<Vec<Python>> {
    let (width, big, signed, float) = match code {
        0 => (1, false, false, false),
        1 => (1, false, true, false),
        2..=5 => (2, code % 2 == 1, code >= 4, false),
        6..=9 => (4, code % 2 == 1, code >= 8, false),
        10..=13 => (8, code % 2 == 1, code >= 12, false),
        14 | 15 => (4, code == 15, true, true),
        16 | 17 => (8, code == 17, true, true),
        _ => {
            return Err(Failure::unsupported(
                "An array of characters in from_elements",
                "use a list",
            ));
        }
    };
    let elements = bytes.chunks_exact(width).map(|chunk| {
        let mut all = [0u8; 8];
        for (position, byte) in chunk.iter().enumerate() {
            all[if big { width - 1 - position } else { position }] = *byte;
        }
        let bits = u64::from_le_bytes(all);
        match (float, signed, width) {
            (true, _, 4) => Python::Float(f32::from_bits(bits as u32).into()),
            (true, ..) => Python::Float(f64::from_bits(bits)),
            (false, true, _) => {
                let shift = 64 - 8 * width;
                Python::Int(((bits << shift).cast_signed() >> shift).into())
            }
            _ => Python::Int(bits.into()),
        }
    });
    Ok(elements.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pickles_of_python_are_read() {
        // pickle.dumps([(0, 1, 'ä', None, -2, 1 << 40, 1.5, b'x', {'k': True})], 3) of CPython 3.11.
        let bytes: &[u8] = b"\x80\x03]q\x00(K\x00K\x01X\x02\x00\x00\x00\xc3\xa4q\x01NJ\xfe\xff\xff\xff\x8a\x06\x00\x00\
            \x00\x00\x00\x01G?\xf8\x00\x00\x00\x00\x00\x00C\x01xq\x02}q\x03X\x01\x00\x00\x00kq\x04\x88stq\x05a.";
        let Ok(value) = load(&mut &*bytes) else {
            panic!("not read");
        };
        assert_eq!(
            value,
            Python::List(vec![Python::List(vec![
                Python::Int(0),
                Python::Int(1),
                Python::Text("ä".to_owned()),
                Python::None,
                Python::Int(-2),
                Python::Int(1 << 40),
                Python::Float(1.5),
                Python::Bytes(b"x".to_vec()),
                Python::Map(vec![(Python::Text("k".to_owned()), Python::Boolean(true))]),
            ])])
        );
        assert!(load(&mut &bytes[..20]).is_err());
    }
}
