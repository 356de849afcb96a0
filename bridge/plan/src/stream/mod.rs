//! The plan that the streaming engine runs, as data.
//!
//! A planner turns the sinks of a job and their [`crate::operation::QueryOperation`] trees into a
//! [`StreamPlan`]: columns nobody reads are pruned down to the scans, equal aggregate calls are
//! computed once, Python calls are split from native ones, keyed operators get an exchange, and each
//! sink learns its upsert key. Nothing here computes.

mod node;

pub use node::{
    ChangelogMode, ConnectorTable, Distribution, JobOptions, PythonArgument, PythonCall, SinkNode,
    StreamNode, StreamPlan,
};
