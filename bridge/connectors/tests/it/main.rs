//! Connectors and formats by value.

#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests are not in a function marked as a test"
)]

mod csv;
mod datagen;
mod files;
mod json;
mod lookup;
mod print;
mod tables;
mod values;
