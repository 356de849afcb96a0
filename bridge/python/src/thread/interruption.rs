//! Ends functions that still compute when their job is cancelled.
//!
//! A thread of its own waits for the cancellation and then raises `JobCancelled` in the threads that
//! are inside of functions, again and again until they are out. A function that waits in C code, such as
//! `time.sleep`, notices when it is back in Python.

use std::ffi::c_ulong;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use nutkin_engine::EngineError;
use nutkin_engine::job::Cancellation;
use pyo3::ffi;
use pyo3::intern;
use pyo3::prelude::*;

/// How long the thread outlives its job at the most.
const LINGER: Duration = Duration::from_millis(500);

/// How often a function that does not end is interrupted again.
const INSISTENCE: Duration = Duration::from_millis(100);

/// The threads of a job that are inside of Python functions.
#[derive(Debug, Default)]
pub(crate) struct Interruption {
    inside: Mutex<Vec<c_ulong>>,
}

/// A thread's stay inside of Python functions.
pub(crate) struct Stay<'py, 'a> {
    interruption: &'a Interruption,
    thread: c_ulong,
    _attached: Python<'py>,
}

impl Interruption {
    /// Starts the thread that waits for a job's cancellation.
    ///
    /// # Errors
    /// When the system has no thread left.
    pub(crate) fn watch(cancellation: Arc<Cancellation>) -> Result<Arc<Self>, EngineError> {
        let interruption = Arc::new(Self::default());
        let watched = Arc::downgrade(&interruption);
        std::thread::Builder::new()
            .name("nutkin-python-cancel".to_owned())
            .spawn(move || wait_and_interrupt(&watched, &cancellation))
            .map_err(|error| EngineError::Io {
                doing: "Starting a thread for Python functions".to_owned(),
                message: error.to_string(),
            })?;
        Ok(interruption)
    }

    /// Notes that this thread is inside of Python functions until the result is dropped.
    pub(crate) fn enter<'py>(&self, py: Python<'py>) -> Stay<'py, '_> {
        // SAFETY: the call has no precondition; it only asks the system who the calling thread is.
        let thread = unsafe { ffi::PyThread_get_thread_ident() };
        self.threads().push(thread);
        Stay {
            interruption: self,
            thread,
            _attached: py,
        }
    }

    fn threads(&self) -> std::sync::MutexGuard<'_, Vec<c_ulong>> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Raises `JobCancelled` in every thread that is inside.
    fn interrupt(&self) {
        // When the interpreter is gone, so are the functions.
        let _ = Python::try_attach(|py| -> PyResult<()> {
            let exception = py
                .import(intern!(py, "nutkin._functions"))?
                .getattr(intern!(py, "JobCancelled"))?;
            // A thread takes itself off the list before it leaves, and needs the interpreter for that,
            // which is held here: nobody is interrupted outside.
            for thread in self.threads().iter() {
                // SAFETY: the thread is attached; the exception is a class, and the call takes a
                // reference of its own. A thread that does not exist is ignored.
                unsafe { ffi::PyThreadState_SetAsyncExc(*thread as _, exception.as_ptr()) };
            }
            Ok(())
        });
    }
}

impl Drop for Stay<'_, '_> {
    fn drop(&mut self) {
        let mut threads = self.interruption.threads();
        if let Some(position) = threads.iter().position(|thread| *thread == self.thread) {
            threads.swap_remove(position);
        }
        // SAFETY: the thread is attached. An interruption that came too late for a function must not hit
        // its `close`: null takes it back.
        unsafe { ffi::PyThreadState_SetAsyncExc(self.thread as _, std::ptr::null_mut()) };
    }
}

fn wait_and_interrupt(watched: &Weak<Interruption>, cancellation: &Cancellation) {
    while watched.strong_count() > 0 {
        if !cancellation.wait(LINGER) {
            continue;
        }
        if let Some(interruption) = watched.upgrade() {
            interruption.interrupt();
        }
        std::thread::sleep(INSISTENCE);
    }
}

/// Whether an exception is the one that interrupts.
pub(crate) fn is_interruption(py: Python<'_>, error: &PyErr) -> bool {
    let class = py
        .import(intern!(py, "nutkin._functions"))
        .and_then(|module| module.getattr(intern!(py, "JobCancelled")));
    class.is_ok_and(|class| error.is_instance(py, &class))
}
