//! `MATCH_RECOGNIZE`: rows of which a pattern is looked for.

use std::sync::Arc;

use super::query::{NamedExpression, QueryOperation};
use super::sort::SortKey;
use crate::catalog::Schema;
use crate::expression::ResolvedExpression;

/// A search for a pattern in sorted rows. Expressions of measures and definitions refer to rows of the
/// match by calls of `FIRST`, `LAST`, `PREV`, `NEXT` (`function::definitions::MATCH_FIRST` and so on) and of
/// aggregate functions over [`ResolvedExpression::PatternField`]; there are none outside of such calls.
#[derive(Debug, Clone)]
pub struct MatchRecognize {
    /// Where rows come from.
    pub input: Arc<QueryOperation>,
    /// Rows with equal values are searched together.
    pub partition_by: Vec<NamedExpression>,
    /// The order of the rows.
    pub order_by: Vec<SortKey>,
    /// What is told of a match.
    pub measures: Vec<NamedExpression>,
    /// Where the search goes on after a match.
    pub after_match: AfterMatch,
    /// The pattern.
    pub pattern: Pattern,
    /// The most time between the first and the last row of a match.
    pub within_millis: Option<i64>,
    /// The conditions of variables; a variable without one takes any row.
    pub definitions: Vec<(String, ResolvedExpression)>,
    /// The partition columns, then the measures.
    pub schema: Schema,
}

/// Where the search goes on after a match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AfterMatch {
    /// After its last row.
    PastLastRow,
    /// At its second row.
    NextRow,
    /// At the first row of a variable.
    First(String),
    /// At the last row of a variable.
    Last(String),
}

/// A pattern of variables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pattern {
    /// A row that fulfils the variable's condition.
    Variable(String),
    /// One after the other.
    Sequence(Vec<Pattern>),
    /// One of these, the first preferred.
    Alternation(Vec<Pattern>),
    /// Again and again.
    Repeat {
        /// What is repeated.
        pattern: Box<Pattern>,
        /// The fewest times.
        at_least: u32,
        /// The most times; `None` has no end.
        at_most: Option<u32>,
        /// Whether as many times as possible are preferred.
        greedy: bool,
    },
}
