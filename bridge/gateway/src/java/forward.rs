//! Calls of the native object model: Java values in, its handlers, Java values out.
//!
//! The native model takes any number of arguments where Java takes an array, and texts where Java takes
//! constants of enums and types; both are tried.

use std::sync::Arc;

use nutkin_protocol::Value;

use super::array::JavaArray;
use super::collection::list::JavaList;
use super::collection::map::{Entries, JavaMap, Order};
use super::collection::{array_list, elements_of};
use super::failure::{Failure, Outcome};
use super::flink::{bootstrap, python_function, shape};
use super::machine::Machine;
use super::thread::JavaThread;
use super::util::time;
use super::value::JavaValue;
use crate::GatewayError;
use crate::dispatch;
use crate::model::{Argument, JavaObject, Returned};

/// What became of a call.
pub(crate) enum Forwarded {
    /// It was made.
    Answer(JavaValue),
    /// There is no such method for these arguments.
    NoMethod(Vec<JavaValue>),
}

/// Whether the native object model has a method of this name.
pub(crate) fn has_method(machine: &Machine, class: &str, method: &str) -> bool {
    machine.session.classes().has_method(class, method)
}

/// Makes a call of the native object model.
pub(crate) fn call(
    machine: &Arc<Machine>,
    thread: &JavaThread,
    class: &str,
    receiver: Option<Arc<dyn JavaObject>>,
    name: &str,
    arguments: Vec<JavaValue>,
) -> Outcome<Forwarded> {
    let session = &machine.session;
    if let Some(refusal) = arguments.iter().find_map(python_function::refusal) {
        return Err(refusal);
    }
    for form in forms(&arguments)? {
        let found = session.classes().find(class, receiver.is_some(), name, &form);
        let method = match found {
            Ok(method) => method,
            Err(GatewayError::WrongArguments { .. }) => continue,
            Err(GatewayError::UnknownMethod { .. } | GatewayError::UnknownClass { .. }) => break,
            Err(error) => return Err(error.into()),
        };
        let caller = thread.interrupt.as_ref();
        let made = dispatch::invoke(session, class, method, receiver.clone(), form, caller);
        let returned = match made {
            // The client is asked for a function that a statement names, and the call made again.
            Err(GatewayError::PythonFunctionNeeded { path }) => {
                provide(machine, thread, class, receiver.as_ref(), &path)?;
                return call(machine, thread, class, receiver, name, arguments);
            }
            made => made?,
        };
        let value = match returned {
            Returned::Object(object) => JavaValue::Object(object),
            Returned::Value(value) if method.result == "void" && value == Value::Null => JavaValue::Void,
            Returned::Value(value) => from_value(value, method.result)?,
        };
        return shape::result(class, name, value).map(Forwarded::Answer);
    }
    Ok(Forwarded::NoMethod(arguments))
}

/// Hands a function of the client to the environment that needs it.
fn provide(
    machine: &Arc<Machine>,
    thread: &JavaThread,
    class: &str,
    receiver: Option<&Arc<dyn JavaObject>>,
    path: &str,
) -> Outcome<()> {
    let (module, object) = path.rsplit_once('.').unwrap_or(("__main__", path));
    let function = bootstrap::python_function(machine, thread, module, object)?;
    if let Some(refusal) = python_function::refusal(&function) {
        return Err(refusal);
    }
    let arguments = vec![path.into(), function];
    let receiver = receiver.cloned();
    match call(
        machine,
        thread,
        class,
        receiver,
        dispatch::PROVIDE_PYTHON_FUNCTION,
        arguments,
    )? {
        Forwarded::Answer(_) => Ok(()),
        Forwarded::NoMethod(_) => Err(Failure::illegal(format!(
            "The Python object '{path}' is no user-defined function; wrap it with udf(...)"
        ))),
    }
}

/// The ways in which arguments can be handed over, the likeliest first.
fn forms(arguments: &[JavaValue]) -> Outcome<Vec<Vec<Argument>>> {
    let mut forms = Vec::with_capacity(4);
    let spread = match arguments.split_last() {
        Some((last, before)) => last.peek::<JavaArray>().map(|array| {
            let mut all = before.to_vec();
            all.extend(array.elements());
            all
        }),
        None => None,
    };
    if let Some(spread) = &spread {
        forms.push(convert(spread, false)?);
        forms.push(convert(spread, true)?);
    }
    forms.push(convert(arguments, false)?);
    forms.push(convert(arguments, true)?);
    Ok(forms)
}

fn convert(arguments: &[JavaValue], as_text: bool) -> Outcome<Vec<Argument>> {
    arguments
        .iter()
        .map(|value| to_argument(value, as_text))
        .collect()
}

/// A Java value as an argument; constants of enums and types as texts if `as_text` says so.
pub(crate) fn to_argument(value: &JavaValue, as_text: bool) -> Outcome<Argument> {
    Ok(match value {
        JavaValue::Object(object) => {
            if value.peek::<JavaList>().is_some()
                || value.peek::<JavaArray>().is_some()
                || value.peek::<super::collection::set::JavaSet>().is_some()
            {
                let elements = elements_of(value)?;
                return Ok(Argument::List(convert(&elements, as_text)?));
            }
            if let Some(map) = value.peek::<JavaMap>() {
                let entries = map.entries();
                let entries = entries
                    .iter()
                    .map(|(key, value)| Ok((to_value(key)?, to_value(value)?)))
                    .collect::<Outcome<_>>()?;
                return Ok(Argument::Value(Value::Map(entries)));
            }
            if let Some(time) = time::to_value(value) {
                return Ok(Argument::Value(time));
            }
            match object.as_text() {
                Some(text) if as_text => Argument::Value(Value::String(text)),
                _ => Argument::Object(Arc::clone(object)),
            }
        }
        other => Argument::Value(to_value(other)?),
    })
}

fn to_value(value: &JavaValue) -> Outcome<Value> {
    Ok(match value {
        JavaValue::Void | JavaValue::Null => Value::Null,
        JavaValue::Boolean(value) => Value::Boolean(*value),
        JavaValue::Byte(value) => Value::Byte(*value),
        JavaValue::Short(value) => Value::Short(*value),
        JavaValue::Char(value) => Value::String(value.to_string()),
        JavaValue::Int(value) => Value::Int(*value),
        JavaValue::Long(value) => Value::Long(*value),
        JavaValue::Float(value) => Value::Float(*value),
        JavaValue::Double(value) => Value::Double(*value),
        JavaValue::String(text) => Value::String(text.to_string()),
        JavaValue::Decimal(text) => Value::Decimal(super::util::decimal::plain(text)),
        JavaValue::Bytes(bytes) => Value::Bytes(bytes.to_vec()),
        JavaValue::Object(object) => match object.as_text().or_else(|| time::text(value)) {
            Some(text) => Value::String(text),
            None => {
                return Err(Failure::illegal(format!(
                    "an object of the class {} cannot be an element of a map here",
                    object.class_name()
                )));
            }
        },
    })
}

/// A value of the native object model as a Java value. `declared` is how its method spells its result.
pub(crate) fn from_value(value: Value, declared: &str) -> Outcome {
    Ok(match value {
        Value::Null => JavaValue::Null,
        Value::Boolean(value) => JavaValue::Boolean(value),
        Value::Byte(value) => JavaValue::Byte(value),
        Value::Short(value) => JavaValue::Short(value),
        Value::Float(value) => JavaValue::Float(value),
        Value::Int(value) => JavaValue::Int(value),
        Value::Long(value) => JavaValue::Long(value),
        Value::Double(value) => JavaValue::Double(value),
        Value::Decimal(text) => JavaValue::Decimal(text.into()),
        Value::String(text) => JavaValue::from(text),
        Value::Bytes(bytes) | Value::Arrow(bytes) => JavaValue::from(bytes),
        Value::List(elements) => {
            let elements = elements
                .into_iter()
                .map(|element| from_value(element, ""))
                .collect::<Outcome<Vec<_>>>()?;
            match declared.trim_end_matches("|null").strip_suffix("[]") {
                Some("String") => JavaValue::object(JavaArray::new("java.lang.String", elements)),
                Some(_) => JavaValue::object(JavaArray::new("java.lang.Object", elements)),
                None => array_list(elements),
            }
        }
        Value::Map(entries) => {
            let entries = entries
                .into_iter()
                .map(|(key, value)| Ok((from_value(key, "")?, from_value(value, "")?)))
                .collect::<Outcome<_>>()?;
            JavaValue::object(JavaMap::new(
                "java.util.LinkedHashMap",
                Entries::of(Order::Insertion, entries)?,
            ))
        }
        Value::Object(reference) => {
            return Err(Failure::thrown(
                "java.lang.InternalError",
                format!("an object of {} came without the object", reference.class),
            ));
        }
        time => time::from_value(&time),
    })
}
