//! Objects and results.

use std::any::Any;
use std::sync::Arc;

use nutkin_protocol::Value;

/// Something that a session can own. Dropping the last reference frees what it holds.
pub trait JavaObject: Any + Send + Sync {
    /// The full name of the object's Java class.
    fn class_name(&self) -> &'static str;

    /// `equals`: identity, unless the class says otherwise.
    fn java_equals(&self, other: &dyn JavaObject) -> bool {
        std::ptr::addr_eq(std::ptr::from_ref(self), std::ptr::from_ref(other))
    }

    /// `hashCode`: of the identity, unless the class says otherwise.
    fn java_hash(&self) -> i32 {
        // Objects lie apart by more than the bits that are dropped, and Java's hashes have 32.
        (std::ptr::from_ref(self).addr() >> 4) as u32 as i32
    }

    /// `toString`: class and hash, unless the class says otherwise.
    fn java_string(&self) -> String {
        format!("{}@{:x}", self.class_name(), self.java_hash())
    }

    /// What stands for the object where a method of the native object model takes a text: the name of
    /// an enum's constant, the DDL of a type.
    fn as_text(&self) -> Option<String> {
        None
    }
}

impl dyn JavaObject {
    /// The object as its Rust type; `None` if it is another.
    #[must_use]
    pub fn downcast<T: JavaObject>(self: Arc<Self>) -> Option<Arc<T>> {
        let any: Arc<dyn Any + Send + Sync> = self;
        any.downcast().ok()
    }
}

/// What a handler answers.
pub enum Returned {
    /// A value that is copied to the client.
    Value(Value),
    /// An object, which stays here under the id that the client chose.
    Object(Arc<dyn JavaObject>),
}

impl Returned {
    /// `null`, and the answer of `void` methods.
    pub const NULL: Self = Self::Value(Value::Null);

    /// A new object.
    pub fn object(object: impl JavaObject) -> Self {
        Self::Object(Arc::new(object))
    }

    /// A map of texts.
    pub fn string_map(entries: impl IntoIterator<Item = (String, String)>) -> Self {
        Self::Value(Value::Map(
            entries
                .into_iter()
                .map(|(key, value)| (Value::String(key), Value::String(value)))
                .collect(),
        ))
    }

    /// A list of texts.
    pub fn strings(texts: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::Value(Value::List(
            texts.into_iter().map(|text| Value::String(text.into())).collect(),
        ))
    }
}

impl From<bool> for Returned {
    fn from(value: bool) -> Self {
        Self::Value(Value::Boolean(value))
    }
}

impl From<String> for Returned {
    fn from(value: String) -> Self {
        Self::Value(Value::String(value))
    }
}

impl From<Option<String>> for Returned {
    fn from(value: Option<String>) -> Self {
        value.map_or(Self::NULL, Self::from)
    }
}

impl From<&str> for Returned {
    fn from(value: &str) -> Self {
        Self::Value(Value::String(value.to_owned()))
    }
}

impl<T: JavaObject> From<Arc<T>> for Returned {
    fn from(object: Arc<T>) -> Self {
        Self::Object(object)
    }
}
