//! `ARRAY[...]`, `MAP[...]` and `ROW(...)`.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, StructArray};
use arrow::compute::concat;
use arrow::datatypes::DataType;
use datafusion_physical_expr::PhysicalExpr;
use nutkin_plan::types::TypeKind;

use super::equality::Comparable;
use super::selection::Selection;
use crate::call::Call;
use crate::conform::conform;
use crate::error::Result;
use crate::function_expression::Values;

/// The arguments one behind the other as one column, so that argument `a` of row `r` is at
/// `a * rows + r`.
fn stacked(
    values: &Values<'_>,
    positions: impl Iterator<Item = usize>,
    target: &DataType,
) -> Result<ArrayRef> {
    let columns: Vec<ArrayRef> = positions
        .map(|position| conform(&values.array(position)?, target))
        .collect::<Result<_>>()?;
    let columns: Vec<&dyn Array> = columns.iter().map(AsRef::as_ref).collect();
    Ok(concat(&columns)?)
}

/// `array(element, ...)`.
pub(super) fn array(mut call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let TypeKind::Array(element) = &call.result.kind else {
        return Err(call.unsupported());
    };
    let element = element.as_ref().with_nullable(true);
    for index in 0..call.arguments.len() {
        call.cast_argument(index, &element)?;
    }
    let (target, element) = (call.result.to_arrow(), element.to_arrow());
    Ok(call.with(Arc::new(move |values| {
        let (rows, count) = (values.rows(), values.count());
        let stack = stacked(values, 0..count, &element)?;
        let mut selection = Selection::new();
        for row in 0..rows {
            for argument in 0..count {
                selection.element(argument * rows + row);
            }
            selection.end(true);
        }
        selection.into_list(stack.as_ref(), &target)
    })))
}

/// `map(key, value, ...)`; of equal keys the last one counts.
pub(super) fn map(mut call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let TypeKind::Map(key, value) = &call.result.kind else {
        return Err(call.unsupported());
    };
    let (key, value) = (
        key.as_ref().with_nullable(true),
        value.as_ref().with_nullable(true),
    );
    for index in 0..call.arguments.len() {
        call.cast_argument(index, if index % 2 == 0 { &key } else { &value })?;
    }
    let (target, key, value) = (call.result.to_arrow(), key.to_arrow(), value.to_arrow());
    Ok(call.with(Arc::new(move |values| {
        let (rows, count) = (values.rows(), values.count());
        let keys = stacked(values, (0..count).step_by(2), &key)?;
        let items = stacked(values, (1..count).step_by(2), &value)?;
        let comparable = Comparable::new(&[&keys])?;
        let mut selection = Selection::new();
        for row in 0..rows {
            for argument in 0..count / 2 {
                put(&mut selection, &comparable, argument * rows + row);
            }
            selection.end(true);
        }
        selection.into_map(keys.as_ref(), items.as_ref(), &target)
    })))
}

/// Adds an entry of column 0, in place of an earlier one with the same key.
pub(super) fn put(selection: &mut Selection, comparable: &Comparable, index: usize) {
    let known = selection
        .current()
        .iter()
        .position(|earlier| comparable.equal((0, *earlier as usize), (0, index)));
    match known {
        Some(position) => selection.replace(position, index),
        None => selection.element(index),
    }
}

/// `row(field, ...)`.
pub(super) fn row(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let DataType::Struct(fields) = call.result.to_arrow() else {
        return Err(call.unsupported());
    };
    Ok(call.with(Arc::new(move |values| {
        let columns: Vec<ArrayRef> = fields
            .iter()
            .enumerate()
            .map(|(position, field)| conform(&values.array(position)?, field.data_type()))
            .collect::<Result<_>>()?;
        Ok(Arc::new(StructArray::try_new_with_length(
            fields.clone(),
            columns,
            None,
            values.rows(),
        )?) as ArrayRef)
    })))
}
