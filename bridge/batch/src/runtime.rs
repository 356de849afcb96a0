//! The threads that plans run on.
//!
//! One pool for all batch jobs of the process, as many threads as cores, apart from the network's: a
//! query that computes never delays an answer to a client.

use std::sync::OnceLock;

use nutkin_engine::{EngineError, Result};
use tokio::runtime::{Builder, Runtime};

static RUNTIME: OnceLock<std::io::Result<Runtime>> = OnceLock::new();

/// The pool; it is made when it is first asked for.
///
/// # Errors
/// When there are no threads to be had.
pub(crate) fn runtime() -> Result<&'static Runtime> {
    let made = RUNTIME.get_or_init(|| {
        Builder::new_multi_thread()
            .thread_name("nutkin-batch")
            .worker_threads(std::thread::available_parallelism().map_or(1, usize::from))
            .enable_time()
            .build()
    });
    made.as_ref().map_err(|error| EngineError::Io {
        doing: "starting the threads of batch execution".to_owned(),
        message: error.to_string(),
    })
}

/// Runs a future on the pool and waits for it, on a thread that may wait.
///
/// # Errors
/// When there are no threads, or the future panicked.
pub(crate) fn wait_for<T: Send + 'static>(
    future: impl Future<Output = Result<T>> + Send + 'static,
) -> Result<T> {
    let (sender, receiver) = std::sync::mpsc::sync_channel(1);
    runtime()?.spawn(async move {
        // Nobody waits any more if this fails.
        let _ = sender.send(future.await);
    });
    receiver
        .recv()
        .map_err(|_| crate::error::internal("planning a batch query panicked"))?
}
