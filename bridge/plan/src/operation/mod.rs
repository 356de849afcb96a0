//! Relational operations: what Table API calls and SQL queries both build.
//!
//! Mirrors `org.apache.flink.table.operations.QueryOperation`. Every expression in here is resolved,
//! so a tree that exists is valid. [`OperationBuilder`] makes them for the Table API, [`match_sink`] fits
//! one to the table that it is inserted into, and [`crate::stream`] plans them for execution.

mod builder;
mod join;
mod match_recognize;
mod over;
mod query;
mod schema;
mod set_operation;
mod sink;
mod sort;
mod tables;
mod window;

pub use builder::{GroupWindow, GroupWindowKind, OperationBuilder, OverWindow};
pub use join::{Correlate, CorrelateSource, Join, JoinKind};
pub use match_recognize::{AfterMatch, MatchRecognize, Pattern};
pub use over::{FrameBound, FrameUnits, OverCall, OverFrame};
pub use query::{AggregateCall, NamedExpression, QueryOperation};
pub use schema::expression_type;
pub use set_operation::SetKind;
pub use sink::match_sink;
pub use sort::SortKey;
pub use window::{WindowAggregate, WindowKind, WindowProperty, WindowTableFunction};
