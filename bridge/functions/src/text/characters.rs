//! Single characters and parts: ASCII, CHR, INITCAP, LEFT, RIGHT, REVERSE, TRANSLATE, OVERLAY, ELT.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::ArrayRef;
use datafusion_physical_expr::PhysicalExpr;
use nutkin_plan::types::{LogicalType, TypeKind};

use crate::call::Call;
use crate::columns::{byte_column, integer_column, text_column};
use crate::error::Result;
use crate::java_string::{push_units, units};

/// `ASCII(text)`: the first byte, as Java's signed one; 0 for an empty text.
pub(super) fn ascii(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(|values| {
        let text = values.texts(0)?;
        integer_column(values.rows(), |row| {
            let first = text.get(row)?.bytes().next().unwrap_or(0);
            Some(i32::from(first.cast_signed()))
        })
    })))
}

/// `CHR(code)`: the character of the lowest eight bits; nothing for a negative code.
pub(super) fn chr(mut call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    call.cast_argument(0, &LogicalType::nullable(TypeKind::BigInt))?;
    Ok(call.with(Arc::new(|values| {
        let code = values.longs(0)?;
        text_column(values.rows(), |row, out| {
            let code = code.get(row)?;
            if code >= 0 {
                out.push(char::from(code.to_le_bytes()[0]));
            }
            Some(())
        })
    })))
}

/// `INITCAP(text)`: words are of the letters and digits of ASCII; other characters stay.
pub(super) fn initial_capitals(text: &str) -> String {
    let mut inside = false;
    text.chars()
        .map(|character| {
            let capitalised = match inside {
                true => character.to_ascii_lowercase(),
                false => character.to_ascii_uppercase(),
            };
            inside = character.is_ascii_alphanumeric();
            capitalised
        })
        .collect()
}

/// `LEFT(text, length)`: nothing if the length is not positive.
pub(super) fn left(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    part(call, |text, length| {
        let end = text
            .char_indices()
            .nth(length)
            .map_or(text.len(), |(offset, _)| offset);
        &text[..end]
    })
}

/// `RIGHT(text, length)`: nothing if the length is not positive.
pub(super) fn right(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    part(call, |text, length| {
        let start = match length {
            0 => text.len(),
            _ => text
                .char_indices()
                .nth_back(length - 1)
                .map_or(0, |(offset, _)| offset),
        };
        &text[start..]
    })
}

fn part(call: Call<'_>, part: fn(&str, usize) -> &str) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(move |values| {
        let (text, length) = (values.texts(0)?, values.integers(1)?);
        text_column(values.rows(), |row, out| {
            let length = usize::try_from(length.get(row)?).unwrap_or(0);
            out.push_str(part(text.get(row)?, length));
            Some(())
        })
    })))
}

/// What each character becomes; `None` is nothing.
type Dictionary = HashMap<char, Option<char>>;

/// `TRANSLATE(text, from, to)`: characters of `from` become those at the same place in `to`, or nothing
/// where `to` is shorter. An empty or missing `from` changes nothing.
pub(super) fn translate(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(|values| {
        let (text, from, to) = (values.texts(0)?, values.texts(1)?, values.texts(2)?);
        let mut known: Option<(&str, &str, Dictionary)> = None;
        text_column(values.rows(), |row, out| {
            let text = text.get(row)?;
            let (from, to) = (from.get(row).unwrap_or(""), to.get(row).unwrap_or(""));
            let dictionary = match &mut known {
                Some((of, into, dictionary)) if *of == from && *into == to => dictionary,
                known => {
                    let mut dictionary = Dictionary::new();
                    let mut replacements = to.chars();
                    for character in from.chars() {
                        let replacement = replacements.next();
                        dictionary.entry(character).or_insert(replacement);
                    }
                    &mut known.insert((from, to, dictionary)).2
                }
            };
            out.extend(
                text.chars()
                    .filter_map(|character| dictionary.get(&character).copied().unwrap_or(Some(character))),
            );
            Some(())
        })
    })))
}

/// `OVERLAY(text PLACING replacement FROM start FOR length)`, counted in UTF-16 units; a start outside
/// of the text changes nothing.
pub(super) fn overlay(mut call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    for index in 2..call.types.len() {
        call.cast_argument(index, &LogicalType::nullable(TypeKind::BigInt))?;
    }
    Ok(call.with(Arc::new(|values| {
        let (text, replacement, start) = (values.texts(0)?, values.texts(1)?, values.longs(2)?);
        let length = (values.count() > 3).then(|| values.longs(3)).transpose()?;
        text_column(values.rows(), |row, out| {
            let (text, replacement) = (text.get(row)?, replacement.get(row)?);
            let start = start.get(row)?;
            let length = match &length {
                Some(length) => length.get(row)?,
                None => units(replacement).len() as i64,
            };
            let text_units = units(text);
            let total = text_units.len() as i64;
            if start <= 0 || start > total {
                out.push_str(text);
                return Some(());
            }
            let before = usize::try_from(start - 1).ok()?;
            push_units(&text_units[..before], out);
            out.push_str(replacement);
            // Java computes with the lowest 32 bits of the length.
            let length = i64::from(length as i32);
            if length > 0 && start + length <= total {
                push_units(&text_units[usize::try_from(start - 1 + length).ok()?..], out);
            }
            Some(())
        })
    })))
}

/// `ELT(index, value, ...)`: the value at an index from 1; NULL if there is none.
pub(super) fn elt(mut call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    call.cast_argument(0, &LogicalType::nullable(TypeKind::BigInt))?;
    let binary = matches!(call.result.kind, TypeKind::Binary(_) | TypeKind::VarBinary(_));
    Ok(call.with(Arc::new(move |values| -> Result<ArrayRef> {
        let index = values.longs(0)?;
        let chosen = |row: usize| usize::try_from(index.get(row)?).ok()?.checked_sub(1);
        if binary {
            let candidates = (1..values.count())
                .map(|index| values.bytes(index))
                .collect::<Result<Vec<_>>>()?;
            return byte_column(values.rows(), |row, out| {
                let found = chosen(row).and_then(|chosen| candidates.get(chosen)?.get(row));
                Ok(found.map(|bytes| out.extend_from_slice(bytes)))
            });
        }
        let candidates = values.all_texts(1)?;
        text_column(values.rows(), |row, out| {
            out.push_str(candidates.get(chosen(row)?)?.get(row)?);
            Some(())
        })
    })))
}
