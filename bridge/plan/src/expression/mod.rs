//! Expressions, before and after resolution.

mod literal;
mod resolved;
mod unresolved;

pub use literal::LiteralValue;
pub use resolved::{ResolvedExpression, ResolvedFunction};
pub use unresolved::{CallTarget, Expression};
