//! COUNT.

use datafusion::functions::core::named_struct;
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
    if call.distinct && arguments.len() > 1 {
        // Distinct rows of several values, none of them NULL.
        for argument in &arguments {
            call.take_only(argument.clone().is_not_null());
        }
        let named = arguments
            .iter()
            .enumerate()
            .flat_map(|(position, argument)| [lit(format!("f{position}")), argument.clone()]);
        let row = named_struct().call(named.collect());
        return call.aggregate(count_udaf(), vec![row]);
    }
    let counted = match arguments.as_slice() {
        [] => lit(1_i64),
        [argument] => argument.clone(),
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
