//! Blocks: runs of whole records that readers share out among themselves.
//!
//! Where a record ends depends on every quote before it, so a file cannot be cut at arbitrary bytes.
//! Therefore the readers take turns at one cursor: under its lock the next bytes are read and cut
//! after their last whole record; what is left is the beginning of the next block. Finding that end
//! is a backwards search for a line break while the bytes hold no quotes, and a forwards scan of the
//! records when they do. Decoding, which costs more than both, runs in parallel.

use std::fs::File;
use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};

use nutkin_engine::Result;

use super::files::FileTable;
use super::listing::DataFile;
use crate::format::DecodingFormat;

/// The first block is small, so that the first row is there soon.
const FIRST_BLOCK_BYTES: usize = 64 * 1024;

/// How much is read at once after that.
pub(super) const BLOCK_BYTES: usize = 4 * 1024 * 1024;

/// No record is longer; a file in which one is has probably lost a quote.
const MAX_RECORD_BYTES: usize = 128 * 1024 * 1024;

/// Some records of a file.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) bytes: Vec<u8>,
    pub(super) file: Arc<DataFile>,
    /// Where in the file the bytes begin.
    pub(super) offset: u64,
}

/// The files that are still to be read; shared by all readers of a table.
pub(super) struct BlockQueue {
    files: FileTable,
    decoding: Arc<dyn DecodingFormat>,
    block_bytes: usize,
    cursor: Mutex<Cursor>,
}

struct Cursor {
    waiting: std::vec::IntoIter<Arc<DataFile>>,
    open: Option<OpenFile>,
    first_bytes: usize,
}

struct OpenFile {
    data_file: Arc<DataFile>,
    file: File,
    /// Bytes that were read and belong to the next block.
    carried: Vec<u8>,
    /// Where in the file the carried bytes begin.
    offset: u64,
}

impl BlockQueue {
    pub(super) fn new(
        files: FileTable,
        found: Vec<Arc<DataFile>>,
        decoding: Arc<dyn DecodingFormat>,
        block_bytes: usize,
    ) -> Self {
        Self {
            files,
            decoding,
            block_bytes,
            cursor: Mutex::new(Cursor {
                waiting: found.into_iter(),
                open: None,
                first_bytes: FIRST_BLOCK_BYTES.min(block_bytes),
            }),
        }
    }

    /// The next block of any file; `None` when all were handed out. `spare` is memory to reuse.
    pub(super) fn next(&self, mut spare: Vec<u8>) -> Result<Option<Block>> {
        let mut cursor = self.cursor.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if cursor.open.is_none() {
                let Some(data_file) = cursor.waiting.next() else {
                    return Ok(None);
                };
                let file = File::open(&data_file.path)
                    .map_err(|error| self.files.io_failure("open", &data_file.path, &error))?;
                cursor.open = Some(OpenFile {
                    data_file,
                    file,
                    carried: Vec::new(),
                    offset: 0,
                });
            }
            let first_bytes = std::mem::replace(&mut cursor.first_bytes, self.block_bytes);
            if let Some(open) = &mut cursor.open
                && let Some(block) = self.read_block(open, first_bytes, std::mem::take(&mut spare))?
            {
                return Ok(Some(block));
            }
            cursor.open = None;
        }
    }

    /// Reads on until at least one record is whole.
    fn read_block(&self, open: &mut OpenFile, wanted: usize, mut bytes: Vec<u8>) -> Result<Option<Block>> {
        bytes.clear();
        bytes.append(&mut open.carried);
        let mut wanted = wanted;
        loop {
            let before = bytes.len();
            let read = (&mut open.file)
                .take(wanted as u64)
                .read_to_end(&mut bytes)
                .map_err(|error| self.files.io_failure("read", &open.data_file.path, &error))?;
            let offset = open.offset;
            if read == 0 {
                // The last record need not end with a line break.
                if bytes.is_empty() {
                    return Ok(None);
                }
                open.offset += bytes.len() as u64;
                return Ok(Some(Block {
                    bytes,
                    file: Arc::clone(&open.data_file),
                    offset,
                }));
            }
            if let Some(end) = self.decoding.last_record_end(&bytes) {
                open.carried
                    .extend_from_slice(bytes.get(end..).unwrap_or_default());
                bytes.truncate(end);
                open.offset += end as u64;
                return Ok(Some(Block {
                    bytes,
                    file: Arc::clone(&open.data_file),
                    offset,
                }));
            }
            if before > MAX_RECORD_BYTES {
                return Err(self.files.failure(
                    format!(
                        "'{}', byte {offset}: the record that begins here has no end within {MAX_RECORD_BYTES} \
                         bytes",
                        open.data_file.path.display()
                    ),
                    Some("look for a quote that is not closed".to_owned()),
                ));
            }
            // Doubling keeps the work in proportion to the record.
            wanted = wanted.max(bytes.len());
        }
    }
}
