//! GREATEST and LEAST: NULL if one of the values is.

use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray, Datum};
use arrow::compute::kernels::cmp;
use arrow::compute::kernels::zip::zip;
use arrow::compute::{is_null, nullif, or};
use arrow::error::ArrowError;
use datafusion_physical_expr::PhysicalExpr;
use nutkin_plan::types::TypeKind;

use crate::call::{Call, Entry};
use crate::error::Result;

/// The functions of this family.
pub(crate) const FUNCTIONS: &[Entry] = &[
    Entry {
        name: "GREATEST",
        lower: |call| extreme(call, cmp::gt),
    },
    Entry {
        name: "LEAST",
        lower: |call| extreme(call, cmp::lt),
    },
];

type Comparison = fn(&dyn Datum, &dyn Datum) -> Result<BooleanArray, ArrowError>;

/// The value that `replaces` all others.
fn extreme(mut call: Call<'_>, replaces: Comparison) -> Result<Arc<dyn PhysicalExpr>> {
    let common = call.result.clone();
    if matches!(
        common.kind,
        TypeKind::Array(_) | TypeKind::Row(_) | TypeKind::Map(..) | TypeKind::Multiset(_)
    ) {
        return Err(call.unsupported());
    }
    for index in 0..call.types.len() {
        call.cast_argument(index, &common)?;
    }
    Ok(call.with(Arc::new(move |values| -> Result<ArrayRef> {
        let mut best = values.array(0)?;
        let mut missing = is_null(&best)?;
        for index in 1..values.count() {
            let candidate = values.array(index)?;
            missing = or(&missing, &is_null(&candidate)?)?;
            best = zip(&replaces(&candidate, &best)?, &candidate, &best)?;
        }
        Ok(nullif(&best, &missing)?)
    })))
}
