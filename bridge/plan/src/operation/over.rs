//! Calls over frames of rows.

use super::sort::SortKey;
use crate::expression::ResolvedExpression;
use crate::function::BuiltInFunction;
use crate::types::LogicalType;

/// A call with `OVER`.
#[derive(Debug, Clone, PartialEq)]
pub struct OverCall {
    /// The name of the output column.
    pub name: String,
    /// An aggregate or ranking function.
    pub function: &'static BuiltInFunction,
    /// Arguments over the input's columns; empty for `COUNT(*)` and `ROW_NUMBER()`.
    pub arguments: Vec<ResolvedExpression>,
    /// Whether equal arguments count once.
    pub distinct: bool,
    /// The condition of `FILTER (WHERE ...)`.
    pub filter: Option<ResolvedExpression>,
    /// Rows with equal values are one partition.
    pub partition_by: Vec<ResolvedExpression>,
    /// The order inside a partition.
    pub order_by: Vec<SortKey>,
    /// The rows that a call sees.
    pub frame: OverFrame,
    /// The type of the result.
    pub result_type: LogicalType,
}

/// The rows around the current one that a call sees.
#[derive(Debug, Clone, PartialEq)]
pub struct OverFrame {
    /// What the bounds count.
    pub units: FrameUnits,
    /// The first row.
    pub start: FrameBound,
    /// The last row.
    pub end: FrameBound,
}

/// What the bounds of a frame count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameUnits {
    /// Rows.
    Rows,
    /// Distances of the sort key.
    Range,
}

/// A bound of a frame.
#[derive(Debug, Clone, PartialEq)]
pub enum FrameBound {
    /// The partition's first row.
    UnboundedPreceding,
    /// So much before the current row: a constant number of rows, or a constant distance.
    Preceding(ResolvedExpression),
    /// The current row; by range also its equals.
    CurrentRow,
    /// So much after the current row.
    Following(ResolvedExpression),
    /// The partition's last row.
    UnboundedFollowing,
}
