//! The gateway from outside: dispatch, doors, and whole programs.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail the test by panicking, as tests do"
)]

mod callbacks;
mod dispatch;
mod doors;
mod expressions;
mod hostile;
mod jobs;
mod program;
mod programs;
mod python;
mod readme;
mod row_streams;
mod support;
