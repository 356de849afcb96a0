//! Exchanges: how rows move from the tasks of one chain to those of the next.
//!
//! A [`writer::ExchangeWriter`] splits chunks by a [`Partitioner`] and sends the parts through one bounded
//! channel a receiving subtask; an [`input::ExchangeInput`] merges what all senders sent, joins small
//! parts into chunks of useful size and knows when everyone has ended. A full channel holds the
//! sender back; every wait looks at the job's cancellation.

mod channel;
mod hash;
mod input;
mod single;
mod writer;

pub use channel::{Envelope, channels};
pub use hash::{HashPartitioner, MAX_PARALLELISM};
pub use input::{ExchangeInput, InputEvent};
pub use single::FixedPartitioner;
pub use writer::ExchangeWriter;

use crate::Result;
use crate::chunk::Chunk;

/// Chooses the receiving subtasks of rows.
pub trait Partitioner: Send {
    /// The rows of the chunk by receiving subtask; receivers without rows are left out.
    ///
    /// # Errors
    /// When the columns that decide cannot be read.
    fn split(&mut self, chunk: Chunk) -> Result<Vec<(usize, Chunk)>>;
}
