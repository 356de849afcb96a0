//! Writing part files, which become visible when the whole job has ended.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use arrow::array::{RecordBatch, UInt32Array};
use arrow::datatypes::SchemaRef;
use nutkin_engine::chunk::Chunk;
use nutkin_engine::job::JobContext;
use nutkin_engine::sink::{Sink, SinkWriter};
use nutkin_engine::{EngineError, Result};
use nutkin_plan::types::LogicalType;

use super::files::FileTable;
use super::part::{PartFile, PartFormat};
use super::partition::directory_name;
use crate::random::SplitMix64;
use crate::row_text::{RowTexts, TextStyle};
use crate::table::{all_columns, schema_of};

/// One writer keeps a file open for each partition it meets.
const MAX_OPEN_PARTITIONS: usize = 1000;

/// A sink of files.
pub(super) struct FileSink {
    files: FileTable,
    format: PartFormat,
    max_parallelism: Option<usize>,
    pending: Arc<PendingParts>,
}

/// Part files under their hidden names, with the names they will get. What is still pending when
/// the sink goes away belongs to a job that did not end well, and is removed.
#[derive(Default)]
struct PendingParts(Mutex<Vec<(PathBuf, PathBuf)>>);

impl PendingParts {
    fn add(&self, hidden: PathBuf, visible: PathBuf) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push((hidden, visible));
    }

    fn take(&self) -> Vec<(PathBuf, PathBuf)> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for PendingParts {
    fn drop(&mut self) {
        for (hidden, _) in self.take() {
            // Nobody is left to tell; a hidden file does no harm.
            let _ = std::fs::remove_file(hidden);
        }
    }
}

impl FileSink {
    pub(super) fn new(files: FileTable, format: PartFormat, max_parallelism: Option<usize>) -> Self {
        Self {
            files,
            format,
            max_parallelism,
            pending: Arc::default(),
        }
    }
}

impl Sink for FileSink {
    fn create_writers(
        &self,
        parallelism: usize,
        context: &Arc<JobContext>,
    ) -> Result<Vec<Box<dyn SinkWriter>>> {
        std::fs::create_dir_all(&self.files.path).map_err(|error| {
            self.files
                .io_failure("create the directory", &self.files.path, &error)
        })?;
        let uuid = SplitMix64::unpredictable().uuid();
        Ok((0..parallelism)
            .map(|subtask| {
                Box::new(FileWriter {
                    files: self.files.clone(),
                    format: self.format.clone(),
                    file_schema: schema_of(self.files.file_columns.iter()),
                    file_name: format!("part-{uuid}-{subtask}-0"),
                    context: Arc::clone(context),
                    pending: Arc::clone(&self.pending),
                    parts: HashMap::new(),
                }) as Box<dyn SinkWriter>
            })
            .collect())
    }

    fn max_parallelism(&self) -> Option<usize> {
        self.max_parallelism
    }

    fn finish(&self) -> Result<()> {
        for (hidden, visible) in self.pending.take() {
            std::fs::rename(&hidden, &visible).map_err(|error| {
                self.files
                    .io_failure("rename a finished file to", &visible, &error)
            })?;
        }
        Ok(())
    }
}

struct FileWriter {
    files: FileTable,
    format: PartFormat,
    file_schema: SchemaRef,
    file_name: String,
    context: Arc<JobContext>,
    pending: Arc<PendingParts>,
    /// The open file of each directory below the table's path; the empty one without partitions.
    parts: HashMap<String, PartFile>,
}

impl SinkWriter for FileWriter {
    fn write(&mut self, chunk: Chunk) -> Result<()> {
        if self.context.cancellation.is_cancelled() {
            return Err(EngineError::Cancelled);
        }
        let rows = all_columns(&self.files.table, &chunk.data)?;
        if self.files.partition_columns.is_empty() {
            return self.write_part(String::new(), &rows);
        }
        let mut rows_by_directory: HashMap<String, Vec<u32>> = HashMap::new();
        for (row, directory) in (0_u32..).zip(self.directories(&rows)?) {
            rows_by_directory.entry(directory).or_default().push(row);
        }
        let file_columns = self.only_file_columns(&rows)?;
        for (directory, rows) in rows_by_directory {
            let taken = arrow::compute::take_record_batch(&file_columns, &UInt32Array::from(rows))?;
            self.write_part(directory, &taken)?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        // Rows become visible when the job ends, so there is nothing to hurry.
        Ok(())
    }

    fn close(&mut self) -> Result<()> {
        for (_, part) in self.parts.drain() {
            part.finish(&self.files)?;
        }
        Ok(())
    }
}

impl FileWriter {
    fn write_part(&mut self, directory: String, rows: &RecordBatch) -> Result<()> {
        if let Some(part) = self.parts.get_mut(&directory) {
            return part.write(&self.files, rows);
        }
        if self.parts.len() >= MAX_OPEN_PARTITIONS {
            return Err(self.files.failure(
                format!("the rows of one writer fall into more than {MAX_OPEN_PARTITIONS} partitions"),
                Some("partition by a column with fewer values".to_owned()),
            ));
        }
        let folder: PathBuf = self.files.path.join(Path::new(&directory));
        let hidden = folder.join(format!(".{}.inprogress", self.file_name));
        let mut part = PartFile::create(&self.files, &self.format, &hidden, &self.file_schema)?;
        self.pending.add(hidden, folder.join(&self.file_name));
        part.write(&self.files, rows)?;
        self.parts.insert(directory, part);
        Ok(())
    }

    /// The directory of each row: `a=1/b=x`.
    fn directories(&self, rows: &RecordBatch) -> Result<Vec<String>> {
        let columns = &self.files.table.table.schema.columns;
        let types: Vec<&LogicalType> = columns.iter().map(|column| &column.column_type).collect();
        let texts = RowTexts::new(rows, types, TextStyle::SqlCast)?;
        let positions: Vec<(usize, &str)> = self
            .files
            .partition_columns
            .iter()
            .filter_map(|partition| {
                let position = columns.iter().position(|column| column.name == partition.name)?;
                Some((position, partition.name.as_str()))
            })
            .collect();
        let mut value = String::new();
        Ok((0..rows.num_rows())
            .map(|row| {
                let names: Vec<String> = positions
                    .iter()
                    .map(|&(position, key)| {
                        value.clear();
                        let is_null = rows.column(position).is_null(row);
                        texts.write_value(position, row, &mut value);
                        let value = (!is_null).then_some(value.as_str());
                        directory_name(key, value, &self.files.default_partition)
                    })
                    .collect();
                names.join("/")
            })
            .collect())
    }

    fn only_file_columns(&self, rows: &RecordBatch) -> Result<RecordBatch> {
        let columns = &self.files.table.table.schema.columns;
        let keys = &self.files.table.table.partition_keys;
        let positions: Vec<usize> = columns
            .iter()
            .enumerate()
            .filter(|(_, column)| !keys.contains(&column.name))
            .map(|(position, _)| position)
            .collect();
        Ok(rows.project(&positions)?)
    }
}
