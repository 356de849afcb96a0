//! Private fields that PyFlink reads and sets by reflection.

use std::sync::Arc;

use super::super::call::Call;
use super::super::failure::{Failure, Outcome};
use super::super::value::JavaValue;
use super::configuration::Configuration;
use super::environment::ExecutionEnvironment;

/// Whether a class has this field.
pub(crate) fn is_known(_class: &str, name: &str) -> bool {
    ["configuration", "execEnv"].contains(&name)
}

/// The value of a field of an object.
pub(crate) fn get(_call: &Call<'_>, name: &str, owner: &JavaValue) -> Outcome {
    match (name, owner.peek::<ExecutionEnvironment>()) {
        ("configuration", Some(execution)) => Ok(JavaValue::object(Configuration::of_execution(Arc::clone(
            &execution.0,
        )))),
        ("configuration", None) => Ok(JavaValue::object(Configuration::own(Default::default()))),
        // The executor of an environment is nothing of its own here.
        ("execEnv", _) => Ok(owner.clone()),
        _ => Err(Failure::unsupported(
            &format!("The private field {name}"),
            "use the public methods",
        )),
    }
}

/// Sets a field of an object.
pub(crate) fn set(name: &str) -> Outcome {
    match name {
        // PyFlink wraps the executor in one that joins Python operators, which the planner does anyway.
        "execEnv" => Ok(JavaValue::Void),
        _ => Err(Failure::unsupported(
            &format!("Setting the private field {name}"),
            "use the public methods",
        )),
    }
}
