//! Words and signs of string expressions, and the failure that is reported.
//!
//! Whitespace is skipped before each word. Of all failures the furthest one is reported, and of those at
//! one place the last, which is why the order in which rules are tried is visible in messages.

use crate::error::PlanError;

/// The text with the furthest failure so far.
pub(super) struct Scanner {
    characters: Vec<char>,
    furthest: Option<(usize, Expected)>,
    /// An exception that ends the parse at once. From then on nothing matches.
    pub(super) fault: Option<PlanError>,
}

/// What was expected where something else was found.
#[derive(Debug, Clone, Copy)]
pub(super) enum Expected {
    /// These characters.
    Word(&'static str),
    /// A word without regard to case, which no identifier character follows.
    Keyword(&'static str),
    /// What a regular expression matches.
    Pattern(&'static str),
    /// An identifier.
    Identifier,
    /// Another character of an identifier.
    IdentifierPart,
    /// What the message says.
    Rule(&'static str),
}

impl Scanner {
    pub(super) fn new(text: &str) -> Self {
        Self {
            characters: text.chars().collect(),
            furthest: None,
            fault: None,
        }
    }

    /// Remembers a failure, unless one is known further on.
    pub(super) fn fail(&mut self, at: usize, expected: Expected) {
        if self.furthest.is_none_or(|(furthest, _)| furthest <= at) {
            self.furthest = Some((at, expected));
        }
    }

    /// Ends the parse with an exception. The first one counts.
    pub(super) fn throw(&mut self, error: PlanError) {
        self.fault.get_or_insert(error);
    }

    pub(super) fn skip_whitespace(&self, at: usize) -> usize {
        let blank = |character: &&char| matches!(character, ' ' | '\t' | '\n' | '\u{b}' | '\u{c}' | '\r');
        at + self.characters[at..].iter().take_while(blank).count()
    }

    pub(super) fn is_end(&self, at: usize) -> bool {
        at == self.characters.len()
    }

    /// The characters at this place, for patterns.
    fn rest(&self, at: usize) -> &[char] {
        &self.characters[at..]
    }

    /// Matches these characters; the answer is where they end.
    pub(super) fn word(&mut self, at: usize, word: &'static str) -> Option<usize> {
        let start = self.skip_whitespace(at);
        let rest = self.rest(start);
        if self.fault.is_none()
            && word
                .chars()
                .enumerate()
                .all(|(index, wanted)| rest.get(index) == Some(&wanted))
        {
            return Some(start + word.chars().count());
        }
        self.fail(start, Expected::Word(word));
        None
    }

    /// Matches a keyword; the answer is the keyword as written and where it ends.
    pub(super) fn keyword(&mut self, at: usize, keyword: &'static str) -> Option<(String, usize)> {
        let start = self.skip_whitespace(at);
        let end = start + keyword.len();
        if let Some(found) = self.characters.get(start..end)
            && self.fault.is_none()
            && found
                .iter()
                .zip(keyword.chars())
                .all(|(left, right)| left.eq_ignore_ascii_case(&right))
            && !self.characters.get(end).copied().is_some_and(is_identifier_part)
        {
            return Some((found.iter().collect(), end));
        }
        self.fail(start, Expected::Keyword(keyword));
        None
    }

    /// Matches an identifier of Java.
    pub(super) fn identifier(&mut self, at: usize) -> Option<(String, usize)> {
        let start = self.skip_whitespace(at);
        let starts = self
            .characters
            .get(start)
            .copied()
            .is_some_and(is_identifier_start);
        if !starts || self.fault.is_some() {
            self.fail(start, Expected::Identifier);
            return None;
        }
        let parts = self
            .rest(start)
            .iter()
            .take_while(|part| is_identifier_part(**part))
            .count();
        self.fail(start + parts, Expected::IdentifierPart);
        Some((self.rest(start)[..parts].iter().collect(), start + parts))
    }

    /// Matches what `length` finds at the place, which `pattern` describes as a regular expression.
    pub(super) fn pattern(
        &mut self,
        at: usize,
        pattern: &'static str,
        length: fn(&[char]) -> Option<usize>,
    ) -> Option<(String, usize)> {
        let start = self.skip_whitespace(at);
        match length(self.rest(start)) {
            Some(length) if self.fault.is_none() => {
                Some((self.rest(start)[..length].iter().collect(), start + length))
            }
            _ => {
                self.fail(start, Expected::Pattern(pattern));
                None
            }
        }
    }

    /// The message of the furthest failure, with its line and a caret under the place.
    pub(super) fn describe_failure(&self, stuck_at: usize) -> String {
        let (at, cause) = match self.furthest {
            Some((at, expected)) if at >= stuck_at => (at, self.describe(at, expected)),
            _ => (stuck_at, "end of input expected".to_owned()),
        };
        let line_start = self.characters[..at]
            .iter()
            .rposition(|character| *character == '\n')
            .map_or(0, |newline| newline + 1);
        let line: String = self.characters[line_start..]
            .iter()
            .take_while(|character| **character != '\n')
            .collect();
        let column = at - line_start + 1;
        let indent: String = self.characters[line_start..at]
            .iter()
            .map(|character| if *character == '\t' { '\t' } else { ' ' })
            .collect();
        format!("Could not parse expression at column {column}: {cause}\n{line}\n{indent}^")
    }

    fn describe(&self, at: usize, expected: Expected) -> String {
        let found = match self.characters.get(at) {
            Some(character) => format!("'{character}'"),
            None => "end of source".to_owned(),
        };
        match expected {
            Expected::Word(word) => format!("'{word}' expected but {found} found"),
            Expected::Keyword(keyword) => format!(
                "string matching regex '(?i)\\Q{keyword}\\E(?![_$\\p{{javaJavaIdentifierPart}}])' \
                 expected but {found} found"
            ),
            Expected::Pattern(pattern) => {
                format!("string matching regex '{pattern}' expected but {found} found")
            }
            Expected::Identifier | Expected::IdentifierPart if self.is_end(at) => "end of input".to_owned(),
            Expected::Identifier => format!("identifier expected but {found} found"),
            Expected::IdentifierPart => "identifier part expected".to_owned(),
            Expected::Rule(message) => message.to_owned(),
        }
    }
}

/// Whether an identifier of Java may start so: a letter, a currency sign or a connecting sign.
fn is_identifier_start(character: char) -> bool {
    character.is_alphabetic() || matches!(character, '_' | '$' | '¢' | '£' | '¤' | '¥' | '€' | '‿' | '⁀')
}

/// Whether an identifier of Java may go on so.
fn is_identifier_part(character: char) -> bool {
    is_identifier_start(character)
        || character.is_alphanumeric()
        || matches!(character, '\u{300}'..='\u{36f}')
}
