//! Arrow columns to Python objects and back, one family of types a file.
//!
//! Data flow: [`column_reader`] gives a [`ColumnReader`] over an Arrow array, which makes the Python
//! object of any one row; [`ColumnBuilder`] takes Python objects one by one, checks them against a
//! declared [`LogicalType`], and gives an Arrow array. Both directions of a family are in its file, so
//! that they can be read against one another. What differs between arguments of functions and rows of
//! a program (time zones, `bytes` or `bytearray`) is in [`ConversionRules`].
//!
//! Nothing is lost silently except fraction digits of seconds that the declared precision has no room
//! for, and decimal digits beyond the scale, which are rounded. Everything else that does not fit is a
//! [`ValueError`].

mod array;
mod binary;
mod boolean;
mod calendar;
mod date;
mod decimal;
pub(crate) mod error;
mod floating;
mod integer;
mod interval;
mod map;
mod null;
mod row;
mod rules;
mod string;
mod time;
mod timestamp;

use arrow::array::ArrayRef;
use arrow::datatypes::{
    DataType, Int8Type, Int16Type, Int32Type, Int64Type, IntervalUnit, TimeUnit, UInt8Type, UInt16Type,
    UInt32Type,
};
use nutkin_engine::EngineError;
use nutkin_plan::types::{LogicalType, TypeKind};
use pyo3::prelude::*;

pub use error::ValueError;
pub use rules::ConversionRules;

/// Makes Python objects of the rows of one array.
pub trait ColumnReader: Send {
    /// The object of a row; `None` for NULL.
    ///
    /// # Errors
    /// When Python has no such value (the year 10000), or no memory.
    fn read<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyAny>>;
}

/// Takes Python objects that are not `None`, of one kind of type.
trait ValueBuilder: Send {
    /// Takes a value.
    fn append_value(&mut self, value: &Bound<'_, PyAny>) -> Result<(), ValueError>;

    /// Takes NULL.
    fn append_null(&mut self);

    /// The array of all that was taken; the builder is empty again.
    fn finish(&mut self) -> Result<ArrayRef, EngineError>;
}

/// Takes Python objects and makes an array of a declared type.
pub struct ColumnBuilder {
    nullable: bool,
    declared: LogicalType,
    values: Box<dyn ValueBuilder>,
}

impl ColumnBuilder {
    /// A builder of arrays of this type, with room for `capacity` rows.
    ///
    /// # Errors
    /// When the type holds something that has no form in Python.
    pub fn new(
        declared: &LogicalType,
        rules: &ConversionRules,
        capacity: usize,
    ) -> Result<Self, EngineError> {
        Ok(Self {
            nullable: declared.nullable,
            declared: declared.clone(),
            values: value_builder(&declared.kind, rules, capacity)?,
        })
    }

    /// Takes the next row's value.
    ///
    /// # Errors
    /// When the value does not fit the declared type. The builder is of no use after that.
    #[inline]
    pub fn append(&mut self, value: &Bound<'_, PyAny>) -> Result<(), ValueError> {
        if value.is_none() {
            if !self.nullable {
                return Err(ValueError::wrong_type("None").within(&self.declared));
            }
            self.values.append_null();
            return Ok(());
        }
        self.values
            .append_value(value)
            .map_err(|error| error.within(&self.declared))
    }

    /// Takes a place that nobody looks at, under a parent that is NULL.
    fn append_placeholder(&mut self) {
        self.values.append_null();
    }

    /// The array of all values taken so far; the builder is empty again.
    ///
    /// # Errors
    /// When the values are more than Arrow's offsets can count.
    pub fn finish(&mut self) -> Result<ArrayRef, EngineError> {
        self.values.finish()
    }
}

/// The reader of an array.
///
/// # Errors
/// When the array's type has no form in Python.
pub fn column_reader(
    array: &ArrayRef,
    rules: &ConversionRules,
) -> Result<Box<dyn ColumnReader>, EngineError> {
    Ok(match array.data_type() {
        DataType::Null => Box::new(null::NullReader),
        DataType::Boolean => Box::new(boolean::BooleanReader::new(array)),
        DataType::Int8 => Box::new(integer::IntegerReader::<Int8Type>::new(array)),
        DataType::Int16 => Box::new(integer::IntegerReader::<Int16Type>::new(array)),
        DataType::Int32 => Box::new(integer::IntegerReader::<Int32Type>::new(array)),
        DataType::Int64 => Box::new(integer::IntegerReader::<Int64Type>::new(array)),
        DataType::UInt8 => Box::new(integer::IntegerReader::<UInt8Type>::new(array)),
        DataType::UInt16 => Box::new(integer::IntegerReader::<UInt16Type>::new(array)),
        DataType::UInt32 => Box::new(integer::IntegerReader::<UInt32Type>::new(array)),
        DataType::Float32 => Box::new(floating::Float32Reader::new(array)),
        DataType::Float64 => Box::new(floating::Float64Reader::new(array)),
        DataType::Decimal128(_, scale) => Box::new(decimal::DecimalReader::new(array, *scale)),
        DataType::Utf8 => Box::new(string::StringReader::new(array)),
        DataType::Binary => Box::new(binary::BinaryReader::new(array, rules.bytes_as_bytearray())),
        DataType::Date32 => Box::new(date::DateReader::new(array)),
        DataType::Time32(_) | DataType::Time64(_) => Box::new(time::TimeReader::new(array)?),
        DataType::Timestamp(unit, zone) => {
            let zone = zone.as_ref().map(|_| rules.zone());
            Box::new(timestamp::TimestampReader::new(array, *unit, zone)?)
        }
        DataType::Interval(IntervalUnit::YearMonth) => Box::new(interval::MonthsReader::new(array)),
        DataType::Duration(unit) => Box::new(interval::DurationReader::new(array, *unit)?),
        DataType::List(_) => Box::new(array::ListReader::new(array, rules)?),
        DataType::Map(_, _) => Box::new(map::MapReader::new(array, rules)?),
        DataType::Struct(_) => Box::new(row::RowReader::new(array, rules)?),
        other => {
            return Err(EngineError::PythonRuntime {
                message: format!("Values of the Arrow type {other} cannot be passed to Python"),
                traceback: None,
                hint: Some("CAST the column to a type that Flink's SQL can name".to_owned()),
            });
        }
    })
}

fn value_builder(
    kind: &TypeKind,
    rules: &ConversionRules,
    capacity: usize,
) -> Result<Box<dyn ValueBuilder>, EngineError> {
    Ok(match kind {
        TypeKind::Null => Box::new(null::NullBuilder::default()),
        TypeKind::Boolean => Box::new(boolean::BooleanBuilder::new(capacity)),
        TypeKind::TinyInt => Box::new(integer::IntegerBuilder::<Int8Type>::new(capacity)),
        TypeKind::SmallInt => Box::new(integer::IntegerBuilder::<Int16Type>::new(capacity)),
        TypeKind::Int => Box::new(integer::IntegerBuilder::<Int32Type>::new(capacity)),
        TypeKind::BigInt => Box::new(integer::IntegerBuilder::<Int64Type>::new(capacity)),
        TypeKind::Float => Box::new(floating::Float32Builder::new(capacity)),
        TypeKind::Double => Box::new(floating::Float64Builder::new(capacity)),
        TypeKind::Decimal { precision, scale } => Box::new(decimal::DecimalBuilder::new(
            *precision,
            *scale,
            rules.rounding(),
            capacity,
        )?),
        TypeKind::Char(_) | TypeKind::VarChar(_) => Box::new(string::StringBuilder::new(capacity)),
        TypeKind::Binary(_) | TypeKind::VarBinary(_) => Box::new(binary::BinaryBuilder::new(capacity)),
        TypeKind::Date => Box::new(date::DateBuilder::new(capacity)),
        TypeKind::Time(precision) => Box::new(time::TimeBuilder::new(*precision, capacity)),
        TypeKind::Timestamp(precision) => {
            Box::new(timestamp::TimestampBuilder::new(*precision, None, capacity))
        }
        TypeKind::TimestampLtz(precision) => Box::new(timestamp::TimestampBuilder::new(
            *precision,
            Some(rules.zone()),
            capacity,
        )),
        TypeKind::IntervalYearMonth => Box::new(interval::MonthsBuilder::new(capacity)),
        TypeKind::IntervalDayTime => Box::new(interval::DurationBuilder::new(capacity)),
        TypeKind::Array(element) => Box::new(array::ListBuilder::new(element, rules, capacity)?),
        TypeKind::Multiset(element) => Box::new(map::MapBuilder::new(
            kind,
            element,
            &LogicalType::not_null(TypeKind::Int),
            rules,
            capacity,
        )?),
        TypeKind::Map(key, value) => Box::new(map::MapBuilder::new(kind, key, value, rules, capacity)?),
        TypeKind::Row(fields) => Box::new(row::RowBuilder::new(kind, fields, rules, capacity)?),
    })
}

/// The unit in which Arrow holds TIMEs and TIMESTAMPs of a precision.
fn unit_of_precision(precision: u8) -> TimeUnit {
    match precision {
        0 => TimeUnit::Second,
        1..=3 => TimeUnit::Millisecond,
        4..=6 => TimeUnit::Microsecond,
        _ => TimeUnit::Nanosecond,
    }
}

/// How many of a unit make a second.
fn units_per_second(unit: TimeUnit) -> i64 {
    match unit {
        TimeUnit::Second => 1,
        TimeUnit::Millisecond => 1_000,
        TimeUnit::Microsecond => 1_000_000,
        TimeUnit::Nanosecond => 1_000_000_000,
    }
}

/// Microseconds without the digits that a precision has no room for.
fn truncate_micros(micros: i64, precision: u8) -> i64 {
    let step = 10_i64.pow(6_u32.saturating_sub(u32::from(precision)));
    micros - micros.rem_euclid(step)
}
