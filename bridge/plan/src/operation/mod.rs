//! Relational operations: what Table API calls and SQL queries both build.
//!
//! Mirrors `org.apache.flink.table.operations.QueryOperation`. Every expression in here is resolved,
//! so a tree that exists is valid. [`OperationBuilder`] makes them for the Table API, [`match_sink`] fits
//! one to the table that it is inserted into, and [`crate::stream`] plans them for execution.

mod builder;
mod query;
mod schema;
mod sink;

pub use builder::OperationBuilder;
pub use query::{AggregateCall, NamedExpression, QueryOperation};
pub use schema::expression_type;
pub use sink::match_sink;
