//! `ARRAY_SORT`, `ARRAY_MAX` and `ARRAY_MIN`.

use std::cmp::Ordering;
use std::sync::Arc;

use arrow::array::{Array, AsArray, UInt32Array, make_comparator};
use arrow::compute::{SortOptions, take};
use datafusion_physical_expr::PhysicalExpr;

use super::selection::{Selection, elements};
use crate::call::Call;
use crate::conform::conform;
use crate::error::Result;

/// `ARRAY_SORT(array[, ascending[, nulls first]])`; NULLs come first when ascending, unless it is said.
pub(super) fn sort(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let target = call.result.to_arrow();
    Ok(call.with(Arc::new(move |values| {
        let lists = values.array(0)?;
        let lists = lists.as_list::<i32>();
        let flags = (1..values.count())
            .map(|position| values.array(position))
            .collect::<Result<Vec<_>>>()?;
        let items = lists.values();
        let compare = make_comparator(items, items, SortOptions::default())?;
        let mut selection = Selection::new();
        for row in 0..lists.len() {
            let valid = lists.is_valid(row) && flags.iter().all(|flag| flag.is_valid(row));
            if valid {
                let flag = |position: usize| flags.get(position).map(|flag| flag.as_boolean().value(row));
                let ascending = flag(0).unwrap_or(true);
                let nulls_first = flag(1).unwrap_or(ascending);
                let mut order: Vec<usize> = elements(lists, row).collect();
                order.sort_by(
                    |left, right| match (items.is_null(*left), items.is_null(*right)) {
                        (true, true) => Ordering::Equal,
                        (true, false) if nulls_first => Ordering::Less,
                        (true, false) => Ordering::Greater,
                        (false, true) if nulls_first => Ordering::Greater,
                        (false, true) => Ordering::Less,
                        (false, false) if ascending => compare(*left, *right),
                        (false, false) => compare(*right, *left),
                    },
                );
                order.into_iter().for_each(|element| selection.element(element));
            }
            selection.end(valid);
        }
        selection.into_list(items.as_ref(), &target)
    })))
}

/// The largest or the smallest element that is not NULL.
pub(super) fn extreme(call: Call<'_>, largest: bool) -> Result<Arc<dyn PhysicalExpr>> {
    let target = call.result.to_arrow();
    Ok(call.with(Arc::new(move |values| {
        let lists = values.array(0)?;
        let lists = lists.as_list::<i32>();
        let items = lists.values();
        let compare = make_comparator(items, items, SortOptions::default())?;
        let found: UInt32Array = (0..lists.len())
            .map(|row| {
                let present = elements(lists, row).filter(|element| items.is_valid(*element));
                let best = present.reduce(|best, element| {
                    let order = compare(element, best);
                    let better = if largest {
                        Ordering::Greater
                    } else {
                        Ordering::Less
                    };
                    if order == better { element } else { best }
                });
                best.filter(|_| lists.is_valid(row)).map(|element| element as u32)
            })
            .collect();
        conform(&take(items, &found, None)?, &target)
    })))
}
