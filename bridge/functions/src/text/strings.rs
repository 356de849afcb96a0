//! Case, length, parts and concatenation of strings.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BinaryBuilder, Int32Array, StringArray, StringBuilder};
use arrow::datatypes::Int32Type;
use datafusion_physical_expr::PhysicalExpr;
use nutkin_plan::types::{LogicalType, TypeKind};

use crate::call::Call;
use crate::columns::text_column;
use crate::error::Result;

/// A function from a string to a string.
pub(super) fn map(call: Call<'_>, function: fn(&str) -> String) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(move |values| {
        let array = values.array(0)?;
        let result: StringArray = array
            .as_string::<i32>()
            .iter()
            .map(|text| text.map(function))
            .collect();
        Ok(Arc::new(result) as ArrayRef)
    })))
}

pub(super) fn character_length(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(|values| {
        let array = values.array(0)?;
        let result: Int32Array = array
            .as_string::<i32>()
            .iter()
            .map(|text| text.map(|text| text.chars().count() as i32))
            .collect();
        Ok(Arc::new(result) as ArrayRef)
    })))
}

/// `SUBSTRING(text FROM position [FOR length])`: positions from 1, negative ones from the end; a negative
/// length gives NULL.
pub(super) fn substring(mut call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let int = LogicalType::nullable(TypeKind::Int);
    for index in 1..call.types.len() {
        call.cast_argument(index, &int)?;
    }
    Ok(call.with(Arc::new(|values| {
        let text = values.array(0)?;
        let text = text.as_string::<i32>();
        let position = values.array(1)?;
        let position = position.as_primitive::<Int32Type>();
        let length = if values.count() > 2 {
            Some(values.array(2)?)
        } else {
            None
        };
        let length = length.as_ref().map(|length| length.as_primitive::<Int32Type>());
        let mut result = StringBuilder::with_capacity(text.len(), text.value_data().len());
        for row in 0..text.len() {
            let length_null = length.is_some_and(|length| length.is_null(row));
            if text.is_null(row) || position.is_null(row) || length_null {
                result.append_null();
                continue;
            }
            let length = length.map_or(i32::MAX, |length| length.value(row));
            result.append_option(part(text.value(row), position.value(row), length));
        }
        Ok(Arc::new(result.finish()) as ArrayRef)
    })))
}

fn part(text: &str, position: i32, length: i32) -> Option<&str> {
    let length = usize::try_from(length).ok()?;
    let start = match position {
        1.. => position as usize - 1,
        0 => 0,
        _ => {
            let back = position.unsigned_abs() as usize;
            match text.chars().count().checked_sub(back) {
                Some(start) => start,
                None => return Some(""),
            }
        }
    };
    let mut boundaries = text.char_indices().map(|(offset, _)| offset).skip(start);
    let Some(from) = boundaries.next() else {
        return Some("");
    };
    let to = match length {
        0 => from,
        _ => boundaries.nth(length - 1).unwrap_or(text.len()),
    };
    text.get(from..to)
}

/// `CONCAT(a, b, ...)` and `a || b`: NULL if an argument is.
pub(super) fn concat(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    if matches!(call.result.kind, TypeKind::Binary(_) | TypeKind::VarBinary(_)) {
        return Ok(call.with(Arc::new(|values| {
            let arrays = (0..values.count())
                .map(|index| values.array(index))
                .collect::<Result<Vec<_>>>()?;
            let mut result = BinaryBuilder::new();
            let mut joined = Vec::new();
            for row in 0..values.rows() {
                joined.clear();
                if arrays.iter().any(|array| array.is_null(row)) {
                    result.append_null();
                    continue;
                }
                for array in &arrays {
                    joined.extend_from_slice(array.as_binary::<i32>().value(row));
                }
                result.append_value(&joined);
            }
            Ok(Arc::new(result.finish()) as ArrayRef)
        })));
    }
    concat_as_strings(call)
}

/// Joins arguments of any type as they are cast to STRING.
pub(crate) fn concat_as_strings(mut call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let string = LogicalType::string();
    for index in 0..call.types.len() {
        call.cast_argument(index, &string)?;
    }
    Ok(call.with(Arc::new(|values| {
        let arrays = (0..values.count())
            .map(|index| values.array(index))
            .collect::<Result<Vec<_>>>()?;
        let mut result = StringBuilder::new();
        let mut joined = String::new();
        for row in 0..values.rows() {
            joined.clear();
            if arrays.iter().any(|array| array.is_null(row)) {
                result.append_null();
                continue;
            }
            for array in &arrays {
                joined.push_str(array.as_string::<i32>().value(row));
            }
            result.append_value(&joined);
        }
        Ok(Arc::new(result.finish()) as ArrayRef)
    })))
}

/// `REPLACE(text, search, replacement)`.
pub(super) fn replace(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(|values| {
        let (text, search, replacement) = (values.array(0)?, values.array(1)?, values.array(2)?);
        let result: StringArray = text
            .as_string::<i32>()
            .iter()
            .zip(search.as_string::<i32>())
            .zip(replacement.as_string::<i32>())
            .map(|((text, search), replacement)| Some(text?.replace(search?, replacement?)))
            .collect();
        Ok(Arc::new(result) as ArrayRef)
    })))
}

/// `CONCAT_WS(separator, a, b, ...)`: arguments that are NULL are left out.
pub(super) fn concat_with_separator(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(|values| {
        let (separator, parts) = (values.texts(0)?, values.all_texts(1)?);
        text_column(values.rows(), |row, out| {
            let separator = separator.get(row)?;
            for (place, part) in parts.iter().filter_map(|part| part.get(row)).enumerate() {
                if place > 0 {
                    out.push_str(separator);
                }
                out.push_str(part);
            }
            Some(())
        })
    })))
}
