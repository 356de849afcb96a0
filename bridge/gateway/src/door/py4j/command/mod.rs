//! The commands of the protocol: one family a file.

mod array;
mod call;
mod directory;
mod field;
mod help;
mod list;
mod reflection;
mod view;

use std::sync::Arc;

use super::state::State;
use super::text;
use crate::java::{Failure, JavaThread, JavaValue, Outcome, Throwable, py4j_exception};

/// What a command answers.
pub(super) enum Reply {
    /// A line.
    Text(String),
    /// A line, and bytes after it.
    Raw(String, Vec<u8>),
    /// An error after which the connection ends.
    Fatal(String),
    /// The end of the connection without an answer.
    Close,
}

/// Runs a command. Its lines are without the one that ended it.
pub(super) fn run(lines: &[String], state: &Arc<State>, thread: &JavaThread) -> Reply {
    let Some((name, rest)) = lines.split_first() else {
        return Reply::Close;
    };
    match name.as_str() {
        "c" => call::call(rest, state, thread),
        "i" => call::construct(rest, state, thread),
        "S" => call::stream(rest, state, thread),
        "r" => reflection::run(rest, state),
        "m" => memory(rest, state),
        "a" => array::run(rest, state),
        "l" => list::run(rest, state),
        "j" => view::run(rest, state),
        "f" => field::run(rest, state),
        "d" => directory::run(rest, state),
        "h" => help::run(rest, state),
        "p" => exception(rest, state),
        "s" => {
            state.stopping.store(true, std::sync::atomic::Ordering::SeqCst);
            Reply::Close
        }
        // Which call is meant cannot be told; the one that runs ends when its connection does.
        "z" => Reply::Close,
        other => Reply::Fatal(py4j_exception(&format!("Unknown command received: {other}"))),
    }
}

/// Whether there is a command of this name.
pub(super) fn is_known(name: &str) -> bool {
    ["c", "i", "S", "r", "m", "a", "l", "j", "f", "d", "h", "p"].contains(&name)
}

/// How many lines a command has at least, which end lines cannot be among.
pub(super) fn least_lines(lines: &[String]) -> usize {
    match (lines[0].as_str(), lines.get(1).map(String::as_str)) {
        ("c" | "S", _) => 3,
        ("r", Some("u" | "m")) | ("f", Some("g" | "s")) => 4,
        ("r", Some("c")) => 3,
        _ => 2,
    }
}

fn memory(rest: &[String], state: &State) -> Reply {
    match rest {
        [sub, id, ..] if sub == "d" => {
            state.objects.remove(id);
            Reply::void()
        }
        [sub, ..] if sub == "d" => Reply::void(),
        [sub, ..] => unknown("Memory", sub),
        [] => unknown("Memory", ""),
    }
}

/// The stack trace of an exception.
fn exception(rest: &[String], state: &State) -> Reply {
    let id = rest.first().and_then(|part| part.strip_prefix('r'));
    match id.and_then(|id| state.objects.get(id)) {
        Some(value) => match value.downcast::<Throwable>() {
            Some(throwable) => Reply::value(&throwable.stack_trace().into(), state),
            None => Reply::value(&value.to_text().into(), state),
        },
        None => Reply::Text("!ysnull\n".to_owned()),
    }
}

fn unknown(family: &str, sub: &str) -> Reply {
    Reply::error(&format!("Unknown {family} SubCommand Name: {sub}"))
}

impl Reply {
    /// Nothing.
    fn void() -> Self {
        Self::Text("!yv\n".to_owned())
    }

    /// A value.
    fn value(value: &JavaValue, state: &State) -> Self {
        let mut reply = "!y".to_owned();
        text::write(value, state, &mut reply);
        reply.push('\n');
        Self::Text(reply)
    }

    /// A part that is no value.
    fn part(part: &str) -> Self {
        Self::Text(format!("!y{part}\n"))
    }

    /// An error with a text.
    fn error(message: &str) -> Self {
        let mut reply = "!xs".to_owned();
        text::escape(message, &mut reply);
        reply.push('\n');
        Self::Text(reply)
    }

    /// An error without a text.
    fn bare_error() -> Self {
        Self::Text("!x\n".to_owned())
    }

    /// What a call gave.
    fn outcome(outcome: Outcome, state: &State) -> Self {
        match outcome {
            Ok(value) => Self::value(&value, state),
            Err(Failure::Thrown(throwable)) => {
                let id = state.objects.add(throwable.into());
                Self::Text(format!("!xr{id}\n"))
            }
            Err(Failure::Refused(text)) => Self::error(&text),
        }
    }
}

/// Arguments up to an empty line.
fn arguments(parts: &[String], state: &State) -> Result<Vec<JavaValue>, Reply> {
    parts
        .iter()
        .take_while(|part| !part.is_empty())
        .map(|part| text::read(part, state).map_err(|message| Reply::Fatal(py4j_exception(&message))))
        .collect()
}
