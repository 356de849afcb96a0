//! The Arrow columns that carry the values of a type.
//!
//! Arrow has fewer distinctions than Flink: lengths of strings are lost. The way back,
//! [`LogicalType::from_arrow`], therefore gives the widest type of each image.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Fields, IntervalUnit, Schema as ArrowSchema, SchemaRef, TimeUnit};

use super::logical_type::{LogicalType, MAX_LENGTH, RowField, TypeKind};
use crate::catalog::Schema;
use crate::error::{PlanError, Result};

impl LogicalType {
    /// The Arrow type of a column with this type.
    #[must_use]
    pub fn to_arrow(&self) -> DataType {
        match &self.kind {
            TypeKind::Char(_) | TypeKind::VarChar(_) => DataType::Utf8,
            TypeKind::Boolean => DataType::Boolean,
            TypeKind::Binary(_) | TypeKind::VarBinary(_) => DataType::Binary,
            // The scale is at most 38, so it fits into Arrow's signed scale.
            TypeKind::Decimal { precision, scale } => DataType::Decimal128(*precision, *scale as i8),
            TypeKind::TinyInt => DataType::Int8,
            TypeKind::SmallInt => DataType::Int16,
            TypeKind::Int => DataType::Int32,
            TypeKind::BigInt => DataType::Int64,
            TypeKind::Float => DataType::Float32,
            TypeKind::Double => DataType::Float64,
            TypeKind::Date => DataType::Date32,
            TypeKind::Time(precision) => match time_unit(*precision) {
                unit @ (TimeUnit::Second | TimeUnit::Millisecond) => DataType::Time32(unit),
                unit => DataType::Time64(unit),
            },
            TypeKind::Timestamp(precision) => DataType::Timestamp(time_unit(*precision), None),
            TypeKind::TimestampLtz(precision) => {
                DataType::Timestamp(time_unit(*precision), Some("UTC".into()))
            }
            TypeKind::IntervalYearMonth => DataType::Interval(IntervalUnit::YearMonth),
            TypeKind::IntervalDayTime => DataType::Duration(TimeUnit::Millisecond),
            TypeKind::Array(element) => DataType::List(Arc::new(element.to_field("element"))),
            TypeKind::Multiset(element) => map_type(element, &LogicalType::not_null(TypeKind::Int)),
            TypeKind::Map(key, value) => map_type(key, value),
            TypeKind::Row(fields) => DataType::Struct(
                fields
                    .iter()
                    .map(|field| field.field_type.to_field(&field.name))
                    .collect(),
            ),
            TypeKind::Null => DataType::Null,
        }
    }

    /// An Arrow field of this type; NOT NULL is kept.
    #[must_use]
    pub fn to_field(&self, name: &str) -> Field {
        Field::new(name, self.to_arrow(), self.nullable)
    }

    /// The widest type whose values an Arrow column can carry.
    pub fn from_arrow(arrow_type: &DataType, nullable: bool) -> Result<Self> {
        let kind = match arrow_type {
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => TypeKind::VarChar(MAX_LENGTH),
            DataType::Boolean => TypeKind::Boolean,
            DataType::Binary | DataType::LargeBinary | DataType::BinaryView => {
                TypeKind::VarBinary(MAX_LENGTH)
            }
            DataType::FixedSizeBinary(length) if *length > 0 => TypeKind::Binary(length.unsigned_abs()),
            DataType::Decimal128(precision, scale) if (0..=38).contains(scale) => TypeKind::Decimal {
                precision: *precision,
                scale: scale.unsigned_abs(),
            },
            DataType::Int8 => TypeKind::TinyInt,
            DataType::Int16 => TypeKind::SmallInt,
            DataType::Int32 => TypeKind::Int,
            DataType::Int64 => TypeKind::BigInt,
            DataType::Float32 => TypeKind::Float,
            DataType::Float64 => TypeKind::Double,
            DataType::Date32 => TypeKind::Date,
            DataType::Time32(unit) | DataType::Time64(unit) => TypeKind::Time(digits(*unit)),
            DataType::Timestamp(unit, None) => TypeKind::Timestamp(digits(*unit)),
            DataType::Timestamp(unit, Some(_)) => TypeKind::TimestampLtz(digits(*unit)),
            DataType::Interval(IntervalUnit::YearMonth) => TypeKind::IntervalYearMonth,
            DataType::Duration(_) => TypeKind::IntervalDayTime,
            DataType::List(element) | DataType::LargeList(element) => {
                TypeKind::Array(Box::new(Self::from_field(element)?))
            }
            DataType::Map(entries, _) => match entries.data_type() {
                DataType::Struct(fields) if fields.len() == 2 => TypeKind::Map(
                    Box::new(Self::from_field(&fields[0])?),
                    Box::new(Self::from_field(&fields[1])?),
                ),
                _ => return Err(unknown(arrow_type)),
            },
            DataType::Struct(fields) => TypeKind::Row(
                fields
                    .iter()
                    .map(|field| {
                        Ok(RowField {
                            name: field.name().clone(),
                            field_type: Self::from_field(field)?,
                            description: None,
                        })
                    })
                    .collect::<Result<_>>()?,
            ),
            DataType::Null => TypeKind::Null,
            _ => return Err(unknown(arrow_type)),
        };
        Ok(Self { kind, nullable })
    }

    fn from_field(field: &Field) -> Result<Self> {
        Self::from_arrow(field.data_type(), field.is_nullable())
    }
}

impl Schema {
    /// The Arrow schema of the columns, in order.
    #[must_use]
    pub fn to_arrow(&self) -> SchemaRef {
        let fields: Fields = self
            .columns
            .iter()
            .map(|column| column.column_type.to_field(&column.name))
            .collect();
        Arc::new(ArrowSchema::new(fields))
    }
}

fn unknown(arrow_type: &DataType) -> PlanError {
    PlanError::unsupported(
        format!("The Arrow type {arrow_type}"),
        "Cast the column to a type that Flink has, such as int64, string or timestamp.",
    )
}

/// The coarsest unit that holds this many digits of a second.
fn time_unit(precision: u8) -> TimeUnit {
    match precision {
        0 => TimeUnit::Second,
        1..=3 => TimeUnit::Millisecond,
        4..=6 => TimeUnit::Microsecond,
        _ => TimeUnit::Nanosecond,
    }
}

fn digits(unit: TimeUnit) -> u8 {
    match unit {
        TimeUnit::Second => 0,
        TimeUnit::Millisecond => 3,
        TimeUnit::Microsecond => 6,
        TimeUnit::Nanosecond => 9,
    }
}

/// Keys of Arrow maps are never null; Flink allows it in the type only.
fn map_type(key: &LogicalType, value: &LogicalType) -> DataType {
    let entries = DataType::Struct(Fields::from(vec![
        key.with_nullable(false).to_field("key"),
        value.to_field("value"),
    ]));
    DataType::Map(Arc::new(Field::new("entries", entries, false)), false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{TypeDialect, parse_type};

    #[test]
    fn units_follow_the_precision() {
        let arrow = |text| parse_type(text, TypeDialect::Ddl).unwrap().to_arrow();
        assert_eq!(arrow("TIME"), DataType::Time32(TimeUnit::Second));
        assert_eq!(arrow("TIME(2)"), DataType::Time32(TimeUnit::Millisecond));
        assert_eq!(arrow("TIME(4)"), DataType::Time64(TimeUnit::Microsecond));
        assert_eq!(arrow("TIMESTAMP(0)"), DataType::Timestamp(TimeUnit::Second, None));
        assert_eq!(
            arrow("TIMESTAMP"),
            DataType::Timestamp(TimeUnit::Microsecond, None)
        );
        assert_eq!(
            arrow("TIMESTAMP_LTZ(9)"),
            DataType::Timestamp(TimeUnit::Nanosecond, Some("UTC".into()))
        );
        assert_eq!(arrow("DECIMAL(10, 2)"), DataType::Decimal128(10, 2));
    }

    #[test]
    fn the_way_back_gives_the_widest_type() {
        for (text, expected) in [
            ("VARCHAR(3) NOT NULL", "STRING NOT NULL"),
            (
                "MAP<STRING NOT NULL, ARRAY<BIGINT NOT NULL>>",
                "MAP<STRING NOT NULL, ARRAY<BIGINT NOT NULL>>",
            ),
            ("MULTISET<INT>", "MAP<INT NOT NULL, INT NOT NULL>"),
            (
                "ROW<a DECIMAL(38, 38), b TIMESTAMP(1)>",
                "ROW<`a` DECIMAL(38, 38), `b` TIMESTAMP(3)>",
            ),
            ("INTERVAL DAY", "INTERVAL SECOND(3)"),
        ] {
            let parsed = parse_type(text, TypeDialect::Ddl).unwrap();
            let back = LogicalType::from_arrow(&parsed.to_arrow(), parsed.nullable).unwrap();
            assert_eq!(back.as_summary_string(), expected);
        }
        assert!(LogicalType::from_arrow(&DataType::UInt64, true).is_err());
    }
}
