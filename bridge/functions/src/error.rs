//! What can be wrong with an expression, when it is lowered and when it is computed.

use arrow::error::ArrowError;
use datafusion_common::DataFusionError;
use nutkin_plan::PlanError;

/// An error of a built-in function.
#[derive(Debug, thiserror::Error)]
pub enum FunctionError {
    /// The expression cannot be lowered.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A row cannot be computed.
    #[error("{message}")]
    Compute {
        /// The Java class that Flink throws, such as `java.lang.ArithmeticException`.
        class: &'static str,
        /// What is wrong.
        message: String,
    },
    /// An Arrow kernel failed.
    #[error(transparent)]
    Arrow(#[from] ArrowError),
}

/// The result of lowering and computing.
pub type Result<T, E = FunctionError> = std::result::Result<T, E>;

impl FunctionError {
    /// `ArithmeticException: / by zero`.
    pub(crate) fn division_by_zero() -> Self {
        Self::Compute {
            class: "java.lang.ArithmeticException",
            message: "/ by zero".to_owned(),
        }
    }

    /// An error for what is not computed, with what works instead.
    pub(crate) fn unsupported(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Plan(PlanError::unsupported(what, hint))
    }
}

impl From<DataFusionError> for FunctionError {
    fn from(error: DataFusionError) -> Self {
        match error {
            DataFusionError::ArrowError(inner, _) => Self::Arrow(*inner),
            DataFusionError::External(inner) => match inner.downcast::<Self>() {
                Ok(own) => *own,
                Err(other) => Self::Compute {
                    class: "org.apache.flink.table.api.TableRuntimeException",
                    message: other.to_string(),
                },
            },
            other => Self::Compute {
                class: "org.apache.flink.table.api.TableRuntimeException",
                message: other.strip_backtrace(),
            },
        }
    }
}

impl From<FunctionError> for DataFusionError {
    fn from(error: FunctionError) -> Self {
        Self::External(Box::new(error))
    }
}
