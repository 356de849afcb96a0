//! UUID: a random one for every row.

use std::sync::Arc;

use arrow::array::{ArrayRef, StringBuilder};
use datafusion_physical_expr::PhysicalExpr;
use uuid::Uuid;

use crate::call::Call;
use crate::error::Result;

/// `UUID()`: of version 4.
pub(super) fn uuid(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with_volatile(Arc::new(|values| {
        let mut column = StringBuilder::with_capacity(values.rows(), values.rows() * 36);
        for _ in 0..values.rows() {
            let text = Uuid::new_v4().hyphenated();
            column.append_value(text.encode_lower(&mut Uuid::encode_buffer()));
        }
        Ok(Arc::new(column.finish()) as ArrayRef)
    })))
}
