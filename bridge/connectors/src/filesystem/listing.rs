//! Finding the files of a table.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::ArrayRef;
use nutkin_engine::Result;

use super::files::FileTable;
use super::partition::{constant, value_of};

/// Names of files that would have to be decompressed first.
const COMPRESSED: [&str; 9] = [
    "gz", "gzip", "bz2", "xz", "zst", "zstd", "lz4", "deflate", "snappy",
];

/// A file to read.
#[derive(Debug)]
pub struct DataFile {
    /// Where it is.
    pub path: PathBuf,
    /// The values of the partition columns, one row each.
    pub partition: Vec<ArrayRef>,
}

/// All files under the table's path, in the order of their paths. Hidden ones (`.` or `_` in front)
/// are left out, such as part files that are being written.
pub(super) fn list_files(files: &FileTable) -> Result<Vec<Arc<DataFile>>> {
    if let Some(chosen) = &files.chosen {
        return Ok(chosen.clone());
    }
    let metadata = std::fs::metadata(&files.path)
        .map_err(|error| files.io_failure("read the path", &files.path, &error))?;
    let mut found = Vec::new();
    if metadata.is_dir() {
        let mut values = vec![None; files.partition_columns.len()];
        visit(files, &files.path, &mut values, &mut found)?;
    } else {
        if !files.partition_columns.is_empty() {
            return Err(files.failure(
                format!(
                    "'{}' is a file, but the table is PARTITIONED BY",
                    files.path.display()
                ),
                Some("give the directory that holds the directories of the partitions".to_owned()),
            ));
        }
        found.push(data_file(files, files.path.clone(), &[])?);
    }
    Ok(found)
}

fn visit(
    files: &FileTable,
    directory: &Path,
    values: &mut Vec<Option<String>>,
    found: &mut Vec<Arc<DataFile>>,
) -> Result<()> {
    let fail = |error: &std::io::Error| files.io_failure("list the directory", directory, error);
    let mut entries = std::fs::read_dir(directory)
        .and_then(Iterator::collect::<std::io::Result<Vec<_>>>)
        .map_err(|error| fail(&error))?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(['.', '_']) {
            continue;
        }
        let path = entry.path();
        // Follows symbolic links, which `DirEntry::metadata` does not.
        let metadata = std::fs::metadata(&path).map_err(|error| files.io_failure("read", &path, &error))?;
        if metadata.is_dir() {
            let key = files
                .partition_columns
                .iter()
                .enumerate()
                .find_map(|(position, column)| value_of(&name, column).map(|value| (position, value)));
            if let Some((position, value)) = key {
                let place = values.get_mut(position);
                let before = place.and_then(|place| place.replace(value));
                visit(files, &path, values, found)?;
                if let Some(place) = values.get_mut(position) {
                    *place = before;
                }
            } else {
                visit(files, &path, values, found)?;
            }
        } else {
            found.push(data_file(files, path, values)?);
        }
    }
    Ok(())
}

fn data_file(files: &FileTable, path: PathBuf, values: &[Option<String>]) -> Result<Arc<DataFile>> {
    let extension = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    if COMPRESSED.contains(&extension.as_str()) {
        return Err(files.failure(
            format!("'{}' is compressed, which is not supported", path.display()),
            Some("decompress the file, or use the format 'parquet', which compresses inside".to_owned()),
        ));
    }
    let partition = files
        .partition_columns
        .iter()
        .zip(values)
        .map(|(column, value)| {
            let value = value.as_deref().ok_or_else(|| {
                files.failure(
                    format!(
                        "'{}' is not below a directory '{}=...'",
                        path.display(),
                        column.name
                    ),
                    None,
                )
            })?;
            constant(column, value, &files.default_partition).map_err(|reason| {
                files.failure(
                    format!(
                        "'{}': partition column '{}': {reason}",
                        path.display(),
                        column.name
                    ),
                    None,
                )
            })
        })
        .collect::<Result<_>>()?;
    Ok(Arc::new(DataFile { path, partition }))
}
