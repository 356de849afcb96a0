//! Arguments with their objects looked up.

use std::sync::Arc;

use nutkin_protocol::Value;

use super::object::JavaObject;
use crate::Result;
use crate::registry::Registry;

/// An argument of a call.
#[derive(Clone)]
pub enum Argument {
    /// A value. Lists are [`Argument::List`]; maps hold no objects.
    Value(Value),
    /// An object of the session.
    Object(Arc<dyn JavaObject>),
    /// A list.
    List(Vec<Argument>),
}

impl Argument {
    /// Looks up the objects that a value refers to.
    ///
    /// # Errors
    /// When an object is unknown or was released.
    pub(crate) fn resolve(value: Value, registry: &Registry) -> Result<Self> {
        Ok(match value {
            Value::Object(reference) => Self::Object(registry.get(reference.id)?),
            Value::List(values) => Self::List(
                values
                    .into_iter()
                    .map(|value| Self::resolve(value, registry))
                    .collect::<Result<_>>()?,
            ),
            other => Self::Value(other),
        })
    }

    /// How error messages call the argument: its Java type.
    #[must_use]
    pub fn java_type(&self) -> String {
        match self {
            Self::Value(value) => value.java_type().to_owned(),
            Self::Object(object) => super::class::simple_name(object.class_name()).to_owned(),
            Self::List(elements) => match elements.first() {
                Some(first) => format!("List<{}>", first.java_type()),
                None => "List".to_owned(),
            },
        }
    }
}
