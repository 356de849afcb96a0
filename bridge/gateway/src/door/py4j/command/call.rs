//! `c`, `i` and `S`: methods, constructors, and methods whose bytes follow the reply.

use std::sync::Arc;

use super::super::state::State;
use super::{Reply, arguments};
use crate::java::{ByteStream, Failure, JavaThread, JavaValue, Outcome, py4j_exception};

pub(super) fn call(rest: &[String], state: &Arc<State>, thread: &JavaThread) -> Reply {
    match invoke(rest, state, thread) {
        Ok(outcome) => Reply::outcome(outcome, state),
        Err(reply) => reply,
    }
}

pub(super) fn construct(rest: &[String], state: &Arc<State>, thread: &JavaThread) -> Reply {
    let Some((class, parts)) = rest.split_first() else {
        return Reply::Fatal(py4j_exception("No class was named"));
    };
    match arguments(parts, state) {
        Ok(arguments) => {
            let made = state.machine.call_static(thread, class, "", arguments);
            Reply::outcome(made, state)
        }
        Err(reply) => reply,
    }
}

pub(super) fn stream(rest: &[String], state: &Arc<State>, thread: &JavaThread) -> Reply {
    match invoke(rest, state, thread) {
        Ok(Ok(value)) => match value.peek::<ByteStream>() {
            Some(channel) => Reply::Raw("!yv\n".to_owned(), channel.rest()),
            None => Reply::error(&format!(
                "java.lang.ClassCastException: class {} cannot be cast to class \
                 java.nio.channels.ReadableByteChannel",
                value.class_name()
            )),
        },
        Ok(failed) => Reply::outcome(failed, state),
        Err(reply) => reply,
    }
}

fn invoke(rest: &[String], state: &Arc<State>, thread: &JavaThread) -> Result<Outcome, Reply> {
    let [target, method, parts @ ..] = rest else {
        return Err(Reply::Fatal(py4j_exception("A call needs a target and a method")));
    };
    let arguments = arguments(parts, state)?;
    if let Some(class) = target.strip_prefix("z:") {
        return Ok(state.machine.call_static(thread, class, method, arguments));
    }
    let Some(object) = state.objects.get(target) else {
        return Ok(Err(Failure::Refused(py4j_exception(&format!(
            "Target Object ID does not exist for this gateway :{target}"
        )))));
    };
    if object.is_null() {
        return Ok(Ok(JavaValue::Null));
    }
    Ok(state.machine.call(thread, &object, method, arguments))
}
