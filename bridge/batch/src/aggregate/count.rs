//! COUNT.

use datafusion::functions_aggregate::count::count_udaf;
use datafusion::logical_expr::expr::Case;
use datafusion::logical_expr::{Expr, and, lit};
use nutkin_engine::Result;

use super::{Call, Entry};
use crate::expression::null_of;

/// The functions of this family.
pub(super) const FUNCTIONS: &[Entry] = &[Entry {
    name: "count",
    plan: count,
}];

/// COUNT of no argument counts rows; of several, rows without a NULL among them.
fn count(mut call: Call<'_>) -> Result<Expr> {
    let arguments: Vec<Expr> = call
        .arguments
        .iter()
        .map(|(argument, _)| argument.clone())
        .collect();
    let counted = match arguments.as_slice() {
        [] => lit(1_i64),
        [argument] => argument.clone(),
        [first, ..] if call.distinct => {
            // DataFusion counts distinct values of one column only.
            let _ = first;
            return Err(call.unsupported());
        }
        [first, others @ ..] => {
            let present = others.iter().fold(first.clone().is_not_null(), |all, other| {
                and(all, other.clone().is_not_null())
            });
            let one = lit(1_i64);
            let none = null_of(&arrow::datatypes::DataType::Int64)?;
            Expr::Case(Case::new(
                None,
                vec![(Box::new(present), Box::new(one))],
                Some(Box::new(none)),
            ))
        }
    };
    call.aggregate(count_udaf(), vec![counted])
}
