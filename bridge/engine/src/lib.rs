//! The streaming engine: a dataflow of operators over Arrow chunks.
//!
//! Data flow: a [`nutkin_plan::stream::StreamPlan`] is cut into chains of operators; each chain runs as
//! parallel tasks, one thread a task; tasks are joined by bounded channels of [`element::Element`]s,
//! and a hash exchange brings rows of one key to one task. Connectors ([`source`], [`sink`]) and Python
//! ([`python`]) are traits here and live in other crates. Batch execution is not here yet.

pub mod chunk;
pub mod element;
mod error;
pub mod exchange;
pub mod job;
pub mod operator;
pub mod python;
pub mod schema;
pub mod sink;
pub mod source;

pub use error::{EngineError, Result};
pub use nutkin_functions as functions;
