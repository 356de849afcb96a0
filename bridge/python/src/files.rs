//! `python.files`: what functions import from.
//!
//! A directory or an archive goes on `sys.path` as it is. A `.py` file must not bring its whole
//! directory along, so it is copied into a directory of its own, and that goes on the path.

use std::path::{Path, PathBuf};

use nutkin_engine::EngineError;
use tempfile::TempDir;

use crate::failure::plain_error;

/// Files made ready to be imported. What was copied is removed when the last user lets go.
#[derive(Debug)]
pub struct PythonFiles {
    search_path: Vec<PathBuf>,
    /// Holds the copies; only its end matters.
    _copies: Option<TempDir>,
}

impl PythonFiles {
    /// Makes files, directories and archives ready.
    ///
    /// # Errors
    /// When one of them is not there or cannot be read; the error names it.
    pub fn prepare(files: &[String]) -> Result<Self, EngineError> {
        let mut search_path = Vec::with_capacity(files.len());
        let mut copies = None;
        for (position, file) in files.iter().enumerate() {
            let path = local_path(file)?;
            if path.extension().is_some_and(|extension| extension == "py") && path.is_file() {
                let folder = match &mut copies {
                    Some(folder) => folder,
                    None => copies.insert(new_folder()?),
                };
                search_path.push(copy_module(&path, folder.path(), position)?);
            } else {
                search_path.push(path);
            }
        }
        Ok(Self {
            search_path,
            _copies: copies,
        })
    }

    /// What goes on `sys.path`, in order.
    #[must_use]
    pub fn search_path(&self) -> &[PathBuf] {
        &self.search_path
    }
}

fn local_path(file: &str) -> Result<PathBuf, EngineError> {
    let plain = file
        .strip_prefix("file://")
        .or_else(|| file.strip_prefix("file:"))
        .unwrap_or(file);
    if plain.contains("://") {
        return Err(plain_error(
            format!("The Python file '{file}' is not on this machine"),
            Some("download it and pass the local path to add_python_file(...)"),
        ));
    }
    std::path::absolute(plain)
        .and_then(|path| path.metadata().map(|_| path))
        .map_err(|error| {
            plain_error(
                format!("The Python file '{file}' cannot be read: {error}"),
                Some("pass the path of a .py file, a directory or a .zip, .whl or .egg archive to add_python_file(...)"),
            )
        })
}

fn new_folder() -> Result<TempDir, EngineError> {
    tempfile::Builder::new()
        .prefix("nutkin-python-files-")
        .tempdir()
        .map_err(|error| EngineError::Io {
            doing: "Making a temporary directory for Python files".to_owned(),
            message: error.to_string(),
        })
}

/// Copies a module into a folder of its own and gives that folder.
fn copy_module(path: &Path, folder: &Path, position: usize) -> Result<PathBuf, EngineError> {
    let own_folder = folder.join(position.to_string());
    let name = path.file_name().unwrap_or_default();
    std::fs::create_dir(&own_folder)
        .and_then(|()| std::fs::copy(path, own_folder.join(name)))
        .map_err(|error| EngineError::Io {
            doing: format!("Copying the Python file '{}'", path.display()),
            message: error.to_string(),
        })?;
    Ok(own_folder)
}
