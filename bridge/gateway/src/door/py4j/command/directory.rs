//! `d`: the names that `dir()` shows.

use super::super::state::State;
use super::super::text;
use super::view::with;
use super::{Reply, unknown};
use crate::java::JavaValue;

pub(super) fn run(rest: &[String], state: &State) -> Reply {
    match rest {
        // Objects here have no public fields.
        [sub, _, ..] if sub == "f" => Reply::value(&"".into(), state),
        [sub, id, ..] if sub == "m" => match state.objects.get(id) {
            Some(object) => names(state.machine.method_names(object.class_name(), false), state),
            None => Reply::bare_error(),
        },
        [sub, class, ..] if sub == "s" => match state.machine.classes.known(class) {
            Some(class) => names(state.machine.static_names(class), state),
            None => Reply::bare_error(),
        },
        [sub, view, sequence, ..] if sub == "v" => with(view, state, |view| {
            let (current, mut all) = view.names();
            let seen = text::read(sequence, state).map(|value| value.to_text());
            if seen.is_ok_and(|seen| seen == current.to_string()) {
                return Reply::value(&JavaValue::Null, state);
            }
            all.insert(0, current.to_string());
            names(all, state)
        }),
        [sub, ..] => unknown("Dir", sub),
        [] => unknown("Dir", ""),
    }
}

fn names(names: Vec<String>, state: &State) -> Reply {
    Reply::value(&names.join("\n").into(), state)
}
