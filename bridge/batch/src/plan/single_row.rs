//! Whether a query has one row at most, whatever its tables hold.

use nutkin_plan::operation::QueryOperation;

/// Whether there is never a second row.
pub(crate) fn has_at_most_one_row(operation: &QueryOperation) -> bool {
    match operation {
        QueryOperation::Aggregate {
            groupings,
            grouping_sets,
            ..
        } => groupings.is_empty() && grouping_sets.len() < 2,
        QueryOperation::Values { rows, .. } => rows.len() < 2,
        QueryOperation::Sort {
            fetch: Some(0 | 1), ..
        } => true,
        QueryOperation::Project { input, .. }
        | QueryOperation::Filter { input, .. }
        | QueryOperation::Sort { input, .. }
        | QueryOperation::Over { input, .. } => has_at_most_one_row(input),
        _ => false,
    }
}
