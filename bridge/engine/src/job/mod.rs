//! Jobs: starting, watching, cancelling.

mod context;

pub use context::{Cancellation, JobContext, JobMetrics, MetricsSnapshot};
