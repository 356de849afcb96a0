//! Sort keys.

use crate::expression::ResolvedExpression;

/// What rows are sorted by.
#[derive(Debug, Clone, PartialEq)]
pub struct SortKey {
    /// The value compared.
    pub expression: ResolvedExpression,
    /// Whether small values go first.
    pub ascending: bool,
    /// Whether NULL goes before all values. Where nothing is said, Flink takes NULL as the smallest value:
    /// first when ascending, last when descending.
    pub nulls_first: bool,
}

impl SortKey {
    /// A key with NULLs where Flink puts them by default.
    #[must_use]
    pub fn new(expression: ResolvedExpression, ascending: bool) -> Self {
        Self {
            expression,
            ascending,
            nulls_first: ascending,
        }
    }
}
