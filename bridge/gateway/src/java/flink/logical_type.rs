//! `LogicalType` and the classes below it.

use std::sync::Arc;

use nutkin_plan::types::{LogicalType, TypeKind};

use super::super::call::Call;
use super::super::class::Class;
use super::super::failure::Outcome;
use super::super::value::{JavaValue, string_hash};
use super::enumeration::{DAY_TIME, YEAR_MONTH, constant};
use super::environment::texts;
use crate::model::JavaObject;

/// A logical type as an object.
pub(crate) struct LogicalTypeObject(pub(crate) LogicalType);

impl JavaObject for LogicalTypeObject {
    fn class_name(&self) -> &'static str {
        match self.0.kind {
            TypeKind::Char(_) => "org.apache.flink.table.types.logical.CharType",
            TypeKind::VarChar(_) => "org.apache.flink.table.types.logical.VarCharType",
            TypeKind::Boolean => "org.apache.flink.table.types.logical.BooleanType",
            TypeKind::Binary(_) => "org.apache.flink.table.types.logical.BinaryType",
            TypeKind::VarBinary(_) => "org.apache.flink.table.types.logical.VarBinaryType",
            TypeKind::Decimal { .. } => "org.apache.flink.table.types.logical.DecimalType",
            TypeKind::TinyInt => "org.apache.flink.table.types.logical.TinyIntType",
            TypeKind::SmallInt => "org.apache.flink.table.types.logical.SmallIntType",
            TypeKind::Int => "org.apache.flink.table.types.logical.IntType",
            TypeKind::BigInt => "org.apache.flink.table.types.logical.BigIntType",
            TypeKind::Float => "org.apache.flink.table.types.logical.FloatType",
            TypeKind::Double => "org.apache.flink.table.types.logical.DoubleType",
            TypeKind::Date => "org.apache.flink.table.types.logical.DateType",
            TypeKind::Time(_) => "org.apache.flink.table.types.logical.TimeType",
            TypeKind::Timestamp(_) => "org.apache.flink.table.types.logical.TimestampType",
            TypeKind::TimestampLtz(_) => "org.apache.flink.table.types.logical.LocalZonedTimestampType",
            TypeKind::IntervalYearMonth => "org.apache.flink.table.types.logical.YearMonthIntervalType",
            TypeKind::IntervalDayTime => "org.apache.flink.table.types.logical.DayTimeIntervalType",
            TypeKind::Array(_) => "org.apache.flink.table.types.logical.ArrayType",
            TypeKind::Multiset(_) => "org.apache.flink.table.types.logical.MultisetType",
            TypeKind::Map(..) => "org.apache.flink.table.types.logical.MapType",
            TypeKind::Row(_) => "org.apache.flink.table.types.logical.RowType",
            TypeKind::Null => "org.apache.flink.table.types.logical.NullType",
        }
    }

    fn java_equals(&self, other: &dyn JavaObject) -> bool {
        let any: &(dyn std::any::Any + Send + Sync) = other;
        any.downcast_ref::<Self>().is_some_and(|other| other.0 == self.0)
    }

    fn java_hash(&self) -> i32 {
        string_hash(&self.0.to_string())
    }

    fn java_string(&self) -> String {
        self.0.to_string()
    }

    fn as_text(&self) -> Option<String> {
        Some(self.0.as_serializable_string())
    }
}

/// The classes, those of types that cannot be made included: clients ask whether a type is one.
const NAMES: [&str; 26] = [
    "org.apache.flink.table.types.logical.ArrayType",
    "org.apache.flink.table.types.logical.BigIntType",
    "org.apache.flink.table.types.logical.BinaryType",
    "org.apache.flink.table.types.logical.BooleanType",
    "org.apache.flink.table.types.logical.CharType",
    "org.apache.flink.table.types.logical.DateType",
    "org.apache.flink.table.types.logical.DayTimeIntervalType",
    "org.apache.flink.table.types.logical.DecimalType",
    "org.apache.flink.table.types.logical.DoubleType",
    "org.apache.flink.table.types.logical.FloatType",
    "org.apache.flink.table.types.logical.IntType",
    "org.apache.flink.table.types.logical.LegacyTypeInformationType",
    "org.apache.flink.table.types.logical.LocalZonedTimestampType",
    "org.apache.flink.table.types.logical.MapType",
    "org.apache.flink.table.types.logical.MultisetType",
    "org.apache.flink.table.types.logical.NullType",
    "org.apache.flink.table.types.logical.RawType",
    "org.apache.flink.table.types.logical.RowType",
    "org.apache.flink.table.types.logical.SmallIntType",
    "org.apache.flink.table.types.logical.TimeType",
    "org.apache.flink.table.types.logical.TimestampType",
    "org.apache.flink.table.types.logical.TinyIntType",
    "org.apache.flink.table.types.logical.VarBinaryType",
    "org.apache.flink.table.types.logical.VarCharType",
    "org.apache.flink.table.types.logical.YearMonthIntervalType",
    "org.apache.flink.table.types.logical.ZonedTimestampType",
];

const LOGICAL_TYPE: &str = "org.apache.flink.table.types.logical.LogicalType";

fn this(call: &Call<'_>) -> Outcome<Arc<LogicalTypeObject>> {
    call.this()
}

pub(super) fn classes() -> Vec<Class> {
    let parent = Class::new(LOGICAL_TYPE)
        .method("boolean isNullable()", |call| Ok(this(call)?.0.nullable.into()))
        .method("String asSummaryString()", |call| {
            Ok(this(call)?.0.as_summary_string().into())
        })
        .method("String asSerializableString()", |call| {
            Ok(this(call)?.0.as_serializable_string().into())
        });
    let mut classes = vec![parent];
    classes.extend(NAMES.into_iter().map(|name| {
        let class = Class::new(name).extends(LOGICAL_TYPE);
        match name.rsplit('.').next().unwrap_or(name) {
            "CharType" | "VarCharType" | "BinaryType" | "VarBinaryType" => {
                class.method("int getLength()", length)
            }
            "DecimalType" => class
                .method("int getPrecision()", precision)
                .method("int getScale()", |call| {
                    Ok(match this(call)?.0.kind {
                        TypeKind::Decimal { scale, .. } => JavaValue::Int(i32::from(scale)),
                        _ => JavaValue::Null,
                    })
                }),
            "TimeType" | "TimestampType" | "LocalZonedTimestampType" => {
                class.method("int getPrecision()", precision)
            }
            "RowType" => class.method("List getFieldNames()", |call| {
                let logical = this(call)?;
                Ok(match &logical.0.kind {
                    TypeKind::Row(fields) => texts(fields.iter().map(|field| field.name.clone())),
                    _ => JavaValue::Null,
                })
            }),
            // Intervals have one form each: of days to milliseconds, and of years to months.
            "DayTimeIntervalType" => class
                .method("Object getResolution()", |_| {
                    Ok(constant(DAY_TIME, "DAY_TO_SECOND").unwrap_or(JavaValue::Null))
                })
                .method("int getDayPrecision()", |_| Ok(JavaValue::Int(2)))
                .method("int getFractionalPrecision()", |_| Ok(JavaValue::Int(3))),
            "YearMonthIntervalType" => class
                .method("Object getResolution()", |_| {
                    Ok(constant(YEAR_MONTH, "YEAR_TO_MONTH").unwrap_or(JavaValue::Null))
                })
                .method("int getYearPrecision()", |_| Ok(JavaValue::Int(2))),
            _ => class,
        }
    }));
    classes
}

fn length(call: &mut Call<'_>) -> Outcome {
    Ok(match this(call)?.0.kind {
        TypeKind::Char(length)
        | TypeKind::VarChar(length)
        | TypeKind::Binary(length)
        | TypeKind::VarBinary(length) => JavaValue::Int(i32::try_from(length).unwrap_or(i32::MAX)),
        _ => JavaValue::Null,
    })
}

fn precision(call: &mut Call<'_>) -> Outcome {
    Ok(match this(call)?.0.kind {
        TypeKind::Decimal { precision, .. }
        | TypeKind::Time(precision)
        | TypeKind::Timestamp(precision)
        | TypeKind::TimestampLtz(precision) => JavaValue::Int(i32::from(precision)),
        _ => JavaValue::Null,
    })
}
