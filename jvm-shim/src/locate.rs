//! Finding the library that a JVM lives in.

use std::path::{Path, PathBuf};

use crate::error::{JvmError, Result};

/// The path of `libjvm` (or what the platform calls it): from `JAVA_HOME` if it is set, else from the
/// `java` on the `PATH`.
///
/// # Errors
/// When there is no Java installation, or it holds no JVM library.
pub fn locate_libjvm() -> Result<PathBuf> {
    let java_home = java_locator::locate_java_home()
        .map(PathBuf::from)
        .map_err(|_| JvmError::NotFound)?;
    locate_in(&java_home)
}

/// The library inside an installation. A JRE has it below `lib/server`; older JDKs below `jre`.
fn locate_in(java_home: &Path) -> Result<PathBuf> {
    let file_name = java_locator::get_jvm_dyn_lib_file_name();
    [
        "lib/server",
        "jre/lib/server",
        "jre/lib/amd64/server",
        "lib/amd64/server",
        "bin/server",
    ]
    .iter()
    .map(|folder| java_home.join(folder).join(file_name))
    .find(|candidate| candidate.is_file())
    .ok_or_else(|| JvmError::NoLibrary {
        java_home: java_home.to_owned(),
        file_name,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_a_jvm_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = locate_in(folder.path()).unwrap_err();
        assert!(matches!(&error, JvmError::NoLibrary { java_home, .. } if java_home == folder.path()));
        assert!(error.hint().contains("JAVA_HOME"));
    }

    #[test]
    fn the_library_of_a_jre_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let server = folder.path().join("lib/server");
        std::fs::create_dir_all(&server).unwrap();
        let library = server.join(java_locator::get_jvm_dyn_lib_file_name());
        std::fs::write(&library, b"").unwrap();
        assert_eq!(locate_in(folder.path()).unwrap(), library);
    }
}
