//! The receiving end of an exchange.
//!
//! Splitting makes small parts, and operators work best on large chunks: rows are gathered until
//! there are [`GATHER_ROWS`] or the first of them has waited for [`GATHER_WAIT`]. The very first rows of
//! a task never wait, so that a job shows its first result at once.

use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError};

use super::channel::Envelope;
use crate::Result;
use crate::chunk::Chunk;
use crate::element::{Element, EventTimeMillis};

/// Rows that are enough for a chunk.
const GATHER_ROWS: usize = 4096;
/// How long the first row of a chunk waits for more.
const GATHER_WAIT: Duration = Duration::from_millis(10);

/// What came in.
#[derive(Debug)]
pub enum InputEvent {
    /// Rows, of any senders.
    Chunk(Chunk),
    /// The watermark over all senders moved.
    Watermark(EventTimeMillis),
    /// Nothing yet.
    Idle,
    /// All senders have ended.
    Finished,
}

/// Merges what the senders of a task's inputs sent.
pub struct ExchangeInput {
    channel: Receiver<Envelope>,
    gather: bool,
    seen_rows: bool,
    waiting: Vec<Chunk>,
    waiting_rows: usize,
    waiting_since: Option<Instant>,
    watermarks: Vec<Option<EventTimeMillis>>,
    ended: Vec<bool>,
    watermark: Option<EventTimeMillis>,
    pending_watermark: Option<EventTimeMillis>,
}

impl ExchangeInput {
    /// The input fed by `senders` senders; with `gather`, small chunks are joined.
    #[must_use]
    pub fn new(channel: Receiver<Envelope>, senders: usize, gather: bool) -> Self {
        Self {
            channel,
            gather,
            seen_rows: false,
            waiting: Vec::new(),
            waiting_rows: 0,
            waiting_since: None,
            watermarks: vec![None; senders],
            ended: vec![false; senders],
            watermark: None,
            pending_watermark: None,
        }
    }

    /// Waits at most `timeout` for the next event.
    ///
    /// # Errors
    /// When the chunks of the senders do not have the same columns.
    pub fn poll(&mut self, timeout: Duration) -> Result<InputEvent> {
        if let Some(watermark) = self.pending_watermark.take() {
            return Ok(InputEvent::Watermark(watermark));
        }
        let deadline = Instant::now() + timeout;
        loop {
            if self.all_ended() {
                return Ok(match self.gathered()? {
                    Some(chunk) => InputEvent::Chunk(chunk),
                    None => InputEvent::Finished,
                });
            }
            let until = match self.waiting_since {
                Some(since) => deadline.min(since + GATHER_WAIT),
                None => deadline,
            };
            match self.channel.recv_deadline(until) {
                Ok(envelope) => {
                    if let Some(event) = self.take(envelope)? {
                        return Ok(event);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    return Ok(match self.gathered()? {
                        Some(chunk) => InputEvent::Chunk(chunk),
                        None => InputEvent::Idle,
                    });
                }
                // Senders that vanish without an end have failed, and have told the job why. The
                // task stays idle until it is cancelled.
                Err(RecvTimeoutError::Disconnected) => {
                    std::thread::sleep(deadline.saturating_duration_since(Instant::now()));
                    return Ok(InputEvent::Idle);
                }
            }
        }
    }

    fn take(&mut self, envelope: Envelope) -> Result<Option<InputEvent>> {
        match envelope.element {
            Element::Chunk(chunk) => {
                if chunk.row_count() == 0 {
                    return Ok(None);
                }
                if !self.gather || !self.seen_rows {
                    self.seen_rows = true;
                    return Ok(Some(InputEvent::Chunk(chunk)));
                }
                self.waiting_rows += chunk.row_count();
                self.waiting.push(chunk);
                self.waiting_since.get_or_insert_with(Instant::now);
                if self.waiting_rows < GATHER_ROWS {
                    return Ok(None);
                }
                Ok(self.gathered()?.map(InputEvent::Chunk))
            }
            Element::Watermark(watermark) => {
                self.watermarks[envelope.sender] = Some(watermark);
                self.moved_watermark()
            }
            Element::End => {
                self.ended[envelope.sender] = true;
                self.moved_watermark()
            }
        }
    }

    /// The chunk gathered so far.
    fn gathered(&mut self) -> Result<Option<Chunk>> {
        self.waiting_rows = 0;
        self.waiting_since = None;
        let chunk = Chunk::concat(&self.waiting)?;
        self.waiting.clear();
        Ok(chunk)
    }

    fn all_ended(&self) -> bool {
        self.ended.iter().all(|&ended| ended)
    }

    /// The least watermark of the senders that have not ended, if it has grown. Rows that came before
    /// it go first.
    fn moved_watermark(&mut self) -> Result<Option<InputEvent>> {
        let mut least: Option<EventTimeMillis> = None;
        for (watermark, ended) in self.watermarks.iter().zip(&self.ended) {
            if *ended {
                continue;
            }
            let Some(watermark) = *watermark else {
                return Ok(None);
            };
            least = Some(least.map_or(watermark, |other| other.min(watermark)));
        }
        let Some(least) = least else {
            return Ok(None);
        };
        if self.watermark.is_some_and(|known| known >= least) {
            return Ok(None);
        }
        self.watermark = Some(least);
        Ok(Some(match self.gathered()? {
            Some(chunk) => {
                self.pending_watermark = Some(least);
                InputEvent::Chunk(chunk)
            }
            None => InputEvent::Watermark(least),
        }))
    }
}
