//! `a`: arrays.

use super::super::state::State;
use super::super::text;
use super::{Reply, unknown};
use crate::java::{Failure, JavaArray, JavaValue, Outcome, py4j_exception};

pub(super) fn run(rest: &[String], state: &State) -> Reply {
    let Some((sub, parts)) = rest.split_first() else {
        return unknown("Array", "");
    };
    let done = match sub.as_str() {
        "c" => create(parts, state),
        "g" => with(parts, state, |array, arguments| array.get(number(arguments, 0)?)),
        "s" => with(parts, state, |array, arguments| {
            let value = arguments.get(1).cloned().unwrap_or(JavaValue::Null);
            array.set(
                number(arguments, 0)?,
                state.machine.convert(array.component, value)?,
            )?;
            Ok(JavaValue::Void)
        }),
        "e" => with(parts, state, |array, _| Ok(JavaValue::count(array.lock().len()))),
        "l" => with(parts, state, |array, arguments| {
            let elements = (0..arguments.len())
                .map(|position| array.get(number(arguments, position)?))
                .collect::<Outcome<Vec<_>>>()?;
            Ok(JavaValue::object(JavaArray::new(array.component, elements)))
        }),
        other => return unknown("Array", other),
    };
    match done {
        Ok(value) => Reply::value(&value, state),
        Err(failure) => Reply::Fatal(failure.text()),
    }
}

fn create(parts: &[String], state: &State) -> Outcome {
    let arguments = read(parts, state)?;
    let component = arguments.first().map(JavaValue::to_text).unwrap_or_default();
    if !crate::java::primitive(&component) && state.machine.classes.known(&component).is_none() {
        return Err(Failure::Refused(py4j_exception(&format!(
            "java.lang.ClassNotFoundException: {component}"
        ))));
    }
    let dimensions = (1..arguments.len())
        .map(|position| {
            let length = number(&arguments, position)?;
            usize::try_from(length)
                .map_err(|_| Failure::thrown("java.lang.NegativeArraySizeException", length.to_string()))
        })
        .collect::<Outcome<Vec<_>>>()?;
    Ok(JavaArray::filled(&component, &dimensions))
}

/// Does something with the array of an id and the arguments after it.
fn with(parts: &[String], state: &State, work: impl FnOnce(&JavaArray, &[JavaValue]) -> Outcome) -> Outcome {
    let missing = || Failure::Refused(py4j_exception("Null Pointer: there is no such array"));
    let (id, rest) = parts.split_first().ok_or_else(missing)?;
    let object = state.objects.get(id).ok_or_else(missing)?;
    let array = object.peek::<JavaArray>().ok_or_else(missing)?;
    work(array, &read(rest, state)?)
}

pub(super) fn read(parts: &[String], state: &State) -> Outcome<Vec<JavaValue>> {
    parts
        .iter()
        .take_while(|part| !part.is_empty())
        .map(|part| text::read(part, state).map_err(|message| Failure::Refused(py4j_exception(&message))))
        .collect()
}

pub(super) fn number(arguments: &[JavaValue], position: usize) -> Outcome<i64> {
    match arguments.get(position) {
        Some(JavaValue::Int(number)) => Ok(i64::from(*number)),
        Some(JavaValue::Long(number)) => Ok(*number),
        _ => Err(Failure::Refused(py4j_exception("A number was expected"))),
    }
}
