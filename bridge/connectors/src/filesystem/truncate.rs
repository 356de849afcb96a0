//! `TRUNCATE TABLE`: the files of a table are removed; its directories stay, and what is hidden in them.

use nutkin_engine::Result;

use super::files::FileTable;
use super::listing::list_files;

/// Removes the files that a query would read.
pub(super) fn truncate(files: &FileTable) -> Result<()> {
    if !files.path.exists() {
        return Ok(());
    }
    for file in list_files(files)? {
        std::fs::remove_file(&file.path)
            .map_err(|error| files.io_failure("remove the file", &file.path, &error))?;
    }
    Ok(())
}
