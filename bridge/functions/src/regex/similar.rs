//! `SIMILAR TO`: a pattern of SQL becomes a regular expression that the whole text has to match.

use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray};
use datafusion_physical_expr::PhysicalExpr;

use super::pattern::JavaRegexes;
use crate::call::Call;
use crate::error::{FunctionError, Result};

/// The characters with a meaning in patterns of SQL.
const SPECIALS: &str = "[]()|^-+*_%?{}";

/// The named classes inside brackets.
const CLASSES: [(&str, &str); 7] = [
    ("[:ALPHA:]", "\\p{Alpha}"),
    ("[:UPPER:]", "\\p{Upper}"),
    ("[:LOWER:]", "\\p{Lower}"),
    ("[:DIGIT:]", "\\d"),
    ("[:SPACE:]", " "),
    ("[:WHITESPACE:]", "\\s"),
    ("[:ALNUM:]", "\\p{Alnum}"),
];

/// `text SIMILAR TO pattern [ESCAPE character]`.
pub(super) fn similar(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let regexes = JavaRegexes::default();
    Ok(call.with(Arc::new(move |values| {
        let (text, pattern) = (values.texts(0)?, values.texts(1)?);
        let escape = (values.count() > 2).then(|| values.texts(2)).transpose()?;
        let mut found = Vec::with_capacity(values.rows());
        for row in 0..values.rows() {
            let escape = match &escape {
                Some(escape) => escape.get(row).map(Some),
                None => Some(None),
            };
            found.push(match (text.get(row), pattern.get(row), escape) {
                (Some(text), Some(pattern), Some(escape)) => {
                    let escape = escape.map(escape_character).transpose()?;
                    let key = format!("{}{pattern}", escape.map_or(String::new(), String::from));
                    let regex = regexes.get_translated(&key, |_| {
                        Ok(format!("\\A(?:{})\\z", regular_expression(pattern, escape)?))
                    })?;
                    Some(regex.is_match(text)?)
                }
                _ => None,
            });
        }
        Ok(Arc::new(BooleanArray::from(found)) as ArrayRef)
    })))
}

fn escape_character(text: &str) -> Result<char> {
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(escape), None) => Ok(escape),
        _ => Err(FunctionError::Compute {
            class: "org.apache.flink.table.api.TableRuntimeException",
            message: format!("Invalid escape character '{text}'"),
        }),
    }
}

fn invalid(pattern: &str) -> FunctionError {
    FunctionError::Compute {
        class: "java.lang.RuntimeException",
        message: format!("Invalid regular expression '{pattern}'"),
    }
}

/// The regular expression of Java for a pattern.
fn regular_expression(pattern: &str, escape: Option<char>) -> Result<String> {
    let mut regex = String::with_capacity(pattern.len() * 2);
    let mut rest = pattern;
    let mut inside = false;
    while let Some(character) = rest.chars().next() {
        let after = &rest[character.len_utf8()..];
        if Some(character) == escape {
            let next = after.chars().next().filter(|_| !inside);
            match next {
                Some(next) if SPECIALS.contains(next) => regex.extend(['\\', next]),
                Some(next) if Some(next) == escape => regex.push(next),
                _ => return Err(invalid(pattern)),
            }
            rest = &after[next.map_or(0, char::len_utf8)..];
            continue;
        }
        if inside && let Some((name, class)) = class_at(rest) {
            regex.push_str(class);
            rest = &rest[name..];
            continue;
        }
        match character {
            '[' if !inside => {
                inside = true;
                regex.push('[');
            }
            ']' if inside => {
                inside = false;
                regex.push(']');
            }
            '-' | '^' if inside => regex.push(character),
            ']' => return Err(invalid(pattern)),
            other if inside && SPECIALS.contains(other) => return Err(invalid(pattern)),
            _ if inside => regex.push(character),
            '_' => regex.push('.'),
            '%' => regex.push_str("(?:.*)"),
            '\\' | '$' => regex.extend(['\\', character]),
            other => regex.push(other),
        }
        rest = after;
    }
    match inside {
        true => Err(invalid(pattern)),
        false => Ok(regex),
    }
}

/// The length of the name of a class at the start of `text`, and its regular expression.
fn class_at(text: &str) -> Option<(usize, &'static str)> {
    CLASSES.iter().find_map(|(name, class)| {
        let written = text.get(..name.len())?;
        let known = written == *name || written == name.to_ascii_lowercase();
        known.then_some((name.len(), *class))
    })
}
