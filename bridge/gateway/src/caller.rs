//! Who made a batch: whether somebody still waits for it, and what can be asked back meanwhile.

use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, Ordering};

use nutkin_protocol::{Callback, Reply, Value, client};

use crate::interrupt::Interrupt;
use crate::{GatewayError, Result};

/// The client behind a batch. Each door has its own.
pub trait Caller: Interrupt {
    /// Asks the client something, and waits for the answer. The client may make other batches of the
    /// session before it answers, so no lock may be held here.
    ///
    /// # Errors
    /// When the client cannot be asked, answers with an error, or gives up.
    fn call_back(&self, function: &str, _arguments: Vec<Value>) -> Result<Value> {
        Err(GatewayError::Unsupported {
            what: format!("The callback '{function}' to this client"),
            hint: "connect with a client that answers callbacks".to_owned(),
        })
    }
}

/// A client that only waits.
impl Caller for AtomicBool {}

/// The program in this process that runs the handler: the in-process door. Once it says that it gives
/// up it is not asked again.
pub(crate) struct LocalCaller<'a> {
    caller: RefCell<&'a mut dyn client::Caller>,
    interrupted: AtomicBool,
}

impl<'a> LocalCaller<'a> {
    /// The calling thread.
    pub(crate) fn new(caller: &'a mut dyn client::Caller) -> Self {
        Self {
            caller: RefCell::new(caller),
            interrupted: AtomicBool::new(false),
        }
    }
}

impl Interrupt for LocalCaller<'_> {
    fn is_interrupted(&self) -> bool {
        if self.interrupted.load(Ordering::Relaxed) {
            return true;
        }
        // A caller that is asked already (a handler called from inside of it) has its own answer.
        let Ok(mut caller) = self.caller.try_borrow_mut() else {
            return false;
        };
        let go_on = caller.go_on();
        self.interrupted.store(!go_on, Ordering::Relaxed);
        !go_on
    }
}

impl Caller for LocalCaller<'_> {
    fn call_back(&self, function: &str, arguments: Vec<Value>) -> Result<Value> {
        let Ok(mut caller) = self.caller.try_borrow_mut() else {
            return Err(GatewayError::IllegalState {
                message: format!("The callback '{function}' came while the client was asked already."),
                hint: None,
            });
        };
        let callback = Callback {
            batch: 0,
            function: function.to_owned(),
            arguments,
        };
        match caller.call_back(callback) {
            Reply::Value(value) => Ok(value),
            Reply::Error { error, .. } => Err(GatewayError::Callback { error }),
        }
    }
}
