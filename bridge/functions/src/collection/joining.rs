//! `ARRAY_JOIN`.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, StringArray};
use datafusion_physical_expr::PhysicalExpr;

use super::selection::elements;
use crate::call::Call;
use crate::error::Result;

/// `ARRAY_JOIN(array, delimiter[, text for NULL])`; without a text NULLs are left out.
pub(super) fn array_join(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(|values| {
        let arguments: Vec<ArrayRef> = (0..values.count())
            .map(|position| values.array(position))
            .collect::<Result<_>>()?;
        let lists = arguments[0].as_list::<i32>();
        let items = lists.values().as_string::<i32>();
        let joined: StringArray = (0..lists.len())
            .map(|row| {
                if arguments.iter().any(|argument| argument.is_null(row)) {
                    return None;
                }
                let text = |position: usize| {
                    arguments
                        .get(position)
                        .map(|argument| argument.as_string::<i32>().value(row))
                };
                let parts: Vec<&str> = elements(lists, row)
                    .filter_map(|element| {
                        if items.is_valid(element) {
                            Some(items.value(element))
                        } else {
                            text(2)
                        }
                    })
                    .collect();
                Some(parts.join(text(1).unwrap_or_default()))
            })
            .collect();
        Ok(Arc::new(joined) as ArrayRef)
    })))
}
