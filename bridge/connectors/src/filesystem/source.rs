//! Reading files of records.

use std::fs::File;
use std::io::{BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use arrow::datatypes::SchemaRef;
use nutkin_engine::chunk::Chunk;
use nutkin_engine::job::JobContext;
use nutkin_engine::source::{Source, SourceEvent, SourceReader};
use nutkin_engine::{EngineError, Result};

use super::blocks::{BLOCK_BYTES, Block, BlockQueue};
use super::files::FileTable;
use super::listing::{DataFile, list_files};
use crate::format::{DecodeError, Decoded, DecodingFormat, RecordDecoder};

/// The first chunk of a reader is small, so that the first row is through soon.
const FIRST_CHUNK_ROWS: usize = 1024;

/// Rows of every other chunk.
const CHUNK_ROWS: usize = 8192;

/// A bounded source of csv or json files.
pub(super) struct RecordFileSource {
    files: FileTable,
    decoding: Arc<dyn DecodingFormat>,
    schema: SchemaRef,
    block_bytes: usize,
}

impl RecordFileSource {
    pub(super) fn new(files: FileTable, decoding: Arc<dyn DecodingFormat>) -> Self {
        let schema = files.schema();
        Self {
            files,
            decoding,
            schema,
            block_bytes: BLOCK_BYTES,
        }
    }
}

impl Source for RecordFileSource {
    fn is_bounded(&self) -> bool {
        true
    }

    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn create_readers(
        &self,
        parallelism: usize,
        context: &Arc<JobContext>,
    ) -> Result<Vec<Box<dyn SourceReader>>> {
        let queue = Arc::new(BlockQueue::new(
            self.files.clone(),
            list_files(&self.files)?,
            Arc::clone(&self.decoding),
            self.block_bytes,
        ));
        (0..parallelism)
            .map(|_| {
                Ok(Box::new(RecordFileReader {
                    files: self.files.clone(),
                    queue: Arc::clone(&queue),
                    decoding: Arc::clone(&self.decoding),
                    decoder: self.decoding.decoder()?,
                    schema: Arc::clone(&self.schema),
                    context: Arc::clone(context),
                    block: None,
                    spare: Vec::new(),
                    position: 0,
                    chunk_rows: FIRST_CHUNK_ROWS,
                }) as Box<dyn SourceReader>)
            })
            .collect()
    }
}

struct RecordFileReader {
    files: FileTable,
    queue: Arc<BlockQueue>,
    decoding: Arc<dyn DecodingFormat>,
    decoder: Box<dyn RecordDecoder>,
    schema: SchemaRef,
    context: Arc<JobContext>,
    /// The block at work, and how far.
    block: Option<Block>,
    position: usize,
    /// The memory of the block before.
    spare: Vec<u8>,
    chunk_rows: usize,
}

impl SourceReader for RecordFileReader {
    fn poll(&mut self, _timeout: Duration) -> Result<SourceEvent> {
        // A block of malformed records gives no rows; the next may.
        loop {
            if self.context.cancellation.is_cancelled() {
                return Err(EngineError::Cancelled);
            }
            let block = match self.block.take() {
                Some(block) => block,
                None => match self.queue.next(std::mem::take(&mut self.spare))? {
                    Some(block) => {
                        self.position = 0;
                        block
                    }
                    None => return Ok(SourceEvent::Finished),
                },
            };
            self.decode(&block)?;
            let file = Arc::clone(&block.file);
            if self.position < block.bytes.len() {
                self.block = Some(block);
            } else {
                self.spare = block.bytes;
            }
            if self.decoder.rows() > 0 {
                self.chunk_rows = CHUNK_ROWS;
                let from_file = self.decoder.finish()?;
                let rows = self.files.assemble(&self.schema, &from_file, &file.partition)?;
                return Ok(SourceEvent::Chunk(Chunk::inserts(rows)));
            }
        }
    }
}

impl RecordFileReader {
    /// Decodes records of the block up to the size of a chunk.
    fn decode(&mut self, block: &Block) -> Result<()> {
        while self.decoder.rows() < self.chunk_rows {
            let rest = block.bytes.get(self.position..).unwrap_or_default();
            if rest.is_empty() {
                return Ok(());
            }
            let length = self.decoding.record_end(rest).unwrap_or(rest.len());
            let record = rest.get(..length).unwrap_or_default();
            match self.decoder.decode(record) {
                Ok(Decoded::Rows(_)) => {}
                Ok(Decoded::Malformed) => {
                    self.context.metrics.parse_errors.fetch_add(1, Ordering::Relaxed);
                }
                Err(error) => {
                    let offset = block.offset + self.position as u64;
                    return Err(self.malformed(&block.file, offset, error));
                }
            }
            self.position += length;
        }
        Ok(())
    }

    fn malformed(&self, file: &DataFile, offset: u64, error: DecodeError) -> EngineError {
        let place = match line_at(file, offset) {
            Some(line) => format!("line {line}"),
            None => format!("byte {offset}"),
        };
        self.files.failure(
            format!("{}, {place}: {}", file.path.display(), error.reason),
            error.hint,
        )
    }
}

/// The number of the line at an offset. Lines are only counted when one is wrong.
fn line_at(file: &DataFile, offset: u64) -> Option<usize> {
    let mut before = BufReader::new(File::open(&file.path).ok()?).take(offset);
    let mut buffer = vec![0; 1 << 16];
    let mut line = 1;
    loop {
        let read = before.read(&mut buffer).ok()?;
        if read == 0 {
            return Some(line);
        }
        line += memchr::memchr_iter(b'\n', buffer.get(..read)?).count();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use arrow::array::AsArray;
    use nutkin_plan::catalog::{CatalogTable, Column, ObjectIdentifier, Schema};
    use nutkin_plan::stream::ConnectorTable;
    use nutkin_plan::types::LogicalType;

    use super::*;
    use crate::filesystem::{OPTIONS, format_options};
    use crate::format::RecordColumns;
    use crate::options::OptionReader;
    use crate::registry::{Direction, find_record_format};

    /// Reads a file of two STRING columns in blocks of so many bytes.
    fn read(
        path: &std::path::Path,
        format: &str,
        extra: &[(&str, &str)],
        block_bytes: usize,
    ) -> Vec<[String; 2]> {
        let mut options = BTreeMap::from([
            ("path".to_owned(), path.to_string_lossy().into_owned()),
            ("format".to_owned(), format.to_owned()),
        ]);
        for (key, value) in extra {
            options.insert((*key).to_owned(), (*value).to_owned());
        }
        let column = |name: &str| Column {
            name: name.to_owned(),
            column_type: LogicalType::string(),
            comment: None,
        };
        let table = ConnectorTable {
            table: Arc::new(CatalogTable {
                identifier: ObjectIdentifier {
                    catalog: "c".to_owned(),
                    database: "d".to_owned(),
                    object: "t".to_owned(),
                },
                schema: Schema {
                    columns: vec![column("a"), column("b")],
                    primary_key: Vec::new(),
                },
                options: options.clone(),
                comment: None,
                partition_keys: Vec::new(),
                inline_data: None,
                details: nutkin_plan::catalog::TableDetails::default(),
            }),
            projection: vec![0, 1],
        };
        let files = FileTable::new(&table, &OptionReader::new(&options, "", OPTIONS)).unwrap();
        let (entry, records) = find_record_format(format, Direction::Decoding).unwrap();
        let columns = RecordColumns {
            columns: &files.file_columns.clone(),
            projection: &[0, 1],
        };
        let decoding = records
            .decoding(&format_options(entry, &table.table), &columns)
            .unwrap();
        let mut source = RecordFileSource::new(files, decoding);
        source.block_bytes = block_bytes;
        let context = Arc::new(JobContext {
            job_name: String::new(),
            options: BTreeMap::new(),
            evaluation: nutkin_engine::job::EvaluationContext::default(),
            cancellation: Arc::default(),
            metrics: Arc::default(),
        });
        let mut rows = Vec::new();
        // Two readers in turns: blocks alternate between them, and stay in the order of the file.
        let mut readers = source.create_readers(2, &context).unwrap();
        let mut finished = 0;
        for turn in 0.. {
            match readers[turn % 2].poll(Duration::ZERO).unwrap() {
                SourceEvent::Chunk(chunk) => {
                    finished = 0;
                    let (left, right) = (
                        chunk.data.column(0).as_string::<i32>(),
                        chunk.data.column(1).as_string::<i32>(),
                    );
                    for row in 0..chunk.row_count() {
                        rows.push([left.value(row).to_owned(), right.value(row).to_owned()]);
                    }
                }
                _ => finished += 1,
            }
            if finished == 2 {
                break;
            }
        }
        rows
    }

    #[test]
    fn every_block_size_gives_the_same_rows() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("file");
        for (format, extra, content, expected) in [
            (
                "csv",
                vec![],
                "a,b\r\n\"x\n\r\ny\",\"\"\"\n\"\r\nplain,with\"quote\né,\"ü\"\"\"\rlast,one",
                vec![
                    ["a", "b"],
                    ["x\n\r\ny", "\"\n"],
                    ["plain", "with\"quote"],
                    ["é", "ü\""],
                    ["last", "one"],
                ],
            ),
            (
                "csv",
                vec![("csv.escape-character", "\\"), ("csv.allow-comments", "true")],
                "# \"open\na\\\nb,\"c\\\"\n\"\n#\nd,e\n",
                vec![["a\nb", "c\"\n"], ["d", "e"]],
            ),
            (
                "csv",
                vec![("csv.disable-quote-character", "true")],
                "\"a,b\nc\",\"\n",
                vec![["\"a", "b"], ["c\"", "\""]],
            ),
            (
                "json",
                vec![],
                "{\"a\": \"x\\n\", \"b\": \"1\"}\r\n\n{\"b\": \"2\",\t\"a\": \"\"}",
                vec![["x\n", "1"], ["", "2"]],
            ),
        ] {
            std::fs::write(&path, content).unwrap();
            for block_bytes in 1..=content.len() + 1 {
                assert_eq!(
                    read(&path, format, &extra, block_bytes),
                    expected,
                    "{format} in blocks of {block_bytes} bytes"
                );
            }
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

        #[test]
        fn random_files_are_the_same_in_blocks_of_any_size(
            texts in proptest::collection::vec(("[a\"\n\r,é]{0,5}", "[a\"\n\r,é]{0,5}"), 1..12),
            block_bytes in 1_usize..40,
        ) {
            let directory = tempfile::tempdir().unwrap();
            let path = directory.path().join("file");
            let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
            let content: String = texts
                .iter()
                .map(|(left, right)| format!("{},{}\r\n", quoted(left), quoted(right)))
                .collect();
            std::fs::write(&path, content).unwrap();
            let expected: Vec<[String; 2]> =
                texts.iter().map(|(left, right)| [left.clone(), right.clone()]).collect();
            proptest::prop_assert_eq!(read(&path, "csv", &[], block_bytes), expected);
        }
    }
}
