//! One call of a handler: where it happens and what it was given.

use std::sync::Arc;

use nutkin_protocol::Value;

use super::argument::Argument;
use super::class::Method;
use super::object::JavaObject;
use crate::caller::Caller;
use crate::interrupt::Interrupt;
use crate::session::NativeSession;
use crate::{GatewayError, Result};

/// One call. The arguments fit the parameters of [`Invocation::method`].
pub struct Invocation<'a> {
    /// The session that asks.
    pub session: &'a Arc<NativeSession>,
    /// Whether the client still waits; everything that waits looks at it.
    pub interrupt: &'a dyn Interrupt,
    /// The client, which can be asked back.
    pub caller: &'a dyn Caller,
    /// The method as its class declares it.
    pub method: &'a Method,
    pub(crate) receiver: Option<Arc<dyn JavaObject>>,
    pub(crate) arguments: Vec<Argument>,
}

impl Invocation<'_> {
    /// The object that the method is called on.
    ///
    /// # Errors
    /// When the class's table and its handlers disagree about the Rust type.
    pub fn receiver<T: JavaObject>(&self) -> Result<Arc<T>> {
        self.receiver
            .clone()
            .and_then(|object| object.downcast())
            .ok_or_else(|| self.mismatch("the receiver"))
    }

    /// How many arguments there are.
    #[must_use]
    pub fn argument_count(&self) -> usize {
        self.arguments.len()
    }

    /// An argument as it is.
    ///
    /// # Errors
    /// When there are fewer arguments than the handler believes.
    pub fn argument(&self, position: usize) -> Result<&Argument> {
        self.arguments
            .get(position)
            .ok_or_else(|| self.mismatch("the number of arguments"))
    }

    /// A text.
    ///
    /// # Errors
    /// When the table does not say `String` here.
    pub fn string(&self, position: usize) -> Result<&str> {
        match self.argument(position)? {
            Argument::Value(Value::String(text)) => Ok(text),
            _ => Err(self.mismatch("a String")),
        }
    }

    /// The texts from a position on.
    ///
    /// # Errors
    /// When the table does not say `String...` here.
    pub fn strings(&self, from: usize) -> Result<Vec<String>> {
        (from..self.arguments.len())
            .map(|position| self.string(position).map(str::to_owned))
            .collect()
    }

    /// A list of texts, or `None` for null.
    ///
    /// # Errors
    /// When the table does not say `List<String>` here.
    pub fn string_list(&self, position: usize) -> Result<Option<Vec<String>>> {
        match self.argument(position)? {
            Argument::Value(Value::Null) => Ok(None),
            Argument::List(elements) => elements
                .iter()
                .map(|element| match element {
                    Argument::Value(Value::String(text)) => Ok(text.clone()),
                    _ => Err(self.mismatch("a List<String>")),
                })
                .collect::<Result<_>>()
                .map(Some),
            _ => Err(self.mismatch("a List<String>")),
        }
    }

    /// A `boolean`.
    ///
    /// # Errors
    /// When the table does not say `boolean` here.
    pub fn boolean(&self, position: usize) -> Result<bool> {
        match self.argument(position)? {
            Argument::Value(Value::Boolean(value)) => Ok(*value),
            _ => Err(self.mismatch("a boolean")),
        }
    }

    /// A whole number.
    ///
    /// # Errors
    /// When the table does not say `int` or `long` here.
    pub fn long(&self, position: usize) -> Result<i64> {
        match self.argument(position)? {
            Argument::Value(Value::Byte(number)) => Ok(i64::from(*number)),
            Argument::Value(Value::Short(number)) => Ok(i64::from(*number)),
            Argument::Value(Value::Int(number)) => Ok(i64::from(*number)),
            Argument::Value(Value::Long(number)) => Ok(*number),
            _ => Err(self.mismatch("a whole number")),
        }
    }

    /// Bytes, taken out of the call.
    ///
    /// # Errors
    /// When the table does not say `byte[]` or Arrow here.
    pub fn take_bytes(&mut self, position: usize) -> Result<Vec<u8>> {
        match self.arguments.get_mut(position) {
            Some(Argument::Value(Value::Bytes(bytes) | Value::Arrow(bytes))) => Ok(std::mem::take(bytes)),
            _ => Err(self.mismatch("a byte[]")),
        }
    }

    /// A map of texts.
    ///
    /// # Errors
    /// When a key or value is no text.
    pub fn string_map(&self, position: usize) -> Result<Vec<(String, String)>> {
        let Argument::Value(Value::Map(entries)) = self.argument(position)? else {
            return Err(self.mismatch("a Map"));
        };
        entries
            .iter()
            .map(|entry| match entry {
                (Value::String(key), Value::String(value)) => Ok((key.clone(), value.clone())),
                (key, value) => Err(GatewayError::IllegalArgument {
                    message: format!(
                        "{} takes a Map<String, String>, but one of its entries is a {} and a {}",
                        self.method.name,
                        key.java_type(),
                        value.java_type()
                    ),
                    hint: None,
                }),
            })
            .collect()
    }

    /// An object.
    ///
    /// # Errors
    /// When the table does not say the class of `T` here.
    pub fn object<T: JavaObject>(&self, position: usize) -> Result<Arc<T>> {
        match self.argument(position)? {
            Argument::Object(object) => Arc::clone(object)
                .downcast()
                .ok_or_else(|| self.mismatch("an object of another class")),
            _ => Err(self.mismatch("an object")),
        }
    }

    /// The error for a handler that does not match its class's table.
    fn mismatch(&self, what: &str) -> GatewayError {
        GatewayError::Internal {
            message: format!(
                "the handler of {} disagrees with its declaration about {what}",
                self.method.name
            ),
        }
    }
}
