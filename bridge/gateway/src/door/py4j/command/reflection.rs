//! `r`: what names mean.

use super::super::state::State;
use super::super::view::View;
use super::{Reply, unknown};
use crate::java::{ClassObject, Member, primitive};

pub(super) fn run(rest: &[String], state: &State) -> Reply {
    match rest {
        [sub, name, view, ..] if sub == "u" => probe(name, view, state),
        [sub, name] if sub == "u" => probe(name, "rj", state),
        [sub, class, name, ..] if sub == "m" => member(class, name, state),
        [sub, class, ..] if sub == "c" => {
            if state.machine.classes.known(class).is_some() || primitive(class) {
                Reply::value(&ClassObject::of(class), state)
            } else {
                Reply::error(&format!("The class {class} does not exist."))
            }
        }
        [sub, ..] => unknown("Reflection", sub),
        [] => unknown("Reflection", ""),
    }
}

/// Whether a name is a class. Anything unknown is a package: clients then ask for what is in it.
fn probe(name: &str, view: &str, state: &State) -> Reply {
    let view = view.strip_prefix('r').and_then(|id| state.objects.get(id));
    let found = match view.as_ref().and_then(|view| view.peek::<View>()) {
        Some(view) => view.resolve(name, &state.machine),
        None => View::new("").resolve(name, &state.machine),
    };
    match found {
        // An inner class is asked of the class that it is in.
        Some(class) if !name.contains('$') => Reply::part(&format!("c{class}")),
        _ => Reply::part("p"),
    }
}

fn member(class: &str, name: &str, state: &State) -> Reply {
    match state.machine.member(class, name) {
        Some(Member::Field(value)) => Reply::value(&value, state),
        Some(Member::Method) => Reply::part("m"),
        Some(Member::Class) => Reply::part("c"),
        None => Reply::bare_error(),
    }
}
