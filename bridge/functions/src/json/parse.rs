//! Reads the first JSON value of a text, as Jackson does: what follows it is not looked at.

use std::collections::HashMap;

use super::value::{Json, big_decimal};

/// How deep values may be nested.
const MAXIMUM_DEPTH: usize = 1000;

/// The longest number.
const MAXIMUM_DIGITS: usize = 1000;

/// The value, or why there is none.
pub(super) fn parse(text: &str) -> Result<Json, String> {
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
    };
    parser.skip_space();
    if parser.at == text.len() {
        return Err("No content to map due to end-of-input".to_owned());
    }
    let value = parser.value()?;
    // A number or word has to end: `1a` is none.
    let ends = match value {
        Json::Integer(_) | Json::Decimal(_) => parser
            .peek()
            .is_none_or(|next| matches!(next, b' ' | b'\t' | b'\n' | b'\r')),
        _ => true,
    };
    match ends {
        true => Ok(value),
        false => Err(parser.unexpected("a space between values")),
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn unexpected(&self, expected: &str) -> String {
        match self.text[self.at..].chars().next() {
            Some(found) => format!("Unexpected character ('{found}'): expected {expected}"),
            None => format!("Unexpected end-of-input: expected {expected}"),
        }
    }

    fn value(&mut self) -> Result<Json, String> {
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => self.string().map(Json::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => self.word(),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Json, String>) -> Result<Json, String> {
        self.depth += 1;
        if self.depth > MAXIMUM_DEPTH {
            return Err(format!(
                "Document nesting depth exceeds the maximum of {MAXIMUM_DEPTH}"
            ));
        }
        self.at += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn word(&mut self) -> Result<Json, String> {
        for (word, value) in [
            ("true", Json::Boolean(true)),
            ("false", Json::Boolean(false)),
            ("null", Json::Null),
        ] {
            if let Some(after) = self.text[self.at..].strip_prefix(word)
                && !after.starts_with(|next: char| next.is_alphanumeric() || next == '_' || next == '$')
            {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(self.unexpected("a JSON value"))
    }

    fn digits(&mut self) -> Result<(), String> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        match self.at - start {
            0 => Err(self.unexpected("a digit")),
            length if length > MAXIMUM_DIGITS => Err(format!(
                "Number value length exceeds the maximum of {MAXIMUM_DIGITS}"
            )),
            _ => Ok(()),
        }
    }

    fn number(&mut self) -> Result<Json, String> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let first = self.peek();
        let whole = self.at;
        self.digits()?;
        if first == Some(b'0') && self.at - whole > 1 {
            return Err("Invalid numeric value: Leading zeroes not allowed".to_owned());
        }
        let mut is_whole = true;
        if self.peek() == Some(b'.') {
            is_whole = false;
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            is_whole = false;
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        let text = &self.text[start..self.at];
        if is_whole {
            return Ok(Json::Integer(if text == "-0" { "0" } else { text }.to_owned()));
        }
        big_decimal(text)
            .map(Json::Decimal)
            .ok_or_else(|| format!("Invalid numeric value: {text}"))
    }

    fn string(&mut self) -> Result<String, String> {
        self.at += 1;
        let mut units: Vec<u16> = Vec::new();
        let mut value = String::new();
        loop {
            let rest = &self.text[self.at..];
            let plain = rest
                .find(|next: char| next == '"' || next == '\\' || next < ' ')
                .unwrap_or(rest.len());
            if plain > 0 {
                flush(&mut units, &mut value);
                value.push_str(&rest[..plain]);
                self.at += plain;
            }
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    flush(&mut units, &mut value);
                    return Ok(value);
                }
                Some(b'\\') => {
                    self.at += 1;
                    self.escape(&mut units, &mut value)?;
                }
                Some(_) => return Err(self.unexpected("no control character in a string")),
                None => return Err(self.unexpected("the end of a string")),
            }
        }
    }

    fn escape(&mut self, units: &mut Vec<u16>, value: &mut String) -> Result<(), String> {
        let Some(escaped) = self.peek() else {
            return Err(self.unexpected("an escaped character"));
        };
        let plain = match escaped {
            b'"' | b'\\' | b'/' => char::from(escaped),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let digits = self.text.get(self.at + 1..self.at + 5);
                let unit = digits
                    .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
                    .and_then(|digits| u16::from_str_radix(digits, 16).ok())
                    .ok_or_else(|| self.unexpected("four hexadecimal digits"))?;
                units.push(unit);
                self.at += 5;
                return Ok(());
            }
            _ => return Err(self.unexpected("an escaped character")),
        };
        flush(units, value);
        value.push(plain);
        self.at += 1;
        Ok(())
    }

    fn array(&mut self) -> Result<Json, String> {
        let mut items = Vec::new();
        self.skip_space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Json::Array(items));
        }
        loop {
            self.skip_space();
            items.push(self.value()?);
            self.skip_space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Json::Array(items));
                }
                _ => return Err(self.unexpected("a comma or the end of an array")),
            }
        }
    }

    fn object(&mut self) -> Result<Json, String> {
        let mut members: Vec<(String, Json)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        self.skip_space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Json::Object(members));
        }
        loop {
            self.skip_space();
            if self.peek() != Some(b'"') {
                return Err(self.unexpected("a name in double quotes"));
            }
            let name = self.string()?;
            self.skip_space();
            if self.peek() != Some(b':') {
                return Err(self.unexpected("a colon"));
            }
            self.at += 1;
            self.skip_space();
            let value = self.value()?;
            match places.get(&name) {
                Some(place) => members[*place].1 = value,
                None => {
                    places.insert(name.clone(), members.len());
                    members.push((name, value));
                }
            }
            self.skip_space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Json::Object(members));
                }
                _ => return Err(self.unexpected("a comma or the end of an object")),
            }
        }
    }
}

/// Moves the units of `\u` escapes to the string.
fn flush(units: &mut Vec<u16>, value: &mut String) {
    crate::java_string::push_units(units, value);
    units.clear();
}
