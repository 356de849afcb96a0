//! What travels on an edge between operators.

use crate::chunk::Chunk;

/// Event time in milliseconds since the epoch, as Flink counts it.
pub type EventTimeMillis = i64;

/// One element of a stream, in band.
#[derive(Debug, Clone)]
pub enum Element {
    /// Rows.
    Chunk(Chunk),
    /// No row with a smaller event time follows.
    Watermark(EventTimeMillis),
    /// Nothing follows.
    End,
}
