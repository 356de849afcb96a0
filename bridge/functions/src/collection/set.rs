//! Arrays as sets: which elements are in one, and which are in two.

use std::collections::HashSet;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Int32Array};
use datafusion_physical_expr::PhysicalExpr;

use super::array::{element_type, stacked};
use super::equality::Comparable;
use super::selection::{Selection, elements};
use crate::call::Call;
use crate::error::Result;

/// Where the element of each row is first found in its array, from 0; the outer `None` is a NULL array.
fn find(lists: &ArrayRef, wanted: &ArrayRef) -> Result<Vec<Option<Option<usize>>>> {
    let lists = lists.as_list::<i32>();
    let comparable = Comparable::new(&[lists.values(), wanted])?;
    Ok((0..lists.len())
        .map(|row| {
            lists
                .is_valid(row)
                .then(|| elements(lists, row).position(|element| comparable.equal((0, element), (1, row))))
        })
        .collect())
}

/// `ARRAY_CONTAINS`.
pub(super) fn contains(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(|values| {
        let found = find(&values.array(0)?, &values.array(1)?)?;
        let result: BooleanArray = found
            .into_iter()
            .map(|found| found.map(|position| position.is_some()))
            .collect();
        Ok(Arc::new(result) as ArrayRef)
    })))
}

/// `ARRAY_POSITION`: from 1, 0 if it is not there.
pub(super) fn position(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(|values| {
        let wanted = values.array(1)?;
        let found = find(&values.array(0)?, &wanted)?;
        let result: Int32Array = found
            .into_iter()
            .enumerate()
            .map(|(row, found)| {
                let position = found.filter(|_| wanted.is_valid(row))?;
                Some(position.map_or(0, |position| position as i32 + 1))
            })
            .collect();
        Ok(Arc::new(result) as ArrayRef)
    })))
}

/// `ARRAY_REMOVE`.
pub(super) fn remove(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let target = call.result.to_arrow();
    Ok(call.with(Arc::new(move |values| {
        let (lists, unwanted) = (values.array(0)?, values.array(1)?);
        let lists = lists.as_list::<i32>();
        let comparable = Comparable::new(&[lists.values(), &unwanted])?;
        let mut selection = Selection::new();
        for row in 0..lists.len() {
            elements(lists, row)
                .filter(|element| !comparable.equal((0, *element), (1, row)))
                .for_each(|element| selection.element(element));
            selection.end(lists.is_valid(row));
        }
        selection.into_list(lists.values().as_ref(), &target)
    })))
}

/// `ARRAY_DISTINCT`: the first of equal elements stays.
pub(super) fn distinct(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let target = call.result.to_arrow();
    Ok(call.with(Arc::new(move |values| {
        let lists = values.array(0)?;
        let lists = lists.as_list::<i32>();
        let comparable = Comparable::new(&[lists.values()])?;
        let mut selection = Selection::new();
        for row in 0..lists.len() {
            let mut seen = HashSet::new();
            elements(lists, row)
                .filter(|element| seen.insert(comparable.bytes(0, *element)))
                .for_each(|element| selection.element(element));
            selection.end(lists.is_valid(row));
        }
        selection.into_list(lists.values().as_ref(), &target)
    })))
}

/// `ARRAY_UNION`: the elements of both, each once.
pub(super) fn union(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let target = call.result.to_arrow();
    let own = element_type(&target);
    Ok(call.with(Arc::new(move |values| {
        let (left, right) = (values.array(0)?, values.array(1)?);
        let (left, right) = (left.as_list::<i32>(), right.as_list::<i32>());
        let stack = stacked(&[left.values(), right.values()], &own)?;
        let comparable = Comparable::new(&[&stack])?;
        let base = left.values().len();
        let mut selection = Selection::new();
        for row in 0..left.len() {
            let valid = left.is_valid(row) && right.is_valid(row);
            if valid {
                let mut seen = HashSet::new();
                elements(left, row)
                    .chain(elements(right, row).map(|element| base + element))
                    .filter(|element| seen.insert(comparable.bytes(0, *element)))
                    .for_each(|element| selection.element(element));
            }
            selection.end(valid);
        }
        selection.into_list(stack.as_ref(), &target)
    })))
}

/// `ARRAY_INTERSECT` keeps the elements that the second array has too, `ARRAY_EXCEPT` the others; each
/// once.
pub(super) fn filtered(call: Call<'_>, keeps_common: bool) -> Result<Arc<dyn PhysicalExpr>> {
    let target = call.result.to_arrow();
    Ok(call.with(Arc::new(move |values| {
        let (left, right) = (values.array(0)?, values.array(1)?);
        let (left, right) = (left.as_list::<i32>(), right.as_list::<i32>());
        let comparable = Comparable::new(&[left.values(), right.values()])?;
        let mut selection = Selection::new();
        for row in 0..left.len() {
            let valid = left.is_valid(row) && right.is_valid(row);
            if valid {
                let others: HashSet<Vec<u8>> = elements(right, row)
                    .map(|element| comparable.bytes(1, element))
                    .collect();
                let mut seen = HashSet::new();
                for element in elements(left, row) {
                    let bytes = comparable.bytes(0, element);
                    if others.contains(&bytes) == keeps_common && seen.insert(bytes) {
                        selection.element(element);
                    }
                }
            }
            selection.end(valid);
        }
        selection.into_list(left.values().as_ref(), &target)
    })))
}
