//! Errors on the way from text to statements.

use sqlparser::parser::ParserError;
use sqlparser::tokenizer::Location;

use super::source::line_with_caret;
use crate::error::PlanError;

/// The result of parsing a piece of a statement.
pub(super) type Parsed<T> = Result<T, Fault>;

/// What went wrong: a fault of syntax, whose place is still to be shown, or any other error.
#[derive(Debug)]
pub(super) enum Fault {
    /// The text cannot be parsed.
    Syntax(ParserError),
    /// The text can be parsed, but is refused.
    Refused(PlanError),
}

impl From<ParserError> for Fault {
    fn from(error: ParserError) -> Self {
        Self::Syntax(error)
    }
}

impl From<PlanError> for Fault {
    fn from(error: PlanError) -> Self {
        Self::Refused(error)
    }
}

impl Fault {
    /// A fault of syntax with its place.
    pub(super) fn syntax(message: &str, place: Location) -> Self {
        Self::Syntax(ParserError::ParserError(format!("{message}{place}")))
    }

    /// The error that a user sees: message, line and column, the line with a caret, what was expected.
    pub(super) fn into_plan_error(self, text: &str) -> PlanError {
        match self {
            Self::Refused(error) => error,
            Self::Syntax(error) => PlanError::SqlParser {
                message: format!("SQL parse failed. {}", describe(&error, text)),
            },
        }
    }
}

fn describe(error: &ParserError, text: &str) -> String {
    let (message, is_lexical) = match error {
        ParserError::TokenizerError(message) => (message.as_str(), true),
        ParserError::ParserError(message) => (message.as_str(), false),
        ParserError::RecursionLimitExceeded => return "The statement is nested too deeply.".to_owned(),
    };
    let (message, place) = split_place(message);
    // The end of the text has no place of its own.
    let place = place.unwrap_or_else(|| end_of(text));
    let position = format!("line {}, column {}", place.line, place.column);
    let shown = line_with_caret(text, place);
    if is_lexical {
        return format!("Lexical error at {position}: {message}.\n{shown}");
    }
    if let Some((expected, found)) = message
        .strip_prefix("Expected: ")
        .and_then(|rest| rest.rsplit_once(", found: "))
    {
        let found = if found == "EOF" { "<EOF>" } else { found };
        return format!("Encountered \"{found}\" at {position}.\nWas expecting: {expected}\n{shown}");
    }
    format!("{message} at {position}.\n{shown}")
}

/// Takes ` at Line: 1, Column: 8` off the end of a message.
fn split_place(message: &str) -> (&str, Option<Location>) {
    let parse = |place: &str| {
        let (line, column) = place.split_once(", Column: ")?;
        let location = Location::new(line.parse().ok()?, column.parse().ok()?);
        (location.line > 0).then_some(location)
    };
    match message.rsplit_once(" at Line: ") {
        Some((before, place)) => (before, parse(place)),
        None => (message, None),
    }
}

fn end_of(text: &str) -> Location {
    let trimmed = text.trim_end();
    let line = trimmed.lines().count().max(1);
    let column = trimmed.lines().next_back().map_or(0, |last| last.chars().count()) + 1;
    Location::new(
        u64::try_from(line).unwrap_or(u64::MAX),
        u64::try_from(column).unwrap_or(u64::MAX),
    )
}
