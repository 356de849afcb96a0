//! The values that calls carry.

use serde::{Deserialize, Serialize};

/// Names an object of a session. Clients choose the ids of results, so that calls of one batch can
/// refer to one another.
pub type ObjectId = u64;

/// A value passed to or returned from a call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Java `null`, and the result of `void` methods.
    Null,
    /// `boolean`.
    Boolean(bool),
    /// `int`.
    Int(i32),
    /// `long`.
    Long(i64),
    /// `double`.
    Double(f64),
    /// `java.math.BigDecimal`, in plain decimal notation.
    Decimal(String),
    /// `String`.
    String(String),
    /// `byte[]`.
    Bytes(#[serde(with = "crate::bytes")] Vec<u8>),
    /// `java.time.LocalDate`: days since 1970-01-01.
    Date(i32),
    /// `java.time.LocalTime`: nanoseconds of the day.
    Time(i64),
    /// `java.time.LocalDateTime`: microseconds since 1970-01-01T00:00:00.
    Timestamp(i64),
    /// `java.time.Instant`: microseconds since 1970-01-01T00:00:00Z.
    Instant(i64),
    /// `java.time.Duration`: microseconds.
    Duration(i64),
    /// `java.util.List` or an array.
    List(#[serde(deserialize_with = "crate::depth::nested")] Vec<Value>),
    /// `java.util.Map`, in insertion order.
    Map(#[serde(deserialize_with = "crate::depth::nested")] Vec<(Value, Value)>),
    /// An object of the session.
    Object(ObjectReference),
    /// Rows as an Arrow IPC stream.
    Arrow(#[serde(with = "crate::bytes")] Vec<u8>),
}

/// An object of the session with its Java class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectReference {
    /// The object's id.
    pub id: ObjectId,
    /// The full name of its Java class; empty when the client does not know it (yet).
    pub class: String,
}

impl Value {
    /// How error messages call this kind of value: the Java type.
    #[must_use]
    pub fn java_type(&self) -> &str {
        match self {
            Self::Null => "null",
            Self::Boolean(_) => "boolean",
            Self::Int(_) => "int",
            Self::Long(_) => "long",
            Self::Double(_) => "double",
            Self::Decimal(_) => "java.math.BigDecimal",
            Self::String(_) => "String",
            Self::Bytes(_) => "byte[]",
            Self::Date(_) => "java.time.LocalDate",
            Self::Time(_) => "java.time.LocalTime",
            Self::Timestamp(_) => "java.time.LocalDateTime",
            Self::Instant(_) => "java.time.Instant",
            Self::Duration(_) => "java.time.Duration",
            Self::List(_) => "java.util.List",
            Self::Map(_) => "java.util.Map",
            Self::Object(reference) if reference.class.is_empty() => "Object",
            Self::Object(reference) => &reference.class,
            Self::Arrow(_) => "Arrow rows",
        }
    }
}
