//! Hints: `/*+ OPTIONS('k' = 'v') */` behind a table, and `/*+ BROADCAST(t) */` and the like behind SELECT.
//!
//! The parser takes hints for comments; they are found again by the token that they stand behind. Options
//! change the table that is read. Hints about joins and state are checked as Flink does and then have no
//! effect: they say how to compute, not what, and the planners here choose for themselves.

use std::sync::Arc;

use sqlparser::tokenizer::{Location, Span, Token, Tokenizer, Whitespace};

use super::super::dialect::FlinkDialect;
use super::super::source::{validation_error, with_position};
use super::plan::QueryPlanner;
use super::scope::Scope;
use crate::catalog::CatalogTable;
use crate::error::{PlanError, Result};

/// One hint.
#[derive(Debug, PartialEq, Eq)]
struct Hint {
    name: String,
    /// Keys and values, or values alone.
    arguments: Vec<(Option<String>, String)>,
}

/// Hints behind SELECT, and whether they name tables as values.
const QUERY_HINTS: [(&str, Arguments); 7] = [
    ("BROADCAST", Arguments::Tables),
    ("SHUFFLE_HASH", Arguments::Tables),
    ("SHUFFLE_MERGE", Arguments::Tables),
    ("NEST_LOOP", Arguments::Tables),
    ("MULTI_JOIN", Arguments::Tables),
    ("LOOKUP", Arguments::Options),
    ("STATE_TTL", Arguments::Durations),
];

/// What a hint takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Arguments {
    /// Names of tables.
    Tables,
    /// Options, one of which is the table.
    Options,
    /// A duration for each table.
    Durations,
}

/// The options of the hint LOOKUP.
const LOOKUP_OPTIONS: [&str; 9] = [
    "table",
    "async",
    "output-mode",
    "capacity",
    "timeout",
    "retry-predicate",
    "retry-strategy",
    "fixed-delay",
    "max-attempts",
];

impl QueryPlanner<'_> {
    /// The table with the options of the hint behind its name, if there is one.
    pub(super) fn with_options(&self, table: &Arc<CatalogTable>, end: Location) -> Result<Arc<CatalogTable>> {
        let Some((hints, span)) = self.hints_behind(end)? else {
            return Ok(Arc::clone(table));
        };
        let enabled = self.context.options.get("table.dynamic-table-options.enabled");
        if enabled.is_some_and(|enabled| enabled.eq_ignore_ascii_case("false")) {
            return Err(PlanError::validation(
                "The 'OPTIONS' hint is allowed only when the config option \
                 'table.dynamic-table-options.enabled' is set to true.",
            ));
        }
        let mut changed = CatalogTable::clone(table);
        for hint in hints {
            if !hint.name.eq_ignore_ascii_case("OPTIONS") {
                return Err(unregistered(&hint.name));
            }
            for (key, value) in hint.arguments {
                let Some(key) = key else {
                    return Err(validation_error(
                        span,
                        "Hint [OPTIONS] only support non empty key value options",
                    ));
                };
                changed.options.insert(key, value);
            }
        }
        Ok(Arc::new(changed))
    }

    /// A view or query takes no options.
    pub(super) fn without_options(&self, name: &str, end: Location) -> Result<()> {
        match self.hints_behind(end)? {
            None => Ok(()),
            Some(_) => Err(PlanError::validation(format!(
                "View '{name}' cannot be enriched with new options. Hints can only be applied to tables."
            ))),
        }
    }

    /// Checks the hints behind SELECT.
    pub(super) fn check_query_hints(&self, end: Location, scope: &Scope) -> Result<()> {
        let Some((hints, _)) = self.hints_behind(end)? else {
            return Ok(());
        };
        let mut unknown = Vec::new();
        for hint in hints {
            let known = QUERY_HINTS
                .iter()
                .find(|(name, _)| hint.name.eq_ignore_ascii_case(name));
            let Some((name, arguments)) = known else {
                return Err(unregistered(&hint.name));
            };
            let tables = tables_of(name, *arguments, &hint)?;
            let missing: Vec<&str> = tables
                .into_iter()
                .filter(|table| !scope.has_relation(table.rsplit('.').next().unwrap_or(table)))
                .collect();
            if !missing.is_empty() {
                unknown.push(format!("`{}` in `{name}`", missing.join(", ")));
            }
        }
        if unknown.is_empty() {
            return Ok(());
        }
        Err(PlanError::validation(format!(
            "The options of following hints cannot match the name of input tables or views: \n{}",
            unknown.join("\n")
        )))
    }

    fn hints_behind(&self, end: Location) -> Result<Option<(Vec<Hint>, Span)>> {
        let Some((text, span)) = self.source.hint_behind(end) else {
            return Ok(None);
        };
        self.used_hints.borrow_mut().push(span.start);
        let hints = read(text).ok_or_else(|| misplaced(span))?;
        Ok(Some((hints, span)))
    }

    /// Fails if a hint of the query has been read by nobody.
    pub(super) fn check_hints_used(&self, query: Span) -> Result<()> {
        let used = self.used_hints.borrow();
        match self
            .source
            .hints_within(query)
            .find(|span| !used.contains(&span.start))
        {
            None => Ok(()),
            Some(span) => Err(misplaced(span)),
        }
    }
}

/// The tables that a hint is about.
fn tables_of<'t>(name: &str, arguments: Arguments, hint: &'t Hint) -> Result<Vec<&'t str>> {
    let invalid = |message: String| Err(assertion(message));
    match arguments {
        Arguments::Tables => {
            if hint.arguments.is_empty() || hint.arguments.iter().any(|(key, _)| key.is_some()) {
                return invalid(format!(
                    "Invalid hint: {name}, expecting at least one table or view specified in hint {name}."
                ));
            }
            Ok(hint.arguments.iter().map(|(_, table)| table.as_str()).collect())
        }
        Arguments::Options => {
            let option = |wanted: &str| {
                hint.arguments
                    .iter()
                    .find(|(key, _)| key.as_deref() == Some(wanted))
                    .map(|(_, value)| value.as_str())
            };
            let Some(table) = option("table") else {
                return invalid(format!(
                    "Invalid {name} hint: incomplete required option(s): [Key: 'table' , default: null (fallback \
                     keys: [])]"
                ));
            };
            let known =
                |key: &Option<String>| key.as_deref().is_some_and(|key| LOOKUP_OPTIONS.contains(&key));
            if let Some((key, value)) = hint.arguments.iter().find(|(key, _)| !known(key)) {
                let key = key.as_deref().unwrap_or(value);
                return invalid(format!("Invalid {name} hint: unknown option '{key}'"));
            }
            Ok(vec![table])
        }
        Arguments::Durations => hint
            .arguments
            .iter()
            .map(|(key, value)| match key {
                Some(table) if is_duration(value) => Ok(table.as_str()),
                Some(_) => Err(assertion(format!(
                    "Invalid STATE_TTL hint value: text does not start with a number, and is not a valid \
                     ISO-8601 duration format: {value}"
                ))),
                None => Err(assertion(
                    "Invalid STATE_TTL hint, expecting at least one key-value options specified.".to_owned(),
                )),
            })
            .collect(),
    }
}

/// Whether a text is a duration, such as `1d`, `10 min` or `PT1H`.
fn is_duration(text: &str) -> bool {
    const UNITS: [&str; 25] = [
        "",
        "d",
        "day",
        "days",
        "h",
        "hour",
        "hours",
        "m",
        "min",
        "minute",
        "minutes",
        "s",
        "sec",
        "secs",
        "second",
        "seconds",
        "ms",
        "milli",
        "millis",
        "millisecond",
        "milliseconds",
        "micro",
        "micros",
        "ns",
        "nanos",
    ];
    let text = text.trim().to_lowercase();
    let unit = text.trim_start_matches(|character: char| character.is_ascii_digit());
    if unit.len() == text.len() {
        return text.starts_with('p') && text.len() > 2;
    }
    UNITS.contains(&unit.trim())
}

fn assertion(message: String) -> PlanError {
    PlanError::Other {
        class: "java.lang.AssertionError",
        message,
    }
}

fn unregistered(name: &str) -> PlanError {
    assertion(format!(
        "Hint: {name} should be registered in the HintStrategyTable"
    ))
}

fn misplaced(span: Span) -> PlanError {
    PlanError::SqlParser {
        message: format!("SQL parse failed. {}", with_position(span, "Encountered \"/*+\"")),
    }
}

/// The hints of a comment; `None` if its text does not have the form of hints.
fn read(text: &str) -> Option<Vec<Hint>> {
    let tokens = Tokenizer::new(&FlinkDialect, text).tokenize().ok()?;
    let mut tokens = tokens
        .into_iter()
        .filter(|token| {
            !matches!(
                token,
                Token::Whitespace(Whitespace::Space | Whitespace::Newline | Whitespace::Tab)
            )
        })
        .peekable();
    let mut hints = Vec::new();
    loop {
        let Token::Word(name) = tokens.next()? else {
            return None;
        };
        let mut arguments = Vec::new();
        if tokens.next_if_eq(&Token::LParen).is_some() {
            while tokens.next_if_eq(&Token::RParen).is_none() {
                let first = read_value(&mut tokens)?;
                arguments.push(match tokens.next_if_eq(&Token::Eq) {
                    Some(_) => (Some(first), read_value(&mut tokens)?),
                    None => (None, first),
                });
                if tokens.peek() != Some(&Token::RParen) {
                    tokens.next_if_eq(&Token::Comma)?;
                }
            }
        }
        hints.push(Hint {
            name: name.value,
            arguments,
        });
        if tokens.next_if_eq(&Token::Comma).is_none() {
            break;
        }
    }
    tokens.next().is_none().then_some(hints)
}

/// A string, or a name with dots.
fn read_value(tokens: &mut std::iter::Peekable<impl Iterator<Item = Token>>) -> Option<String> {
    match tokens.next()? {
        Token::SingleQuotedString(text) => Some(text),
        Token::Word(word) => {
            let mut path = word.value;
            while tokens.next_if_eq(&Token::Period).is_some() {
                let Token::Word(part) = tokens.next()? else {
                    return None;
                };
                path = format!("{path}.{}", part.value);
            }
            Some(path)
        }
        _ => None,
    }
}
