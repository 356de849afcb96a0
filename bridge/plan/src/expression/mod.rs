//! Expressions, before and after resolution.
//!
//! Programs build [`Expression`]s ([`constructors`] has the shorthands); [`expand_columns`] replaces `*`
//! and ranges of columns; [`resolve`] looks names up and derives types, which gives a
//! [`ResolvedExpression`]. Both print as Flink's do. Nothing here computes values.

mod columns;
mod constructors;
mod display;
mod interval;
mod literal;
mod resolve;
mod resolved;
pub mod symbol;
mod unresolved;

pub use columns::expand_columns;
pub use constructors::{literal_type, typed_literal};
pub use interval::{INTERVAL_UNITS, IntervalUnit, row_interval};
pub use literal::LiteralValue;
pub use resolve::{AggregateUse, FunctionLookup, ResolveContext, boolean_condition, resolve};
pub(crate) use resolve::{call_built_in, call_cast, call_python, check_returned_type};
pub use resolved::{ResolvedExpression, ResolvedFunction, Subquery, SubqueryKind};
pub use unresolved::{CallTarget, Expression, TableReference};

#[cfg(test)]
mod tests;
