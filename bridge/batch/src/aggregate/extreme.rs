//! MIN and MAX.

use datafusion::functions_aggregate::min_max::{max_udaf, min_udaf};

use super::Entry;

/// The functions of this family.
pub(super) const FUNCTIONS: &[Entry] = &[
    Entry {
        name: "min",
        plan: |mut call| {
            let (argument, _) = call.argument()?;
            call.aggregate(min_udaf(), vec![argument])
        },
    },
    Entry {
        name: "max",
        plan: |mut call| {
            let (argument, _) = call.argument()?;
            call.aggregate(max_udaf(), vec![argument])
        },
    },
];
