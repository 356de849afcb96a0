//! Frames and payloads: round trips, a byte-exact vector worked by hand, and hostile input.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail the test by panicking, as tests do"
)]

mod conformance;
mod garbage;
mod round_trip;
mod strategy;
mod vectors;
