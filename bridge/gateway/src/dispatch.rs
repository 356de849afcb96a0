//! The one dispatch behind all doors: a batch of calls in, a reply out.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use nutkin_protocol::{Batch, Call, ObjectId, ObjectReference, Reply, Target, Value};

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
    let mut last = Outcome::Value(Value::Null);
    for (position, call) in batch.calls.into_iter().enumerate() {
        match call_with_functions(session, call, caller) {
            Ok(outcome) => last = outcome,
            Err(error) => {
                return Reply::Error {
                    call: u32::try_from(position).unwrap_or(u32::MAX),
                    error: Box::new(error.to_error_value()),
                };
            }
        }
    }
    Reply::Value(last.into_value())
}

/// What a call gave. Only that of the last call of a batch is told to the client.
enum Outcome {
    Value(Value),
    /// An object of this class, under its id.
    Object(ObjectId, &'static str),
}

impl Outcome {
    fn into_value(self) -> Value {
        match self {
            Self::Value(value) => value,
            Self::Object(id, class) => Value::Object(ObjectReference {
                id,
                class: class.to_owned(),
            }),
        }
    }
}

/// Makes a call. If its statement names a Python function that only the client can look up, the client
/// is asked for it, and the call is made again.
fn call_with_functions(session: &Arc<NativeSession>, call: Call, caller: &dyn Caller) -> Result<Outcome> {
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

fn call(session: &Arc<NativeSession>, call: Call, caller: &dyn Caller) -> Result<Outcome> {
    let registry = &session.registry;
    registry.check_vacant(call.result)?;
    let (class, receiver) = match &call.target {
        Target::Object(id) => {
            let object = registry.get(*id)?;
            (object.class_name(), Some(object))
        }
        Target::Class(name) => (name.as_str(), None),
    };
    let arguments = call
        .arguments
        .into_iter()
        .map(|value| Argument::resolve(value, registry))
        .collect::<Result<Vec<_>>>()?;
    let method = session
        .classes()
        .find(class, receiver.is_some(), &call.method, &arguments)?;
    match invoke(session, class, method, receiver, arguments, caller)? {
        Returned::Value(value) => Ok(Outcome::Value(value)),
        Returned::Object(object) => {
            let class = object.class_name();
            registry.insert(call.result, object)?;
            Ok(Outcome::Object(call.result, class))
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
    let mut invocation = Invocation {
        session,
        interrupt: caller,
        caller,
        method,
        receiver,
        arguments,
    };
    // A handler that panics has a bug; the session and the process go on without it. What it was
    // changing may be half changed, which locks that recover from poisoning accept.
    catch_unwind(AssertUnwindSafe(|| handler(&mut invocation)))
        .unwrap_or_else(|panic| Err(panicked(method.name, panic.as_ref())))
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
