//! Formats: bytes to columns and back.
//!
//! A [`Format`] is a static entry of [`crate::registry`]. Formats of records (csv, json) serve message
//! queues and files alike through [`RecordFormat`]: a [`DecodingFormat`] is made once when a table is
//! planned, and makes one [`RecordDecoder`] a subtask, which appends records to typed Arrow builders,
//! building only the projected columns. Where records come from (topic and offset, file and line) is
//! the caller's to know: errors are values with the reason only. Parquet has no records and serves
//! files alone.

mod api;

pub use api::{
    DecodeError, Decoded, DecodingFormat, EncodedRecords, EncodingFormat, Format, RecordColumns,
    RecordDecoder, RecordEncoder, RecordFormat,
};
