//! The runtime that database connections live on, shared by all tables of the process.

use std::future::Future;
use std::sync::OnceLock;
use std::time::Duration;

use nutkin_engine::job::Cancellation;
use nutkin_engine::{EngineError, Result};
use tokio::runtime::{Builder, Runtime};

/// How soon a cancelled job is noticed while a database is waited for.
const CANCELLATION_TICK: Duration = Duration::from_millis(50);

/// The runtime; started at the first use.
pub(super) fn runtime() -> Result<&'static Runtime> {
    static RUNTIME: OnceLock<std::io::Result<Runtime>> = OnceLock::new();
    RUNTIME
        .get_or_init(|| {
            Builder::new_multi_thread()
                .worker_threads(1)
                .thread_name("nutkin-jdbc")
                .enable_all()
                .build()
        })
        .as_ref()
        .map_err(|error| EngineError::Io {
            doing: "starting the threads for database connections".to_owned(),
            message: error.to_string(),
        })
}

/// Waits for a future on the calling thread, until the job is cancelled.
pub(super) fn wait_for<T>(cancellation: &Cancellation, future: impl Future<Output = T>) -> Result<T> {
    runtime()?.block_on(async {
        tokio::pin!(future);
        loop {
            tokio::select! {
                biased;
                value = &mut future => return Ok(value),
                () = tokio::time::sleep(CANCELLATION_TICK) => {
                    if cancellation.is_cancelled() {
                        return Err(EngineError::Cancelled);
                    }
                }
            }
        }
    })
}
