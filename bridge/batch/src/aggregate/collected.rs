//! Aggregates that keep their values: COLLECT, ARRAY_AGG, LISTAGG.

use datafusion::functions_aggregate::array_agg::array_agg_udaf;
use datafusion::functions_aggregate::string_agg::string_agg_udaf;
use datafusion::logical_expr::{Expr, cast, lit};
use nutkin_engine::Result;

use super::first_last::present;
use super::of_list::OfList;
use super::{Call, Entry};

/// The functions of this family.
pub(super) const FUNCTIONS: &[Entry] = &[
    Entry {
        name: "collect",
        plan: |mut call| {
            let argument = present(&mut call)?;
            let values = call.aggregate(array_agg_udaf(), vec![argument])?;
            Ok(OfList::Multiset.call(vec![values], call.result.to_arrow()))
        },
    },
    Entry {
        name: "ARRAY_AGG",
        plan: |mut call| {
            let (argument, _) = call.argument()?;
            let values = call.aggregate(array_agg_udaf(), vec![argument])?;
            Ok(cast(values, call.result.to_arrow()))
        },
    },
    Entry {
        name: "listAgg",
        plan: list,
    },
];

/// The strings with a separator between them, which is a comma if none is given.
fn list(mut call: Call<'_>) -> Result<Expr> {
    let arguments: Vec<Expr> = call
        .arguments
        .iter()
        .map(|(argument, _)| argument.clone())
        .collect();
    let arguments = match arguments.as_slice() {
        [value] => vec![value.clone(), lit(",")],
        [value, separator @ Expr::Literal(..)] => vec![value.clone(), separator.clone()],
        _ => return Err(call.unsupported()),
    };
    let joined = call.aggregate(string_agg_udaf(), arguments)?;
    Ok(cast(joined, call.result.to_arrow()))
}
