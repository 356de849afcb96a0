//! TRIM, LTRIM, RTRIM and BTRIM: any of some characters go from the ends of a text.

use std::sync::Arc;

use arrow::array::{Array, AsArray, BooleanArray};
use datafusion_physical_expr::PhysicalExpr;

use crate::call::Call;
use crate::columns::text_column;
use crate::error::Result;

/// From which ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ends {
    pub(super) leading: bool,
    pub(super) trailing: bool,
}

fn trimmed<'a>(text: &'a str, characters: &str, ends: Ends) -> &'a str {
    let mut rest = text;
    if ends.leading {
        rest = rest.trim_start_matches(|character| characters.contains(character));
    }
    if ends.trailing {
        rest = rest.trim_end_matches(|character| characters.contains(character));
    }
    rest
}

/// `trim(leading, trailing, characters, text)`.
pub(super) fn trim(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    if call.arguments.len() != 4 {
        return Err(call.unsupported());
    }
    Ok(call.with(Arc::new(|values| {
        let (leading, trailing) = (values.array(0)?, values.array(1)?);
        let (leading, trailing) = (leading.as_boolean(), trailing.as_boolean());
        let (characters, text) = (values.texts(2)?, values.texts(3)?);
        let flag = |flags: &BooleanArray, row: usize| flags.is_valid(row).then(|| flags.value(row));
        text_column(values.rows(), |row, out| {
            let ends = Ends {
                leading: flag(leading, row)?,
                trailing: flag(trailing, row)?,
            };
            out.push_str(trimmed(text.get(row)?, characters.get(row)?, ends));
            Some(())
        })
    })))
}

/// `LTRIM(text, characters)` and its kin; spaces without the second argument.
pub(super) fn trim_ends(call: Call<'_>, ends: Ends) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(move |values| {
        let text = values.texts(0)?;
        let characters = (values.count() > 1).then(|| values.texts(1)).transpose()?;
        text_column(values.rows(), |row, out| {
            let characters = match &characters {
                Some(characters) => characters.get(row)?,
                None => " ",
            };
            out.push_str(trimmed(text.get(row)?, characters, ends));
            Some(())
        })
    })))
}
