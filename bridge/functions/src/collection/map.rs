//! Functions of maps.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, MapArray};
use arrow::datatypes::DataType;
use datafusion_physical_expr::PhysicalExpr;

use super::array::stacked;
use super::construct::put;
use super::equality::Comparable;
use super::selection::{Selection, elements, entries as map_entries};
use crate::call::Call;
use crate::error::{FunctionError, Result};

/// `MAP_KEYS` and `MAP_VALUES`.
pub(super) fn part(call: Call<'_>, part: fn(&MapArray) -> ArrayRef) -> Result<Arc<dyn PhysicalExpr>> {
    let target = call.result.to_arrow();
    Ok(call.with(Arc::new(move |values| {
        let maps = values.array(0)?;
        let maps = maps.as_map();
        select_all(maps).into_list(part(maps).as_ref(), &target)
    })))
}

/// `MAP_ENTRIES`.
pub(super) fn entries(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let target = call.result.to_arrow();
    Ok(call.with(Arc::new(move |values| {
        let maps = values.array(0)?;
        let maps = maps.as_map();
        select_all(maps).into_list(maps.entries(), &target)
    })))
}

fn select_all(maps: &MapArray) -> Selection {
    let mut selection = Selection::new();
    for row in 0..maps.len() {
        map_entries(maps, row).for_each(|entry| selection.element(entry));
        selection.end(maps.is_valid(row));
    }
    selection
}

fn entry_types(map: &DataType) -> Option<(DataType, DataType)> {
    let DataType::Map(field, _) = map else { return None };
    let DataType::Struct(fields) = field.data_type() else {
        return None;
    };
    Some((
        fields.first()?.data_type().clone(),
        fields.get(1)?.data_type().clone(),
    ))
}

/// `MAP_FROM_ARRAYS(keys, values)`.
pub(super) fn from_arrays(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let target = call.result.to_arrow();
    Ok(call.with(Arc::new(move |values| {
        let (keys, items) = (values.array(0)?, values.array(1)?);
        let (keys, items) = (keys.as_list::<i32>(), items.as_list::<i32>());
        let comparable = Comparable::new(&[keys.values()])?;
        let mut selection = Selection::new();
        // Both lists are taken from their own columns, so that equal positions have equal indices.
        let mut values_taken = Selection::new();
        for row in 0..keys.len() {
            let valid = keys.is_valid(row) && items.is_valid(row);
            if valid {
                let (own_keys, own_items) = (elements(keys, row), elements(items, row));
                if own_keys.len() != own_items.len() {
                    return Err(FunctionError::Compute {
                        class: "org.apache.flink.util.FlinkRuntimeException",
                        message: format!(
                            "Invalid function MAP_FROM_ARRAYS call:\nThe length of the keys array {} is not equal \
                             to the length of the values array {}",
                            own_keys.len(),
                            own_items.len()
                        ),
                    });
                }
                for (key, item) in own_keys.zip(own_items) {
                    let known = selection
                        .current()
                        .iter()
                        .position(|earlier| comparable.equal((0, *earlier as usize), (0, key)));
                    match known {
                        Some(position) => {
                            selection.replace(position, key);
                            values_taken.replace(position, item);
                        }
                        None => {
                            selection.element(key);
                            values_taken.element(item);
                        }
                    }
                }
            }
            selection.end(valid);
            values_taken.end(valid);
        }
        selection.into_map_of(keys.values().as_ref(), values_taken, items.values().as_ref(), &target)
    })))
}

/// `MAP_UNION(map, ...)`; of equal keys the last one counts.
pub(super) fn union(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let target = call.result.to_arrow();
    let Some((key, value)) = entry_types(&target) else {
        return Err(call.unsupported());
    };
    Ok(call.with(Arc::new(move |values| {
        let maps: Vec<ArrayRef> = (0..values.count())
            .map(|position| values.array(position))
            .collect::<Result<_>>()?;
        let keys: Vec<&ArrayRef> = maps.iter().map(|map| map.as_map().keys()).collect();
        let items: Vec<&ArrayRef> = maps.iter().map(|map| map.as_map().values()).collect();
        let (keys, items) = (stacked(&keys, &key)?, stacked(&items, &value)?);
        let comparable = Comparable::new(&[&keys])?;
        let mut selection = Selection::new();
        for row in 0..values.rows() {
            let valid = maps.iter().all(|map| map.is_valid(row));
            if valid {
                let mut base = 0;
                for map in &maps {
                    let map = map.as_map();
                    map_entries(map, row).for_each(|entry| put(&mut selection, &comparable, base + entry));
                    base += map.keys().len();
                }
            }
            selection.end(valid);
        }
        selection.into_map(keys.as_ref(), items.as_ref(), &target)
    })))
}
