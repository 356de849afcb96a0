//! Cutting bytes into records and records into fields.
//!
//! A record ends at a line break (`\n`, `\r` or `\r\n`) outside of quotes. A field is quoted when its
//! first character is the quote.

use super::dialect::CsvDialect;

/// Where a field's text is.
#[derive(Debug, Clone, Copy)]
struct FieldRange {
    start: usize,
    end: usize,
    /// In the scratch text, because something was unescaped; else in the record itself.
    unescaped: bool,
}

/// The fields of one record; reused from record to record.
#[derive(Debug, Default)]
pub(super) struct CsvFields {
    ranges: Vec<FieldRange>,
    scratch: String,
}

impl CsvFields {
    pub(super) fn len(&self) -> usize {
        self.ranges.len()
    }

    /// The text of a field of `record`, which was the argument of [`CsvFields::cut`].
    pub(super) fn get<'a>(&'a self, record: &'a str, position: usize) -> Option<&'a str> {
        let range = self.ranges.get(position)?;
        let text = if range.unescaped { &self.scratch } else { record };
        text.get(range.start..range.end)
    }

    /// Cuts the first record of a text; what follows its line break is left alone.
    ///
    /// # Errors
    /// When quotes are used in a way that has no meaning.
    pub(super) fn cut(&mut self, dialect: &CsvDialect, record: &str) -> Result<(), String> {
        self.ranges.clear();
        self.scratch.clear();
        let bytes = record.as_bytes();
        let mut position = 0;
        loop {
            let range = if dialect.quote.is_some() && bytes.get(position).copied() == dialect.quote {
                let (range, after) = self.quoted(dialect, record, position)?;
                position = after;
                range
            } else {
                let (range, after) = self.plain(dialect, record, position)?;
                position = after;
                range
            };
            self.ranges.push(range);
            match bytes.get(position) {
                Some(&byte) if byte == dialect.delimiter => position += 1,
                _ => return Ok(()),
            }
        }
    }

    /// A field without quotes: up to a delimiter or line break.
    fn plain(
        &mut self,
        dialect: &CsvDialect,
        record: &str,
        start: usize,
    ) -> Result<(FieldRange, usize), String> {
        let bytes = record.as_bytes();
        let rest = bytes.get(start..).unwrap_or_default();
        let ends = |byte: u8| byte == dialect.delimiter || byte == b'\n' || byte == b'\r';
        let length = match dialect.escape {
            None => rest.iter().position(|&byte| ends(byte)),
            Some(escape) => rest.iter().position(|&byte| ends(byte) || byte == escape),
        };
        let mut end = start + length.unwrap_or(rest.len());
        let escaped = dialect.escape.is_some() && bytes.get(end).copied() == dialect.escape;
        if !escaped {
            let range = FieldRange {
                start,
                end,
                unescaped: false,
            };
            return Ok((range, end));
        }
        let scratch_start = self.scratch.len();
        let mut copied = start;
        while let Some(&byte) = bytes.get(end) {
            if dialect.escape == Some(byte) {
                self.copy(record, copied, end);
                end = self.unescape(record, end + 1)?;
                copied = end;
            } else if ends(byte) {
                break;
            } else {
                end += 1;
            }
        }
        self.copy(record, copied, end);
        Ok((self.unescaped_from(scratch_start), end))
    }

    /// A field in quotes; `start` is at the opening one.
    fn quoted(
        &mut self,
        dialect: &CsvDialect,
        record: &str,
        start: usize,
    ) -> Result<(FieldRange, usize), String> {
        let bytes = record.as_bytes();
        let scratch_start = self.scratch.len();
        let (mut position, mut copied, mut unescaped) = (start + 1, start + 1, false);
        loop {
            let Some(&byte) = bytes.get(position) else {
                return Err("Missing closing quote for value".to_owned());
            };
            if dialect.escape == Some(byte) {
                self.copy(record, copied, position);
                position = self.unescape(record, position + 1)?;
                (copied, unescaped) = (position, true);
            } else if dialect.quote == Some(byte) {
                if bytes.get(position + 1).copied() != dialect.quote {
                    break;
                }
                // A doubled quote is one quote: the first is copied, the second passed over.
                self.copy(record, copied, position + 1);
                position += 2;
                (copied, unescaped) = (position, true);
            } else {
                position += 1;
            }
        }
        let range = if unescaped {
            self.copy(record, copied, position);
            self.unescaped_from(scratch_start)
        } else {
            FieldRange {
                start: copied,
                end: position,
                unescaped: false,
            }
        };
        position += 1;
        while matches!(bytes.get(position), Some(b' ' | b'\t'))
            && bytes.get(position) != Some(&dialect.delimiter)
        {
            position += 1;
        }
        match record.get(position..).and_then(|rest| rest.chars().next()) {
            None | Some('\n' | '\r') => Ok((range, position)),
            Some(next) if next == char::from(dialect.delimiter) => Ok((range, position)),
            Some(next) => Err(format!(
                "Unexpected character ('{next}'): Expected column separator character ('{}') or end-of-line",
                char::from(dialect.delimiter)
            )),
        }
    }

    fn copy(&mut self, record: &str, start: usize, end: usize) {
        self.scratch.push_str(record.get(start..end).unwrap_or_default());
    }

    fn unescaped_from(&self, start: usize) -> FieldRange {
        FieldRange {
            start,
            end: self.scratch.len(),
            unescaped: true,
        }
    }

    /// Appends what the escaped character at `position` stands for, and gives the position after it.
    fn unescape(&mut self, record: &str, position: usize) -> Result<usize, String> {
        let escaped = record.get(position..).and_then(|rest| rest.chars().next());
        let Some(escaped) = escaped else {
            return Err("Unexpected end of input after the escape character".to_owned());
        };
        self.scratch.push(match escaped {
            '0' => '\0',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            other => other,
        });
        Ok(position + escaped.len_utf8())
    }
}

/// Where the first record ends, line break included; `None` if it does not end within `bytes`.
pub(super) fn record_end(dialect: &CsvDialect, bytes: &[u8]) -> Option<usize> {
    if dialect.comments && bytes.first() == Some(&b'#') {
        return memchr::memchr2(b'\n', b'\r', bytes).and_then(|at| line_end(bytes, at));
    }
    if dialect.escape.is_none() {
        // A line break before any quote ends the record, and nearly every record is so.
        let special = match dialect.quote {
            Some(quote) => memchr::memchr3(b'\n', b'\r', quote, bytes),
            None => memchr::memchr2(b'\n', b'\r', bytes),
        }?;
        if bytes.get(special).copied() != dialect.quote {
            return line_end(bytes, special);
        }
    }
    let mut position = 0;
    loop {
        // At the start of a field.
        if dialect.quote.is_some() && bytes.get(position).copied() == dialect.quote {
            position = after_quotes(dialect, bytes, position + 1)?;
        }
        loop {
            let byte = *bytes.get(position)?;
            if byte == b'\n' || byte == b'\r' {
                return line_end(bytes, position);
            }
            position += if dialect.escape == Some(byte) { 2 } else { 1 };
            if byte == dialect.delimiter {
                break;
            }
        }
    }
}

/// The position after the closing quote.
fn after_quotes(dialect: &CsvDialect, bytes: &[u8], mut position: usize) -> Option<usize> {
    loop {
        let byte = *bytes.get(position)?;
        if dialect.escape == Some(byte) {
            position += 2;
        } else if dialect.quote == Some(byte) {
            // Whether the quote closes is seen at the next byte, which must therefore be there.
            if bytes.get(position + 1).copied()? != byte {
                return Some(position + 1);
            }
            position += 2;
        } else {
            position += 1;
        }
    }
}

/// The position after the line break at `at`. A `\r` that is the last byte does not end the record
/// yet, because the `\n` that belongs to it may follow.
fn line_end(bytes: &[u8], at: usize) -> Option<usize> {
    if bytes.get(at) == Some(&b'\n') {
        return Some(at + 1);
    }
    Some(if *bytes.get(at + 1)? == b'\n' {
        at + 2
    } else {
        at + 1
    })
}

/// Where the last record that ends within `bytes` ends.
pub(super) fn last_record_end(dialect: &CsvDialect, bytes: &[u8]) -> Option<usize> {
    let has = |byte: Option<u8>| byte.is_some_and(|byte| memchr::memchr(byte, bytes).is_some());
    if !has(dialect.quote) && !has(dialect.escape) {
        // Without quotes every line break ends a record.
        let mut before = bytes;
        loop {
            let at = memchr::memrchr2(b'\n', b'\r', before)?;
            if let Some(end) = line_end(bytes, at) {
                return Some(end);
            }
            before = before.get(..at)?;
        }
    }
    let mut end = 0;
    while let Some(length) = bytes.get(end..).and_then(|rest| record_end(dialect, rest)) {
        end += length;
    }
    (end > 0).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialect(escape: Option<u8>) -> CsvDialect {
        CsvDialect {
            delimiter: b',',
            quote: Some(b'"'),
            escape,
            comments: false,
            array_delimiter: ";".to_owned(),
            null_literal: None,
        }
    }

    fn cut(escape: Option<u8>, record: &str) -> Result<Vec<String>, String> {
        let mut fields = CsvFields::default();
        fields.cut(&dialect(escape), record)?;
        Ok((0..fields.len())
            .map(|position| fields.get(record, position).unwrap().to_owned())
            .collect())
    }

    #[test]
    fn fields_of_a_record() {
        for (record, expected) in [
            ("a,b,c", vec!["a", "b", "c"]),
            ("a,b\nc,d", vec!["a", "b"]),
            ("a,\r\n", vec!["a", ""]),
            ("", vec![""]),
            ("\"a,b\",c", vec!["a,b", "c"]),
            ("\"a\"\"b\"\"\",c", vec!["a\"b\"", "c"]),
            ("\"a\nb\" ,c", vec!["a\nb", "c"]),
            ("a\"b,\"\"", vec!["a\"b", ""]),
            ("é,\"ß\"\"ü\"", vec!["é", "ß\"ü"]),
        ] {
            assert_eq!(cut(None, record).unwrap(), expected, "{record}");
        }
        assert_eq!(
            cut(Some(b'\\'), "a\\,b,\"x\\\"y\\n\"").unwrap(),
            ["a,b", "x\"y\n"]
        );
    }

    #[test]
    fn misused_quotes_are_refused() {
        assert_eq!(
            cut(None, "\"abc,d").unwrap_err(),
            "Missing closing quote for value"
        );
        assert_eq!(
            cut(None, "\"abc\"d,e").unwrap_err(),
            "Unexpected character ('d'): Expected column separator character (',') or end-of-line"
        );
    }

    #[test]
    fn records_end_outside_of_quotes() {
        let dialect = dialect(None);
        for (bytes, end) in [
            ("a,b\nc", Some(4)),
            ("a,b\r\nc", Some(5)),
            ("a,b\rc", Some(4)),
            ("a,b\r", None),
            ("a,b", None),
            ("\"a\nb\",c\nd", Some(8)),
            ("\"a\"\"\nb\"\nd", Some(8)),
            ("\"a\"", None),
            ("x\"y\nz", Some(4)),
        ] {
            assert_eq!(record_end(&dialect, bytes.as_bytes()), end, "{bytes}");
        }
        assert_eq!(last_record_end(&dialect, b"a\n\"b\nc\"\n\"d\ne"), Some(8));
        assert_eq!(last_record_end(&dialect, b"a\nb\r\nc"), Some(5));
        assert_eq!(last_record_end(&dialect, b"a\nb\r"), Some(2));
    }
}
