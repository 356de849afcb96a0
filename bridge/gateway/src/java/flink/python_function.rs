//! Python functions as PyFlink hands them over: a pickle, its types, and how it is to be called.

use super::super::call::Call;
use super::super::class::Class;
use super::super::failure::{Failure, Outcome};
use super::super::value::JavaValue;
use crate::model::JavaObject;

const SCALAR: &str = "org.apache.flink.table.functions.python.PythonScalarFunction";

/// `PythonEnv`, of which there is one kind.
struct PythonEnv;

impl JavaObject for PythonEnv {
    fn class_name(&self) -> &'static str {
        "org.apache.flink.table.functions.python.PythonEnv"
    }
}

/// A function of a kind that can be registered and not be run.
pub(crate) struct OtherFunction {
    class: &'static str,
    name: String,
}

impl JavaObject for OtherFunction {
    fn class_name(&self) -> &'static str {
        self.class
    }

    fn java_string(&self) -> String {
        self.name.clone()
    }
}

pub(super) fn classes() -> Vec<Class> {
    let scalar = "org.apache.flink.table.functions.ScalarFunction";
    let aggregate = "org.apache.flink.table.functions.ImperativeAggregateFunction";
    vec![
        Class::new("org.apache.flink.table.functions.python.PythonEnv")
            .constructor("(Object)", |_| Ok(JavaValue::object(PythonEnv))),
        Class::new(SCALAR).extends(scalar).constructor(
            "(String, byte[], Object[], Object, Object, boolean, boolean, Object)",
            new_scalar,
        ),
        other("PythonAsyncScalarFunction", scalar),
        other(
            "PythonTableFunction",
            "org.apache.flink.table.functions.TableFunction",
        ),
        other("PythonAggregateFunction", aggregate),
        other("PythonTableAggregateFunction", aggregate),
    ]
}

fn other(name: &'static str, parent: &'static str) -> Class {
    let class = match name {
        "PythonAsyncScalarFunction" => "org.apache.flink.table.functions.python.PythonAsyncScalarFunction",
        "PythonTableFunction" => "org.apache.flink.table.functions.python.PythonTableFunction",
        "PythonAggregateFunction" => "org.apache.flink.table.functions.python.PythonAggregateFunction",
        _ => "org.apache.flink.table.functions.python.PythonTableAggregateFunction",
    };
    Class::new(class)
        .extends(parent)
        .constructor(
            "(String, byte[], Object[], Object, Object, boolean, boolean, Object)",
            new_other,
        )
        .constructor(
            "(String, byte[], Object[], Object, Object, Object, boolean, boolean, Object)",
            new_other,
        )
}

fn new_other(call: &mut Call<'_>) -> Outcome {
    // The native object model may know the kind; what it does not know is kept by name.
    match native(call) {
        Ok(Some(function)) => Ok(function),
        _ => Ok(JavaValue::object(OtherFunction {
            class: call.class,
            name: call.text(0)?.to_owned(),
        })),
    }
}

fn new_scalar(call: &mut Call<'_>) -> Outcome {
    if call.value(4)?.to_text() != "GENERAL" {
        return match native(call) {
            Ok(Some(function)) => Ok(function),
            _ => Ok(JavaValue::object(OtherFunction {
                class: call.class,
                name: call.text(0)?.to_owned(),
            })),
        };
    }
    native(call)?.ok_or_else(|| Failure::illegal("no constructor takes these arguments"))
}

/// The function of the native object model: without the environment, and without the flag for whole rows
/// where that is not known.
fn native(call: &Call<'_>) -> Outcome<Option<JavaValue>> {
    let count = call.arguments.len();
    let without_environment = call.arguments[..count - 1].to_vec();
    let without_row_flag = call.arguments[..count - 2].to_vec();
    let takes_row = matches!(call.arguments[count - 2], JavaValue::Boolean(true));
    for arguments in [without_environment, without_row_flag] {
        if takes_row && arguments.len() == count - 2 {
            return Err(Failure::unsupported(
                &format!("The function '{}' of whole rows", call.text(0)?),
                "give the columns that it needs as its arguments, in select(...)",
            ));
        }
        let made = super::super::forward::call(
            call.machine,
            call.thread,
            call.class,
            None,
            nutkin_protocol::CONSTRUCTOR,
            arguments,
        )?;
        if let super::super::forward::Forwarded::Answer(function) = made {
            return Ok(Some(function));
        }
    }
    Ok(None)
}

/// The refusal of a function that can be registered and not be run, when a plan meets it.
pub(crate) fn refusal(value: &JavaValue) -> Option<Failure> {
    let function = value.peek::<OtherFunction>()?;
    let kind = function.class.rsplit('.').next().unwrap_or(function.class);
    Some(Failure::unsupported(
        &format!("The function '{}', a {kind},", function.name),
        "use a scalar function that is called once a row",
    ))
}
