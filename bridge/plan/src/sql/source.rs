//! A script's text and tokens, and what positions in it look like to a reader.

use sqlparser::tokenizer::{Location, Span, Token, TokenWithSpan, Whitespace};

use crate::error::PlanError;

/// The text that was parsed, with its tokens.
#[derive(Debug)]
pub struct SqlSource {
    text: String,
    tokens: Vec<TokenWithSpan>,
}

impl SqlSource {
    pub(super) fn new(text: &str, tokens: Vec<TokenWithSpan>) -> Self {
        Self {
            text: text.to_owned(),
            tokens,
        }
    }

    /// The text from one place up to another, the latter excluded.
    pub(super) fn slice(&self, start: Location, end: Location) -> &str {
        let (start, end) = (self.offset(start), self.offset(end));
        self.text.get(start..end.max(start)).unwrap_or_default()
    }

    /// The span of a call whose name is at that span: up to the parenthesis that closes its arguments.
    /// The syntax tree does not keep where that is.
    pub(super) fn call_span(&self, name: Span) -> Span {
        let mut depth = 0_usize;
        for found in self.tokens.iter().filter(|token| token.span.start >= name.end) {
            match found.token {
                Token::LParen => depth += 1,
                Token::RParen => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return Span::new(name.start, found.span.end);
                    }
                }
                Token::Whitespace(_) => {}
                _ if depth == 0 => break,
                _ => {}
            }
        }
        name
    }

    /// The text of the hint `/*+ ... */` behind the token that ends there, and where it is.
    pub(super) fn hint_behind(&self, end: Location) -> Option<(&str, Span)> {
        let first = self.tokens.partition_point(|token| token.span.start < end);
        self.tokens[first..]
            .iter()
            .take_while(|token| matches!(token.token, Token::Whitespace(_)))
            .find_map(|token| hint_text(token).map(|text| (text, token.span)))
    }

    /// Where hints are inside a span.
    pub(super) fn hints_within(&self, span: Span) -> impl Iterator<Item = Span> {
        self.tokens
            .iter()
            .filter(move |token| token.span.start >= span.start && token.span.end <= span.end)
            .filter(|token| hint_text(token).is_some())
            .map(|token| token.span)
    }

    /// All hints, each with its text.
    pub(super) fn hints(&self) -> impl Iterator<Item = (&str, Span)> {
        self.tokens
            .iter()
            .filter_map(|token| hint_text(token).map(|text| (text, token.span)))
    }

    /// The span up to the parenthesis that closes behind it.
    pub(super) fn through_parenthesis(&self, span: Span) -> Span {
        self.tokens
            .iter()
            .find(|token| token.span.start >= span.end && token.token == Token::RParen)
            .map_or(span, |token| Span::new(span.start, token.span.end))
    }

    /// The byte at which a place is. Columns count characters, from 1.
    fn offset(&self, place: Location) -> usize {
        let line_start: usize = self
            .text
            .split_inclusive('\n')
            .take(usize::try_from(place.line.saturating_sub(1)).unwrap_or(usize::MAX))
            .map(str::len)
            .sum();
        let rest = self.text.get(line_start..).unwrap_or_default();
        let column = usize::try_from(place.column.saturating_sub(1)).unwrap_or(usize::MAX);
        line_start
            + rest
                .char_indices()
                .nth(column)
                .map_or(rest.len(), |(offset, _)| offset)
    }
}

/// The text of a hint, which is a comment that begins with a plus sign.
fn hint_text(token: &TokenWithSpan) -> Option<&str> {
    match &token.token {
        Token::Whitespace(Whitespace::MultiLineComment(comment)) => comment.strip_prefix('+'),
        _ => None,
    }
}

/// The line of a place, and below it a caret under its column.
pub(super) fn line_with_caret(text: &str, place: Location) -> String {
    let line = usize::try_from(place.line.saturating_sub(1))
        .ok()
        .and_then(|line| text.lines().nth(line))
        .unwrap_or_default();
    let column = usize::try_from(place.column.saturating_sub(1)).unwrap_or(0);
    // Tabs are kept, so that the caret stands under its column however wide they are shown.
    let blank: String = line
        .chars()
        .chain(std::iter::repeat(' '))
        .take(column)
        .map(|character| if character == '\t' { '\t' } else { ' ' })
        .collect();
    format!("{line}\n{blank}^")
}

/// An error of meaning at a place, in Calcite's words: `From line 1, column 15 to line 1, column 18: ...`.
pub(super) fn validation_error(span: Span, message: &str) -> PlanError {
    PlanError::validation(format!("SQL validation failed. {}", with_position(span, message)))
}

/// The message after the span that it is about, whose end is the last character here as in Calcite;
/// without a span, the message alone.
pub(super) fn with_position(span: Span, message: &str) -> String {
    if span.start.line == 0 {
        return message.to_owned();
    }
    let (line, column) = (span.start.line, span.start.column);
    let (end_line, end_column) = (span.end.line, span.end.column.saturating_sub(1).max(1));
    if (line, column) == (end_line, end_column) {
        return format!("At line {line}, column {column}: {message}");
    }
    format!("From line {line}, column {column} to line {end_line}, column {end_column}: {message}")
}
