//! `j`: views and their imports.

use super::super::state::State;
use super::super::text;
use super::super::view::View;
use super::{Reply, unknown};
use crate::java::JavaValue;

pub(super) fn run(rest: &[String], state: &State) -> Reply {
    match rest {
        [sub, name, ..] if sub == "c" => {
            let name = text::unescape(name.strip_prefix('s').unwrap_or(name));
            Reply::value(&JavaValue::object(View::new(&name)), state)
        }
        [sub, view, import, ..] if sub == "i" => with(view, state, |view| {
            view.import(&text::unescape(import));
            Reply::void()
        }),
        [sub, view, import, ..] if sub == "r" => with(view, state, |view| {
            Reply::value(&view.remove(&text::unescape(import)).into(), state)
        }),
        [sub, ..] => unknown("JVMView", sub),
        [] => unknown("JVMView", ""),
    }
}

/// Does something with the view of an id.
pub(super) fn with(part: &str, state: &State, work: impl FnOnce(&View) -> Reply) -> Reply {
    let view = part.strip_prefix('r').and_then(|id| state.objects.get(id));
    match view.as_ref().and_then(|view| view.peek::<View>()) {
        Some(view) => work(view),
        None => Reply::error(&format!("There is no view {part}")),
    }
}
