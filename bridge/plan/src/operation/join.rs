//! Joins of two inputs, and of rows with what is computed from them.

use std::sync::Arc;

use super::query::QueryOperation;
use crate::catalog::Schema;
use crate::expression::{ResolvedExpression, ResolvedFunction};

/// Which rows a join keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinKind {
    /// Pairs that fulfil the condition.
    Inner,
    /// These, and left rows without a partner.
    LeftOuter,
    /// These, and right rows without a partner.
    RightOuter,
    /// These, and all rows without a partner.
    FullOuter,
}

/// A join of two inputs.
#[derive(Debug, Clone)]
pub struct Join {
    /// The left input.
    pub left: Arc<QueryOperation>,
    /// The right input. Of a temporal join it is a [`QueryOperation::Source`], maybe below projections and
    /// filters.
    pub right: Arc<QueryOperation>,
    /// Which rows are kept.
    pub kind: JoinKind,
    /// The condition, over the left columns and then the right ones; `None` is always true.
    pub condition: Option<ResolvedExpression>,
    /// `FOR SYSTEM_TIME AS OF`: the time, over the left columns, as of which the right table is seen.
    pub as_of: Option<ResolvedExpression>,
    /// The left columns, then the right ones, with unique names.
    pub schema: Schema,
}

/// A join of each row with what is computed from it.
#[derive(Debug, Clone)]
pub struct Correlate {
    /// The rows.
    pub input: Arc<QueryOperation>,
    /// What is computed from each.
    pub right: CorrelateSource,
    /// [`JoinKind::Inner`] or [`JoinKind::LeftOuter`].
    pub kind: JoinKind,
    /// A condition over the input's columns and then the computed ones; `None` is always true.
    pub condition: Option<ResolvedExpression>,
    /// The input's columns, then the computed ones, with unique names.
    pub schema: Schema,
}

/// What is computed from a row.
#[derive(Debug, Clone)]
pub enum CorrelateSource {
    /// A query that refers to the row by [`ResolvedExpression::OuterField`]: `LATERAL (SELECT ...)`.
    Query(Arc<QueryOperation>),
    /// The elements of an array, map or multiset: `UNNEST`. Rows are spread to columns, map entries are
    /// key and value, multiset elements occur as often as they count.
    Unnest {
        /// The collection, over the input's columns.
        collection: ResolvedExpression,
        /// Whether a last column numbers the elements from 1.
        with_ordinality: bool,
    },
    /// The rows of a table function: `LATERAL TABLE(f(x))`.
    Function {
        /// The function.
        function: ResolvedFunction,
        /// Its arguments, over the input's columns.
        arguments: Vec<ResolvedExpression>,
    },
}
