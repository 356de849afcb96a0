//! The end of the client: PyFlink registers an object whose `ping` answers as long as the program lives.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use super::state::State;
use crate::java::{JavaThread, JavaValue, WATCHDOG};

/// How long the client may take to register its watchdog.
const REGISTRATION_TIMEOUT: Duration = Duration::from_secs(60);

/// How often the entry point is looked at until then.
const TICK: Duration = Duration::from_millis(100);

/// Closes the door when the client is gone.
pub(super) fn start(state: &Arc<State>) -> io::Result<()> {
    let state = Arc::downgrade(state);
    std::thread::Builder::new()
        .name("nutkin-py4j-watchdog".to_owned())
        .spawn(move || {
            watch(&state);
            if let Some(state) = state.upgrade() {
                state.stopping.store(true, Ordering::SeqCst);
            }
        })
        .map(|_| ())
}

/// Returns when the client no longer answers, or the door has closed.
fn watch(state: &Weak<State>) {
    let deadline = Instant::now() + REGISTRATION_TIMEOUT;
    let thread = JavaThread::new(0, Arc::new(AtomicBool::new(false)), None);
    let mut seen = false;
    loop {
        let Some(state) = state.upgrade() else { return };
        if state.stopping.load(Ordering::SeqCst) {
            return;
        }
        let machine = Arc::clone(&state.machine);
        drop(state);
        let watchdog = machine
            .entry_point
            .lock()
            .get(&JavaValue::from(WATCHDOG))
            .cloned();
        match watchdog {
            // The client answers after ten seconds; its end breaks the connection at once.
            Some(watchdog) => {
                seen = true;
                if machine.call(&thread, &watchdog, "ping", Vec::new()).is_err() {
                    return;
                }
            }
            None if !seen && Instant::now() >= deadline => return,
            None => std::thread::sleep(TICK),
        }
    }
}
