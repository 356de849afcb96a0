//! LPAD and RPAD, which count UTF-16 units, and REPEAT.

use std::sync::Arc;

use datafusion_physical_expr::PhysicalExpr;

use crate::call::Call;
use crate::columns::{text_column, try_text_column};
use crate::error::{FunctionError, Result};
use crate::java_string::{push_units, units};

/// The longest string that Java can make.
const MAXIMUM_UNITS: usize = i32::MAX as usize;

/// `LPAD(text, length, padding)` or, from the other `side`, RPAD: NULL for a negative length or an
/// empty padding.
pub(super) fn pad(call: Call<'_>, side: Side) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(move |values| {
        let (text, length, padding) = (values.texts(0)?, values.integers(1)?, values.texts(2)?);
        text_column(values.rows(), |row, out| {
            let (text, padding) = (text.get(row)?, padding.get(row)?);
            let length = usize::try_from(length.get(row)?).ok()?;
            if padding.is_empty() {
                return None;
            }
            if text.is_ascii() && padding.is_ascii() {
                let kept = &text[..text.len().min(length)];
                let missing = length - kept.len();
                if side == Side::Right {
                    out.push_str(kept);
                }
                out.extend(padding.chars().cycle().take(missing));
                if side == Side::Left {
                    out.push_str(kept);
                }
                return Some(());
            }
            let mut text = units(text);
            text.truncate(length);
            let padding = units(padding);
            let missing = padding.iter().copied().cycle().take(length - text.len());
            let padded: Vec<u16> = match side {
                Side::Left => missing.chain(text.iter().copied()).collect(),
                Side::Right => text.iter().copied().chain(missing).collect(),
            };
            push_units(&padded, out);
            Some(())
        })
    })))
}

/// Where the padding goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// `REPEAT(text, times)`: nothing for less than once.
pub(super) fn repeat(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(|values| {
        let (text, times) = (values.texts(0)?, values.integers(1)?);
        try_text_column(values.rows(), |row, out| {
            let (Some(text), Some(times)) = (text.get(row), times.get(row)) else {
                return Ok(None);
            };
            let times = usize::try_from(times).unwrap_or(0);
            if text.len().saturating_mul(times) > MAXIMUM_UNITS {
                return Err(FunctionError::Compute {
                    class: "java.lang.OutOfMemoryError",
                    message: format!("REPEAT of {} bytes {times} times is too long", text.len()),
                });
            }
            out.extend(std::iter::repeat_n(text, times));
            Ok(Some(()))
        })
    })))
}
