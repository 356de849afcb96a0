//! Plans: Flink's types, expressions, catalog and dialects, up to the plan that an engine runs.
//!
//! Data flow: SQL text ([`sql`]), legacy strings ([`legacy`]) and Table API calls build
//! [`expression::Expression`]s, which are resolved against a [`catalog`] into
//! [`operation::QueryOperation`] trees; [`stream`] plans these for the streaming engine. The crate
//! only describes: it computes no rows and depends on neither Arrow kernels nor DataFusion.

pub mod catalog;
mod error;
pub mod expression;
pub mod function;
pub mod legacy;
pub mod operation;
pub mod sql;
pub mod stream;
pub mod types;

pub use error::{PlanError, Result};
