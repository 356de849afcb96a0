//! What can go wrong while a job runs.

use arrow::error::ArrowError;
use datafusion_common::DataFusionError;
use nutkin_functions::FunctionError;
use nutkin_plan::PlanError;

/// An error of a running job. Errors of connectors and of Python functions keep their own form.
#[derive(Debug, Clone, thiserror::Error)]
pub enum EngineError {
    /// The plan cannot be run.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// An expression cannot be computed for some row.
    #[error("{message}")]
    Compute {
        /// The Java class that Flink throws, such as `java.lang.ArithmeticException`.
        class: &'static str,
        /// What is wrong.
        message: String,
    },
    /// A connector failed: reading, writing or decoding.
    #[error("{connector}: {message}")]
    Connector {
        /// The connector, such as `kafka`, with the table it serves.
        connector: String,
        /// What is wrong, with where (topic, partition, offset, line, file).
        message: String,
        /// What would work.
        hint: Option<String>,
    },
    /// A Python function failed.
    #[error("Python function '{function}' failed for row {row}: {message}")]
    PythonFunction {
        /// The function's name.
        function: String,
        /// The arguments of the row that did it, printed.
        row: String,
        /// The exception's type and message.
        message: String,
        /// The whole Python traceback.
        traceback: String,
    },
    /// Python functions cannot be loaded or their process is gone.
    #[error("{message}")]
    PythonRuntime {
        /// What is wrong.
        message: String,
        /// The Python traceback, if there is one.
        traceback: Option<String>,
        /// What would work.
        hint: Option<String>,
    },
    /// A job needs more memory than it may use.
    #[error("{message}")]
    Memory {
        /// What could not be had.
        message: String,
        /// The keys that set the limit.
        hint: String,
    },
    /// NULL arrived at a sink column that is NOT NULL.
    #[error(
        "Column '{column}' is NOT NULL, however, a null value is being written into it. You can set job \
         configuration 'table.exec.sink.not-null-enforcer'='DROP' to suppress this exception and drop such \
         records silently."
    )]
    NotNull {
        /// The column.
        column: String,
    },
    /// The job was cancelled while this part of it was still working.
    #[error("the job was cancelled")]
    Cancelled,
    /// The engine itself is wrong: a task panicked or a contract between operators was broken.
    #[error("{message}")]
    Internal {
        /// What happened, and in which task.
        message: String,
    },
    /// An input or output operation of the engine itself failed.
    #[error("{doing}: {message}")]
    Io {
        /// What was being done, to what.
        doing: String,
        /// What the operating system says.
        message: String,
    },
}

/// The result of engine work.
pub type Result<T, E = EngineError> = std::result::Result<T, E>;

impl EngineError {
    /// The full name of the Java class under which a Flink user knows the error.
    #[must_use]
    pub fn java_class(&self) -> String {
        match self {
            Self::Plan(error) => error.java_class(),
            Self::Compute { class, .. } => (*class).to_owned(),
            Self::NotNull { .. } => "org.apache.flink.table.api.TableException".to_owned(),
            Self::Cancelled => "org.apache.flink.runtime.client.JobCancellationException".to_owned(),
            Self::Connector { .. }
            | Self::PythonFunction { .. }
            | Self::PythonRuntime { .. }
            | Self::Memory { .. }
            | Self::Internal { .. }
            | Self::Io { .. } => "org.apache.flink.runtime.client.JobExecutionException".to_owned(),
        }
    }

    /// What would work, if known.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::Plan(error) => error.hint(),
            Self::Memory { hint, .. } => Some(hint),
            Self::Connector { hint, .. } | Self::PythonRuntime { hint, .. } => hint.as_deref(),
            _ => None,
        }
    }
}

impl From<ArrowError> for EngineError {
    fn from(error: ArrowError) -> Self {
        Self::of_arrow(&error)
    }
}

impl From<FunctionError> for EngineError {
    fn from(error: FunctionError) -> Self {
        Self::of_function(&error)
    }
}

impl From<DataFusionError> for EngineError {
    fn from(error: DataFusionError) -> Self {
        Self::of_datafusion(&error)
    }
}

impl EngineError {
    /// The error of ours inside one of DataFusion's, which may be wrapped and shared by several streams.
    fn of_datafusion(error: &DataFusionError) -> Self {
        match error {
            DataFusionError::ArrowError(inner, _) => Self::of_arrow(inner),
            DataFusionError::External(inner) => Self::of_external(inner.as_ref()),
            DataFusionError::Context(_, inner) | DataFusionError::Diagnostic(_, inner) => {
                Self::of_datafusion(inner)
            }
            DataFusionError::Shared(inner) => Self::of_datafusion(inner),
            DataFusionError::Collection(errors) => match errors.first() {
                Some(first) => Self::of_datafusion(first),
                None => Self::computing(error.strip_backtrace()),
            },
            other => Self::computing(other.strip_backtrace()),
        }
    }

    fn of_arrow(error: &ArrowError) -> Self {
        match error {
            ArrowError::DivideByZero => Self::Compute {
                class: "java.lang.ArithmeticException",
                message: "/ by zero".to_owned(),
            },
            ArrowError::ExternalError(inner) => Self::of_external(inner.as_ref()),
            other => Self::computing(other.to_string()),
        }
    }

    fn of_external(error: &(dyn std::error::Error + Send + Sync + 'static)) -> Self {
        if let Some(own) = error.downcast_ref::<Self>() {
            own.clone()
        } else if let Some(function) = error.downcast_ref::<FunctionError>() {
            Self::of_function(function)
        } else if let Some(inner) = error.downcast_ref::<DataFusionError>() {
            Self::of_datafusion(inner)
        } else if let Some(inner) = error.downcast_ref::<ArrowError>() {
            Self::of_arrow(inner)
        } else {
            Self::computing(error.to_string())
        }
    }

    fn of_function(error: &FunctionError) -> Self {
        match error {
            FunctionError::Plan(error) => Self::Plan(error.clone()),
            FunctionError::Compute { class, message } => Self::Compute {
                class,
                message: message.clone(),
            },
            FunctionError::Arrow(error) => Self::of_arrow(error),
        }
    }

    fn computing(message: String) -> Self {
        Self::Compute {
            class: "org.apache.flink.table.api.TableRuntimeException",
            message,
        }
    }
}
