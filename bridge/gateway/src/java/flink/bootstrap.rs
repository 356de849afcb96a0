//! What PyFlink calls when it connects: where its callback server is, and which error came last.

use std::sync::Arc;

use super::super::class::Class;
use super::super::failure::{Failure, Outcome};
use super::super::lang::py4j::reset;
use super::super::machine::Machine;
use super::super::thread::JavaThread;
use super::super::value::JavaValue;

/// The names under which PyFlink registers its objects at the entry point.
const PYTHON_FUNCTION_FACTORY: &str = "PythonFunctionFactory";
/// The object whose end is the end of the program.
pub(crate) const WATCHDOG: &str = "Watchdog";

pub(super) fn classes() -> Vec<Class> {
    vec![
        Class::new("org.apache.flink.client.python.PythonEnvUtils")
            .function("void resetCallbackClient(Object, String, int)", |call| {
                let host = call.text(1)?.to_owned();
                reset(call, &host, 2)
            })
            // Java keeps it to show it when a job is submitted without a program; here each call's
            // error goes to its caller.
            .function("void setPythonException(Throwable)", |_| Ok(JavaValue::Void)),
        Class::interface("org.apache.flink.client.python.PythonFunctionFactory"),
        Class::interface("org.apache.flink.client.python.PythonGatewayServer$Watchdog"),
        Class::new("org.apache.flink.client.python.PythonGatewayServer"),
    ]
}

/// Asks the client for a Python function that a statement names.
pub(crate) fn python_function(
    machine: &Arc<Machine>,
    thread: &JavaThread,
    module: &str,
    object: &str,
) -> Outcome {
    let factory = machine
        .entry_point
        .lock()
        .get(&JavaValue::from(PYTHON_FUNCTION_FACTORY))
        .cloned();
    match factory {
        Some(factory) => {
            let arguments = vec![module.into(), object.into()];
            machine.call(thread, &factory, "getPythonFunction", arguments)
        }
        None => Err(Failure::thrown(
            "java.lang.IllegalStateException",
            "The client has no PythonFunctionFactory at the entry point",
        )),
    }
}
