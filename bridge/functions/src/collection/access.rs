//! Subscripts, fields, `CARDINALITY` and `ELEMENT`.

use std::any::Any;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Int32Array, UInt32Array};
use arrow::compute::{nullif, take};
use arrow::datatypes::{DataType, Int32Type};
use datafusion_common::ScalarValue;
use datafusion_physical_expr::PhysicalExpr;
use datafusion_physical_expr::expressions::Literal;
use nutkin_plan::types::TypeKind;

use super::equality::Comparable;
use super::selection::{elements, entries};
use crate::call::Call;
use crate::conform::conform;
use crate::error::{FunctionError, Result};

/// `array[index]` and `map[key]`; what is not there is NULL.
pub(super) fn at(mut call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let target = call.result.to_arrow();
    match call.types[0].kind.clone() {
        TypeKind::Array(_) => {
            call.cast_argument(1, &nutkin_plan::types::LogicalType::nullable(TypeKind::Int))?;
            Ok(call.with(Arc::new(move |values| {
                let (lists, indices) = (values.array(0)?, values.array(1)?);
                let (lists, indices) = (lists.as_list::<i32>(), indices.as_primitive::<Int32Type>());
                let found: UInt32Array = (0..lists.len())
                    .map(|row| {
                        if lists.is_null(row) || indices.is_null(row) {
                            return None;
                        }
                        let elements = elements(lists, row);
                        let index = usize::try_from(indices.value(row)).ok()?.checked_sub(1)?;
                        (index < elements.len()).then(|| (elements.start + index) as u32)
                    })
                    .collect();
                conform(&take(lists.values(), &found, None)?, &target)
            })))
        }
        TypeKind::Map(key, _) => {
            call.cast_argument(1, &key.with_nullable(true))?;
            Ok(call.with(Arc::new(move |values| {
                let (maps, wanted) = (values.array(0)?, values.array(1)?);
                let maps = maps.as_map();
                let comparable = Comparable::new(&[maps.keys(), &wanted])?;
                let found: UInt32Array = (0..maps.len())
                    .map(|row| {
                        if maps.is_null(row) || wanted.is_null(row) {
                            return None;
                        }
                        entries(maps, row)
                            .find(|entry| comparable.equal((0, *entry), (1, row)))
                            .map(|entry| entry as u32)
                    })
                    .collect();
                conform(&take(maps.values(), &found, None)?, &target)
            })))
        }
        _ => Err(call.unsupported()),
    }
}

/// `row.field`, by name or position.
pub(super) fn get(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let TypeKind::Row(fields) = &call.types[0].kind else {
        return Err(call.unsupported());
    };
    let key: &dyn Any = call.arguments[1].as_ref();
    let index = match key.downcast_ref::<Literal>().map(Literal::value) {
        Some(ScalarValue::Utf8(Some(name))) => fields.iter().position(|field| field.name == *name),
        Some(ScalarValue::Int32(Some(index))) => usize::try_from(*index).ok(),
        _ => None,
    };
    let Some(index) = index.filter(|index| *index < fields.len()) else {
        return Err(call.unsupported());
    };
    let target = call.result.to_arrow();
    Ok(call.with(Arc::new(move |values| {
        let rows = values.array(0)?;
        let row = rows.as_struct();
        let column = conform(row.column(index), &target)?;
        match row.nulls().filter(|nulls| nulls.null_count() > 0) {
            None => Ok(column),
            Some(nulls) => {
                let mask = arrow::array::BooleanArray::new(!nulls.inner(), None);
                Ok(nullif(&column, &mask)?)
            }
        }
    })))
}

/// How many elements or entries there are.
pub(super) fn cardinality(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(|values| {
        let column = values.array(0)?;
        let count = |row: usize| -> usize {
            match column.data_type() {
                DataType::Map(..) => entries(column.as_map(), row).len(),
                _ => elements(column.as_list::<i32>(), row).len(),
            }
        };
        let counts: Int32Array = (0..column.len())
            .map(|row| column.is_valid(row).then(|| count(row) as i32))
            .collect();
        Ok(Arc::new(counts) as ArrayRef)
    })))
}

/// The only element; of nothing it is NULL.
pub(super) fn element(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let target = call.result.to_arrow();
    if !matches!(call.types[0].kind, TypeKind::Array(_)) {
        return Err(call.unsupported());
    }
    Ok(call.with(Arc::new(move |values| {
        let lists = values.array(0)?;
        let lists = lists.as_list::<i32>();
        let found: UInt32Array = (0..lists.len())
            .map(|row| {
                let elements = elements(lists, row);
                if lists.is_null(row) || elements.is_empty() {
                    return Ok(None);
                }
                if elements.len() > 1 {
                    return Err(FunctionError::Compute {
                        class: "org.apache.flink.table.api.TableRuntimeException",
                        message: "Array has more than one element.".to_owned(),
                    });
                }
                Ok(Some(elements.start as u32))
            })
            .collect::<Result<_>>()?;
        conform(&take(lists.values(), &found, None)?, &target)
    })))
}
