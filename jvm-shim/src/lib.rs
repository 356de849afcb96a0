//! Everything JNI: finding, starting and describing a Java virtual machine.
//!
//! libjvm is loaded at run time, so nothing of Nutkin needs a JVM to build or start; having none is a
//! normal answer with a hint ([`find_jvm`]). What is deliberately not here yet: natives for Java
//! clients, Java functions, and Flink clusters.

mod error;
mod locate;
mod machine;

pub use error::{JvmError, Result};
pub use locate::locate_libjvm;
pub use machine::{JvmDescription, describe_jvm};

/// What a search for a JVM found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundJvm {
    /// A JVM that started and answered.
    Present(JvmDescription),
    /// No JVM, or none that starts.
    Absent {
        /// Why.
        reason: String,
        /// What would change that.
        hint: String,
    },
}

/// Looks for a JVM, starts it in this process and asks what it is.
#[must_use]
pub fn find_jvm() -> FoundJvm {
    match locate_libjvm().and_then(|library| describe_jvm(&library)) {
        Ok(description) => FoundJvm::Present(description),
        Err(error) => FoundJvm::Absent {
            hint: error.hint().to_owned(),
            reason: error.to_string(),
        },
    }
}
