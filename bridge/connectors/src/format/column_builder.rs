//! Arrow builders for every logical type, which take the texts of values.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, BinaryBuilder, BooleanBuilder, Decimal128Builder, Float32Builder, Float64Builder,
    Int8Builder, Int16Builder, Int32Builder, Int64Builder, ListArray, MapArray, NullArray, NullBufferBuilder,
    StringBuilder, StructArray, make_array,
};
use arrow::buffer::{OffsetBuffer, ScalarBuffer};
use arrow::datatypes::DataType;
use arrow::error::ArrowError;
use nutkin_plan::types::{LogicalType, TypeKind};

use crate::text::{
    TimestampFormat, decode_base64, parse_date, parse_decimal, parse_double, parse_integer, parse_time,
    parse_timestamp,
};

/// Builds one column.
pub(crate) struct ColumnBuilder {
    /// The type of the values.
    pub(crate) logical_type: LogicalType,
    data_type: DataType,
    values: Values,
}

/// The builder of each representation. Several logical types share one; the logical type decides how
/// a text is read.
enum Values {
    Boolean(BooleanBuilder),
    TinyInt(Int8Builder),
    SmallInt(Int16Builder),
    /// INT, DATE, short TIME and INTERVAL YEAR TO MONTH.
    Int32(Int32Builder),
    /// BIGINT, long TIME, TIMESTAMP and INTERVAL DAY TO SECOND.
    Int64(Int64Builder),
    Float(Float32Builder),
    Double(Float64Builder),
    String(StringBuilder),
    Bytes(BinaryBuilder, Vec<u8>),
    Decimal(Decimal128Builder),
    List(Nested, Box<ColumnBuilder>),
    Map(Nested, Box<ColumnBuilder>, Box<ColumnBuilder>),
    Row(NullBufferBuilder, Vec<ColumnBuilder>),
    Null(usize),
}

/// Where the elements of each list or map end.
struct Nested {
    offsets: Vec<i32>,
    nulls: NullBufferBuilder,
}

impl Nested {
    fn new() -> Self {
        Self {
            offsets: vec![0],
            nulls: NullBufferBuilder::new(0),
        }
    }

    fn end(&mut self, elements: usize, valid: bool) -> Result<(), String> {
        let end =
            i32::try_from(elements).map_err(|_| "more than 2147483647 elements in one batch".to_owned())?;
        self.offsets.push(end);
        self.nulls.append(valid);
        Ok(())
    }

    /// Ends a list or map that was begun and not ended, and adds empty ones up to `rows`.
    fn repair(&mut self, elements: usize, rows: usize) {
        let end = i32::try_from(elements).unwrap_or(i32::MAX);
        while self.nulls.len() < rows {
            self.offsets.push(end);
            self.nulls.append_non_null();
        }
    }

    fn finish(&mut self) -> (OffsetBuffer<i32>, Option<arrow::buffer::NullBuffer>) {
        let offsets = std::mem::replace(&mut self.offsets, vec![0]);
        (
            OffsetBuffer::new(ScalarBuffer::from(offsets)),
            self.nulls.finish(),
        )
    }
}

impl ColumnBuilder {
    pub(crate) fn new(logical_type: &LogicalType) -> Self {
        let values = match &logical_type.kind {
            TypeKind::Char(_) | TypeKind::VarChar(_) => Values::String(StringBuilder::new()),
            TypeKind::Boolean => Values::Boolean(BooleanBuilder::new()),
            TypeKind::Binary(_) | TypeKind::VarBinary(_) => Values::Bytes(BinaryBuilder::new(), Vec::new()),
            TypeKind::Decimal { .. } => {
                Values::Decimal(Decimal128Builder::new().with_data_type(logical_type.to_arrow()))
            }
            TypeKind::TinyInt => Values::TinyInt(Int8Builder::new()),
            TypeKind::SmallInt => Values::SmallInt(Int16Builder::new()),
            TypeKind::Int | TypeKind::Date | TypeKind::IntervalYearMonth | TypeKind::Time(0..=3) => {
                Values::Int32(Int32Builder::new())
            }
            TypeKind::BigInt
            | TypeKind::Time(_)
            | TypeKind::Timestamp(_)
            | TypeKind::TimestampLtz(_)
            | TypeKind::IntervalDayTime => Values::Int64(Int64Builder::new()),
            TypeKind::Float => Values::Float(Float32Builder::new()),
            TypeKind::Double => Values::Double(Float64Builder::new()),
            TypeKind::Array(element) => Values::List(Nested::new(), Box::new(Self::new(element))),
            TypeKind::Multiset(element) => Values::Map(
                Nested::new(),
                Box::new(Self::new(&element.with_nullable(false))),
                Box::new(Self::new(&LogicalType::not_null(TypeKind::Int))),
            ),
            TypeKind::Map(key, value) => Values::Map(
                Nested::new(),
                Box::new(Self::new(&key.with_nullable(false))),
                Box::new(Self::new(value)),
            ),
            TypeKind::Row(fields) => Values::Row(
                NullBufferBuilder::new(0),
                fields.iter().map(|field| Self::new(&field.field_type)).collect(),
            ),
            TypeKind::Null => Values::Null(0),
        };
        Self {
            logical_type: logical_type.clone(),
            data_type: logical_type.to_arrow(),
            values,
        }
    }

    pub(crate) fn len(&self) -> usize {
        use arrow::array::ArrayBuilder as _;
        match &self.values {
            Values::Boolean(builder) => builder.len(),
            Values::TinyInt(builder) => builder.len(),
            Values::SmallInt(builder) => builder.len(),
            Values::Int32(builder) => builder.len(),
            Values::Int64(builder) => builder.len(),
            Values::Float(builder) => builder.len(),
            Values::Double(builder) => builder.len(),
            Values::String(builder) => builder.len(),
            Values::Bytes(builder, _) => builder.len(),
            Values::Decimal(builder) => builder.len(),
            Values::List(nested, _) | Values::Map(nested, _, _) => nested.nulls.len(),
            Values::Row(nulls, _) => nulls.len(),
            Values::Null(count) => *count,
        }
    }

    /// Whether a failed [`ColumnBuilder::append_text`] left the column as it was.
    pub(crate) fn is_scalar(&self) -> bool {
        !matches!(self.values, Values::List(..) | Values::Map(..) | Values::Row(..))
    }

    /// Appends NULL, or says that the type does not have it.
    pub(crate) fn append_null(&mut self) -> Result<(), String> {
        if !self.logical_type.nullable {
            return Err("the column is NOT NULL".to_owned());
        }
        self.append_filler();
        Ok(())
    }

    /// Appends NULL, or where the type does not have it, a value for a place that nobody will read.
    pub(crate) fn append_filler(&mut self) {
        let null = self.logical_type.nullable;
        match &mut self.values {
            Values::Boolean(builder) => builder.append_option((!null).then_some(false)),
            Values::TinyInt(builder) => builder.append_option((!null).then_some(0)),
            Values::SmallInt(builder) => builder.append_option((!null).then_some(0)),
            Values::Int32(builder) => builder.append_option((!null).then_some(0)),
            Values::Int64(builder) => builder.append_option((!null).then_some(0)),
            Values::Float(builder) => builder.append_option((!null).then_some(0.0)),
            Values::Double(builder) => builder.append_option((!null).then_some(0.0)),
            Values::String(builder) => builder.append_option((!null).then_some("")),
            Values::Bytes(builder, _) => builder.append_option((!null).then_some(b"")),
            Values::Decimal(builder) => builder.append_option((!null).then_some(0)),
            Values::List(nested, _) | Values::Map(nested, _, _) => {
                let end = nested.offsets.last().copied().unwrap_or_default();
                nested.offsets.push(end);
                nested.nulls.append(!null);
            }
            Values::Row(nulls, fields) => {
                nulls.append(!null);
                for field in fields {
                    field.append_filler();
                }
            }
            Values::Null(count) => *count += 1,
        }
    }

    /// Appends what the text of a scalar stands for.
    pub(crate) fn append_text(&mut self, text: &str, timestamps: TimestampFormat) -> Result<(), String> {
        let expected = |what: &str| format!("'{text}' is not {what}");
        match (&mut self.values, &self.logical_type.kind) {
            (Values::String(builder), _) => builder.append_value(text),
            (Values::Int64(builder), TypeKind::BigInt | TypeKind::IntervalDayTime) => {
                builder.append_value(parse_integer(text.trim()).ok_or_else(|| expected("a BIGINT"))?);
            }
            (Values::Int32(builder), TypeKind::Int | TypeKind::IntervalYearMonth) => {
                builder.append_value(parse_narrow(text).ok_or_else(|| expected("an INT"))?);
            }
            (Values::SmallInt(builder), _) => {
                builder.append_value(parse_narrow(text).ok_or_else(|| expected("a SMALLINT"))?);
            }
            (Values::TinyInt(builder), _) => {
                builder.append_value(parse_narrow(text).ok_or_else(|| expected("a TINYINT"))?);
            }
            (Values::Double(builder), _) => {
                builder.append_value(parse_double(text.trim()).ok_or_else(|| expected("a DOUBLE"))?);
            }
            (Values::Float(builder), _) => {
                let value = parse_double(text.trim()).ok_or_else(|| expected("a FLOAT"))?;
                // The short text is parsed again, because rounding twice is not rounding once.
                builder.append_value(text.trim().parse().unwrap_or(value as f32));
            }
            (Values::Boolean(builder), _) => builder.append_value(text.trim().eq_ignore_ascii_case("true")),
            (Values::Decimal(builder), TypeKind::Decimal { precision, scale }) => {
                match parse_decimal(text.trim(), *precision, *scale) {
                    Ok(Some(value)) => builder.append_value(value),
                    // Flink makes a number with too many digits NULL.
                    Ok(None) if self.logical_type.nullable => builder.append_null(),
                    Ok(None) => {
                        return Err(expected(&format!(
                            "within {}",
                            self.logical_type.as_summary_string()
                        )));
                    }
                    Err(()) => return Err(expected("a DECIMAL")),
                }
            }
            (Values::Bytes(builder, buffer), _) => {
                buffer.clear();
                decode_base64(text, buffer)?;
                builder.append_value(&*buffer);
            }
            (Values::Int32(builder), TypeKind::Date) => {
                builder.append_value(parse_date(text).ok_or_else(|| expected("a DATE (yyyy-MM-dd)"))?);
            }
            (Values::Int32(builder), TypeKind::Time(precision)) => {
                let value = parse_time(text, *precision).and_then(|value| i32::try_from(value).ok());
                builder.append_value(value.ok_or_else(|| expected("a TIME (HH:mm:ss)"))?);
            }
            (Values::Int64(builder), TypeKind::Time(precision)) => {
                builder.append_value(
                    parse_time(text, *precision).ok_or_else(|| expected("a TIME (HH:mm:ss.SSS)"))?,
                );
            }
            (Values::Int64(builder), TypeKind::Timestamp(precision)) => {
                let value = parse_timestamp(text.trim(), *precision, timestamps, false);
                builder.append_value(value.ok_or_else(|| match timestamps {
                    TimestampFormat::Sql => expected("a TIMESTAMP (yyyy-MM-dd HH:mm:ss.SSS)"),
                    TimestampFormat::Iso8601 => expected("a TIMESTAMP (yyyy-MM-ddTHH:mm:ss.SSS)"),
                })?);
            }
            (Values::Int64(builder), TypeKind::TimestampLtz(precision)) => {
                let value = parse_timestamp(text.trim(), *precision, timestamps, true);
                builder.append_value(value.ok_or_else(|| match timestamps {
                    TimestampFormat::Sql => expected("a TIMESTAMP_LTZ (yyyy-MM-dd HH:mm:ss.SSSZ)"),
                    TimestampFormat::Iso8601 => expected("a TIMESTAMP_LTZ (yyyy-MM-ddTHH:mm:ss.SSSZ)"),
                })?);
            }
            (Values::Null(count), _) => *count += 1,
            _ => {
                return Err(format!(
                    "'{text}' is not of type {}",
                    self.logical_type.as_summary_string()
                ));
            }
        }
        Ok(())
    }

    /// Appends a whole number in the representation of the type: days of a DATE, the unscaled value of
    /// a DECIMAL, the digits of a STRING.
    pub(crate) fn append_number(&mut self, value: i128) -> Result<(), String> {
        let misfit = || {
            format!(
                "'{value}' is not of type {}",
                self.logical_type.as_summary_string()
            )
        };
        match &mut self.values {
            Values::TinyInt(builder) => builder.append_value(i8::try_from(value).map_err(|_| misfit())?),
            Values::SmallInt(builder) => builder.append_value(i16::try_from(value).map_err(|_| misfit())?),
            Values::Int32(builder) => builder.append_value(i32::try_from(value).map_err(|_| misfit())?),
            Values::Int64(builder) => builder.append_value(i64::try_from(value).map_err(|_| misfit())?),
            Values::Float(builder) => builder.append_value(value as f32),
            Values::Double(builder) => builder.append_value(value as f64),
            Values::Decimal(builder) => builder.append_value(value),
            Values::String(builder) => builder.append_value(value.to_string()),
            _ => return Err(misfit()),
        }
        Ok(())
    }

    /// Appends to FLOAT or DOUBLE.
    pub(crate) fn append_floating(&mut self, value: f64) -> Result<(), String> {
        match &mut self.values {
            Values::Float(builder) => builder.append_value(value as f32),
            Values::Double(builder) => builder.append_value(value),
            _ => return Err(self.misfit("a number with a fraction")),
        }
        Ok(())
    }

    /// Appends to BOOLEAN.
    pub(crate) fn append_boolean(&mut self, value: bool) -> Result<(), String> {
        match &mut self.values {
            Values::Boolean(builder) => builder.append_value(value),
            _ => return Err(self.misfit("a truth value")),
        }
        Ok(())
    }

    /// Appends to CHAR or VARCHAR.
    pub(crate) fn append_string(&mut self, value: &str) -> Result<(), String> {
        match &mut self.values {
            Values::String(builder) => builder.append_value(value),
            _ => return Err(self.misfit("a text")),
        }
        Ok(())
    }

    /// Appends to BINARY or VARBINARY.
    pub(crate) fn append_bytes(&mut self, value: &[u8]) -> Result<(), String> {
        match &mut self.values {
            Values::Bytes(builder, _) => builder.append_value(value),
            _ => return Err(self.misfit("a byte string")),
        }
        Ok(())
    }

    fn misfit(&self, what: &str) -> String {
        format!("{what} is not of type {}", self.logical_type.as_summary_string())
    }

    /// The builder of an ARRAY's elements; [`ColumnBuilder::end_nested`] follows.
    pub(crate) fn element(&mut self) -> Option<&mut Self> {
        match &mut self.values {
            Values::List(_, element) => Some(element),
            _ => None,
        }
    }

    /// The builders of a MAP's or MULTISET's keys and values; [`ColumnBuilder::end_nested`] follows.
    pub(crate) fn entries(&mut self) -> Option<(&mut Self, &mut Self)> {
        match &mut self.values {
            Values::Map(_, key, value) => Some((key, value)),
            _ => None,
        }
    }

    /// The builders of a ROW's fields, each of which must get one value; [`ColumnBuilder::end_nested`]
    /// follows.
    pub(crate) fn fields(&mut self) -> Option<&mut [Self]> {
        match &mut self.values {
            Values::Row(_, fields) => Some(fields),
            _ => None,
        }
    }

    /// Ends one ARRAY, MAP or ROW whose parts were appended.
    pub(crate) fn end_nested(&mut self) -> Result<(), String> {
        match &mut self.values {
            Values::List(nested, element) => nested.end(element.len(), true),
            Values::Map(nested, key, _) => nested.end(key.len(), true),
            Values::Row(nulls, _) => {
                nulls.append_non_null();
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// How many values were begun: more than [`ColumnBuilder::len`] after a failure inside a ROW.
    fn begun(&self) -> usize {
        match &self.values {
            Values::Row(_, fields) => fields
                .iter()
                .map(Self::begun)
                .max()
                .unwrap_or_default()
                .max(self.len()),
            _ => self.len(),
        }
    }

    /// After a failure in the middle of a value: brings nested builders back to whole values and to
    /// `rows` values, so that the row can be dropped.
    pub(crate) fn repair(&mut self, rows: usize) {
        let null = self.logical_type.nullable;
        match &mut self.values {
            Values::Row(nulls, fields) => {
                for field in fields {
                    field.repair(rows);
                }
                while nulls.len() < rows {
                    nulls.append(!null);
                }
            }
            Values::List(nested, element) => {
                let elements = element.begun();
                element.repair(elements);
                nested.repair(elements, rows);
            }
            Values::Map(nested, key, value) => {
                let entries = key.begun().max(value.begun());
                key.repair(entries);
                value.repair(entries);
                nested.repair(entries, rows);
            }
            _ => {
                while self.len() < rows {
                    self.append_filler();
                }
            }
        }
    }

    /// Takes the column out; the builder is empty afterwards.
    pub(crate) fn finish(&mut self) -> Result<ArrayRef, ArrowError> {
        let array: ArrayRef = match &mut self.values {
            Values::Boolean(builder) => Arc::new(builder.finish()),
            Values::TinyInt(builder) => Arc::new(builder.finish()),
            Values::SmallInt(builder) => Arc::new(builder.finish()),
            Values::Int32(builder) => Arc::new(builder.finish()),
            Values::Int64(builder) => Arc::new(builder.finish()),
            Values::Float(builder) => Arc::new(builder.finish()),
            Values::Double(builder) => Arc::new(builder.finish()),
            Values::String(builder) => Arc::new(builder.finish()),
            Values::Bytes(builder, _) => Arc::new(builder.finish()),
            Values::Decimal(builder) => Arc::new(builder.finish()),
            Values::Null(count) => Arc::new(NullArray::new(std::mem::take(count))),
            Values::List(nested, element) => {
                let DataType::List(field) = &self.data_type else {
                    return Err(not_nested(&self.data_type));
                };
                let (offsets, nulls) = nested.finish();
                Arc::new(ListArray::try_new(
                    Arc::clone(field),
                    offsets,
                    element.finish()?,
                    nulls,
                )?)
            }
            Values::Map(nested, key, value) => {
                let DataType::Map(entries, sorted) = &self.data_type else {
                    return Err(not_nested(&self.data_type));
                };
                let DataType::Struct(fields) = entries.data_type() else {
                    return Err(not_nested(entries.data_type()));
                };
                let (offsets, nulls) = nested.finish();
                let pairs = StructArray::try_new(fields.clone(), vec![key.finish()?, value.finish()?], None)?;
                Arc::new(MapArray::try_new(
                    Arc::clone(entries),
                    offsets,
                    pairs,
                    nulls,
                    *sorted,
                )?)
            }
            Values::Row(nulls, builders) => {
                let DataType::Struct(fields) = &self.data_type else {
                    return Err(not_nested(&self.data_type));
                };
                let length = nulls.len();
                let columns = builders
                    .iter_mut()
                    .map(Self::finish)
                    .collect::<Result<Vec<_>, _>>()?;
                Arc::new(StructArray::try_new_with_length(
                    fields.clone(),
                    columns,
                    nulls.finish(),
                    length,
                )?)
            }
        };
        if array.data_type() == &self.data_type {
            return Ok(array);
        }
        // The same integers under the name of the type they stand for.
        let data = array
            .to_data()
            .into_builder()
            .data_type(self.data_type.clone())
            .build()?;
        Ok(make_array(data))
    }
}

fn parse_narrow<T: TryFrom<i64>>(text: &str) -> Option<T> {
    parse_integer(text.trim()).and_then(|value| T::try_from(value).ok())
}

fn not_nested(data_type: &DataType) -> ArrowError {
    ArrowError::InvalidArgumentError(format!("{data_type} is not the image of a nested type"))
}
