//! The sink behind `collect()` and `print()` of a query's result: a bounded queue in memory.
//!
//! The environment of a job returns a [`CollectSink`] for the sink node of the query; whoever started
//! the job reads the [`CollectHandle`]. A reader that is slow holds the job back; one that is dropped
//! cancels it, as closing Flink's `CloseableIterator` does.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crossbeam_channel::{Receiver, SendTimeoutError, Sender, TryRecvError, bounded};

use super::context::JobContext;
use crate::chunk::Chunk;
use crate::sink::{Sink, SinkWriter, TASK_TICK};
use crate::{EngineError, Result};

/// A sink that puts chunks into a queue.
pub struct CollectSink {
    queue: Mutex<Option<Sender<Chunk>>>,
}

/// The reading end of the queue.
#[derive(Debug)]
pub struct CollectHandle {
    queue: Receiver<Chunk>,
    /// A chunk that was taken from the queue only to see whether there is one.
    ahead: Mutex<Option<Chunk>>,
}

/// A sink for one job, and the handle that reads what it gets; at most `capacity` chunks wait.
#[must_use]
pub fn collect_sink(capacity: usize) -> (Arc<CollectSink>, CollectHandle) {
    let (sender, receiver) = bounded(capacity.max(1));
    let sink = CollectSink {
        queue: Mutex::new(Some(sender)),
    };
    let handle = CollectHandle {
        queue: receiver,
        ahead: Mutex::new(None),
    };
    (Arc::new(sink), handle)
}

impl CollectHandle {
    /// Waits at most `timeout` for the next rows. `None` when there are none yet, or when the job has
    /// ended; [`CollectHandle::has_ended`] tells which.
    #[must_use]
    pub fn next_batch(&self, timeout: Duration) -> Option<Chunk> {
        if let Some(chunk) = self.ahead().take() {
            return Some(chunk);
        }
        self.queue.recv_timeout(timeout).ok()
    }

    /// Whether every row has been read and none will follow. Whether the job failed is known from
    /// its own handle.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        let mut ahead = self.ahead();
        if ahead.is_some() {
            return false;
        }
        match self.queue.try_recv() {
            Err(TryRecvError::Disconnected) => true,
            Err(TryRecvError::Empty) => false,
            Ok(chunk) => {
                *ahead = Some(chunk);
                false
            }
        }
    }

    fn ahead(&self) -> MutexGuard<'_, Option<Chunk>> {
        self.ahead.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for CollectSink {
    fn create_writers(
        &self,
        _parallelism: usize,
        context: &Arc<JobContext>,
    ) -> Result<Vec<Box<dyn SinkWriter>>> {
        let queue = self
            .queue
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
            .ok_or_else(|| EngineError::Internal {
                message: "a collecting sink serves one job only".to_owned(),
            })?;
        Ok(vec![Box::new(CollectWriter {
            queue,
            job: Arc::clone(context),
        })])
    }

    fn max_parallelism(&self) -> Option<usize> {
        Some(1)
    }
}

struct CollectWriter {
    queue: Sender<Chunk>,
    job: Arc<JobContext>,
}

impl SinkWriter for CollectWriter {
    fn write(&mut self, chunk: Chunk) -> Result<()> {
        let mut chunk = chunk;
        loop {
            match self.queue.send_timeout(chunk, TASK_TICK) {
                Ok(()) => return Ok(()),
                Err(SendTimeoutError::Timeout(back)) => {
                    if self.job.cancellation.is_cancelled() {
                        return Err(EngineError::Cancelled);
                    }
                    chunk = back;
                }
                // Nobody reads any more.
                Err(SendTimeoutError::Disconnected(_)) => return Err(EngineError::Cancelled),
            }
        }
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}
