//! Streams of rows over a connection: pushed while the client's credit lasts.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use super::caller::RemoteCaller;
use crate::interrupt::Interrupt;

/// How often a stream without credit looks whether it is still wanted.
const CHECK_INTERVAL: Duration = Duration::from_millis(100);

/// The streams of a connection, by the request id that opened them.
pub(super) type Streams = Arc<Mutex<HashMap<u64, Arc<RowStream>>>>;

/// One stream.
pub(super) struct RowStream {
    pub(super) caller: RemoteCaller,
    /// How many bytes may still be sent; below zero after a piece that was longer.
    credit: Mutex<i128>,
    granted: Condvar,
}

impl RowStream {
    pub(super) fn new(caller: RemoteCaller, credit_bytes: u64) -> Self {
        Self {
            caller,
            credit: Mutex::new(i128::from(credit_bytes)),
            granted: Condvar::new(),
        }
    }

    /// The client takes so many bytes more.
    pub(super) fn grant(&self, bytes: u64) {
        *self.credit.lock().unwrap_or_else(PoisonError::into_inner) += i128::from(bytes);
        self.granted.notify_one();
    }

    /// Waits for credit and takes some of it; false when the client gave up.
    pub(super) fn take(&self, bytes: usize) -> bool {
        let mut credit = self.credit.lock().unwrap_or_else(PoisonError::into_inner);
        while *credit <= 0 {
            if self.caller.is_interrupted() {
                return false;
            }
            credit = match self.granted.wait_timeout(credit, CHECK_INTERVAL) {
                Ok((credit, _)) => credit,
                Err(poisoned) => poisoned.into_inner().0,
            };
        }
        *credit -= bytes as i128;
        true
    }
}
