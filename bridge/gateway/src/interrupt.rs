//! Whether somebody still waits for a call.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How often a waiting handler asks whether to go on.
const CHECK_INTERVAL: Duration = Duration::from_millis(50);

/// Tells a handler that waits to give up.
pub trait Interrupt {
    /// Whether to give up.
    fn is_interrupted(&self) -> bool;
}

/// Set by a cancel frame or the end of a connection.
impl Interrupt for AtomicBool {
    fn is_interrupted(&self) -> bool {
        self.load(Ordering::Relaxed)
    }
}

/// Waits in short steps for something that can wait for a limited time, until it happens, the
/// timeout is over (`Ok(None)`), or the interrupt says to give up.
///
/// # Errors
/// [`crate::GatewayError::Interrupted`] when interrupted.
pub(crate) fn wait_interruptibly<T>(
    interrupt: &dyn Interrupt,
    timeout: Option<Duration>,
    mut wait: impl FnMut(Duration) -> Option<T>,
) -> crate::Result<Option<T>> {
    let deadline = timeout.map(|timeout| Instant::now() + timeout);
    loop {
        let step = deadline.map_or(CHECK_INTERVAL, |deadline| {
            deadline
                .saturating_duration_since(Instant::now())
                .min(CHECK_INTERVAL)
        });
        if let Some(happened) = wait(step) {
            return Ok(Some(happened));
        }
        if interrupt.is_interrupted() {
            return Err(crate::GatewayError::Interrupted);
        }
        if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            return Ok(None);
        }
    }
}
