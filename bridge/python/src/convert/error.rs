//! A Python value that does not fit its declared type, and how to say so.

use nutkin_plan::types::LogicalType;
use pyo3::prelude::*;
use pyo3::types::PyString;

/// The longest printed value in a message.
const LONGEST_PRINTED_VALUE: usize = 80;

/// A value does not fit. What it should have been is added on the way out of nested types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueError {
    /// The way into the value, such as `[2].name`; empty for the value itself.
    path: String,
    /// The type or the value found.
    found: String,
    /// Why a value of the right type does not fit, such as `is out of the range of`.
    fault: Option<String>,
    /// The type wanted at `path`.
    wanted: String,
}

impl ValueError {
    /// A value of another type, named by its Python type.
    pub(super) fn wrong_type(python_type: &str) -> Self {
        Self {
            path: String::new(),
            found: python_type.to_owned(),
            fault: None,
            wanted: String::new(),
        }
    }

    /// A value of another type.
    pub(super) fn type_of(value: &Bound<'_, PyAny>) -> Self {
        Self::wrong_type(&type_name(value))
    }

    /// A value of the right type that does not fit for another reason. The reason reads before the
    /// type: `is out of the range of`.
    pub(super) fn faulty(value: &Bound<'_, PyAny>, fault: &str) -> Self {
        Self {
            path: String::new(),
            found: printed_value(value, LONGEST_PRINTED_VALUE),
            fault: Some(fault.to_owned()),
            wanted: String::new(),
        }
    }

    /// The same error one level further out, at this place of a list, dictionary or row.
    pub(super) fn at(mut self, place: &str) -> Self {
        self.path.insert_str(0, place);
        self
    }

    /// Notes the wanted type, unless an inner value has noted its own.
    pub(super) fn within(mut self, declared: &LogicalType) -> Self {
        if self.wanted.is_empty() {
            self.wanted = declared.to_string();
        }
        self
    }

    /// The sentence for a user: `returned int, but its result type is STRING`.
    ///
    /// `verb` says how the value came (`returned`), `subject` what was declared (`its result type`).
    #[must_use]
    pub fn describe(&self, verb: &str, subject: &str, declared: &LogicalType) -> String {
        let Self {
            path,
            found,
            fault,
            wanted,
        } = self;
        match (path.is_empty(), fault) {
            (true, None) => format!("{verb} {found}, but {subject} is {declared}"),
            (true, Some(fault)) => format!("{verb} {found}, which {fault} {subject} {declared}"),
            (false, None) => {
                format!(
                    "{verb} a value that has {found} at {path}, but {subject} is {declared}, with {wanted} there"
                )
            }
            (false, Some(fault)) => format!(
                "{verb} a value that has {found} at {path}, which {fault} the type {wanted}; {subject} is {declared}"
            ),
        }
    }
}

/// The name of a value's type: `int`, `numpy.int64`.
pub(crate) fn type_name(value: &Bound<'_, PyAny>) -> String {
    value
        .get_type()
        .fully_qualified_name()
        .map_or_else(|_| "an object".to_owned(), |name| name.to_string())
}

/// `repr(value)`, cut in the middle when it is longer than `longest` characters.
pub(crate) fn printed_value(value: &Bound<'_, PyAny>, longest: usize) -> String {
    let text = match value.repr() {
        Ok(text) => lossy(&text),
        Err(_) => return format!("<{} whose repr fails>", type_name(value)),
    };
    cut_in_the_middle(&text, longest)
}

/// A Python string as Rust has it; lone surrogates become replacement characters.
pub(crate) fn lossy(text: &Bound<'_, PyString>) -> String {
    text.to_string_lossy().into_owned()
}

fn cut_in_the_middle(text: &str, longest: usize) -> String {
    let count = text.chars().count();
    if count <= longest {
        return text.to_owned();
    }
    let head = longest * 2 / 3;
    let tail = longest - head;
    let start: String = text.chars().take(head).collect();
    let end: String = text.chars().skip(count - tail).collect();
    format!("{start}... {} characters ...{end}", count - longest)
}
