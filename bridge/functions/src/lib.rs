//! Built-in functions with Flink's semantics.
//!
//! Data flow: [`lower`] turns a resolved expression of `nutkin-plan` into a DataFusion
//! [`PhysicalExpr`](datafusion_physical_expr::PhysicalExpr) over Arrow columns. Each family of functions
//! is a module with a table of its entries; [`lower`](mod@lower) joins the tables. What a value depends
//! on beside its arguments (time zone, current time) is the [`EvaluationContext`]. Aggregate functions
//! are the engine's, because their state is.
//!
//! Kernels of Arrow are used where they agree with Flink. They do not in integer overflow (Flink
//! wraps), NaN, DECIMAL results, LIKE escapes, and in how values are written as text.

mod call;
mod cast;
mod collection;
mod columns;
mod comparison;
mod conditional;
mod conform;
mod context;
mod decimal;
mod encoding;
mod error;
mod extremes;
mod function_expression;
mod java_float;
mod java_string;
mod json;
mod literal;
mod logic;
mod lower;
mod number;
mod regex;
mod temporal;
mod text;
mod time_zone;
mod value;

pub use comparison::comparison_type;
pub use conform::conform;
pub use context::{EvaluationContext, ExecutionMode};
pub use error::{FunctionError, Result};
pub use literal::scalar;
pub use lower::{evaluates_lazily, is_deterministic, is_shareable, is_supported, lower};
pub use time_zone::SessionTimeZone;
