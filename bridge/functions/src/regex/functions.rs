//! REGEXP and the functions that begin with its name. A pattern that Java cannot compile gives NULL,
//! and FALSE from REGEXP.

use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray};
use datafusion_physical_expr::PhysicalExpr;
use nutkin_plan::types::{LogicalType, TypeKind};

use super::pattern::{Found, JavaRegex, JavaRegexes, after};
use crate::call::Call;
use crate::columns::{Texts, integer_column, text_list_builder, try_text_column};
use crate::error::Result;
use crate::function_expression::Values;

/// `REGEXP(text, pattern)`: whether the pattern is in the text; an empty one never is.
pub(super) fn regexp(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let regexes = JavaRegexes::default();
    Ok(call.with(Arc::new(move |values| {
        let (text, pattern) = (values.texts(0)?, values.texts(1)?);
        let mut found = Vec::with_capacity(values.rows());
        for row in 0..values.rows() {
            found.push(match (text.get(row), pattern.get(row)) {
                (Some(_), Some("")) => Some(false),
                (Some(text), Some(pattern)) => Some(match regexes.get_valid(pattern)? {
                    Some(regex) => regex.is_match(text)?,
                    None => false,
                }),
                _ => None,
            });
        }
        Ok(Arc::new(BooleanArray::from(found)) as ArrayRef)
    })))
}

/// The text and the compiled pattern of a row; `None` if one is NULL or the pattern is invalid.
fn operands<'a>(
    row: usize,
    text: &'a Texts,
    pattern: &Texts,
    regexes: &JavaRegexes,
) -> Result<Option<(&'a str, Arc<JavaRegex>)>> {
    let (Some(text), Some(pattern)) = (text.get(row), pattern.get(row)) else {
        return Ok(None);
    };
    Ok(regexes.get_valid(pattern)?.map(|regex| (text, regex)))
}

/// The group of a row: `fallback` if the function is called without one.
fn group_at(values: &Values<'_>, fallback: i64) -> Result<impl Fn(usize) -> Option<i64>> {
    let group = (values.count() > 2).then(|| values.longs(2)).transpose()?;
    Ok(move |row: usize| match &group {
        Some(group) => group.get(row),
        None => Some(fallback),
    })
}

fn cast_group(call: &mut Call<'_>) -> Result<()> {
    if call.types.len() > 2 {
        call.cast_argument(2, &LogicalType::nullable(TypeKind::BigInt))?;
    }
    Ok(())
}

/// `REGEXP_EXTRACT(text, pattern, group)`: the group of the first match; the whole match without one.
pub(super) fn extract(mut call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    cast_group(&mut call)?;
    let regexes = JavaRegexes::default();
    Ok(call.with(Arc::new(move |values| {
        let (text, pattern) = (values.texts(0)?, values.texts(1)?);
        let group = group_at(values, 0)?;
        try_text_column(values.rows(), |row, out| {
            let Some((text, regex)) = operands(row, &text, &pattern, &regexes)? else {
                return Ok(None);
            };
            let Some(group) = group(row).and_then(|group| usize::try_from(group).ok()) else {
                return Ok(None);
            };
            if group == 0 {
                let found = regex.find(text, 0)?;
                return Ok(found.map(|found| out.push_str(&text[found.start..found.end])));
            }
            let captures = regex.captures(text, 0)?;
            let part = captures.as_ref().and_then(|captures| captures.get(group));
            Ok(part.map(|part| out.push_str(part.as_str())))
        })
    })))
}

/// `REGEXP_REPLACE(text, pattern, replacement)`: every match; the replacement is taken as it is.
pub(super) fn replace(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let regexes = JavaRegexes::default();
    Ok(call.with(Arc::new(move |values| {
        let (text, pattern, replacement) = (values.texts(0)?, values.texts(1)?, values.texts(2)?);
        try_text_column(values.rows(), |row, out| {
            let Some((text, regex)) = operands(row, &text, &pattern, &regexes)? else {
                return Ok(None);
            };
            let Some(replacement) = replacement.get(row) else {
                return Ok(None);
            };
            let mut copied = 0;
            for found in regex.find_all(text)? {
                out.push_str(&text[copied..found.start]);
                out.push_str(replacement);
                copied = found.end;
            }
            out.push_str(&text[copied..]);
            Ok(Some(()))
        })
    })))
}

/// `REGEXP_COUNT(text, pattern)`: how many matches there are.
pub(super) fn count(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    number(call, |text, regex| {
        Ok(i32::try_from(regex.find_all(text)?.len()).unwrap_or(i32::MAX))
    })
}

/// `REGEXP_INSTR(text, pattern)`: where the first match begins, in UTF-16 units from 1; 0 without one.
pub(super) fn instr(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    number(call, |text, regex| {
        Ok(regex.find(text, 0)?.map_or(0, |found| {
            i32::try_from(text[..found.start].encode_utf16().count() + 1).unwrap_or(i32::MAX)
        }))
    })
}

fn number(call: Call<'_>, compute: fn(&str, &JavaRegex) -> Result<i32>) -> Result<Arc<dyn PhysicalExpr>> {
    let regexes = JavaRegexes::default();
    Ok(call.with(Arc::new(move |values| {
        let (text, pattern) = (values.texts(0)?, values.texts(1)?);
        let mut found = Vec::with_capacity(values.rows());
        for row in 0..values.rows() {
            found.push(match operands(row, &text, &pattern, &regexes)? {
                Some((text, regex)) => Some(compute(text, &regex)?),
                None => None,
            });
        }
        integer_column(values.rows(), |row| found[row])
    })))
}

/// `REGEXP_SUBSTR(text, pattern)`: the first match.
pub(super) fn substr(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let regexes = JavaRegexes::default();
    Ok(call.with(Arc::new(move |values| {
        let (text, pattern) = (values.texts(0)?, values.texts(1)?);
        try_text_column(values.rows(), |row, out| {
            let Some((text, regex)) = operands(row, &text, &pattern, &regexes)? else {
                return Ok(None);
            };
            let found = regex.find(text, 0)?;
            Ok(found.map(|found| out.push_str(&text[found.start..found.end])))
        })
    })))
}

/// `REGEXP_EXTRACT_ALL(text, pattern, group)`: the group of every match; the first group without one.
pub(super) fn extract_all(mut call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    cast_group(&mut call)?;
    let list = call.result.to_arrow();
    let regexes = JavaRegexes::default();
    Ok(call.with(Arc::new(move |values| {
        let (text, pattern) = (values.texts(0)?, values.texts(1)?);
        let group = group_at(values, 1)?;
        let mut lists = text_list_builder(&list);
        for row in 0..values.rows() {
            let group = group(row).and_then(|group| usize::try_from(group).ok());
            let (Some((text, regex)), Some(group)) = (operands(row, &text, &pattern, &regexes)?, group)
            else {
                lists.append_null();
                continue;
            };
            if regex.group_count() < group {
                lists.append_null();
                continue;
            }
            let mut from = Some(0);
            while let Some(start) = from
                && let Some(captures) = regex.captures(text, start)?
            {
                let part = captures.get(group).map(|part| part.as_str());
                lists.values().append_option(part);
                from = captures.get(0).and_then(|whole| {
                    let found = Found {
                        start: whole.start(),
                        end: whole.end(),
                    };
                    after(text, found)
                });
            }
            lists.append(true);
        }
        Ok(Arc::new(lists.finish()) as ArrayRef)
    })))
}
