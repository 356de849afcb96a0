//! Names as file names, and files that are there whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use crate::error::{PlanError, Result};

/// A name as a file name: everything but letters, digits, `_` and `-` is written as `%` and two digits a byte.
pub(super) fn encode_name(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// The name behind a file name.
pub(super) fn decode_name(encoded: &str) -> String {
    let bytes = encoded.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while index < bytes.len() {
        let escaped = (bytes[index] == b'%')
            .then(|| encoded.get(index + 1..index + 3))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match escaped {
            Some(byte) => {
                decoded.push(byte);
                index += 3;
            }
            None => {
                decoded.push(bytes[index]);
                index += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// The names of the files of a folder with an extension, in ascending order. No folder, no files.
pub(super) fn list_files(folder: &Path, extension: &str) -> Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed("read", folder, &error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| failed("read", folder, &error))?.path();
        if path.extension().is_some_and(|found| found == extension)
            && let Some(stem) = path.file_stem().and_then(|stem| stem.to_str())
        {
            names.push(decode_name(stem));
        }
    }
    names.sort();
    Ok(names)
}

/// The text of a file; `None` if there is none.
pub(super) fn read_optional(path: &Path) -> Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed("read", path, &error)),
    }
}

/// Removes a file if it is there.
pub(super) fn remove_optional(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Ok(()) => sync_folder(path),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(failed("remove", path, &error)),
    }
}

/// Writes a file: to a name beside it that nobody reads, to the disk, then to its own name.
pub(super) fn write_whole(path: &Path, text: &str) -> Result<()> {
    let write = || -> io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let temporary = path.with_extension(format!("{}.tmp", std::process::id()));
        let mut file = File::create(&temporary)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&temporary, path)
    };
    write().map_err(|error| failed("write", path, &error))?;
    sync_folder(path)
}

/// Brings a change of a folder's entries to the disk.
fn sync_folder(path: &Path) -> Result<()> {
    let Some(folder) = path.parent() else {
        return Ok(());
    };
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|error| failed("write", folder, &error))
}

pub(super) fn failed(what: &str, path: &Path, error: &io::Error) -> PlanError {
    PlanError::Catalog {
        class: "CatalogException",
        message: format!("Cannot {what} {} of the catalog: {error}", path.display()),
    }
}

#[cfg(test)]
mod tests {
    use super::{decode_name, encode_name};

    #[test]
    fn names_become_file_names_and_back() {
        for (name, file) in [
            ("plain_1-x", "plain_1-x"),
            ("a.b/../c", "a%2Eb%2F%2E%2E%2Fc"),
            ("größe", "gr%C3%B6%C3%9Fe"),
            ("50%", "50%25"),
        ] {
            assert_eq!(encode_name(name), file);
            assert_eq!(decode_name(file), name);
        }
    }
}
