//! The plan that the streaming engine runs, as data.
//!
//! A planner turns the sinks of a job and their [`crate::operation::QueryOperation`] trees into a
//! [`StreamPlan`]: columns nobody reads are pruned down to the scans, equal aggregate calls are
//! computed once, Python calls are split from native ones, keyed operators get an exchange, and each
//! sink learns its upsert key. [`explain`] prints plans. Nothing here computes.

mod changes;
pub mod explain;
mod node;
mod planner;

pub use changes::ChangeKinds;
pub use node::{
    ChangelogMode, ConnectorTable, Distribution, JobOptions, PythonArgument, PythonCall, SinkNode,
    StreamNode, StreamPlan,
};
pub use planner::{SinkRequest, plan};

#[cfg(test)]
mod test_kit;
