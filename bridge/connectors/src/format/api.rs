//! The traits between connectors and formats.

use std::ops::Range;
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use nutkin_engine::Result;
use nutkin_plan::catalog::Column;

use crate::options::{OptionDescription, OptionReader};

/// A value of the option `'format'`.
pub trait Format: Send + Sync {
    /// The value of the option, such as `csv`.
    fn name(&self) -> &'static str;

    /// Every option it knows, without the prefix of its name.
    fn options(&self) -> &'static [OptionDescription];

    /// Library and version behind it, for `nutkin doctor`.
    fn library(&self) -> String;

    /// The format for single records; `None` for formats of whole files.
    fn records(&self) -> Option<&dyn RecordFormat> {
        None
    }
}

/// A format whose values are records, each of which stands for itself.
pub trait RecordFormat: Send + Sync {
    /// Plans decoding. Mirrors `DeserializationFormatFactory`.
    ///
    /// # Errors
    /// When an option's value is wrong or a column's type has no form in this format.
    fn decoding(
        &self,
        options: &OptionReader<'_>,
        columns: &RecordColumns<'_>,
    ) -> Result<Arc<dyn DecodingFormat>>;

    /// Plans encoding of all `columns`. Mirrors `SerializationFormatFactory`.
    ///
    /// # Errors
    /// As [`RecordFormat::decoding`].
    fn encoding(&self, options: &OptionReader<'_>, columns: &[Column]) -> Result<Arc<dyn EncodingFormat>>;
}

/// Which columns records hold, and which of them are wanted.
#[derive(Debug, Clone, Copy)]
pub struct RecordColumns<'a> {
    /// The columns of a record, in order.
    pub columns: &'a [Column],
    /// Positions of the wanted columns, in the order of the output.
    pub projection: &'a [usize],
}

/// Planned decoding; makes one decoder a subtask.
pub trait DecodingFormat: Send + Sync {
    /// The schema of the batches: the projected columns.
    fn schema(&self) -> SchemaRef;

    /// A decoder with nothing in it.
    ///
    /// # Errors
    /// When a type has no builder.
    fn decoder(&self) -> Result<Box<dyn RecordDecoder>>;

    /// Where the first record of a file's bytes ends, its line break included; `None` if it does not
    /// end within `bytes`.
    fn record_end(&self, bytes: &[u8]) -> Option<usize>;

    /// Where the last record that ends within `bytes` ends; `bytes` starts with a record. `None` if
    /// none does.
    fn last_record_end(&self, bytes: &[u8]) -> Option<usize> {
        let mut end = 0;
        while let Some(length) = bytes.get(end..).and_then(|rest| self.record_end(rest)) {
            end += length;
        }
        (end > 0).then_some(end)
    }
}

/// What became of one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decoded {
    /// So many rows were appended. None for an empty message or a comment; several for a JSON array.
    Rows(usize),
    /// The record is malformed and the table says to ignore that. The caller counts it in
    /// `JobMetrics.parse_errors`.
    Malformed,
}

/// Why a record cannot be decoded. The caller adds where the record is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct DecodeError {
    /// What is wrong, in Flink's words first: `Failed to deserialize CSV row 'a,b'.`, then why.
    pub reason: String,
    /// What would work.
    pub hint: Option<String>,
}

/// Appends records to columns.
pub trait RecordDecoder: Send {
    /// Appends one record: the payload of a message, or a line of a file.
    ///
    /// # Errors
    /// When the record is malformed and that is not to be ignored. The decoder may then hold a part
    /// of the record: the job fails with the error.
    fn decode(&mut self, record: &[u8]) -> Result<Decoded, DecodeError>;

    /// How many rows were appended since the last [`RecordDecoder::finish`].
    fn rows(&self) -> usize;

    /// Takes the appended rows out as a batch; the decoder is empty afterwards.
    ///
    /// # Errors
    /// When the columns do not fit the schema.
    fn finish(&mut self) -> Result<RecordBatch>;
}

/// Planned encoding; makes one encoder a subtask.
pub trait EncodingFormat: Send + Sync {
    /// An encoder.
    fn encoder(&self) -> Box<dyn RecordEncoder>;
}

/// Turns rows into records.
pub trait RecordEncoder: Send {
    /// Appends one record a row, without line breaks between them.
    ///
    /// # Errors
    /// When a value has no form in this format.
    fn encode(&mut self, batch: &RecordBatch, records: &mut EncodedRecords) -> Result<()>;
}

/// Records one after the other in one buffer.
#[derive(Debug, Clone, Default)]
pub struct EncodedRecords {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl EncodedRecords {
    /// Where the next record's bytes go; [`EncodedRecords::end_record`] follows.
    pub fn buffer(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    /// Ends the record whose bytes were appended to the buffer.
    pub fn end_record(&mut self) {
        self.ends.push(self.bytes.len());
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The records in order.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let range: Range<usize> = start..end;
            start = end;
            self.bytes.get(range).unwrap_or_default()
        })
    }

    /// Removes all records and keeps the memory.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }
}
