//! SPLIT, SPLIT_INDEX and STR_TO_MAP.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{ArrayRef, MapBuilder, MapFieldNames, StringBuilder};
use arrow::datatypes::DataType;
use datafusion_physical_expr::PhysicalExpr;
use nutkin_plan::types::TypeKind;

use crate::call::Call;
use crate::columns::{text_column, text_list_builder};
use crate::error::Result;
use crate::java_string::units;
use crate::regex::JavaRegexes;

/// `SPLIT(text, delimiter)`: all parts; an empty delimiter splits into UTF-16 units.
pub(super) fn split(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let list = call.result.to_arrow();
    Ok(call.with(Arc::new(move |values| {
        let (text, delimiter) = (values.texts(0)?, values.texts(1)?);
        let mut parts = text_list_builder(&list);
        for row in 0..values.rows() {
            let (Some(text), Some(delimiter)) = (text.get(row), delimiter.get(row)) else {
                parts.append_null();
                continue;
            };
            if delimiter.is_empty() {
                for unit in units(text) {
                    let character = char::from_u32(u32::from(unit)).unwrap_or('?');
                    parts.values().append_value(character.encode_utf8(&mut [0; 4]));
                }
            } else if !text.is_empty() {
                text.split(delimiter)
                    .for_each(|part| parts.values().append_value(part));
            }
            parts.append(true);
        }
        Ok(Arc::new(parts.finish()) as ArrayRef)
    })))
}

/// `SPLIT_INDEX(text, delimiter, index)`: the part at an index from 0. The delimiter is a string, of
/// which an empty one stands for white space, or the number of a character up to 255.
pub(super) fn split_index(mut call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let by_number = !matches!(call.types[1].kind, TypeKind::Char(_) | TypeKind::VarChar(_));
    if by_number {
        let int = nutkin_plan::types::LogicalType::nullable(TypeKind::Int);
        call.cast_argument(1, &int)?;
        return Ok(call.with(Arc::new(|values| {
            let (text, delimiter, index) = (values.texts(0)?, values.integers(1)?, values.integers(2)?);
            text_column(values.rows(), |row, out| {
                let text = text.get(row)?;
                let delimiter = u8::try_from(delimiter.get(row)?).ok().filter(|code| *code > 0)?;
                let index = usize::try_from(index.get(row)?).ok()?;
                out.push_str(part_at(text, index, |text| text.split(char::from(delimiter)))?);
                Some(())
            })
        })));
    }
    Ok(call.with(Arc::new(|values| {
        let (text, delimiter, index) = (values.texts(0)?, values.texts(1)?, values.integers(2)?);
        text_column(values.rows(), |row, out| {
            let (text, delimiter) = (text.get(row)?, delimiter.get(row)?);
            let index = usize::try_from(index.get(row)?).ok()?;
            out.push_str(if delimiter.is_empty() {
                part_at(text, index, |text| text.split(is_java_whitespace))?
            } else {
                part_at(text, index, |text| text.split(delimiter))?
            });
            Some(())
        })
    })))
}

/// The part at an index; an empty text has none.
fn part_at<'a, P: Iterator<Item = &'a str>>(
    text: &'a str,
    index: usize,
    parts: impl FnOnce(&'a str) -> P,
) -> Option<&'a str> {
    if text.is_empty() {
        return None;
    }
    parts(text).nth(index)
}

/// `Character.isWhitespace` of Java: without the spaces that forbid a line break.
pub(super) fn is_java_whitespace(character: char) -> bool {
    match character {
        '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{85}' => false,
        '\u{1c}'..='\u{1f}' => true,
        other => other.is_whitespace(),
    }
}

/// `STR_TO_MAP(text, pair delimiter, key delimiter)`: delimiters are regular expressions, and a pair
/// without a key delimiter has no value.
pub(super) fn str_to_map(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let map = call.result.to_arrow();
    let regexes = JavaRegexes::default();
    Ok(call.with(Arc::new(move |values| {
        let text = values.texts(0)?;
        let optional = |index: usize| (values.count() > index).then(|| values.texts(index)).transpose();
        let (pairs, keys) = (optional(1)?, optional(2)?);
        let mut maps = map_builder(&map);
        for row in 0..values.rows() {
            let pairs = pairs.as_ref().map_or(Some(","), |pairs| pairs.get(row));
            let keys = keys.as_ref().map_or(Some("="), |keys| keys.get(row));
            let (Some(text), Some(pairs), Some(keys)) = (text.get(row), pairs, keys) else {
                maps.append(false)?;
                continue;
            };
            if !text.is_empty() {
                let (pairs, keys) = (regexes.get(pairs)?, regexes.get(keys)?);
                let mut positions: HashMap<&str, usize> = HashMap::new();
                let mut entries: Vec<(&str, Option<&str>)> = Vec::new();
                for pair in pairs.split(text, None)? {
                    let (key, value) = match keys.split(pair, Some(2))?.as_slice() {
                        [key, value, ..] => (*key, Some(*value)),
                        _ => (pair, None),
                    };
                    match positions.get(key) {
                        Some(position) => entries[*position].1 = value,
                        None => {
                            positions.insert(key, entries.len());
                            entries.push((key, value));
                        }
                    }
                }
                for (key, value) in entries {
                    maps.keys().append_value(key);
                    maps.values().append_option(value);
                }
            }
            maps.append(true)?;
        }
        Ok(Arc::new(maps.finish()) as ArrayRef)
    })))
}

/// Builds a column of this map type, with the names and nullability of its fields.
fn map_builder(map: &DataType) -> MapBuilder<StringBuilder, StringBuilder> {
    let builder = || (StringBuilder::new(), StringBuilder::new());
    if let DataType::Map(entries, _) = map
        && let DataType::Struct(fields) = entries.data_type()
        && let [key, value] = fields.as_ref()
    {
        let names = MapFieldNames {
            entry: entries.name().clone(),
            key: key.name().clone(),
            value: value.name().clone(),
        };
        let (keys, values) = builder();
        return MapBuilder::new(Some(names), keys, values)
            .with_keys_field(Arc::clone(key))
            .with_values_field(Arc::clone(value));
    }
    let (keys, values) = builder();
    MapBuilder::new(None, keys, values)
}
