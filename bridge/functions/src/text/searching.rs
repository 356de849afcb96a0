//! POSITION, INSTR and LOCATE, which count characters from 1; STARTSWITH and ENDSWITH.

use std::sync::Arc;

use arrow::array::ArrayRef;
use datafusion_physical_expr::PhysicalExpr;
use nutkin_plan::types::TypeKind;

use crate::call::Call;
use crate::columns::{boolean_column, integer_column};
use crate::error::{FunctionError, Result};
use crate::function_expression::Values;

/// Where `search` begins in `text` at or after the character `from`, counted from 0; an empty one is
/// always at 0.
fn index_of(text: &str, search: &str, from: i32) -> Option<i32> {
    if search.is_empty() {
        return Some(0);
    }
    let skipped = usize::try_from(from).unwrap_or(0);
    let offset = match skipped {
        0 => 0,
        _ => text.char_indices().nth(skipped)?.0,
    };
    let found = text[offset..].find(search)?;
    let before = text[offset..offset + found].chars().count();
    i32::try_from(skipped + before).ok()
}

/// `position(search, text)` and `locate(search, text, from)`: from 1, 0 if it is not there.
pub(super) fn position(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(|values| {
        let (search, text) = (values.texts(0)?, values.texts(1)?);
        let from = (values.count() > 2).then(|| values.integers(2)).transpose()?;
        integer_column(values.rows(), |row| {
            let from = match &from {
                Some(from) => from.get(row)?,
                None => 1,
            };
            let found = index_of(text.get(row)?, search.get(row)?, from.wrapping_sub(1));
            Some(found.map_or(0, |index| index + 1))
        })
    })))
}

/// `instr(text, search, from, occurrence)`: a negative start counts and searches from the end.
pub(super) fn instr(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(|values| {
        let (text, search) = (values.texts(0)?, values.texts(1)?);
        let optional = |index: usize| {
            (values.count() > index)
                .then(|| values.integers(index))
                .transpose()
        };
        let (from, occurrence) = (optional(2)?, optional(3)?);
        let mut found = Vec::with_capacity(values.rows());
        for row in 0..values.rows() {
            let from = from.as_ref().map_or(Some(1), |from| from.get(row));
            let occurrence = occurrence
                .as_ref()
                .map_or(Some(1), |occurrence| occurrence.get(row));
            found.push(match (text.get(row), search.get(row), from, occurrence) {
                (Some(text), Some(search), Some(from), Some(occurrence)) => {
                    Some(nth(text, search, from, occurrence)?)
                }
                _ => None,
            });
        }
        integer_column(values.rows(), |row| found[row])
    })))
}

fn nth(text: &str, search: &str, from: i32, occurrence: i32) -> Result<i32> {
    if occurrence <= 0 {
        return Err(FunctionError::Compute {
            class: "java.lang.IllegalArgumentException",
            message: "nthAppearance must be positive!".to_owned(),
        });
    }
    if from == 0 {
        return Ok(0);
    }
    if from < 0 {
        let reversed = |text: &str| text.chars().rev().collect::<String>();
        let found = nth(
            &reversed(text),
            &reversed(search),
            from.saturating_neg(),
            occurrence,
        )?;
        return Ok(match found {
            0 => 0,
            found => text.chars().count() as i32 + 2 - found - search.chars().count() as i32,
        });
    }
    let mut start = from;
    let mut position = 0;
    for _ in 0..occurrence {
        let Some(index) = index_of(text, search, start - 1) else {
            return Ok(0);
        };
        position = index + 1;
        start = position + 1;
    }
    Ok(position)
}

/// `STARTSWITH(value, part)` and ENDSWITH, of strings or of bytes.
pub(super) fn affix(call: Call<'_>, holds: fn(&[u8], &[u8]) -> bool) -> Result<Arc<dyn PhysicalExpr>> {
    let binary = matches!(
        call.types.first().map(|first| &first.kind),
        Some(TypeKind::Binary(_) | TypeKind::VarBinary(_))
    );
    Ok(call.with(Arc::new(move |values| match binary {
        true => {
            let (value, part) = (values.bytes(0)?, values.bytes(1)?);
            boolean_column(values.rows(), |row| Some(holds(value.get(row)?, part.get(row)?)))
        }
        false => of_texts(values, holds),
    })))
}

fn of_texts(values: &Values<'_>, holds: fn(&[u8], &[u8]) -> bool) -> Result<ArrayRef> {
    let (value, part) = (values.texts(0)?, values.texts(1)?);
    boolean_column(values.rows(), |row| {
        Some(holds(value.get(row)?.as_bytes(), part.get(row)?.as_bytes()))
    })
}
