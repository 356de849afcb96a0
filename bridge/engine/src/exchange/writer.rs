//! The sending end of an exchange.

use std::sync::Arc;

use crossbeam_channel::{SendTimeoutError, Sender};

use super::Partitioner;
use super::channel::Envelope;
use crate::chunk::Chunk;
use crate::element::{Element, EventTimeMillis};
use crate::job::JobContext;
use crate::operator::Output;
use crate::sink::TASK_TICK;
use crate::{EngineError, Result};

/// Splits chunks and sends the parts to the receiving subtasks.
pub struct ExchangeWriter {
    sender: usize,
    partitioner: Box<dyn Partitioner>,
    channels: Vec<Sender<Envelope>>,
    job: Arc<JobContext>,
}

impl ExchangeWriter {
    /// The writer of one sending subtask; `sender` is its number at the receivers.
    #[must_use]
    pub fn new(
        sender: usize,
        partitioner: Box<dyn Partitioner>,
        channels: Vec<Sender<Envelope>>,
        job: Arc<JobContext>,
    ) -> Self {
        Self {
            sender,
            partitioner,
            channels,
            job,
        }
    }

    fn send(&self, receiver: usize, element: Element) -> Result<()> {
        let Some(channel) = self.channels.get(receiver) else {
            return Err(EngineError::Internal {
                message: format!("an exchange has no receiver {receiver}"),
            });
        };
        let mut envelope = Envelope {
            sender: self.sender,
            element,
        };
        loop {
            match channel.send_timeout(envelope, TASK_TICK) {
                Ok(()) => return Ok(()),
                Err(SendTimeoutError::Timeout(back)) => {
                    if self.job.cancellation.is_cancelled() {
                        return Err(EngineError::Cancelled);
                    }
                    envelope = back;
                }
                // The receiver is gone, and has told the job why.
                Err(SendTimeoutError::Disconnected(_)) => return Err(EngineError::Cancelled),
            }
        }
    }

    fn broadcast(&self, element: &Element) -> Result<()> {
        (0..self.channels.len()).try_for_each(|receiver| self.send(receiver, element.clone()))
    }

    /// Tells all receivers that nothing follows.
    ///
    /// # Errors
    /// When the job is cancelled.
    pub fn end(&mut self) -> Result<()> {
        self.broadcast(&Element::End)
    }
}

impl Output for ExchangeWriter {
    fn chunk(&mut self, chunk: Chunk) -> Result<()> {
        for (receiver, part) in self.partitioner.split(chunk)? {
            self.send(receiver, Element::Chunk(part))?;
        }
        Ok(())
    }

    fn watermark(&mut self, watermark: EventTimeMillis) -> Result<()> {
        self.broadcast(&Element::Watermark(watermark))
    }
}
