//! What can go wrong with a JVM.

use std::path::PathBuf;

/// An error of finding, starting or asking a JVM.
#[derive(Debug, thiserror::Error)]
pub enum JvmError {
    /// There is no Java installation.
    #[error("no Java installation was found by JAVA_HOME or on the PATH")]
    NotFound,
    /// There is one, without a JVM library.
    #[error("the Java installation at {java_home} has no {file_name}")]
    NoLibrary {
        /// The installation.
        java_home: PathBuf,
        /// The library's file name on this platform.
        file_name: &'static str,
    },
    /// The library did not load, or the JVM in it did not start.
    #[error("the JVM at {library} does not start: {message}")]
    Start {
        /// The library.
        library: PathBuf,
        /// What the loader or the JVM says.
        message: String,
    },
    /// The JVM started, but a call into it failed.
    #[error("a call into the JVM failed: {0}")]
    Call(#[from] jni::errors::Error),
}

/// The result of JVM work.
pub type Result<T, E = JvmError> = std::result::Result<T, E>;

impl JvmError {
    /// What would help.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NotFound | Self::NoLibrary { .. } => {
                "A JVM is needed for Java functions and Flink clusters only. To have one, install a JRE of \
                 version 11, 17 or 21 and set JAVA_HOME to it."
            }
            Self::Start { .. } | Self::Call(_) => {
                "Set JAVA_HOME to a working JRE of version 11, 17 or 21 for this machine's architecture."
            }
        }
    }
}
