//! Keeps a thread known to Python between batches.
//!
//! CPython forgets a foreign thread when it lets go of the interpreter, and with it what functions have
//! put into a `threading.local` (a database connection, say). An operator instance stays on one thread,
//! so the thread is kept from `open` to `close`.

use std::thread::ThreadId;

use pyo3::ffi;
use pyo3::prelude::*;

/// A thread that Python will not forget.
pub(super) struct KeptThread(ThreadId);

impl KeptThread {
    /// Keeps the calling thread.
    pub(super) fn keep(_py: Python<'_>) -> Self {
        // SAFETY: the thread is attached, so the call only counts one more user of its state. That count
        // is given back in `release`; until then leaving the interpreter does not free the state.
        let _already_attached = unsafe { ffi::PyGILState_Ensure() };
        Self(std::thread::current().id())
    }

    /// Lets go of the thread, if this is the one. For another, there is nothing that could be done: its
    /// state stays until the interpreter ends.
    pub(super) fn release(self, _py: Python<'_>) {
        if self.0 == std::thread::current().id() {
            // SAFETY: this is the thread of `keep`, and it is attached again, by a user of its own: the
            // count does not reach zero here, and "locked" leaves the thread attached.
            unsafe { ffi::PyGILState_Release(ffi::PyGILState_STATE::PyGILState_LOCKED) };
        }
    }
}
