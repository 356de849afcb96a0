//! What a client does while it waits for a batch.

use crate::call::Reply;
use crate::callback::Callback;
use crate::error::ErrorValue;

/// The program behind a batch: asked whether to go on waiting, and called back by the server.
pub trait Caller {
    /// Whether to go on waiting; asked about ten times a second. When it answers false the batch is
    /// cancelled.
    fn go_on(&mut self) -> bool;

    /// Answers a callback of the server, on the thread that waits for the batch. It may make other
    /// batches of the same client meanwhile.
    fn call_back(&mut self, callback: Callback) -> Reply {
        let message = format!("this client does not answer the callback '{}'", callback.function);
        Reply::Error {
            call: 0,
            error: Box::new(ErrorValue::new(
                "java.lang.UnsupportedOperationException",
                message,
            )),
        }
    }
}

/// A function that answers whether to go on; callbacks are refused.
impl<F: FnMut() -> bool> Caller for F {
    fn go_on(&mut self) -> bool {
        self()
    }
}
