//! Built-in functions by value: hand-worked results, and Java's where Java decides.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail the test they help"
)]

mod arithmetic;
mod casts;
mod comparison;
mod kit;
mod literals;
mod logic;
mod table;
mod text;
