//! Paths into JSON, as Jayway JsonPath writes them: `$.a['b'][0]..c[?(@.d > 1)]`.

use super::filter::{Condition, Reader};

/// The mode before a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// What is not there is NULL.
    Lax,
    /// What is not there is an error.
    Strict,
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// `.name` or `['name']`.
    Member(String),
    /// `['a','b']`.
    Members(Vec<String>),
    /// `[n]`, from the end if negative.
    Index(i64),
    /// `[n,m]`.
    Indexes(Vec<i64>),
    /// `[from:to]`.
    Slice(Option<i64>, Option<i64>),
    /// `.*` or `[*]`.
    All,
    /// `..` before the next step.
    Descend,
    /// `[?(...)]`.
    Filter(Condition),
    /// `.length()` and its kin.
    Function(PathFunction),
}

/// A function at the end of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PathFunction {
    Length,
    Minimum,
    Maximum,
    Average,
    Sum,
}

/// A path that can be applied.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Path {
    pub(super) steps: Vec<Step>,
}

/// Why a path cannot be applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PathFault {
    /// It is no path.
    Invalid(String),
    /// It is one that is not computed here.
    Unsupported(String),
}

impl Path {
    /// Whether it leads to one value at most.
    pub(super) fn is_definite(&self) -> bool {
        self.steps.iter().all(|step| {
            matches!(
                step,
                Step::Member(_) | Step::Members(_) | Step::Index(_) | Step::Function(_)
            )
        })
    }

    /// Reads a path without a mode.
    pub(super) fn parse(text: &str) -> Result<Self, PathFault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(invalid("json can not be null or empty"));
        }
        let mut reader = Reader::new(text);
        if !reader.take("$") {
            // A path without a root begins at it.
            return Self::parse(&format!("$.{text}"));
        }
        let steps = read_steps(&mut reader)?;
        match reader.rest().is_empty() {
            true => Ok(Self { steps }),
            false => Err(invalid(&format!(
                "Could not parse the path at '{}'",
                reader.rest()
            ))),
        }
    }
}

/// The mode and the rest of a path; a path without a mode is strict.
pub(super) fn split_mode(text: &str) -> (Mode, &str) {
    let trimmed = text.trim_start();
    for (word, mode) in [("strict", Mode::Strict), ("lax", Mode::Lax)] {
        if let Some(head) = trimmed.get(..word.len())
            && head.eq_ignore_ascii_case(word)
            && trimmed[word.len()..].starts_with(char::is_whitespace)
            && !trimmed[word.len()..].trim_start().is_empty()
        {
            return (mode, trimmed[word.len()..].trim_start());
        }
    }
    (Mode::Strict, text)
}

pub(super) fn invalid(reason: &str) -> PathFault {
    PathFault::Invalid(reason.to_owned())
}

/// The steps up to what is none.
pub(super) fn read_steps(reader: &mut Reader<'_>) -> Result<Vec<Step>, PathFault> {
    let mut steps = Vec::new();
    loop {
        if reader.take("..") {
            if reader.rest().is_empty() {
                return Err(invalid("Path must not end with a '.' or '..'"));
            }
            steps.push(Step::Descend);
            if !reader.rest().starts_with('[') {
                steps.push(read_name(reader)?);
            }
        } else if reader.take(".") {
            if reader.rest().is_empty() {
                return Err(invalid("Path must not end with a '.' or '..'"));
            }
            steps.push(read_name(reader)?);
        } else if reader.take("[") {
            steps.push(read_bracket(reader)?);
        } else {
            return Ok(steps);
        }
    }
}

/// What follows a dot.
fn read_name(reader: &mut Reader<'_>) -> Result<Step, PathFault> {
    if reader.take("*") {
        return Ok(Step::All);
    }
    let rest = reader.rest();
    let end = rest
        .find(|next: char| ".[()=<>!&|,".contains(next) || next.is_whitespace())
        .unwrap_or(rest.len());
    let name = &rest[..end];
    if name.is_empty() {
        return Err(invalid("Expected a name in the path"));
    }
    reader.advance(end);
    if reader.rest().starts_with(' ') && !reader.inside_filter {
        return Err(invalid(
            "Use bracket notion ['my prop'] if your property contains blank characters.",
        ));
    }
    if reader.take("(") {
        reader.skip_space();
        let function = match name {
            "length" | "size" => PathFunction::Length,
            "min" => PathFunction::Minimum,
            "max" => PathFunction::Maximum,
            "avg" => PathFunction::Average,
            "sum" => PathFunction::Sum,
            _ => return Err(PathFault::Unsupported(format!("the path function {name}()"))),
        };
        return match reader.take(")") {
            true => Ok(Step::Function(function)),
            false => Err(PathFault::Unsupported(format!(
                "arguments of the path function {name}()"
            ))),
        };
    }
    Ok(Step::Member(name.to_owned()))
}

/// What follows an opening bracket, with the closing one.
fn read_bracket(reader: &mut Reader<'_>) -> Result<Step, PathFault> {
    reader.skip_space();
    let step = if reader.take("*") {
        Step::All
    } else if reader.take("?") {
        reader.skip_space();
        Step::Filter(Condition::parse(reader)?)
    } else if reader.rest().starts_with(['\'', '"']) {
        let mut names = Vec::new();
        loop {
            reader.skip_space();
            names.push(reader.quoted()?);
            reader.skip_space();
            if !reader.take(",") {
                break;
            }
        }
        match names.len() {
            1 => Step::Member(names.swap_remove(0)),
            _ => Step::Members(names),
        }
    } else {
        read_indexes(reader)?
    };
    reader.skip_space();
    match reader.take("]") {
        true => Ok(step),
        false => Err(invalid("Could not find the closing ] of the path")),
    }
}

fn read_indexes(reader: &mut Reader<'_>) -> Result<Step, PathFault> {
    let first = reader.integer();
    reader.skip_space();
    if reader.take(":") {
        reader.skip_space();
        return Ok(Step::Slice(first, reader.integer()));
    }
    let Some(first) = first else {
        return Err(invalid("Could not parse token in the brackets of the path"));
    };
    let mut indexes = vec![first];
    while reader.take(",") {
        reader.skip_space();
        match reader.integer() {
            Some(index) => indexes.push(index),
            None => return Err(invalid("Expected an index in the path")),
        }
        reader.skip_space();
    }
    Ok(match indexes.as_slice() {
        [only] => Step::Index(*only),
        _ => Step::Indexes(indexes),
    })
}
