//! Batch execution: queries over bounded tables, run by DataFusion.
//!
//! Data flow: [`plan`](mod@plan) turns a [`nutkin_plan::operation::QueryOperation`] into a DataFusion
//! `LogicalPlan`, with the expressions of [`expression`], the aggregates of [`aggregate`] and the tables of
//! [`table`]; DataFusion optimizes it and makes a physical plan; [`job`] runs that on the threads of
//! [`runtime`], within the memory of [`session`], and hands the rows to the sinks of connectors.
//! [`explain`](mod@explain) prints the plans.
//!
//! Flink's semantics decide everywhere. What DataFusion computes with the same values and types is said in
//! its own expressions, so that its optimizer sees through them; everything else is an expression of
//! `nutkin-functions` in the shape of a scalar function.

mod aggregate;
mod error;
mod explain;
mod expression;
mod job;
mod plan;
mod runtime;
mod session;
mod table;
mod window;
mod window_time;

pub use explain::explain;
pub use job::submit;
pub use session::parse_memory_size;
