//! Partition columns in directory names: `key=value`, with Hive's escapes.

use std::fmt::Write as _;

use arrow::array::ArrayRef;
use nutkin_plan::catalog::Column;

use crate::format::column_builder::ColumnBuilder;
use crate::text::TimestampFormat;

/// Characters that file systems or URIs give a meaning to.
const ESCAPED: &str = "\"#%'*/:=?\\{}[]^\u{7f}";

/// Writes a part of a directory name.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if character < ' ' || ESCAPED.contains(character) {
            // Writing to a String cannot fail.
            let _ = write!(escaped, "%{:02X}", u32::from(character));
        } else {
            escaped.push(character);
        }
    }
    escaped
}

/// Reads a part of a directory name; what is not an escape stays as it is.
pub(super) fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match code {
            Some(code) if first == b'%' => {
                bytes.push(code);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The directory name of one partition column: `key=value`.
pub(super) fn directory_name(key: &str, value: Option<&str>, default_name: &str) -> String {
    let value = value.filter(|value| !value.is_empty());
    format!(
        "{}={}",
        escape(key),
        value.map_or_else(|| default_name.to_owned(), escape)
    )
}

/// The value that a directory name gives a column; `None` for a directory of another meaning.
pub(super) fn value_of(directory: &str, column: &Column) -> Option<String> {
    let (key, value) = directory.split_once('=')?;
    (unescape(key) == column.name).then(|| unescape(value))
}

/// A column of one row with the value of a directory name.
pub(super) fn constant(column: &Column, text: &str, default_name: &str) -> Result<ArrayRef, String> {
    let mut builder = ColumnBuilder::new(&column.column_type);
    if text == default_name {
        builder.append_null()?;
    } else {
        builder.append_text(text, TimestampFormat::Sql)?;
    }
    builder.finish().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_hive() {
        assert_eq!(escape("a/b=c:d e"), "a%2Fb%3Dc%3Ad e");
        assert_eq!(unescape("a%2Fb%3Dc%3Ad e%zz%"), "a/b=c:d e%zz%");
        assert_eq!(directory_name("dt", Some("2020-01-01"), "none"), "dt=2020-01-01");
        assert_eq!(directory_name("dt", None, "none"), "dt=none");
    }
}
