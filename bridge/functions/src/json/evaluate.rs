//! Applies a path to a value.
//!
//! A path that can lead to many values gives an array of those that are there. One that leads to a
//! single value fails if it is not there.

use super::path::{Path, PathFunction, Step};
use super::value::{Json, big_decimal};

/// What a path leads to, or that it leads to nothing.
pub(super) fn evaluate(path: &Path, from: &Json, root: &Json) -> Result<Json, String> {
    let (function, steps) = match path.steps.split_last() {
        Some((Step::Function(function), steps)) => (Some(*function), steps),
        _ => (None, path.steps.as_slice()),
    };
    let definite = Path {
        steps: steps.to_vec(),
    }
    .is_definite();
    let mut found = Vec::new();
    walk(steps, from, root, true, &mut found)?;
    let value = match definite {
        true => found.pop().ok_or_else(|| "No results for path".to_owned())?,
        false => Json::Array(found),
    };
    match function {
        Some(function) => apply(function, &value),
        None => Ok(value),
    }
}

/// Follows the steps; `definite` is whether a value that is missing is an error.
fn walk(
    steps: &[Step],
    value: &Json,
    root: &Json,
    definite: bool,
    found: &mut Vec<Json>,
) -> Result<(), String> {
    let Some((step, rest)) = steps.split_first() else {
        found.push(value.clone());
        return Ok(());
    };
    let missing = |what: String| match definite {
        true => Err(what),
        false => Ok(()),
    };
    match step {
        Step::Member(name) => match value.member(name) {
            Some(member) => walk(rest, member, root, definite, found),
            None => missing(format!("No results for path: $['{name}']")),
        },
        Step::Members(names) => {
            let Json::Object(members) = value else {
                return missing("Expected an object".to_owned());
            };
            let chosen = names.iter().filter_map(|name| {
                let member = members.iter().find(|(known, _)| known == name)?;
                Some(member.clone())
            });
            walk(rest, &Json::Object(chosen.collect()), root, definite, found)
        }
        Step::Index(index) => match item(value, *index) {
            Some(item) => walk(rest, item, root, definite, found),
            None => missing(format!("No results for path: $[{index}]")),
        },
        Step::Indexes(indexes) => {
            if !matches!(value, Json::Array(_)) {
                return missing("Expected an array".to_owned());
            }
            indexes
                .iter()
                .filter_map(|index| item(value, *index))
                .try_for_each(|item| walk(rest, item, root, false, found))
        }
        Step::Slice(from, to) => {
            let Json::Array(items) = value else {
                return missing("Expected an array".to_owned());
            };
            let length = items.len() as i64;
            let place = |bound: i64| if bound < 0 { length + bound } else { bound };
            let from = from.map_or(0, place).clamp(0, length);
            let to = to.map_or(length, place).clamp(0, length);
            (from..to)
                .filter_map(|index| items.get(usize::try_from(index).ok()?))
                .try_for_each(|item| walk(rest, item, root, false, found))
        }
        Step::All => children(value).try_for_each(|child| walk(rest, child, root, false, found)),
        Step::Descend => descend(rest, value, root, found),
        Step::Filter(condition) => match value {
            Json::Array(items) => items
                .iter()
                .filter(|item| condition.holds(item, root))
                .try_for_each(|item| walk(rest, item, root, false, found)),
            Json::Object(_) if condition.holds(value, root) => walk(rest, value, root, false, found),
            Json::Object(_) => Ok(()),
            _ => missing("A filter can only be applied to arrays and objects".to_owned()),
        },
        Step::Function(_) => Err("A function must be the last step of a path".to_owned()),
    }
}

/// The steps after `..`, at a value and then at all below it.
fn descend(rest: &[Step], value: &Json, root: &Json, found: &mut Vec<Json>) -> Result<(), String> {
    if !value.is_scalar() {
        walk(rest, value, root, false, found)?;
    }
    children(value).try_for_each(|child| descend(rest, child, root, found))
}

fn children(value: &Json) -> Box<dyn Iterator<Item = &Json> + '_> {
    match value {
        Json::Array(items) => Box::new(items.iter()),
        Json::Object(members) => Box::new(members.iter().map(|(_, member)| member)),
        _ => Box::new(std::iter::empty()),
    }
}

fn item(value: &Json, index: i64) -> Option<&Json> {
    let Json::Array(items) = value else {
        return None;
    };
    let index = if index < 0 {
        items.len() as i64 + index
    } else {
        index
    };
    items.get(usize::try_from(index).ok()?)
}

fn apply(function: PathFunction, value: &Json) -> Result<Json, String> {
    if function == PathFunction::Length {
        return Ok(match value {
            Json::Array(items) => Json::Integer(items.len().to_string()),
            Json::Object(members) => Json::Integer(members.len().to_string()),
            _ => Json::Null,
        });
    }
    let numbers: Vec<f64> = match value {
        Json::Array(items) => items.iter().filter_map(Json::as_number).collect(),
        _ => Vec::new(),
    };
    if numbers.is_empty() {
        return Err("Aggregation function attempted to calculate value using empty array".to_owned());
    }
    let sum: f64 = numbers.iter().sum();
    let number = match function {
        PathFunction::Minimum => numbers.iter().copied().fold(f64::INFINITY, f64::min),
        PathFunction::Maximum => numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        PathFunction::Average => sum / numbers.len() as f64,
        PathFunction::Sum | PathFunction::Length => sum,
    };
    let text = crate::java_float::double_to_string(number);
    big_decimal(&text)
        .map(|_| Json::Decimal(text))
        .ok_or_else(|| "The numbers have no finite result".to_owned())
}
