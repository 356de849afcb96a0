//! The one dispatch behind all doors: a batch of calls in, a reply out.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use nutkin_protocol::{Batch, Call, ObjectReference, Reply, Target, Value};

use crate::caller::Caller;
use crate::model::{Argument, Invocation, JavaObject, Method, Returned, Support};
use crate::session::NativeSession;
use crate::{GatewayError, Result};

/// The callback that asks for the Python function of a path, `module.object`.
pub const GET_PYTHON_FUNCTION: &str = "getPythonFunction";

/// The methods whose statement may name such a function.
const SQL_METHODS: &[&str] = &["executeSql", "sqlUpdate"];

/// The method that hands it to the environment that needs it.
pub(crate) const PROVIDE_PYTHON_FUNCTION: &str = "providePythonFunction";

/// Makes the calls of a batch one after another; the first error ends it.
pub(crate) fn batch(session: &Arc<NativeSession>, batch: Batch, caller: &dyn Caller) -> Reply {
    session.registry.release(&batch.released);
    let mut last = Value::Null;
    for (position, call) in batch.calls.into_iter().enumerate() {
        let method = call.method.clone();
        // A handler that panics has a bug; the session and the process go on without it. What it
        // was changing may be half changed, which locks that recover from poisoning accept.
        let outcome = catch_unwind(AssertUnwindSafe(|| call_with_functions(session, call, caller)))
            .unwrap_or_else(|panic| Err(panicked(&method, panic.as_ref())));
        match outcome {
            Ok(value) => last = value,
            Err(error) => {
                return Reply::Error {
                    call: u32::try_from(position).unwrap_or(u32::MAX),
                    error: Box::new(error.to_error_value()),
                };
            }
        }
    }
    Reply::Value(last)
}

/// Makes a call. If its statement names a Python function that only the client can look up, the client
/// is asked for it, and the call is made again.
fn call_with_functions(session: &Arc<NativeSession>, call: Call, caller: &dyn Caller) -> Result<Value> {
    if !SQL_METHODS.contains(&call.method.as_str()) {
        return self::call(session, call, caller);
    }
    loop {
        let path = match self::call(session, call.clone(), caller) {
            Err(GatewayError::PythonFunctionNeeded { path }) => Value::String(path),
            outcome => return outcome,
        };
        let function = caller.call_back(GET_PYTHON_FUNCTION, vec![path.clone()])?;
        let provide = Call {
            method: PROVIDE_PYTHON_FUNCTION.to_owned(),
            arguments: vec![path, function],
            ..call.clone()
        };
        self::call(session, provide, caller)?;
    }
}

fn call(session: &Arc<NativeSession>, call: Call, caller: &dyn Caller) -> Result<Value> {
    let registry = &session.registry;
    registry.check_vacant(call.result)?;
    let (class, receiver) = match call.target {
        Target::Object(id) => {
            let object = registry.get(id)?;
            (object.class_name().to_owned(), Some(object))
        }
        Target::Class(name) => (name, None),
    };
    let arguments = call
        .arguments
        .into_iter()
        .map(|value| Argument::resolve(value, registry))
        .collect::<Result<Vec<_>>>()?;
    let method = session
        .classes()
        .find(&class, receiver.is_some(), &call.method, &arguments)?;
    match invoke(session, &class, method, receiver, arguments, caller)? {
        Returned::Value(value) => Ok(value),
        Returned::Object(object) => {
            let class = object.class_name().to_owned();
            registry.insert(call.result, object)?;
            Ok(Value::Object(ObjectReference {
                id: call.result,
                class,
            }))
        }
    }
}

/// Runs the handler of a method that was found to take these arguments.
pub(crate) fn invoke(
    session: &Arc<NativeSession>,
    class: &str,
    method: &Method,
    receiver: Option<Arc<dyn JavaObject>>,
    arguments: Vec<Argument>,
    caller: &dyn Caller,
) -> Result<Returned> {
    let handler = match method.support {
        Support::Handler(handler) => handler,
        Support::Refused { hint } => {
            return Err(GatewayError::Unsupported {
                what: format!("{}.{}", crate::model::simple_name(class), method.name),
                hint: hint.to_owned(),
            });
        }
    };
    handler(&mut Invocation {
        session,
        interrupt: caller,
        caller,
        method,
        receiver,
        arguments,
    })
}

/// The error of a handler that panicked.
pub(crate) fn panicked(method: &str, panic: &(dyn Any + Send)) -> GatewayError {
    let message = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned());
    GatewayError::Internal {
        message: format!("{method} panicked: {message}"),
    }
}
