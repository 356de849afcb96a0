//! Objects that stand for classes, and for constants of enums.

use super::failure::intern;
use super::value::{JavaValue, string_hash};
use crate::model::JavaObject;

/// A `java.lang.Class`.
pub(crate) struct ClassObject {
    /// The full name of the class.
    pub(crate) name: &'static str,
}

impl ClassObject {
    /// The object of a class.
    pub(crate) fn of(name: &str) -> JavaValue {
        JavaValue::object(Self { name: intern(name) })
    }
}

impl JavaObject for ClassObject {
    fn class_name(&self) -> &'static str {
        "java.lang.Class"
    }

    fn java_equals(&self, other: &dyn JavaObject) -> bool {
        let any: &(dyn std::any::Any + Send + Sync) = other;
        any.downcast_ref::<Self>()
            .is_some_and(|other| other.name == self.name)
    }

    fn java_hash(&self) -> i32 {
        string_hash(self.name)
    }

    fn java_string(&self) -> String {
        format!("class {}", self.name)
    }
}

/// A constant of an enum.
pub(crate) struct EnumConstant {
    /// The full name of the enum.
    pub(crate) class: &'static str,
    /// The constant's name.
    pub(crate) name: &'static str,
    /// Its position.
    pub(crate) ordinal: i32,
}

impl EnumConstant {
    /// The constant of a name.
    pub(crate) fn value(class: &'static str, constants: &[&'static str], name: &str) -> Option<JavaValue> {
        let position = constants.iter().position(|constant| *constant == name)?;
        Some(JavaValue::object(Self {
            class,
            name: constants[position],
            ordinal: i32::try_from(position).unwrap_or(i32::MAX),
        }))
    }
}

impl JavaObject for EnumConstant {
    fn class_name(&self) -> &'static str {
        self.class
    }

    fn java_equals(&self, other: &dyn JavaObject) -> bool {
        let any: &(dyn std::any::Any + Send + Sync) = other;
        any.downcast_ref::<Self>()
            .is_some_and(|other| other.class == self.class && other.name == self.name)
    }

    fn java_hash(&self) -> i32 {
        string_hash(self.name)
    }

    fn java_string(&self) -> String {
        self.name.to_owned()
    }

    fn as_text(&self) -> Option<String> {
        Some(self.name.to_owned())
    }
}
