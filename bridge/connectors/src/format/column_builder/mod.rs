//! Arrow builders for every logical type.
//!
//! [`append`] puts values in, most of them from their texts; [`repair`] makes a builder whole again
//! after a record that turned out malformed in the middle.

mod append;
mod repair;

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

fn not_nested(data_type: &DataType) -> ArrowError {
    ArrowError::InvalidArgumentError(format!("{data_type} is not the image of a nested type"))
}
