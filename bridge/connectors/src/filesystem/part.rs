//! One part file while it is written.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use nutkin_engine::Result;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

use super::files::FileTable;
use crate::format::{EncodedRecords, EncodingFormat, RecordEncoder};

/// How part files are written.
#[derive(Clone)]
pub(super) enum PartFormat {
    /// Records, one a line.
    Records(Arc<dyn EncodingFormat>),
    /// Parquet, compressed so.
    Parquet(Compression),
}

/// A part file under its hidden name.
pub(super) struct PartFile {
    path: PathBuf,
    content: Content,
}

enum Content {
    Records {
        file: BufWriter<File>,
        encoder: Box<dyn RecordEncoder>,
        records: EncodedRecords,
    },
    Parquet(Box<ArrowWriter<File>>),
}

impl PartFile {
    /// Creates the file, and directories on the way.
    pub(super) fn create(
        files: &FileTable,
        format: &PartFormat,
        path: &Path,
        schema: &SchemaRef,
    ) -> Result<Self> {
        if let Some(directory) = path.parent() {
            std::fs::create_dir_all(directory)
                .map_err(|error| files.io_failure("create the directory", directory, &error))?;
        }
        let file = File::create_new(path).map_err(|error| files.io_failure("create", path, &error))?;
        let content = match format {
            PartFormat::Records(encoding) => Content::Records {
                file: BufWriter::with_capacity(1 << 16, file),
                encoder: encoding.encoder(),
                records: EncodedRecords::default(),
            },
            PartFormat::Parquet(compression) => {
                let properties = WriterProperties::builder().set_compression(*compression).build();
                let writer = ArrowWriter::try_new(file, Arc::clone(schema), Some(properties))
                    .map_err(|error| files.failure(format!("{}: {error}", path.display()), None))?;
                Content::Parquet(Box::new(writer))
            }
        };
        Ok(Self {
            path: path.to_owned(),
            content,
        })
    }

    pub(super) fn write(&mut self, files: &FileTable, rows: &RecordBatch) -> Result<()> {
        match &mut self.content {
            Content::Records {
                file,
                encoder,
                records,
            } => {
                records.clear();
                encoder.encode(rows, records)?;
                for record in records.iter() {
                    file.write_all(record)
                        .and_then(|()| file.write_all(b"\n"))
                        .map_err(|error| files.io_failure("write", &self.path, &error))?;
                }
                Ok(())
            }
            Content::Parquet(writer) => writer
                .write(rows)
                .map_err(|error| files.failure(format!("{}: {error}", self.path.display()), None)),
        }
    }

    /// Writes what is buffered and, for Parquet, the footer; the content is then on disk.
    pub(super) fn finish(self, files: &FileTable) -> Result<()> {
        let io_failure = |error: &std::io::Error| files.io_failure("write", &self.path, error);
        let file = match self.content {
            Content::Records { file, .. } => file.into_inner().map_err(|error| io_failure(error.error()))?,
            Content::Parquet(writer) => writer
                .into_inner()
                .map_err(|error| files.failure(format!("{}: {error}", self.path.display()), None))?,
        };
        file.sync_all().map_err(|error| io_failure(&error))
    }
}
