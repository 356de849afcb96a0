//! The logical types of Flink, exactly: kind, parameters and nullability.
//!
//! Mirrors `org.apache.flink.table.types.logical.LogicalType` and its subclasses. Parsing is in
//! [`super::parse`], printing in [`super::display`], the Arrow image in [`super::arrow`].

/// The longest length of CHAR, VARCHAR, BINARY and VARBINARY; `STRING` is `VARCHAR(2147483647)`.
pub const MAX_LENGTH: u32 = i32::MAX as u32;

/// A type with its nullability. Types are nullable unless declared `NOT NULL`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LogicalType {
    /// What kind of values the type holds.
    pub kind: TypeKind,
    /// Whether NULL is among its values.
    pub nullable: bool,
}

/// The kind of a [`LogicalType`], with the kind's own parameters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TypeKind {
    /// `CHAR(length)`.
    Char(u32),
    /// `VARCHAR(length)`; `STRING` when the length is [`MAX_LENGTH`].
    VarChar(u32),
    /// `BOOLEAN`.
    Boolean,
    /// `BINARY(length)`.
    Binary(u32),
    /// `VARBINARY(length)`; `BYTES` when the length is [`MAX_LENGTH`].
    VarBinary(u32),
    /// `DECIMAL(precision, scale)`, precision 1 to 38, scale 0 to precision.
    Decimal {
        /// All digits.
        precision: u8,
        /// Digits after the point.
        scale: u8,
    },
    /// `TINYINT`, 8 bits.
    TinyInt,
    /// `SMALLINT`, 16 bits.
    SmallInt,
    /// `INT`, 32 bits.
    Int,
    /// `BIGINT`, 64 bits.
    BigInt,
    /// `FLOAT`, 32 bits.
    Float,
    /// `DOUBLE`, 64 bits.
    Double,
    /// `DATE`, days since 1970-01-01.
    Date,
    /// `TIME(precision)`, fraction digits 0 to 9.
    Time(u8),
    /// `TIMESTAMP(precision)` without time zone, fraction digits 0 to 9.
    Timestamp(u8),
    /// `TIMESTAMP_LTZ(precision)`: an instant shown in the session time zone.
    TimestampLtz(u8),
    /// `INTERVAL YEAR TO MONTH`, held as months.
    IntervalYearMonth,
    /// `INTERVAL DAY TO SECOND(3)`, held as milliseconds.
    IntervalDayTime,
    /// `ARRAY<element>`.
    Array(Box<LogicalType>),
    /// `MULTISET<element>`.
    Multiset(Box<LogicalType>),
    /// `MAP<key, value>`.
    Map(Box<LogicalType>, Box<LogicalType>),
    /// `ROW<name type, ...>`.
    Row(Vec<RowField>),
    /// `NULL`: the type of an untyped null literal.
    Null,
}

/// A field of a ROW type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RowField {
    /// The field's name.
    pub name: String,
    /// The field's type.
    pub field_type: LogicalType,
    /// The comment given in DDL.
    pub description: Option<String>,
}

impl LogicalType {
    /// A nullable type of this kind.
    #[must_use]
    pub const fn nullable(kind: TypeKind) -> Self {
        Self { kind, nullable: true }
    }

    /// A type of this kind without NULL.
    #[must_use]
    pub const fn not_null(kind: TypeKind) -> Self {
        Self {
            kind,
            nullable: false,
        }
    }

    /// Nullable `STRING`.
    #[must_use]
    pub const fn string() -> Self {
        Self::nullable(TypeKind::VarChar(MAX_LENGTH))
    }

    /// The same kind with the given nullability.
    #[must_use]
    pub fn with_nullable(&self, nullable: bool) -> Self {
        Self {
            kind: self.kind.clone(),
            nullable,
        }
    }
}
