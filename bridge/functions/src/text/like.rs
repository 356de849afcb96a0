//! LIKE.
//!
//! Arrow's kernel takes a backslash as escape; Flink has no escape unless one is given. The common
//! shapes `abc`, `abc%`, `%abc`, `%abc%` need no matching character by character.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray};
use datafusion_common::ScalarValue;
use datafusion_physical_expr::PhysicalExpr;

use crate::call::Call;
use crate::error::{FunctionError, Result};
use crate::function_expression::Values;

/// `text LIKE pattern [ESCAPE character]`.
pub(super) fn like(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(|values| {
        let text = values.array(0)?;
        let text = text.as_string::<i32>();
        let constant_escape = values.count() < 3 || values.constant(2).is_some();
        if let Some(ScalarValue::Utf8(Some(pattern))) = values.constant(1)
            && constant_escape
        {
            let Some(escape) = escape_at(values, 0)? else {
                return Ok(Arc::new(BooleanArray::new_null(text.len())) as ArrayRef);
            };
            let pattern = Pattern::parse(pattern, escape)?;
            let result: BooleanArray = text
                .iter()
                .map(|text| text.map(|text| pattern.matches(text)))
                .collect();
            return Ok(Arc::new(result) as ArrayRef);
        }
        let patterns = values.array(1)?;
        let patterns = patterns.as_string::<i32>();
        let mut result = Vec::with_capacity(text.len());
        for row in 0..text.len() {
            let escape = escape_at(values, row)?;
            result.push(match (text.is_valid(row) && patterns.is_valid(row), escape) {
                (true, Some(escape)) => {
                    Some(Pattern::parse(patterns.value(row), escape)?.matches(text.value(row)))
                }
                _ => None,
            });
        }
        Ok(Arc::new(BooleanArray::from(result)) as ArrayRef)
    })))
}

/// The escape character of a row, if one is given; the outer `None` is NULL.
fn escape_at(values: &Values<'_>, row: usize) -> Result<Option<Option<char>>> {
    if values.count() < 3 {
        return Ok(Some(None));
    }
    let escapes = values.array(2)?;
    let escapes = escapes.as_string::<i32>();
    if escapes.is_null(row) {
        return Ok(None);
    }
    let mut characters = escapes.value(row).chars();
    match (characters.next(), characters.next()) {
        (Some(escape), None) => Ok(Some(Some(escape))),
        _ => Err(FunctionError::Compute {
            class: "org.apache.flink.table.api.TableRuntimeException",
            message: format!("Invalid escape character '{}'", escapes.value(row)),
        }),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    /// This character.
    Character(char),
    /// `_`: any character but the end of a line.
    One,
    /// `%`: any characters.
    Many,
}

enum Pattern {
    Exact(String),
    Prefix(String),
    Suffix(String),
    Contains(String),
    Tokens(Vec<Token>),
}

impl Pattern {
    fn parse(pattern: &str, escape: Option<char>) -> Result<Self> {
        let mut tokens = Vec::with_capacity(pattern.len());
        let mut characters = pattern.chars();
        while let Some(character) = characters.next() {
            tokens.push(if Some(character) == escape {
                match characters.next() {
                    Some(next) if next == '_' || next == '%' || Some(next) == escape => {
                        Token::Character(next)
                    }
                    _ => {
                        return Err(FunctionError::Compute {
                            class: "java.lang.RuntimeException",
                            message: format!("Invalid escape sequence '{pattern}'"),
                        });
                    }
                }
            } else {
                match character {
                    '%' => Token::Many,
                    '_' => Token::One,
                    other => Token::Character(other),
                }
            });
        }
        let starts = tokens.first() == Some(&Token::Many);
        let ends = tokens.len() > 1 && tokens.last() == Some(&Token::Many);
        let inner = &tokens[usize::from(starts)..tokens.len() - usize::from(ends)];
        let literal: Option<String> = inner
            .iter()
            .map(|token| match token {
                Token::Character(character) => Some(*character),
                _ => None,
            })
            .collect();
        Ok(match (literal, starts, ends) {
            (Some(text), false, false) => Self::Exact(text),
            (Some(text), false, true) => Self::Prefix(text),
            (Some(text), true, false) => Self::Suffix(text),
            (Some(text), true, true) => Self::Contains(text),
            (None, ..) => Self::Tokens(tokens),
        })
    }

    fn matches(&self, text: &str) -> bool {
        match self {
            Self::Exact(pattern) => text == pattern,
            Self::Prefix(pattern) => text.starts_with(pattern),
            Self::Suffix(pattern) => text.ends_with(pattern),
            Self::Contains(pattern) => text.contains(pattern),
            Self::Tokens(tokens) => matches_tokens(tokens, text),
        }
    }
}

/// Greedy matching: when it fails, the last `%` takes one character more.
fn matches_tokens(tokens: &[Token], text: &str) -> bool {
    let mut token = 0;
    let mut rest = text.chars();
    let mut retry: Option<(usize, std::str::Chars<'_>)> = None;
    loop {
        let before = rest.clone();
        match (tokens.get(token), rest.next()) {
            (Some(Token::Many), _) => {
                token += 1;
                retry = Some((token, before.clone()));
                rest = before;
            }
            (None, None) => return true,
            (Some(Token::Character(expected)), Some(character)) if *expected == character => token += 1,
            (Some(Token::One), Some(character)) if !ends_line(character) => token += 1,
            _ => {
                let Some((after_many, position)) = &mut retry else {
                    return false;
                };
                if position.next().is_none() {
                    return false;
                }
                token = *after_many;
                rest = position.clone();
            }
        }
    }
}

/// The characters that `.` of Java's regular expressions, which Flink uses, does not match.
fn ends_line(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
