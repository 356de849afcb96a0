//! The channels of one exchange.

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::element::Element;

/// How many elements wait in a channel before its senders are held back.
const CAPACITY: usize = 8;

/// An element with where it comes from.
#[derive(Debug)]
pub struct Envelope {
    /// The sender, counted over all inputs of the receiving task.
    pub sender: usize,
    /// What was sent.
    pub element: Element,
}

/// One bounded channel a receiving subtask.
#[must_use]
pub fn channels(receivers: usize) -> (Vec<Sender<Envelope>>, Vec<Receiver<Envelope>>) {
    (0..receivers).map(|_| bounded(CAPACITY)).unzip()
}
