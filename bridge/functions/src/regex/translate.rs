//! From the syntax of `java.util.regex` to that of `fancy-regex`.
//!
//! Flags are resolved here and not passed on: letters that match in both cases become classes, `.`, `^`
//! and `$` are written out with Java's line terminators, and `\d`, `\w` and `\s` are of ASCII unless
//! `(?U)` is set. What has no counterpart is [`Untranslatable::Unsupported`].

use super::class;

/// Why a pattern is not translated.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Untranslatable {
    /// Java cannot compile it either.
    Invalid(String),
    /// Java could, but there is no counterpart of this.
    Unsupported(String),
}

pub(super) type Translated<T> = Result<T, Untranslatable>;

pub(super) fn invalid<T>(reason: impl Into<String>) -> Translated<T> {
    Err(Untranslatable::Invalid(reason.into()))
}

pub(super) fn unsupported<T>(what: impl Into<String>) -> Translated<T> {
    Err(Untranslatable::Unsupported(what.into()))
}

/// What inline flags such as `(?i)` switch.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Flags {
    pub(super) ignore_case: bool,
    pub(super) unicode_case: bool,
    pub(super) unicode_class: bool,
    pub(super) comments: bool,
    multiline: bool,
    dot_all: bool,
    unix_lines: bool,
}

const TERMINATORS: &str = "\\n\\r\\x{85}\\x{2028}\\x{2029}";

/// Translates a whole pattern.
pub(super) fn translate(pattern: &str) -> Translated<String> {
    let mut translator = Translator {
        characters: pattern.chars().collect(),
        at: 0,
        out: String::with_capacity(pattern.len() * 2),
        flags: Flags::default(),
        outer: Vec::new(),
        groups: 0,
        names: Vec::new(),
        quantifiable: false,
    };
    translator.run()?;
    Ok(translator.out)
}

pub(super) struct Translator {
    pub(super) characters: Vec<char>,
    pub(super) at: usize,
    pub(super) out: String,
    pub(super) flags: Flags,
    /// The flags outside of each open group.
    outer: Vec<Flags>,
    groups: usize,
    names: Vec<String>,
    /// Whether a quantifier may follow.
    quantifiable: bool,
}

impl Translator {
    pub(super) fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += 1;
        Some(next)
    }

    /// Takes the character if it comes next.
    pub(super) fn take(&mut self, expected: char) -> bool {
        let found = self.peek() == Some(expected);
        self.at += usize::from(found);
        found
    }

    fn starts_with(&self, text: &str) -> bool {
        text.chars()
            .enumerate()
            .all(|(offset, character)| self.characters.get(self.at + offset) == Some(&character))
    }

    /// Skips white space and comments where the flag `x` ignores them.
    pub(super) fn skip_comments(&mut self) {
        while self.flags.comments
            && let Some(next) = self.peek()
        {
            if next == '#' {
                while self.next().is_some_and(|skipped| skipped != '\n') {}
            } else if matches!(next, ' ' | '\t' | '\n' | '\u{b}' | '\u{c}' | '\r') {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    fn run(&mut self) -> Translated<()> {
        loop {
            self.skip_comments();
            let Some(next) = self.next() else { break };
            match next {
                '(' => self.open()?,
                ')' => {
                    let Some(flags) = self.outer.pop() else {
                        return invalid("Unmatched closing ')'");
                    };
                    self.flags = flags;
                    self.atom(")");
                }
                '|' => {
                    self.out.push('|');
                    self.quantifiable = false;
                }
                '[' => {
                    let class = class::parse(self)?;
                    self.atom(&class);
                }
                '.' => {
                    let dot = match (self.flags.dot_all, self.flags.unix_lines) {
                        (true, _) => "(?s:.)".to_owned(),
                        (false, true) => "[^\\n]".to_owned(),
                        (false, false) => format!("[^{TERMINATORS}]"),
                    };
                    self.atom(&dot);
                }
                '^' => {
                    let begin = match (self.flags.multiline, self.flags.unix_lines) {
                        (false, _) => "\\A",
                        (true, true) => "(?:\\A|(?<=\\n)(?!\\z))",
                        (true, false) => {
                            "(?:\\A|(?<=[\\n\\x{85}\\x{2028}\\x{2029}])(?!\\z)|(?<=\\r)(?!\\n)(?!\\z))"
                        }
                    };
                    self.atom(begin);
                }
                '$' => {
                    let end = match (self.flags.multiline, self.flags.unix_lines) {
                        (false, _) => self.before_last_terminator(),
                        (true, true) => "(?=\\n|\\z)".to_owned(),
                        (true, false) => {
                            "(?:(?=[\\r\\x{85}\\x{2028}\\x{2029}]|\\z)|(?<!\\r)(?=\\n))".to_owned()
                        }
                    };
                    self.atom(&end);
                }
                '*' | '+' | '?' => {
                    if !self.quantifiable {
                        return invalid(format!("Dangling meta character '{next}'"));
                    }
                    self.out.push(next);
                    self.suffix();
                }
                '{' => self.repetition()?,
                '\\' => self.escape()?,
                literal => self.literal(literal),
            }
        }
        match self.outer.is_empty() {
            true => Ok(()),
            false => invalid("Unclosed group"),
        }
    }

    /// Writes something that a quantifier may follow.
    fn atom(&mut self, text: &str) {
        self.out.push_str(text);
        self.quantifiable = true;
    }

    fn literal(&mut self, character: char) {
        let text = literal_atom(character, self.flags);
        self.atom(&text);
    }

    /// `$` and `\Z`: the end, or before the terminator of the last line.
    fn before_last_terminator(&self) -> String {
        match self.flags.unix_lines {
            true => "(?=\\n?\\z)".to_owned(),
            false => "(?:(?=(?:\\r\\n|[\\r\\x{85}\\x{2028}\\x{2029}])?\\z)|(?<!\\r)(?=\\n\\z))".to_owned(),
        }
    }

    /// What may follow a quantifier: lazy or possessive.
    fn suffix(&mut self) {
        self.skip_comments();
        for suffix in ['?', '+'] {
            if self.take(suffix) {
                self.out.push(suffix);
                break;
            }
        }
        self.quantifiable = false;
    }

    /// `{n}`, `{n,}`, `{n,m}`.
    fn repetition(&mut self) -> Translated<()> {
        if !self.quantifiable || !self.peek().is_some_and(|next| next.is_ascii_digit()) {
            return invalid("Illegal repetition");
        }
        self.out.push('{');
        let fewest = self.number()?;
        if self.take(',') {
            self.out.push(',');
            if self.peek().is_some_and(|next| next.is_ascii_digit()) && self.number()? < fewest {
                return invalid("Illegal repetition range");
            }
        }
        if !self.take('}') {
            return invalid("Unclosed counted closure");
        }
        self.out.push('}');
        self.suffix();
        Ok(())
    }

    fn number(&mut self) -> Translated<u32> {
        let mut digits = String::new();
        while let Some(digit) = self.peek().filter(char::is_ascii_digit) {
            digits.push(digit);
            self.at += 1;
        }
        self.out.push_str(&digits);
        match digits.parse() {
            Ok(number) => Ok(number),
            Err(_) => invalid("Illegal repetition range"),
        }
    }

    /// What follows an opening parenthesis.
    fn open(&mut self) -> Translated<()> {
        let outside = self.flags;
        self.quantifiable = false;
        if !self.take('?') {
            self.groups += 1;
            self.out.push('(');
            self.outer.push(outside);
            return Ok(());
        }
        for look in ["<=", "<!", "=", "!", ">", ":"] {
            if self.starts_with(look) {
                self.at += look.len();
                self.out.push_str("(?");
                self.out.push_str(look);
                self.outer.push(outside);
                return Ok(());
            }
        }
        if self.take('<') {
            let name = self.name()?;
            if self.names.contains(&name) {
                return invalid(format!("Named capturing group <{name}> is already defined"));
            }
            self.groups += 1;
            self.out.push_str("(?<");
            self.out.push_str(&name);
            self.out.push('>');
            self.names.push(name);
            self.outer.push(outside);
            return Ok(());
        }
        let mut on = true;
        while let Some(flag) = self.next() {
            match flag {
                '-' if on => on = false,
                'i' => self.flags.ignore_case = on,
                'm' => self.flags.multiline = on,
                's' => self.flags.dot_all = on,
                'd' => self.flags.unix_lines = on,
                'x' => self.flags.comments = on,
                'u' => self.flags.unicode_case = on,
                'U' => {
                    self.flags.unicode_class = on;
                    self.flags.unicode_case = on;
                }
                ')' => return Ok(()),
                ':' => {
                    self.out.push_str("(?:");
                    self.outer.push(outside);
                    return Ok(());
                }
                _ => return invalid("Unknown inline modifier"),
            }
        }
        invalid("Unknown inline modifier")
    }

    /// The name of a group, up to `>`.
    fn name(&mut self) -> Translated<String> {
        let mut name = String::new();
        while let Some(next) = self.next() {
            match next {
                '>' if !name.is_empty() => return Ok(name),
                'a'..='z' | 'A'..='Z' => name.push(next),
                '0'..='9' if !name.is_empty() => name.push(next),
                _ => break,
            }
        }
        invalid("capturing group name does not start with a Latin letter or is not closed")
    }

    /// What follows a backslash outside of classes.
    fn escape(&mut self) -> Translated<()> {
        let Some(next) = self.peek() else {
            return invalid("Unexpected internal error");
        };
        match next {
            'Q' => {
                self.at += 1;
                while self.peek().is_some() && !self.starts_with("\\E") {
                    if let Some(quoted) = self.next() {
                        self.literal(quoted);
                    }
                }
                self.at += if self.peek().is_some() { 2 } else { 0 };
                return Ok(());
            }
            'b' | 'B' | 'A' | 'z' | 'G' => {
                self.at += 1;
                if next == 'b' && self.peek() == Some('{') {
                    return unsupported("\\b{g}");
                }
                self.atom(&format!("\\{next}"));
                return Ok(());
            }
            'Z' => {
                self.at += 1;
                let end = self.before_last_terminator();
                self.atom(&end);
                return Ok(());
            }
            'R' => {
                self.at += 1;
                self.atom(&format!("(?:\\r\\n|[\\x{{0B}}\\x{{0C}}{TERMINATORS}])"));
                return Ok(());
            }
            'X' => return unsupported("\\X"),
            'k' => {
                self.at += 1;
                if !self.take('<') {
                    return invalid("\\k is not followed by '<' for named capturing group");
                }
                let name = self.name()?;
                if !self.names.contains(&name) {
                    return invalid(format!("named capturing group <{name}> does not exist"));
                }
                self.reference(&format!("\\k<{name}>"));
                return Ok(());
            }
            '1'..='9' => {
                self.numbered_reference();
                return Ok(());
            }
            _ => {}
        }
        match class::escape(self)? {
            class::Item::Character(character) => self.literal(character),
            class::Item::Set(set) => self.atom(&set),
        }
        Ok(())
    }

    fn reference(&mut self, reference: &str) {
        let text = match self.flags.ignore_case {
            true => format!("(?i:{reference})"),
            false => format!("(?:{reference})"),
        };
        self.atom(&text);
    }

    /// `\1`: as many digits as make the number of a group; one that is not there never matches.
    fn numbered_reference(&mut self) {
        let mut number = 0;
        while let Some(digit) = self.peek().and_then(|next| next.to_digit(10)) {
            let longer = number * 10 + digit as usize;
            if number != 0 && longer > self.groups {
                break;
            }
            number = longer;
            self.at += 1;
        }
        if number > self.groups {
            self.atom("(?:(?!))");
        } else {
            self.reference(&format!("\\{number}"));
        }
    }
}

/// One character that stands for itself, in both cases where case is ignored.
fn literal_atom(character: char, flags: Flags) -> String {
    if flags.ignore_case && flags.unicode_case && character.is_alphabetic() {
        return format!("(?i:{character})");
    }
    if flags.ignore_case && character.is_ascii_alphabetic() {
        return format!(
            "[{}{}]",
            character.to_ascii_lowercase(),
            character.to_ascii_uppercase()
        );
    }
    escaped(character)
}

/// A character that stands for itself, inside and outside of classes.
pub(super) fn escaped(character: char) -> String {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | ' ' => character.to_string(),
        other if !other.is_ascii() && !other.is_control() => other.to_string(),
        other => format!("\\x{{{:X}}}", u32::from(other)),
    }
}
