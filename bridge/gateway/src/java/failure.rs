//! Why a call has no value: something was thrown, or there is nothing to call.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use nutkin_protocol::ErrorValue;

use super::value::JavaValue;
use crate::GatewayError;
use crate::model::JavaObject;

/// Why a call has no value.
pub(crate) enum Failure {
    /// The method threw this.
    Thrown(Arc<Throwable>),
    /// The call was wrong before any method ran: an unknown method, class or object.
    Refused(String),
}

/// What a call answers.
pub(crate) type Outcome<T = JavaValue> = std::result::Result<T, Failure>;

/// A `java.lang.Throwable`.
pub(crate) struct Throwable {
    class: &'static str,
    /// What is wrong.
    pub(crate) message: Option<String>,
    /// What is behind it.
    pub(crate) cause: Option<Arc<Throwable>>,
}

impl Throwable {
    /// An exception of this class.
    pub(crate) fn new(class: &str, message: Option<String>, cause: Option<Arc<Self>>) -> Arc<Self> {
        Arc::new(Self {
            class: intern(class),
            message,
            cause,
        })
    }

    /// The exception that stands for an error of a call. The hint follows the message; a Python
    /// traceback is the innermost cause, where Flink has it.
    pub(crate) fn of(error: &ErrorValue) -> Arc<Self> {
        let mut cause = error.cause.as_deref().map(Self::of);
        if cause.is_none()
            && let Some(traceback) = &error.python_traceback
        {
            cause = Some(Self::new(
                "org.apache.flink.api.python.shaded.py4j.Py4JException",
                Some(traceback.clone()),
                None,
            ));
        }
        let message = match &error.hint {
            Some(hint) => format!("{}\nHint: {hint}", error.message),
            None => error.message.clone(),
        };
        Self::new(&error.class, Some(message), cause)
    }

    /// Class and message.
    pub(crate) fn summary(&self) -> String {
        match &self.message {
            Some(message) => format!("{}: {message}", self.class),
            None => self.class.to_owned(),
        }
    }

    /// As `printStackTrace` prints it.
    pub(crate) fn stack_trace(&self) -> String {
        let mut text = format!("{}\n\tat nutkin.Gateway.call(Native Method)", self.summary());
        let mut cause = self.cause.as_ref();
        while let Some(inner) = cause {
            // Writing to a String cannot fail.
            let _ = write!(
                text,
                "\nCaused by: {}\n\tat nutkin.Gateway.call(Native Method)",
                inner.summary()
            );
            cause = inner.cause.as_ref();
        }
        text.push('\n');
        text
    }
}

impl JavaObject for Throwable {
    fn class_name(&self) -> &'static str {
        self.class
    }

    fn java_string(&self) -> String {
        self.summary()
    }
}

impl Failure {
    /// An exception without a cause.
    pub(crate) fn thrown(class: &str, message: impl Into<String>) -> Self {
        Self::Thrown(Throwable::new(class, Some(message.into()), None))
    }

    /// An exception without a message.
    pub(crate) fn bare(class: &str) -> Self {
        Self::Thrown(Throwable::new(class, None, None))
    }

    /// `IllegalArgumentException`.
    pub(crate) fn illegal(message: impl Into<String>) -> Self {
        Self::thrown("java.lang.IllegalArgumentException", message)
    }

    /// `UnsupportedOperationException` that names what is not there and what works instead.
    pub(crate) fn unsupported(what: &str, hint: &str) -> Self {
        Self::thrown(
            "java.lang.UnsupportedOperationException",
            format!("{what} is not supported.\nHint: {hint}"),
        )
    }

    /// No method of this name takes these values.
    pub(crate) fn no_method(class: &str, method: &str, arguments: &[JavaValue]) -> Self {
        let kinds: Vec<String> = arguments
            .iter()
            .map(|argument| match argument {
                JavaValue::Null => "null".to_owned(),
                other => format!("class {}", other.class_name()),
            })
            .collect();
        let what = if method.is_empty() {
            "Constructor"
        } else {
            "Method"
        };
        let name = if method.is_empty() { class } else { method };
        Self::Refused(py4j_exception(&format!(
            "{what} {name}([{}]) does not exist",
            kinds.join(", ")
        )))
    }

    /// As the text of an error that carries no object.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Thrown(throwable) => throwable.stack_trace(),
            Self::Refused(text) => text.clone(),
        }
    }
}

/// A message as Py4J's own exception prints it.
pub(crate) fn py4j_exception(message: &str) -> String {
    format!("py4j.Py4JException: {message}\n\tat nutkin.Gateway.call(Native Method)\n")
}

impl From<GatewayError> for Failure {
    fn from(error: GatewayError) -> Self {
        Self::Thrown(Throwable::of(&error.to_error_value()))
    }
}

impl From<nutkin_plan::PlanError> for Failure {
    fn from(error: nutkin_plan::PlanError) -> Self {
        GatewayError::from(error).into()
    }
}

/// A name that lives as long as the process. There are only as many as there are classes of errors,
/// arrays and interfaces in programs.
pub(crate) fn intern(name: &str) -> &'static str {
    static NAMES: OnceLock<Mutex<HashSet<&'static str>>> = OnceLock::new();
    let mut names = NAMES
        .get_or_init(Mutex::default)
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    match names.get(name) {
        Some(known) => known,
        None => {
            let kept: &'static str = Box::leak(name.to_owned().into_boxed_str());
            names.insert(kept);
            kept
        }
    }
}
