//! Arrays with more, fewer or reversed elements.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::compute::concat;
use arrow::datatypes::{DataType, Int32Type};
use datafusion_physical_expr::PhysicalExpr;

use super::selection::{Selection, elements};
use crate::call::Call;
use crate::conform::conform;
use crate::error::Result;

/// The type of the elements of a list's type.
pub(super) fn element_type(list: &DataType) -> DataType {
    match list {
        DataType::List(field) => field.data_type().clone(),
        other => other.clone(),
    }
}

/// Columns of elements one behind the other, in one type.
pub(super) fn stacked(columns: &[&ArrayRef], target: &DataType) -> Result<ArrayRef> {
    let columns: Vec<ArrayRef> = columns
        .iter()
        .map(|column| conform(column, target))
        .collect::<Result<_>>()?;
    let columns: Vec<&dyn Array> = columns.iter().map(AsRef::as_ref).collect();
    Ok(concat(&columns)?)
}

/// `ARRAY_APPEND` and `ARRAY_PREPEND`.
pub(super) fn with_element(call: Call<'_>, first: bool) -> Result<Arc<dyn PhysicalExpr>> {
    let target = call.result.to_arrow();
    let own = element_type(&target);
    Ok(call.with(Arc::new(move |values| {
        let (lists, added) = (values.array(0)?, values.array(1)?);
        let lists = lists.as_list::<i32>();
        let stack = stacked(&[lists.values(), &added], &own)?;
        let base = lists.values().len();
        let mut selection = Selection::new();
        for row in 0..lists.len() {
            if lists.is_valid(row) {
                if first {
                    selection.element(base + row);
                }
                elements(lists, row).for_each(|element| selection.element(element));
                if !first {
                    selection.element(base + row);
                }
            }
            selection.end(lists.is_valid(row));
        }
        selection.into_list(stack.as_ref(), &target)
    })))
}

/// `ARRAY_CONCAT`; NULL if one of the arrays is.
pub(super) fn concat_arrays(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let target = call.result.to_arrow();
    let own = element_type(&target);
    Ok(call.with(Arc::new(move |values| {
        let lists: Vec<ArrayRef> = (0..values.count())
            .map(|position| values.array(position))
            .collect::<Result<_>>()?;
        let columns: Vec<&ArrayRef> = lists.iter().map(|list| list.as_list::<i32>().values()).collect();
        let stack = stacked(&columns, &own)?;
        let mut selection = Selection::new();
        for row in 0..values.rows() {
            let valid = lists.iter().all(|list| list.is_valid(row));
            if valid {
                let mut base = 0;
                for list in &lists {
                    let list = list.as_list::<i32>();
                    elements(list, row).for_each(|element| selection.element(base + element));
                    base += list.values().len();
                }
            }
            selection.end(valid);
        }
        selection.into_list(stack.as_ref(), &target)
    })))
}

/// `ARRAY_REVERSE`.
pub(super) fn reverse(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let target = call.result.to_arrow();
    Ok(call.with(Arc::new(move |values| {
        let lists = values.array(0)?;
        let lists = lists.as_list::<i32>();
        let mut selection = Selection::new();
        for row in 0..lists.len() {
            elements(lists, row)
                .rev()
                .for_each(|element| selection.element(element));
            selection.end(lists.is_valid(row));
        }
        selection.into_list(lists.values().as_ref(), &target)
    })))
}

/// `ARRAY_SLICE(array, start[, end])`; positions count from 1, negative ones from the end.
pub(super) fn slice(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let target = call.result.to_arrow();
    Ok(call.with(Arc::new(move |values| {
        let bounds: Vec<ArrayRef> = (0..values.count())
            .map(|position| values.array(position))
            .collect::<Result<_>>()?;
        let lists = bounds[0].as_list::<i32>();
        let bound = |position: usize, row: usize| bounds[position].as_primitive::<Int32Type>().value(row);
        let mut selection = Selection::new();
        for row in 0..lists.len() {
            let valid = bounds.iter().all(|column| column.is_valid(row));
            if valid {
                let all = elements(lists, row);
                let length = i64::try_from(all.len()).unwrap_or(i64::MAX);
                // Counted from 0, both included.
                let place = |bound: i32| match i64::from(bound) {
                    bound @ 1.. => bound - 1,
                    0 => 0,
                    bound => length + bound,
                };
                let start = place(bound(1, row)).max(0);
                let end = match bounds.len() {
                    2 => length - 1,
                    _ => place(bound(2, row)).min(length - 1),
                };
                for position in start..=end {
                    selection.element(all.start + position as usize);
                }
            }
            selection.end(valid);
        }
        selection.into_list(lists.values().as_ref(), &target)
    })))
}
