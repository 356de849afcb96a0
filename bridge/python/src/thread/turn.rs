//! Turns: how many rows are worked on before other Python threads get the interpreter.

use std::time::{Duration, Instant};

use pyo3::prelude::*;

/// How long the interpreter is held before others get their turn.
const TURN: Duration = Duration::from_millis(5);

/// The most rows of a block. More would not be faster, and their objects would leave the caches.
const MOST_ROWS: usize = 256;

/// Cuts a batch into blocks of rows that take less than a turn: the faster the rows, the longer.
pub(super) struct Turn {
    started: Instant,
    block_started: Instant,
    block_rows: usize,
}

impl Turn {
    pub(super) fn start() -> Self {
        let now = Instant::now();
        Self {
            started: now,
            block_started: now,
            block_rows: 1,
        }
    }

    /// How many rows the next block has, of those that are left.
    pub(super) fn next_block(&mut self, rows_left: usize) -> usize {
        self.block_started = Instant::now();
        self.block_rows.min(rows_left)
    }

    /// Gives up the interpreter if the turn is over.
    pub(super) fn after_block(&mut self, py: Python<'_>) {
        let now = Instant::now();
        let block = now - self.block_started;
        if block >= TURN / 2 {
            self.block_rows = (self.block_rows / 2).max(1);
        } else if block < TURN / 8 {
            self.block_rows = (self.block_rows * 2).min(MOST_ROWS);
        }
        if now - self.started >= TURN {
            // Whoever waits for the interpreter has asked for it by now, and gets it here.
            py.detach(|| ());
            self.started = Instant::now();
        }
    }
}
