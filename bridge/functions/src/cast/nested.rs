//! Casts of ARRAY, MAP, MULTISET and ROW: every element, key, value and field is cast.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, ListArray, MapArray, StructArray, new_null_array};
use arrow::buffer::NullBuffer;
use arrow::compute::concat;
use arrow::datatypes::DataType;
use datafusion_expr::ColumnarValue;
use nutkin_plan::types::{LogicalType, TypeKind};

use crate::context::EvaluationContext;
use crate::error::{FunctionError, Result};
use crate::function_expression::{Kernel, Values};

/// Casts a whole column.
type ColumnCast = Arc<dyn Fn(&ArrayRef) -> Result<ArrayRef> + Send + Sync>;

/// The cast between two constructed types of the same kind. It is strict: with `lenient`, the whole
/// value is NULL if a part of it cannot be cast.
pub(super) fn kernel(
    from: &LogicalType,
    to: &LogicalType,
    lenient: bool,
    context: &EvaluationContext,
) -> Result<Option<Kernel>> {
    let Some(cast) = column_cast(from, to, context)? else {
        return Ok(None);
    };
    let target = to.to_arrow();
    Ok(Some(Arc::new(move |values| {
        let column = values.array(0)?;
        match cast(&column) {
            Err(FunctionError::Compute { .. }) if lenient => row_by_row(&column, &cast, &target),
            other => other,
        }
    })))
}

fn row_by_row(column: &ArrayRef, cast: &ColumnCast, target: &DataType) -> Result<ArrayRef> {
    let rows: Vec<ArrayRef> = (0..column.len())
        .map(|row| match cast(&column.slice(row, 1)) {
            Err(FunctionError::Compute { .. }) => Ok(new_null_array(target, 1)),
            other => other,
        })
        .collect::<Result<_>>()?;
    let rows: Vec<&dyn Array> = rows.iter().map(AsRef::as_ref).collect();
    Ok(concat(&rows)?)
}

/// How to cast a column; `None` if the types have no cast.
fn column_cast(
    from: &LogicalType,
    to: &LogicalType,
    context: &EvaluationContext,
) -> Result<Option<ColumnCast>> {
    let part = |from: &LogicalType, to: &LogicalType| part_cast(from, to, context);
    let target = to.to_arrow();
    Ok(Some(match (&from.kind, &to.kind) {
        (TypeKind::Array(from), TypeKind::Array(to)) => {
            let cast = part(from, to)?;
            Arc::new(move |column| {
                let list = column.as_list::<i32>();
                let DataType::List(field) = &target else {
                    return Ok(Arc::clone(column));
                };
                Ok(Arc::new(ListArray::try_new(
                    Arc::clone(field),
                    list.offsets().clone(),
                    cast(list.values())?,
                    list.nulls().cloned(),
                )?))
            })
        }
        (TypeKind::Map(from_key, from_value), TypeKind::Map(to_key, to_value)) => {
            map_cast(part(from_key, to_key)?, part(from_value, to_value)?, target)
        }
        (TypeKind::Multiset(from), TypeKind::Multiset(to)) => {
            map_cast(part(from, to)?, Arc::new(|counts| Ok(Arc::clone(counts))), target)
        }
        (TypeKind::Row(from_fields), TypeKind::Row(to_fields)) if from_fields.len() == to_fields.len() => {
            let casts: Vec<ColumnCast> = from_fields
                .iter()
                .zip(to_fields)
                .map(|(from, to)| part(&from.field_type, &to.field_type))
                .collect::<Result<_>>()?;
            Arc::new(move |column| {
                let row = column.as_struct();
                let DataType::Struct(fields) = &target else {
                    return Ok(Arc::clone(column));
                };
                let columns: Vec<ArrayRef> = row
                    .columns()
                    .iter()
                    .zip(&casts)
                    .map(|(column, cast)| {
                        // Below a NULL row there are no values that could fail.
                        cast(&masked(column, row.nulls())?)
                    })
                    .collect::<Result<_>>()?;
                Ok(Arc::new(StructArray::try_new_with_length(
                    fields.clone(),
                    columns,
                    row.nulls().cloned(),
                    row.len(),
                )?))
            })
        }
        _ => return Ok(None),
    }))
}

fn masked(column: &ArrayRef, nulls: Option<&NullBuffer>) -> Result<ArrayRef> {
    let Some(nulls) = nulls.filter(|nulls| nulls.null_count() > 0) else {
        return Ok(Arc::clone(column));
    };
    let mask = arrow::array::BooleanArray::new(!nulls.inner(), None);
    Ok(arrow::compute::nullif(column, &mask)?)
}

fn map_cast(key: ColumnCast, value: ColumnCast, target: DataType) -> ColumnCast {
    Arc::new(move |column| {
        let map = column.as_map();
        let DataType::Map(entries, ordered) = &target else {
            return Ok(Arc::clone(column));
        };
        let DataType::Struct(fields) = entries.data_type() else {
            return Ok(Arc::clone(column));
        };
        let columns = vec![key(map.keys())?, value(map.values())?];
        let cast = StructArray::try_new(fields.clone(), columns, None)?;
        Ok(Arc::new(MapArray::try_new(
            Arc::clone(entries),
            map.offsets().clone(),
            cast,
            map.nulls().cloned(),
            *ordered,
        )?))
    })
}

fn part_cast(from: &LogicalType, to: &LogicalType, context: &EvaluationContext) -> Result<ColumnCast> {
    let kernel = super::kernel(from, to, false, context)?;
    let target = to.to_arrow();
    Ok(Arc::new(move |column| {
        let Some(kernel) = &kernel else {
            return Ok(Arc::clone(column));
        };
        let values = [ColumnarValue::Array(Arc::clone(column))];
        let cast = kernel(&Values::of(&values, column.len()))?;
        Ok(if cast.data_type() == &target {
            cast
        } else {
            arrow::compute::cast(&cast, &target)?
        })
    }))
}
