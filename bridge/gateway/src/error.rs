//! What a call can answer instead of a value, and the one place that maps it to [`ErrorValue`].

use nutkin_engine::EngineError;
use nutkin_plan::PlanError;
use nutkin_protocol::{ErrorValue, ObjectId};

/// The class that `executeSql` and its kin answer with when a statement names a Python function that
/// only the client can look up; the message is `module.object`. See [`GatewayError::PythonFunctionNeeded`].
pub const PYTHON_FUNCTION_NEEDED: &str = "nutkin.PythonFunctionNeededException";

/// An error of a call.
#[derive(Debug, Clone, thiserror::Error)]
pub enum GatewayError {
    /// The program means nothing, or something that is not accepted yet.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// Something of the engine failed outside of a running job.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// A job failed while it ran.
    #[error("Job '{job}' failed: {error}")]
    JobFailed {
        /// The job's name.
        job: String,
        /// Why.
        error: EngineError,
    },
    /// A job was cancelled while somebody waited for its end.
    #[error("Job '{job}' was cancelled.")]
    JobCancelled {
        /// The job's name.
        job: String,
    },
    /// There is no such class.
    #[error("There is no class {class}.")]
    UnknownClass {
        /// What was asked for.
        class: String,
        /// Classes with a similar name.
        nearest: Vec<String>,
    },
    /// There is no such method.
    #[error("{class} has no method {method}.")]
    UnknownMethod {
        /// The class.
        class: String,
        /// What was asked for.
        method: String,
        /// Methods with a similar name.
        nearest: Vec<String>,
    },
    /// There is such a method, but not for these arguments.
    #[error("{class}.{method} takes {}, but got ({}).", .expected.join(" or "), .got.join(", "))]
    WrongArguments {
        /// The class.
        class: String,
        /// The method.
        method: String,
        /// The overloads.
        expected: Vec<String>,
        /// The types of the arguments.
        got: Vec<String>,
    },
    /// No call of the session made an object of this id.
    #[error("There is no object {id} in this session.")]
    UnknownObject {
        /// The id.
        id: ObjectId,
    },
    /// The object of this id was released.
    #[error("Object {id} of this session was released.")]
    StaleObject {
        /// The id.
        id: ObjectId,
    },
    /// The id chosen for a result names an object, or did.
    #[error("The id {id} is in use in this session.")]
    IdInUse {
        /// The id.
        id: ObjectId,
    },
    /// The session holds as many objects as it may.
    #[error("The session holds {limit} objects, which is the limit.")]
    TooManyObjects {
        /// The limit.
        limit: usize,
    },
    /// The session has ended.
    #[error("The session has ended.")]
    SessionEnded,
    /// The client works on as many batches at once as it may.
    #[error("The connection has {limit} batches in flight, which is the limit.")]
    TooManyBatches {
        /// The limit.
        limit: usize,
    },
    /// The client has as many streams of rows open as it may.
    #[error("The connection has {limit} streams of rows open, which is the limit.")]
    TooManyStreams {
        /// The limit.
        limit: usize,
    },
    /// An argument has the right type and an impossible value.
    #[error("{message}")]
    IllegalArgument {
        /// What is wrong.
        message: String,
        /// What would work.
        hint: Option<String>,
    },
    /// The object is in no state for this call.
    #[error("{message}")]
    IllegalState {
        /// What is wrong.
        message: String,
        /// What would work.
        hint: Option<String>,
    },
    /// Flink has it, and the gateway does not yet.
    #[error("{what} is not supported.")]
    Unsupported {
        /// What was asked for.
        what: String,
        /// What works instead.
        hint: String,
    },
    /// A statement names a Python function by its path. The client answers by calling
    /// `providePythonFunction` with the path and the function, and makes the same call again.
    #[error("{path}")]
    PythonFunctionNeeded {
        /// `module.object`.
        path: String,
    },
    /// The client was asked something, and answered with an error.
    #[error("{}", .error.message)]
    Callback {
        /// The client's error.
        error: Box<ErrorValue>,
    },
    /// The batch took longer than its deadline.
    #[error("The batch was not done within {millis} ms.")]
    DeadlineExceeded {
        /// The deadline.
        millis: u64,
    },
    /// The client gave up waiting.
    #[error("The call was interrupted.")]
    Interrupted,
    /// A connection that may not have a session.
    #[error("{message}")]
    AccessDenied {
        /// Why not.
        message: String,
        /// What would work.
        hint: Option<String>,
    },
    /// The peer and the gateway speak different versions.
    #[error(
        "This gateway speaks version {ours} of the Nutkin protocol; the client speaks {oldest} to {newest}."
    )]
    UnknownVersion {
        /// The gateway's version.
        ours: u16,
        /// The client's oldest version.
        oldest: u16,
        /// The client's newest version.
        newest: u16,
    },
    /// A frame that is not what it says.
    #[error("{message}")]
    Protocol {
        /// What is wrong.
        message: String,
    },
    /// The gateway cannot listen, or cannot use a file.
    #[error("{doing}: {message}")]
    Io {
        /// What was being done, to what.
        doing: String,
        /// What the operating system says.
        message: String,
    },
    /// The gateway itself is at fault.
    #[error("{message}")]
    Internal {
        /// What happened.
        message: String,
    },
}

/// The result of a call.
pub type Result<T, E = GatewayError> = std::result::Result<T, E>;

impl GatewayError {
    /// An I/O error with what was being done.
    pub fn io(doing: impl Into<String>, error: &std::io::Error) -> Self {
        Self::Io {
            doing: doing.into(),
            message: error.to_string(),
        }
    }

    /// The error as clients see it.
    #[must_use]
    pub fn to_error_value(&self) -> ErrorValue {
        match self {
            Self::JobFailed { error, .. } => return job_failure(self.to_string(), error),
            Self::Callback { error } => return error.as_ref().clone(),
            _ => {}
        }
        ErrorValue {
            class: self.java_class(),
            message: self.to_string(),
            hint: self.hint(),
            python_traceback: python_traceback(self.engine_error()),
            cause: self.plan_error().and_then(PlanError::cause).map(plan_cause),
        }
    }

    /// The full name of the Java class under which a Flink user knows the error.
    fn java_class(&self) -> String {
        match self {
            Self::Plan(error) => return error.java_class(),
            Self::Engine(error) => return error.java_class(),
            Self::JobFailed { .. } => "org.apache.flink.runtime.client.JobExecutionException",
            Self::JobCancelled { .. } => "org.apache.flink.runtime.client.JobCancellationException",
            Self::UnknownClass { .. } => "java.lang.ClassNotFoundException",
            Self::UnknownMethod { .. } => "java.lang.NoSuchMethodException",
            Self::UnknownObject { .. } => "java.util.NoSuchElementException",
            Self::WrongArguments { .. } | Self::IllegalArgument { .. } | Self::IdInUse { .. } => {
                "java.lang.IllegalArgumentException"
            }
            Self::StaleObject { .. } | Self::SessionEnded | Self::IllegalState { .. } => {
                "java.lang.IllegalStateException"
            }
            Self::TooManyObjects { .. } | Self::TooManyBatches { .. } | Self::TooManyStreams { .. } => {
                "java.util.concurrent.RejectedExecutionException"
            }
            Self::Unsupported { .. } => "java.lang.UnsupportedOperationException",
            Self::PythonFunctionNeeded { .. } => PYTHON_FUNCTION_NEEDED,
            Self::Callback { error } => return error.class.clone(),
            Self::DeadlineExceeded { .. } => "java.util.concurrent.TimeoutException",
            Self::Interrupted => "java.lang.InterruptedException",
            Self::AccessDenied { .. } => "java.lang.SecurityException",
            Self::UnknownVersion { .. } | Self::Protocol { .. } | Self::Io { .. } => "java.io.IOException",
            Self::Internal { .. } => "java.lang.RuntimeException",
        }
        .to_owned()
    }

    fn hint(&self) -> Option<String> {
        let did_you_mean = |nearest: &[String]| {
            (!nearest.is_empty()).then(|| format!("did you mean {}?", nearest.join(" or ")))
        };
        match self {
            Self::Plan(error) => error.hint().map(str::to_owned),
            Self::Engine(error) | Self::JobFailed { error, .. } => error.hint().map(str::to_owned),
            Self::UnknownClass { nearest, .. } | Self::UnknownMethod { nearest, .. } => did_you_mean(nearest),
            Self::IllegalArgument { hint, .. }
            | Self::IllegalState { hint, .. }
            | Self::AccessDenied { hint, .. } => hint.clone(),
            Self::Unsupported { hint, .. } => Some(hint.clone()),
            Self::TooManyObjects { .. } => {
                Some("let go of objects, or use a session for each program".to_owned())
            }
            Self::UnknownVersion { .. } => {
                Some("install the same version of nutkin on both sides".to_owned())
            }
            Self::Internal { .. } => Some("this is a fault of Nutkin; please report it".to_owned()),
            _ => None,
        }
    }

    fn plan_error(&self) -> Option<&PlanError> {
        match self {
            Self::Plan(error) | Self::Engine(EngineError::Plan(error)) => Some(error),
            _ => None,
        }
    }

    fn engine_error(&self) -> Option<&EngineError> {
        match self {
            Self::Engine(error) | Self::JobFailed { error, .. } => Some(error),
            _ => None,
        }
    }
}

impl From<GatewayError> for ErrorValue {
    fn from(error: GatewayError) -> Self {
        error.to_error_value()
    }
}

/// The error behind a planning error, with what is behind it in turn.
fn plan_cause(error: &PlanError) -> Box<ErrorValue> {
    Box::new(ErrorValue {
        hint: error.hint().map(str::to_owned),
        cause: error.cause().map(plan_cause),
        ..ErrorValue::new(error.java_class(), error.to_string())
    })
}

/// A failed job as Flink shows it: a `JobExecutionException` with what happened as its cause. Hint
/// and traceback are on the outside as well, for they are what the user acts on.
fn job_failure(message: String, error: &EngineError) -> ErrorValue {
    let hint = error.hint().map(str::to_owned);
    let traceback = python_traceback(Some(error));
    let cause_class = match error {
        EngineError::PythonFunction { .. } | EngineError::PythonRuntime { .. } => {
            "org.apache.flink.python.PythonException".to_owned()
        }
        EngineError::Connector { .. } | EngineError::Io { .. } => "java.io.IOException".to_owned(),
        other => other.java_class(),
    };
    ErrorValue {
        class: "org.apache.flink.runtime.client.JobExecutionException".to_owned(),
        message,
        hint: hint.clone(),
        python_traceback: traceback.clone(),
        cause: Some(Box::new(ErrorValue {
            class: cause_class,
            message: error.to_string(),
            hint,
            python_traceback: traceback,
            cause: None,
        })),
    }
}

fn python_traceback(error: Option<&EngineError>) -> Option<String> {
    match error? {
        EngineError::PythonFunction { traceback, .. } => Some(traceback.clone()),
        EngineError::PythonRuntime { traceback, .. } => traceback.clone(),
        _ => None,
    }
}
