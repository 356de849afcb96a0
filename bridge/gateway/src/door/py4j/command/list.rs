//! `l`: what Python's lists can do and Java's cannot.

use super::super::state::State;
use super::array::{number, read};
use super::{Reply, unknown};
use crate::java::{Failure, JavaList, JavaValue, Outcome, array_list, natural_order, py4j_exception};

pub(super) fn run(rest: &[String], state: &State) -> Reply {
    let Some((sub, parts)) = rest.split_first() else {
        return unknown("List", "");
    };
    let done = match sub.as_str() {
        "l" => with(parts, state, |list, rest| {
            let arguments = read(rest, state)?;
            let elements = (0..arguments.len())
                .map(|position| list.get(number(&arguments, position)?))
                .collect::<Outcome<Vec<_>>>()?;
            Ok(array_list(elements))
        }),
        "a" => with(parts, state, |list, rest| {
            with(rest, state, |other, _| {
                let mut elements = list.elements();
                elements.extend(other.elements());
                Ok(array_list(elements))
            })
        }),
        "m" => with(parts, state, |list, rest| {
            Ok(array_list(repeated(
                &list.elements(),
                number(&read(rest, state)?, 0)?,
            )))
        }),
        "i" => with(parts, state, |list, rest| {
            let times = number(&read(rest, state)?, 0)?;
            let elements = repeated(&list.elements(), times);
            *list.change()? = elements;
            Ok(JavaValue::Void)
        }),
        "s" => with(parts, state, |list, _| {
            let mut elements = list.elements();
            let mut failure = None;
            elements.sort_by(|left, right| {
                natural_order(left, right).unwrap_or_else(|error| {
                    failure = Some(error);
                    std::cmp::Ordering::Equal
                })
            });
            match failure {
                Some(failure) => Err(failure),
                None => {
                    *list.replace()? = elements;
                    Ok(JavaValue::Void)
                }
            }
        }),
        "r" => with(parts, state, |list, _| {
            list.replace()?.reverse();
            Ok(JavaValue::Void)
        }),
        "f" => with(parts, state, |list, rest| {
            let arguments = read(rest, state)?;
            let wanted = arguments.first().unwrap_or(&JavaValue::Null);
            Ok(JavaValue::count(
                list.lock()
                    .iter()
                    .filter(|element| element.equals(wanted))
                    .count(),
            ))
        }),
        "x" => with(parts, state, |list, _| extreme(list, std::cmp::Ordering::Greater)),
        "n" => with(parts, state, |list, _| extreme(list, std::cmp::Ordering::Less)),
        other => return unknown("List", other),
    };
    match done {
        Ok(value) => Reply::value(&value, state),
        // These answer without a reason, which clients do not look at.
        Err(_) if ["s", "r", "x", "n", "i"].contains(&sub.as_str()) => Reply::bare_error(),
        Err(failure) => Reply::Fatal(failure.text()),
    }
}

fn with(parts: &[String], state: &State, work: impl FnOnce(&JavaList, &[String]) -> Outcome) -> Outcome {
    let missing = || Failure::Refused(py4j_exception("Null Pointer: there is no such list"));
    let (id, rest) = parts.split_first().ok_or_else(missing)?;
    let object = state.objects.get(id).ok_or_else(missing)?;
    let list = object.peek::<JavaList>().ok_or_else(missing)?;
    work(list, rest)
}

fn repeated(elements: &[JavaValue], times: i64) -> Vec<JavaValue> {
    let times = usize::try_from(times).unwrap_or(0);
    (0..times).flat_map(|_| elements.iter().cloned()).collect()
}

fn extreme(list: &JavaList, wanted: std::cmp::Ordering) -> Outcome {
    let mut found: Option<JavaValue> = None;
    for element in list.elements() {
        let better = match &found {
            Some(best) => natural_order(&element, best)? == wanted,
            None => true,
        };
        if better {
            found = Some(element);
        }
    }
    found.ok_or_else(|| Failure::bare("java.util.NoSuchElementException"))
}
