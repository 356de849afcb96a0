//! Tests of batch execution: operations go in, rows come out.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail the test by panicking, as tests do"
)]

mod kit;
mod unnest;
