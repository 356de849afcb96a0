//! TRIM.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, StringBuilder};
use datafusion_physical_expr::PhysicalExpr;

use crate::call::Call;
use crate::error::Result;

/// `trim(leading, trailing, characters, text)`: removes any of the characters from the chosen ends.
pub(super) fn trim(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    if call.arguments.len() != 4 {
        return Err(call.unsupported());
    }
    Ok(call.with(Arc::new(|values| {
        let (leading, trailing) = (values.array(0)?, values.array(1)?);
        let (leading, trailing) = (leading.as_boolean(), trailing.as_boolean());
        let (characters, text) = (values.array(2)?, values.array(3)?);
        let (characters, text) = (characters.as_string::<i32>(), text.as_string::<i32>());
        let mut result = StringBuilder::with_capacity(text.len(), text.value_data().len());
        for row in 0..text.len() {
            let null = [leading.is_null(row), trailing.is_null(row)].contains(&true);
            if null || characters.is_null(row) || text.is_null(row) {
                result.append_null();
                continue;
            }
            let set = characters.value(row);
            let mut rest = text.value(row);
            if leading.value(row) {
                rest = rest.trim_start_matches(|character| set.contains(character));
            }
            if trailing.value(row) {
                rest = rest.trim_end_matches(|character| set.contains(character));
            }
            result.append_value(rest);
        }
        Ok(Arc::new(result.finish()) as ArrayRef)
    })))
}
