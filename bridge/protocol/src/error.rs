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
    #[serde(deserialize_with = "crate::depth::nested")]
    pub cause: Option<Box<ErrorValue>>,
}

impl ErrorValue {
    /// An error without hint, traceback and cause.
    #[must_use]
    pub fn new(class: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            class: class.into(),
            message: message.into(),
            hint: None,
            python_traceback: None,
            cause: None,
        }
    }

    /// The same error with a hint.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
