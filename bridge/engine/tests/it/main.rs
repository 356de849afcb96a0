//! The engine by value: operators against changelogs worked out by hand, and whole jobs over sources
//! and sinks in memory.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail the test they help"
)]

mod calc;
mod exchange;
mod group_aggregate;
mod group_aggregate_functions;
mod job;
mod job_endings;
mod kit;
mod python_calc;
mod random_changelogs;
mod sink;
mod values;
