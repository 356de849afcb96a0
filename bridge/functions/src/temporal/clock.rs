//! The current time.
//!
//! In batch it is the time at which the query started, the same for all rows. In streaming it is the
//! time at which a record is computed. `CURRENT_ROW_TIMESTAMP` and `PROCTIME` are always the latter.

use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use datafusion_physical_expr::PhysicalExpr;

use crate::call::Call;
use crate::context::{EvaluationContext, now_millis};
use crate::error::Result;
use crate::number::integers_to_temporal;

/// The functions of this module, which give another result later on.
pub(crate) const VOLATILE: &[&str] = &[
    "currentDate",
    "currentTime",
    "currentTimestamp",
    "now",
    "currentRowTimestamp",
    "processingTime",
    "localTime",
    "localTimestamp",
];

pub(super) fn current_date(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    current(call, |context| local_millis(context).div_euclid(86_400_000))
}

pub(super) fn local_time(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    current(call, |context| {
        local_millis(context).rem_euclid(86_400_000) / 1000
    })
}

pub(super) fn local_timestamp(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    current(call, local_millis)
}

pub(super) fn current_timestamp(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    current(call, EvaluationContext::current_millis)
}

pub(super) fn record_timestamp(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    current(call, |_| now_millis())
}

fn local_millis(context: &EvaluationContext) -> i64 {
    context.time_zone.to_local(context.current_millis(), 1000)
}

/// A column of the current time, computed once for the rows that are computed together.
fn current(call: Call<'_>, number: fn(&EvaluationContext) -> i64) -> Result<Arc<dyn PhysicalExpr>> {
    let context = call.context;
    let target = call.result.to_arrow();
    Ok(call.with_volatile(Arc::new(move |values| {
        let numbers = Int64Array::from(vec![number(&context); values.rows()]);
        Ok(match &target {
            DataType::Time32(_) => {
                let narrow: ArrayRef = cast(&numbers, &DataType::Int32)?;
                cast(&narrow, &target)?
            }
            _ => integers_to_temporal(&numbers, &target)?,
        })
    })))
}
