//! One call of a method that is declared here: where it happens and what it was given.

use std::sync::Arc;

use super::failure::{Failure, Outcome};
use super::machine::Machine;
use super::thread::JavaThread;
use super::value::JavaValue;
use crate::model::JavaObject;

/// One call. The arguments were converted to the types of the parameters.
pub(crate) struct Call<'a> {
    /// Classes and session.
    pub(crate) machine: &'a Arc<Machine>,
    /// The thread that calls.
    pub(crate) thread: &'a JavaThread,
    /// The class that was named, for static methods.
    pub(crate) class: &'static str,
    /// The method's name; empty for constructors.
    pub(crate) method: &'static str,
    /// The object that the method is called on; null for static methods.
    pub(crate) this: JavaValue,
    /// The arguments.
    pub(crate) arguments: Vec<JavaValue>,
}

impl Call<'_> {
    /// The object that the method is called on.
    pub(crate) fn this<T: JavaObject>(&self) -> Outcome<Arc<T>> {
        self.this.downcast().ok_or_else(|| self.mismatch("the receiver"))
    }

    /// An argument.
    pub(crate) fn value(&self, position: usize) -> Outcome<&JavaValue> {
        self.arguments
            .get(position)
            .ok_or_else(|| self.mismatch("the number of arguments"))
    }

    /// An argument that is an object of this Rust type.
    pub(crate) fn object<T: JavaObject>(&self, position: usize) -> Outcome<Arc<T>> {
        let value = self.value(position)?;
        if value.is_null() {
            return Err(Failure::bare("java.lang.NullPointerException"));
        }
        value.downcast().ok_or_else(|| {
            Failure::thrown(
                "java.lang.ClassCastException",
                format!(
                    "an object of the class {} cannot be used here",
                    value.class_name()
                ),
            )
        })
    }

    /// A text; null is an exception.
    pub(crate) fn text(&self, position: usize) -> Outcome<&str> {
        match self.value(position)? {
            JavaValue::String(text) | JavaValue::Decimal(text) => Ok(text),
            JavaValue::Null => Err(Failure::bare("java.lang.NullPointerException")),
            _ => Err(self.mismatch("a text")),
        }
    }

    /// A text, or `None` for null.
    pub(crate) fn text_or_null(&self, position: usize) -> Outcome<Option<&str>> {
        match self.value(position)? {
            JavaValue::Null => Ok(None),
            _ => self.text(position).map(Some),
        }
    }

    /// A whole number.
    pub(crate) fn long(&self, position: usize) -> Outcome<i64> {
        match self.value(position)? {
            JavaValue::Byte(value) => Ok(i64::from(*value)),
            JavaValue::Short(value) => Ok(i64::from(*value)),
            JavaValue::Int(value) => Ok(i64::from(*value)),
            JavaValue::Long(value) => Ok(*value),
            JavaValue::Null => Err(Failure::bare("java.lang.NullPointerException")),
            _ => Err(self.mismatch("a whole number")),
        }
    }

    /// An `int`.
    pub(crate) fn int(&self, position: usize) -> Outcome<i32> {
        let value = self.long(position)?;
        i32::try_from(value).map_err(|_| Failure::illegal(format!("{value} is no int")))
    }

    /// A position or size, which is not negative.
    pub(crate) fn index(&self, position: usize) -> Outcome<usize> {
        let value = self.long(position)?;
        usize::try_from(value).map_err(|_| {
            Failure::thrown(
                "java.lang.IndexOutOfBoundsException",
                format!("Index out of range: {value}"),
            )
        })
    }

    /// A `double`.
    pub(crate) fn double(&self, position: usize) -> Outcome<f64> {
        match self.value(position)? {
            JavaValue::Double(value) => Ok(*value),
            JavaValue::Float(value) => Ok(f64::from(*value)),
            JavaValue::Null => Err(Failure::bare("java.lang.NullPointerException")),
            _ => Err(self.mismatch("a double")),
        }
    }

    /// A `boolean`.
    pub(crate) fn boolean(&self, position: usize) -> Outcome<bool> {
        match self.value(position)? {
            JavaValue::Boolean(value) => Ok(*value),
            JavaValue::Null => Err(Failure::bare("java.lang.NullPointerException")),
            _ => Err(self.mismatch("a boolean")),
        }
    }

    /// Calls a method of a value that was handed in, such as a function of the client.
    pub(crate) fn apply(&self, function: &JavaValue, method: &str, arguments: Vec<JavaValue>) -> Outcome {
        self.machine.call(self.thread, function, method, arguments)
    }

    /// The error for a body that does not match its declaration.
    fn mismatch(&self, what: &str) -> Failure {
        Failure::thrown(
            "java.lang.InternalError",
            format!(
                "the code of {} disagrees with its declaration about {what}",
                self.method
            ),
        )
    }
}
