//! What one peer may take.

use std::time::Duration;

use nutkin_protocol::frame::DEFAULT_MAXIMUM_FRAME_BYTES;

/// Bounds on connections. They hold for each door.
#[derive(Debug, Clone)]
pub struct Limits {
    /// How many connections may be open at once; more are closed at once.
    pub maximum_connections: usize,
    /// How many batches of one connection are worked on at once; more are answered with an error.
    pub maximum_batches: usize,
    /// How many streams of rows of one connection may be open at once; more are answered with an error.
    pub maximum_streams: usize,
    /// The longest frame that is accepted.
    pub maximum_frame_bytes: u32,
    /// How long a peer may take to say hello.
    pub hello_timeout: Duration,
    /// How long a peer may not take what is sent to it before it is taken for gone.
    pub write_timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            maximum_connections: 256,
            maximum_batches: 32,
            maximum_streams: 32,
            maximum_frame_bytes: DEFAULT_MAXIMUM_FRAME_BYTES,
            hello_timeout: Duration::from_secs(10),
            write_timeout: Duration::from_secs(30),
        }
    }
}
