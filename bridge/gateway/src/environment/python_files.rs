//! Files that Python functions import from: those on this machine by path, others by content.

use std::path::Path;
use std::sync::Arc;

use tempfile::TempDir;

use super::TableEnvironment;
use crate::configuration::{Configuration, PYTHON_FILES};
use crate::{GatewayError, Result};

/// What clients sent, in a folder that is there as long as something needs it.
#[derive(Default)]
pub(super) struct UploadedFiles {
    folder: Option<Arc<TempDir>>,
    count: usize,
}

impl UploadedFiles {
    /// The folder, for a job to hold on to.
    pub(super) fn folder(&self) -> Option<Arc<TempDir>> {
        self.folder.clone()
    }

    /// Writes a file, in a folder of its own so that equal names do not meet, and gives its path.
    fn write(&mut self, name: &str, content: &[u8]) -> Result<String> {
        let failed =
            |error: &std::io::Error| GatewayError::io(format!("cannot keep the Python file '{name}'"), error);
        let folder = match &self.folder {
            Some(folder) => folder,
            None => {
                let folder = tempfile::Builder::new()
                    .prefix("nutkin-uploads-")
                    .tempdir()
                    .map_err(|error| failed(&error))?;
                self.folder.insert(Arc::new(folder))
            }
        };
        self.count += 1;
        let own_folder = folder.path().join(self.count.to_string());
        let path = own_folder.join(name);
        std::fs::create_dir(&own_folder)
            .and_then(|()| std::fs::write(&path, content))
            .map_err(|error| failed(&error))?;
        Ok(path.to_string_lossy().into_owned())
    }
}

impl TableEnvironment {
    /// Adds a file, directory or archive of this machine.
    ///
    /// # Errors
    /// When it is not there.
    pub(crate) fn add_python_file(&self, path: &str) -> Result<()> {
        if !Path::new(path).exists() {
            return Err(GatewayError::IllegalArgument {
                message: format!("The Python file '{path}' does not exist on the machine of the gateway."),
                hint: Some("give the path of a .py file, a directory or an archive".to_owned()),
            });
        }
        prepend(&mut self.lock().configuration, path)
    }

    /// Adds a file or archive of the client's machine.
    ///
    /// # Errors
    /// When the name is no plain name of a file, or the content cannot be kept.
    pub(crate) fn add_python_file_content(&self, name: &str, content: &[u8]) -> Result<()> {
        // The name comes from another machine: it must not lead out of the folder.
        let is_plain = !matches!(name, "" | "." | "..") && !name.contains(['/', '\\', '\0']);
        if !is_plain {
            return Err(GatewayError::IllegalArgument {
                message: format!("'{name}' is not the name of a file."),
                hint: Some("give the name without directories".to_owned()),
            });
        }
        let mut state = self.lock();
        let path = state.files.write(name, content)?;
        prepend(&mut state.configuration, &path)
    }
}

/// Puts a path in front of the others, as `add_python_file` does.
fn prepend(configuration: &mut Configuration, path: &str) -> Result<()> {
    if path.contains(',') {
        return Err(GatewayError::IllegalArgument {
            message: format!(
                "The Python file '{path}' has a comma in its path, which separates paths in '{PYTHON_FILES}'."
            ),
            hint: Some("rename it".to_owned()),
        });
    }
    let all = match configuration.get(PYTHON_FILES) {
        Some(others) if !others.is_empty() => format!("{path},{others}"),
        _ => path.to_owned(),
    };
    configuration.set(PYTHON_FILES, &all)
}
