//! Frames and payloads: round trips, a byte-exact vector worked by hand, and hostile input.

mod garbage;
mod round_trip;
mod strategy;
mod vectors;
