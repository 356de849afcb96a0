//! Flink's logical types.
//!
//! [`LogicalType`] is the value; [`parse`] reads it from text, [`display`] prints it, [`arrow`] maps it
//! to the columns that carry its values, [`cast`] says what converts to what, and [`derive`] gives the
//! type of an operation. Values themselves are not handled here.

mod arrow;
mod cast;
pub mod derive;
mod display;
mod logical_type;
mod parse;
mod token;

pub use cast::{supports_avoiding_cast, supports_explicit_cast, supports_implicit_cast};
pub use logical_type::{LogicalType, MAX_LENGTH, RowField, TypeKind};
pub use parse::{TypeDialect, parse_type};
