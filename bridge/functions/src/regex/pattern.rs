//! A compiled pattern, searched as Java searches it.

use std::sync::{Arc, Mutex};

use fancy_regex::{Captures, Regex, RegexBuilder};

use super::translate::{Untranslatable, translate};
use crate::error::{FunctionError, Result};

/// How many steps one search may take back before it is given up.
const BACKTRACK_LIMIT: usize = 50_000_000;

/// How many patterns an expression keeps compiled.
const KEPT_PATTERNS: usize = 32;

/// A pattern that is ready to be searched for.
pub(crate) struct JavaRegex {
    regex: Regex,
}

/// Where a pattern was found, as offsets in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl JavaRegex {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// `java.util.regex.PatternSyntaxException`, or what is not supported, by name.
    pub(super) fn compile(pattern: &str) -> Result<Self> {
        let translated = translate(pattern).map_err(|error| match error {
            Untranslatable::Invalid(reason) => syntax_error(pattern, &reason),
            Untranslatable::Unsupported(what) => FunctionError::unsupported(
                format!("{what} in the regular expression '{pattern}'"),
                "Write the characters as a class, such as [a-z].",
            ),
        })?;
        RegexBuilder::new(&translated)
            .backtrack_limit(BACKTRACK_LIMIT)
            .build()
            .map(|regex| Self { regex })
            .map_err(|error| syntax_error(pattern, &error.to_string()))
    }

    /// Whether the pattern is in the text.
    pub(super) fn is_match(&self, text: &str) -> Result<bool> {
        self.regex.is_match(text).map_err(search_error)
    }

    /// The first match at or after an offset.
    pub(super) fn find(&self, text: &str, from: usize) -> Result<Option<Found>> {
        let found = self.regex.find_from_pos(text, from).map_err(search_error)?;
        Ok(found.map(|found| Found {
            start: found.start(),
            end: found.end(),
        }))
    }

    /// The first match at or after an offset with its groups.
    pub(super) fn captures<'a>(&self, text: &'a str, from: usize) -> Result<Option<Captures<'a, str>>> {
        self.regex.captures_from_pos(text, from).map_err(search_error)
    }

    /// How many groups the pattern has, without the whole.
    pub(super) fn group_count(&self) -> usize {
        self.regex.captures_len().saturating_sub(1)
    }

    /// All matches, as `Matcher.find` gives them: an empty one may follow another match at once.
    pub(super) fn find_all(&self, text: &str) -> Result<Vec<Found>> {
        let mut all = Vec::new();
        let mut from = 0;
        while let Some(found) = self.find(text, from)? {
            all.push(found);
            match after(text, found) {
                Some(next) => from = next,
                None => break,
            }
        }
        Ok(all)
    }

    /// `String.split` of Java: without a limit, empty parts at the end are left out.
    pub(crate) fn split<'a>(&self, text: &'a str, limit: Option<usize>) -> Result<Vec<&'a str>> {
        let mut parts = Vec::new();
        let mut from = 0;
        for found in self.find_all(text)? {
            if limit.is_some_and(|limit| parts.len() + 1 >= limit) {
                break;
            }
            // An empty match at the start makes no empty first part.
            if found.end == 0 {
                continue;
            }
            parts.push(&text[from..found.start]);
            from = found.end;
        }
        if parts.is_empty() {
            return Ok(vec![text]);
        }
        parts.push(&text[from..]);
        if limit.is_none() {
            while parts.last().is_some_and(|part| part.is_empty()) {
                parts.pop();
            }
        }
        Ok(parts)
    }
}

/// Where the search for the next match begins; `None` if the text has ended.
pub(super) fn after(text: &str, found: Found) -> Option<usize> {
    if found.end > found.start {
        return Some(found.end);
    }
    let next = text[found.end..].chars().next()?;
    Some(found.end + next.len_utf8())
}

fn syntax_error(pattern: &str, reason: &str) -> FunctionError {
    FunctionError::Compute {
        class: "java.util.regex.PatternSyntaxException",
        message: format!("{reason} in the regular expression '{pattern}'"),
    }
}

fn search_error(error: fancy_regex::Error) -> FunctionError {
    FunctionError::Compute {
        class: "java.lang.StackOverflowError",
        message: format!("a regular expression was given up: {error}"),
    }
}

/// The patterns of an expression, each compiled once.
#[derive(Default)]
pub(crate) struct JavaRegexes {
    compiled: Mutex<Vec<(String, Arc<JavaRegex>)>>,
}

impl JavaRegexes {
    /// The pattern, compiled.
    ///
    /// # Errors
    /// As [`JavaRegex::compile`].
    pub(crate) fn get(&self, pattern: &str) -> Result<Arc<JavaRegex>> {
        self.get_translated(pattern, |pattern| Ok(pattern.to_owned()))
    }

    /// The regular expression that `translate` makes of a pattern of another kind, compiled.
    pub(super) fn get_translated(
        &self,
        key: &str,
        translate: impl FnOnce(&str) -> Result<String>,
    ) -> Result<Arc<JavaRegex>> {
        let mut compiled = self
            .compiled
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some((_, known)) = compiled.iter().rev().find(|(known, _)| known == key) {
            return Ok(Arc::clone(known));
        }
        let regex = Arc::new(JavaRegex::compile(&translate(key)?)?);
        if compiled.len() == KEPT_PATTERNS {
            compiled.remove(0);
        }
        compiled.push((key.to_owned(), Arc::clone(&regex)));
        Ok(regex)
    }

    /// The pattern, compiled; `None` if Java could not compile it.
    pub(super) fn get_valid(&self, pattern: &str) -> Result<Option<Arc<JavaRegex>>> {
        match self.get(pattern) {
            Ok(regex) => Ok(Some(regex)),
            Err(FunctionError::Compute { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
