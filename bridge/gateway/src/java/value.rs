//! Java values: primitives with their width, texts, and references to objects.

use std::any::Any;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::model::JavaObject;

use super::number;

/// A value of a Java program.
#[derive(Clone)]
pub(crate) enum JavaValue {
    /// What `void` methods answer.
    Void,
    /// `null`.
    Null,
    /// `boolean`.
    Boolean(bool),
    /// `byte`.
    Byte(i8),
    /// `short`.
    Short(i16),
    /// `char`, as a character outside of the surrogates.
    Char(char),
    /// `int`.
    Int(i32),
    /// `long`.
    Long(i64),
    /// `float`.
    Float(f32),
    /// `double`.
    Double(f64),
    /// `String`.
    String(Arc<str>),
    /// `java.math.BigDecimal` in the notation that it was written in.
    Decimal(Arc<str>),
    /// `byte[]`.
    Bytes(Arc<[u8]>),
    /// Any other object.
    Object(Arc<dyn JavaObject>),
}

/// What a reference is to a client, beside an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ObjectKind {
    /// `java.util.List`.
    List,
    /// `java.util.Map`.
    Map,
    /// `java.util.Set`.
    Set,
    /// `java.util.Iterator`.
    Iterator,
    /// An array.
    Array,
    /// Anything else.
    Other,
}

impl JavaValue {
    /// A new object.
    pub(crate) fn object(object: impl JavaObject) -> Self {
        Self::Object(Arc::new(object))
    }

    /// A text.
    pub(crate) fn text(text: impl AsRef<str>) -> Self {
        Self::String(Arc::from(text.as_ref()))
    }

    /// A number of elements.
    pub(crate) fn count(count: usize) -> Self {
        Self::Int(i32::try_from(count).unwrap_or(i32::MAX))
    }

    /// The object, if it is of this Rust type.
    pub(crate) fn downcast<T: JavaObject>(&self) -> Option<Arc<T>> {
        match self {
            Self::Object(object) => Arc::clone(object).downcast(),
            _ => None,
        }
    }

    /// The object as this Rust type, without taking hold of it.
    pub(crate) fn peek<T: JavaObject>(&self) -> Option<&T> {
        match self {
            Self::Object(object) => {
                let any: &(dyn Any + Send + Sync) = object.as_ref();
                any.downcast_ref()
            }
            _ => None,
        }
    }

    /// Whether it is null or nothing.
    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Self::Null | Self::Void)
    }

    /// The full name of the value's class, boxed if it is a primitive.
    pub(crate) fn class_name(&self) -> &'static str {
        match self {
            Self::Void | Self::Null => "null",
            Self::Boolean(_) => "java.lang.Boolean",
            Self::Byte(_) => "java.lang.Byte",
            Self::Short(_) => "java.lang.Short",
            Self::Char(_) => "java.lang.Character",
            Self::Int(_) => "java.lang.Integer",
            Self::Long(_) => "java.lang.Long",
            Self::Float(_) => "java.lang.Float",
            Self::Double(_) => "java.lang.Double",
            Self::String(_) => "java.lang.String",
            Self::Decimal(_) => "java.math.BigDecimal",
            Self::Bytes(_) => "[B",
            Self::Object(object) => object.class_name(),
        }
    }

    /// `equals`, without asking classes outside of this module.
    pub(crate) fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null | Self::Void, Self::Null | Self::Void) => true,
            (Self::Boolean(left), Self::Boolean(right)) => left == right,
            (Self::Byte(left), Self::Byte(right)) => left == right,
            (Self::Short(left), Self::Short(right)) => left == right,
            (Self::Char(left), Self::Char(right)) => left == right,
            (Self::Int(left), Self::Int(right)) => left == right,
            (Self::Long(left), Self::Long(right)) => left == right,
            // Java compares the bits: NaN equals itself, 0.0 does not equal -0.0.
            (Self::Float(left), Self::Float(right)) => left.to_bits() == right.to_bits(),
            (Self::Double(left), Self::Double(right)) => left.to_bits() == right.to_bits(),
            (Self::String(left), Self::String(right)) | (Self::Decimal(left), Self::Decimal(right)) => {
                left == right
            }
            (Self::Bytes(left), Self::Bytes(right)) => Arc::ptr_eq(left, right),
            (Self::Object(left), Self::Object(right)) => left.java_equals(right.as_ref()),
            _ => false,
        }
    }

    /// `hashCode`, without asking classes outside of this module.
    pub(crate) fn hash_code(&self) -> i32 {
        match self {
            Self::Void | Self::Null => 0,
            Self::Boolean(value) => {
                if *value {
                    1231
                } else {
                    1237
                }
            }
            Self::Byte(value) => i32::from(*value),
            Self::Short(value) => i32::from(*value),
            Self::Char(value) => i32::try_from(u32::from(*value)).unwrap_or(0),
            Self::Int(value) => *value,
            Self::Long(value) => fold(value.cast_unsigned()),
            Self::Float(value) => value.to_bits().cast_signed(),
            Self::Double(value) => fold(value.to_bits()),
            Self::String(text) | Self::Decimal(text) => string_hash(text),
            Self::Bytes(bytes) => bytes.as_ptr().addr() as u32 as i32,
            Self::Object(object) => object.java_hash(),
        }
    }

    /// `toString`, without asking classes outside of this module.
    pub(crate) fn to_text(&self) -> String {
        match self {
            Self::Void | Self::Null => "null".to_owned(),
            Self::Boolean(value) => value.to_string(),
            Self::Byte(value) => value.to_string(),
            Self::Short(value) => value.to_string(),
            Self::Char(value) => value.to_string(),
            Self::Int(value) => value.to_string(),
            Self::Long(value) => value.to_string(),
            Self::Float(value) => number::float_text(*value),
            Self::Double(value) => number::double_text(*value),
            Self::String(text) | Self::Decimal(text) => text.to_string(),
            Self::Bytes(_) => format!("[B@{:x}", self.hash_code()),
            Self::Object(object) => object.java_string(),
        }
    }
}

fn fold(bits: u64) -> i32 {
    ((bits ^ (bits >> 32)) as u32).cast_signed()
}

/// The hash of a text: over its UTF-16 units, as Java has it.
pub(crate) fn string_hash(text: &str) -> i32 {
    text.encode_utf16().fold(0i32, |hash, unit| {
        hash.wrapping_mul(31).wrapping_add(i32::from(unit))
    })
}

/// A value as a key of a map.
#[derive(Clone)]
pub(crate) struct Key(pub(crate) JavaValue);

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.0.equals(&other.0)
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash_code().hash(state);
    }
}

impl From<bool> for JavaValue {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<i32> for JavaValue {
    fn from(value: i32) -> Self {
        Self::Int(value)
    }
}

impl From<i64> for JavaValue {
    fn from(value: i64) -> Self {
        Self::Long(value)
    }
}

impl From<f64> for JavaValue {
    fn from(value: f64) -> Self {
        Self::Double(value)
    }
}

impl From<String> for JavaValue {
    fn from(value: String) -> Self {
        Self::String(value.into())
    }
}

impl From<&str> for JavaValue {
    fn from(value: &str) -> Self {
        Self::text(value)
    }
}

impl<T: JavaObject> From<Arc<T>> for JavaValue {
    fn from(object: Arc<T>) -> Self {
        Self::Object(object)
    }
}

impl From<Vec<u8>> for JavaValue {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_java() {
        // Printed by jshell.
        assert_eq!(JavaValue::text("hello").hash_code(), 99_162_322);
        assert_eq!(JavaValue::text("").hash_code(), 0);
        assert_eq!(JavaValue::from(1.5).hash_code(), 1_073_217_536);
        assert_eq!(JavaValue::from(1i64 << 40).hash_code(), 256);
        assert_eq!(JavaValue::from(true).hash_code(), 1231);
    }
}
