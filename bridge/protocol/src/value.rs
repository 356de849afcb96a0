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
    /// `java.time.LocalDateTime`: the time since 1970-01-01T00:00:00.
    Timestamp(Elapsed),
    /// `java.time.Instant`: the time since 1970-01-01T00:00:00Z.
    Instant(Elapsed),
    /// `java.time.Duration`.
    Duration(Elapsed),
    /// `java.util.List` or an array.
    List(#[serde(deserialize_with = "crate::depth::nested")] Vec<Value>),
    /// `java.util.Map`, in insertion order.
    Map(#[serde(deserialize_with = "crate::depth::nested")] Vec<(Value, Value)>),
    /// An object of the session.
    Object(ObjectReference),
    /// Rows as an Arrow IPC stream.
    Arrow(#[serde(with = "crate::bytes")] Vec<u8>),
    /// `byte`.
    Byte(i8),
    /// `short`.
    Short(i16),
    /// `float`.
    Float(f32),
    /// `java.time.Period`: months.
    Period(i32),
    /// `org.apache.flink.types.Row`.
    Row(RowValue),
}

/// A length of time: whole seconds, towards the past if there is a fraction, and nanoseconds below a
/// billion. Half a second before the epoch is -1 and 500,000,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Elapsed {
    /// The seconds.
    pub seconds: i64,
    /// The fraction of a second.
    pub nanoseconds: u32,
}

/// A row with its kind of change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RowValue {
    /// `RowKind.toByteValue`: 0 is +I, 1 is -U, 2 is +U, 3 is -D.
    pub kind: u8,
    /// The names of the fields, if they have some.
    pub names: Option<Vec<String>>,
    /// The values of the fields.
    #[serde(deserialize_with = "crate::depth::nested")]
    pub fields: Vec<Value>,
}

impl Elapsed {
    /// So many microseconds.
    #[must_use]
    pub fn from_micros(micros: i64) -> Self {
        Self {
            seconds: micros.div_euclid(1_000_000),
            // Below a million, so a thousand times that has 32 bits.
            nanoseconds: (micros.rem_euclid(1_000_000) * 1_000) as u32,
        }
    }

    /// The nanoseconds.
    #[must_use]
    pub fn as_nanos(self) -> i128 {
        i128::from(self.seconds) * 1_000_000_000 + i128::from(self.nanoseconds)
    }
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
            Self::Byte(_) => "byte",
            Self::Short(_) => "short",
            Self::Float(_) => "float",
            Self::Period(_) => "java.time.Period",
            Self::Row(_) => "org.apache.flink.types.Row",
        }
    }
}
