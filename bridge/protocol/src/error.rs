//! Errors as values: what a client needs to raise the right exception.

use serde::{Deserialize, Serialize};

/// An error that a call answers with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorValue {
    /// The full name of the Java class that Flink throws.
    pub class: String,
    /// What is wrong.
    pub message: String,
    /// What would work.
    pub hint: Option<String>,
    /// The traceback of a Python function that raised, whole.
    pub python_traceback: Option<String>,
    /// The error behind this one.
    pub cause: Option<Box<ErrorValue>>,
}
