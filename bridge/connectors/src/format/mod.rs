//! Formats: bytes to columns and back.
//!
//! A [`Format`] is a static entry of [`crate::registry`]. Formats of records (csv, json) serve message
//! queues and files alike through [`RecordFormat`]: a [`DecodingFormat`] is made once when a table is
//! planned, and makes one [`RecordDecoder`] a subtask, which appends records to typed Arrow builders,
//! building only the projected columns. Where records come from (topic and offset, file and line) is
//! the caller's to know: errors are values with the reason only. Parquet has no records and serves
//! files alone.

mod api;
pub(crate) mod column_builder;
pub(crate) mod csv;
pub(crate) mod json;
pub(crate) mod parquet;
pub(crate) mod row_builder;

pub use api::{
    DecodeError, Decoded, DecodingFormat, EncodedRecords, EncodingFormat, Format, RecordColumns,
    RecordDecoder, RecordEncoder, RecordFormat,
};

/// The text of a record for an error message: all of a short one, both ends of a long one.
fn shown_record(record: &[u8]) -> String {
    const ENDS: usize = 500;
    let text = String::from_utf8_lossy(record);
    let text = text.trim_end_matches(['\r', '\n']);
    let length = text.chars().count();
    if length <= 2 * ENDS {
        return text.to_owned();
    }
    let head: String = text.chars().take(ENDS).collect();
    let tail: String = text.chars().skip(length - ENDS).collect();
    format!("{head}...({} characters)...{tail}", length - 2 * ENDS)
}
