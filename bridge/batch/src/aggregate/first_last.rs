//! FIRST_VALUE and LAST_VALUE: of the values that are not NULL.

use datafusion::functions_aggregate::first_last::{first_value_udaf, last_value_udaf};
use datafusion::logical_expr::Expr;
use nutkin_engine::Result;

use super::{Call, Entry};

/// The functions of this family.
pub(super) const FUNCTIONS: &[Entry] = &[
    Entry {
        name: "first_value",
        plan: |mut call| {
            let argument = present(&mut call)?;
            call.aggregate(first_value_udaf(), vec![argument])
        },
    },
    Entry {
        name: "last_value",
        plan: |mut call| {
            let argument = present(&mut call)?;
            call.aggregate(last_value_udaf(), vec![argument])
        },
    },
];

/// The only argument; rows where it is NULL are left out.
pub(super) fn present(call: &mut Call<'_>) -> Result<Expr> {
    let (argument, _) = call.argument()?;
    call.take_only(argument.clone().is_not_null());
    Ok(argument)
}
