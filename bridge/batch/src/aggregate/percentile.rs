//! PERCENTILE: exact, with linear interpolation between neighbouring values.

use datafusion::functions::core::named_struct;
use datafusion::functions_aggregate::array_agg::array_agg_udaf;
use datafusion::logical_expr::{Expr, cast, lit};
use nutkin_engine::Result;

use super::of_list::OfList;
use super::{Call, Entry};

/// The functions of this family.
pub(super) const FUNCTIONS: &[Entry] = &[Entry {
    name: "PERCENTILE",
    plan: percentile,
}];

/// The values are kept with how often each counts.
fn percentile(mut call: Call<'_>) -> Result<Expr> {
    let (value, percentages, frequency) = match call.arguments.as_slice() {
        [(value, _), (percentages, _)] => (value.clone(), percentages.clone(), lit(1_i64)),
        [(value, _), (percentages, _), (frequency, _)] => (
            value.clone(),
            percentages.clone(),
            cast(frequency.clone(), arrow::datatypes::DataType::Int64),
        ),
        _ => return Err(call.unsupported()),
    };
    call.take_only(value.clone().is_not_null().and(frequency.clone().is_not_null()));
    let value = cast(value, arrow::datatypes::DataType::Float64);
    let entry = named_struct().call(vec![lit("value"), value, lit("frequency"), frequency]);
    let values = call.aggregate(array_agg_udaf(), vec![entry])?;
    Ok(OfList::Percentile.call(vec![values, percentages], call.result.to_arrow()))
}
