//! `h`: the page that `gateway.help()` shows.

use super::super::state::State;
use super::super::text;
use super::{Reply, unknown};

pub(super) fn run(rest: &[String], state: &State) -> Reply {
    match rest {
        [sub, id, options @ ..] if sub == "o" => match state.objects.get(id) {
            Some(object) => page(object.class_name(), options, state),
            None => Reply::error("There is no such object"),
        },
        [sub, class, options @ ..] if sub == "c" => match state.machine.classes.known(class) {
            Some(class) => page(class, options, state),
            None => Reply::error(&format!("java.lang.ClassNotFoundException: {class}")),
        },
        [sub, ..] => unknown("Help", sub),
        [] => unknown("Help", ""),
    }
}

fn page(class: &str, options: &[String], state: &State) -> Reply {
    let pattern = options
        .first()
        .and_then(|part| part.strip_prefix('s'))
        .map(text::unescape);
    let short = options
        .get(1)
        .is_none_or(|part| part != "bfalse" && part != "bFalse");
    Reply::value(
        &state.machine.help(class, pattern.as_deref(), short).into(),
        state,
    )
}
