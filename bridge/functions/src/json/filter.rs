//! Conditions in paths: `[?(@.a > 1 && @.b == 'x')]`.

use super::path::{Path, PathFault, Step, invalid, read_steps};
use super::value::Json;

/// Reads a path or a condition from left to right.
pub(super) struct Reader<'a> {
    text: &'a str,
    at: usize,
    pub(super) inside_filter: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            inside_filter: false,
        }
    }

    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub(super) fn advance(&mut self, bytes: usize) {
        self.at += bytes;
    }

    pub(super) fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    pub(super) fn take(&mut self, expected: &str) -> bool {
        let found = self.rest().starts_with(expected);
        self.at += if found { expected.len() } else { 0 };
        found
    }

    pub(super) fn integer(&mut self) -> Option<i64> {
        let rest = self.rest();
        let sign = usize::from(rest.starts_with('-'));
        let end = rest[sign..]
            .find(|next: char| !next.is_ascii_digit())
            .map_or(rest.len(), |end| sign + end);
        let number = rest[..end].parse().ok()?;
        self.at += end;
        Some(number)
    }

    /// A string in single or double quotes.
    pub(super) fn quoted(&mut self) -> Result<String, PathFault> {
        let mut characters = self.rest().char_indices();
        let quote = match characters.next() {
            Some((_, quote @ ('\'' | '"'))) => quote,
            _ => return Err(invalid("Expected a name in quotes in the path")),
        };
        let mut text = String::new();
        let mut escaped = false;
        for (offset, character) in characters {
            match character {
                '\\' if !escaped => escaped = true,
                end if end == quote && !escaped => {
                    self.at += offset + 1;
                    return Ok(text);
                }
                other => {
                    escaped = false;
                    text.push(other);
                }
            }
        }
        Err(invalid("Property has not been closed - missing closing quote"))
    }
}

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Exists(Operand),
    Compare(Operand, Comparison, Operand),
}

/// How two operands are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A side of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    /// A path from the value that is tested.
    Current(Path),
    /// A path from the root.
    Root(Path),
    /// A constant.
    Constant(Json),
}

impl Condition {
    /// Reads a condition in parentheses.
    pub(super) fn parse(reader: &mut Reader<'_>) -> Result<Self, PathFault> {
        let outside = std::mem::replace(&mut reader.inside_filter, true);
        if !reader.take("(") {
            return Err(invalid("Expected ( after ? in the path"));
        }
        let condition = Self::any(reader)?;
        reader.skip_space();
        reader.inside_filter = outside;
        match reader.take(")") {
            true => Ok(condition),
            false => Err(PathFault::Unsupported(format!(
                "the condition of a path at '{}'",
                reader.rest()
            ))),
        }
    }

    fn any(reader: &mut Reader<'_>) -> Result<Self, PathFault> {
        let mut parts = vec![Self::all(reader)?];
        loop {
            reader.skip_space();
            if !reader.take("||") {
                break;
            }
            parts.push(Self::all(reader)?);
        }
        Ok(Self::Any(parts))
    }

    fn all(reader: &mut Reader<'_>) -> Result<Self, PathFault> {
        let mut parts = vec![Self::single(reader)?];
        loop {
            reader.skip_space();
            if !reader.take("&&") {
                break;
            }
            parts.push(Self::single(reader)?);
        }
        Ok(Self::All(parts))
    }

    fn single(reader: &mut Reader<'_>) -> Result<Self, PathFault> {
        reader.skip_space();
        if reader.rest().starts_with('(') {
            return Self::parse(reader);
        }
        if reader.rest().starts_with('!') && !reader.rest().starts_with("!=") {
            reader.advance(1);
            return Ok(Self::Not(Box::new(Self::single(reader)?)));
        }
        let left = Operand::parse(reader)?;
        reader.skip_space();
        for (text, comparison) in [
            ("==", Comparison::Equal),
            ("!=", Comparison::NotEqual),
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::GreaterOrEqual),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
        ] {
            if reader.take(text) {
                reader.skip_space();
                return Ok(Self::Compare(left, comparison, Operand::parse(reader)?));
            }
        }
        Ok(Self::Exists(left))
    }

    /// Whether it holds for a value.
    pub(super) fn holds(&self, current: &Json, root: &Json) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(current, root)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(current, root)),
            Self::Not(inner) => !inner.holds(current, root),
            Self::Exists(operand) => operand.value(current, root).is_some(),
            Self::Compare(left, comparison, right) => {
                match (left.value(current, root), right.value(current, root)) {
                    (Some(left), Some(right)) => compare(&left, *comparison, &right),
                    (None, None) => *comparison == Comparison::Equal,
                    _ => *comparison == Comparison::NotEqual,
                }
            }
        }
    }
}

impl Operand {
    fn parse(reader: &mut Reader<'_>) -> Result<Self, PathFault> {
        let rest = reader.rest();
        if reader.take("@") {
            return Ok(Self::Current(Path {
                steps: read_steps(reader)?,
            }));
        }
        if reader.take("$") {
            return Ok(Self::Root(Path {
                steps: read_steps(reader)?,
            }));
        }
        if rest.starts_with(['\'', '"']) {
            return Ok(Self::Constant(Json::Text(reader.quoted()?)));
        }
        let end = rest
            .find(|next: char| !(next.is_ascii_alphanumeric() || "+-.".contains(next)))
            .unwrap_or(rest.len());
        match super::parse::parse(&rest[..end]) {
            Ok(constant) if constant.is_scalar() => {
                reader.advance(end);
                Ok(Self::Constant(constant))
            }
            _ => Err(PathFault::Unsupported(format!(
                "the condition of a path at '{rest}'"
            ))),
        }
    }

    fn value(&self, current: &Json, root: &Json) -> Option<Json> {
        let (path, from) = match self {
            Self::Constant(constant) => return Some(constant.clone()),
            Self::Current(path) => (path, current),
            Self::Root(path) => (path, root),
        };
        let found = super::evaluate::evaluate(path, from, root).ok()?;
        match (
            &found,
            path.steps.iter().any(|step| matches!(step, Step::Descend)),
        ) {
            (Json::Array(items), true) if items.is_empty() => None,
            _ => Some(found),
        }
    }
}

fn compare(left: &Json, comparison: Comparison, right: &Json) -> bool {
    let order = match (left, right) {
        (Json::Text(left), Json::Text(right)) => Some(left.cmp(right)),
        _ => match (left.as_number(), right.as_number()) {
            (Some(left), Some(right)) => left.partial_cmp(&right),
            _ => None,
        },
    };
    match (comparison, order) {
        (Comparison::Equal, Some(order)) => order.is_eq(),
        (Comparison::NotEqual, Some(order)) => order.is_ne(),
        (Comparison::Less, Some(order)) => order.is_lt(),
        (Comparison::LessOrEqual, Some(order)) => order.is_le(),
        (Comparison::Greater, Some(order)) => order.is_gt(),
        (Comparison::GreaterOrEqual, Some(order)) => order.is_ge(),
        (Comparison::Equal, None) => left == right,
        (Comparison::NotEqual, None) => left != right,
        (_, None) => false,
    }
}
