//! Windows of time: the table functions, and grouping by them.

use std::sync::Arc;

use super::query::{AggregateCall, NamedExpression, QueryOperation};
use crate::catalog::Schema;
use crate::expression::ResolvedExpression;

/// How rows are assigned to windows. All lengths are in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum WindowKind {
    /// One window after the other.
    Tumble {
        /// The length of a window.
        size_millis: i64,
        /// How much later than a multiple of the size windows start.
        offset_millis: i64,
    },
    /// Windows that overlap.
    Hop {
        /// The time from start to start.
        slide_millis: i64,
        /// The length of a window.
        size_millis: i64,
        /// How much later than a multiple of the slide windows start.
        offset_millis: i64,
    },
    /// Windows that grow by a step up to a size, then start anew.
    Cumulate {
        /// The time from end to end.
        step_millis: i64,
        /// The length of the longest window.
        size_millis: i64,
        /// How much later than a multiple of the size windows start.
        offset_millis: i64,
    },
    /// Windows that end where nothing happens for so long.
    Session {
        /// The pause that ends a window.
        gap_millis: i64,
        /// Positions of the columns whose values have sessions of their own.
        partition_by: Vec<usize>,
    },
}

/// A window table function: each row once for each window that it is in.
#[derive(Debug, Clone)]
pub struct WindowTableFunction {
    /// Where rows come from.
    pub input: Arc<QueryOperation>,
    /// The windows.
    pub window: WindowKind,
    /// The position of the time column: a TIMESTAMP or TIMESTAMP_LTZ.
    pub time_column: usize,
    /// The input's columns, then `window_start`, `window_end` (TIMESTAMP(3)) and `window_time` (of the
    /// time column's type).
    pub schema: Schema,
}

/// Grouping by windows and maybe columns. The output is the grouping columns, the aggregates, and the
/// window's properties.
#[derive(Debug, Clone)]
pub struct WindowAggregate {
    /// Where rows come from.
    pub input: Arc<QueryOperation>,
    /// The windows; `partition_by` of a session is empty, the groupings take its place.
    pub window: WindowKind,
    /// The time of a row, over the input's columns.
    pub time: ResolvedExpression,
    /// What rows are grouped by beside the window.
    pub groupings: Vec<NamedExpression>,
    /// The aggregate calls.
    pub aggregates: Vec<AggregateCall>,
    /// What is asked of the window, each with the name of its column.
    pub properties: Vec<(String, WindowProperty)>,
    /// The output columns.
    pub schema: Schema,
}

/// What can be asked of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowProperty {
    /// Its first instant.
    Start,
    /// The first instant after it.
    End,
    /// Its last millisecond, as the time of the row.
    Time,
}
