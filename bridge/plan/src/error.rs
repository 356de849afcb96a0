//! What can be wrong with a program, before anything runs.

/// An error of parsing, validation or planning. Each variant knows the Java class under which
/// Flink's users know it; a hint is apart from the message.
#[derive(Debug, Clone, thiserror::Error)]
pub enum PlanError {
    /// The statement or expression is well-formed, but means nothing. `ValidationException`.
    #[error("{message}")]
    Validation {
        /// What is wrong, in Flink's words where Flink has them.
        message: String,
        /// What would work.
        hint: Option<String>,
    },
    /// The planner cannot do what is asked. `TableException`.
    #[error("{message}")]
    Table {
        /// What is wrong.
        message: String,
        /// What would work.
        hint: Option<String>,
    },
    /// The SQL text cannot be parsed. `SqlParserException`.
    #[error("{message}")]
    SqlParser {
        /// What is wrong, with line, column and the line itself.
        message: String,
    },
    /// A legacy string expression cannot be parsed. `ExpressionParserException`.
    #[error("{message}")]
    ExpressionParser {
        /// What is wrong, with column, line and caret.
        message: String,
    },
    /// A catalog object is missing or exists already; the class is one of `catalog.exceptions`.
    #[error("{message}")]
    Catalog {
        /// The simple name of the Java class, such as `TableAlreadyExistException`.
        class: &'static str,
        /// What is wrong.
        message: String,
    },
    /// Something of Flink that is not accepted yet. `UnsupportedOperationException`.
    #[error("{what} is not supported")]
    Unsupported {
        /// What was asked for.
        what: String,
        /// What works instead.
        hint: Option<String>,
    },
    /// A Java exception of another class that Flink throws here, such as `NumberFormatException`.
    #[error("{message}")]
    Other {
        /// The full name of the Java class.
        class: &'static str,
        /// What is wrong.
        message: String,
    },
    /// An error that another one is behind, as Java's `getCause` tells it. It has the message, class
    /// and hint of the outer one; the cause is [`std::error::Error::source`] and [`Self::cause`].
    #[error("{error}")]
    Caused {
        /// The error that is raised.
        error: Box<PlanError>,
        /// The error behind it.
        #[source]
        cause: Box<PlanError>,
    },
}

/// The result of planning.
pub type Result<T, E = PlanError> = std::result::Result<T, E>;

impl PlanError {
    /// A validation error without a hint.
    pub fn validation(message: impl Into<String>) -> Self {
        Self::Validation {
            message: message.into(),
            hint: None,
        }
    }

    /// A validation error with a hint.
    pub fn validation_with_hint(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Validation {
            message: message.into(),
            hint: Some(hint.into()),
        }
    }

    /// An error for what is not accepted yet, with what works instead.
    pub fn unsupported(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Unsupported {
            what: what.into(),
            hint: Some(hint.into()),
        }
    }

    /// The full name of the Java class that Flink throws in this case.
    #[must_use]
    pub fn java_class(&self) -> String {
        match self {
            Self::Validation { .. } => "org.apache.flink.table.api.ValidationException".to_owned(),
            Self::Table { .. } => "org.apache.flink.table.api.TableException".to_owned(),
            Self::SqlParser { .. } => "org.apache.flink.table.api.SqlParserException".to_owned(),
            Self::ExpressionParser { .. } => {
                "org.apache.flink.table.api.ExpressionParserException".to_owned()
            }
            Self::Catalog { class, .. } => format!("org.apache.flink.table.catalog.exceptions.{class}"),
            Self::Unsupported { .. } => "java.lang.UnsupportedOperationException".to_owned(),
            Self::Other { class, .. } => (*class).to_owned(),
            Self::Caused { error, .. } => error.java_class(),
        }
    }

    /// What would work, if known.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::Validation { hint, .. } | Self::Table { hint, .. } | Self::Unsupported { hint, .. } => {
                hint.as_deref()
            }
            Self::Caused { error, .. } => error.hint(),
            _ => None,
        }
    }

    /// This error with another one behind it.
    #[must_use]
    pub fn caused_by(self, cause: Self) -> Self {
        Self::Caused {
            error: Box::new(self),
            cause: Box::new(cause),
        }
    }

    /// The error behind this one.
    #[must_use]
    pub fn cause(&self) -> Option<&Self> {
        match self {
            Self::Caused { cause, .. } => Some(cause),
            _ => None,
        }
    }
}
