//! Relational operations: what Table API calls and SQL queries both build.
//!
//! Mirrors `org.apache.flink.table.operations.QueryOperation`. Every expression in here is resolved,
//! so a tree that exists is valid. [`crate::stream`] plans it for execution.

mod query;
mod schema;

pub use query::{AggregateCall, NamedExpression, QueryOperation};
pub use schema::expression_type;
