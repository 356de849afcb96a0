//! `f`: public fields. Objects here have none; static ones are found through any object of the class.

use super::super::state::State;
use super::{Reply, unknown};
use crate::java::Member;

pub(super) fn run(rest: &[String], state: &State) -> Reply {
    match rest {
        [sub, id, name, ..] if sub == "g" => {
            let class = state.objects.get(id).map(|object| object.class_name());
            match class.and_then(|class| state.machine.member(class, name)) {
                Some(Member::Field(value)) => Reply::value(&value, state),
                _ => Reply::part("o"),
            }
        }
        [sub, _, _, ..] if sub == "s" => Reply::part("o"),
        [sub, ..] => unknown("Field", sub),
        [] => unknown("Field", ""),
    }
}
