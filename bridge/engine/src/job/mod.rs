//! Jobs: starting, watching, cancelling.
//!
//! [`submit`] checks a plan and hands it to a coordinator thread, which creates sources and sinks,
//! cuts the plan into chains ([`graph`]), starts one thread a task and waits for all of them. A
//! [`JobHandle`] is what the outside sees.

mod collect;
mod context;
mod coordinator;
mod driven;
mod graph;
mod handle;
mod identifier;
mod instances;
mod options;
mod stage;
mod status;
mod submission;
mod task;
mod values;

pub use collect::{CollectHandle, CollectSink, collect_sink};
pub use context::{Cancellation, JobContext, JobMetrics, MetricsSnapshot};
pub use driven::{JobDriver, drive};
pub use handle::{JobHandle, JobResult};
pub use identifier::JobId;
pub use nutkin_functions::EvaluationContext;
pub use options::parallelism;
pub use status::JobStatus;
pub use submission::submit;
