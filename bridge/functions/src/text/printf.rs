//! PRINTF: the formats of `java.util.Formatter`.
//!
//! [`parse`] splits a format into text and conversions; each conversion writes one argument. What Java
//! throws at gives NULL.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::{Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type};
use datafusion_physical_expr::PhysicalExpr;
use nutkin_plan::types::{LogicalType, TypeKind};

use super::printf_number::{fixed, general, grouped, scientific};
use crate::call::Call;
use crate::columns::try_text_column;
use crate::error::{FunctionError, Result};
use crate::java_float::{double_to_string, float_to_string};

/// The value of an argument.
enum Argument {
    Null,
    Text(String),
    /// With the number of bits of its type.
    Integer(i64, u32),
    Float(f32),
    Double(f64),
    Boolean(bool),
}

/// A column of arguments.
struct Column {
    array: ArrayRef,
    constant: bool,
    kind: TypeKind,
}

impl Column {
    fn get(&self, row: usize) -> Argument {
        let row = if self.constant { 0 } else { row };
        if self.array.is_null(row) {
            return Argument::Null;
        }
        let array = &self.array;
        match self.kind {
            TypeKind::Boolean => Argument::Boolean(array.as_boolean().value(row)),
            TypeKind::TinyInt => Argument::Integer(array.as_primitive::<Int8Type>().value(row).into(), 8),
            TypeKind::SmallInt => Argument::Integer(array.as_primitive::<Int16Type>().value(row).into(), 16),
            TypeKind::Int => Argument::Integer(array.as_primitive::<Int32Type>().value(row).into(), 32),
            TypeKind::BigInt => Argument::Integer(array.as_primitive::<Int64Type>().value(row), 64),
            TypeKind::Float => Argument::Float(array.as_primitive::<Float32Type>().value(row)),
            TypeKind::Double => Argument::Double(array.as_primitive::<Float64Type>().value(row)),
            _ => Argument::Text(array.as_string::<i32>().value(row).to_owned()),
        }
    }
}

/// `PRINTF(format, argument, ...)`.
pub(super) fn printf(mut call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    for index in 1..call.types.len() {
        match call.types[index].kind {
            TypeKind::Char(_)
            | TypeKind::VarChar(_)
            | TypeKind::Boolean
            | TypeKind::TinyInt
            | TypeKind::SmallInt
            | TypeKind::Int
            | TypeKind::BigInt
            | TypeKind::Float
            | TypeKind::Double => {}
            TypeKind::Decimal { .. } => call.cast_argument(index, &LogicalType::string())?,
            _ => return Err(call.unsupported()),
        }
    }
    let kinds: Vec<TypeKind> = call.types.iter().skip(1).map(|kind| kind.kind.clone()).collect();
    Ok(call.with(Arc::new(move |values| {
        let format = values.texts(0)?;
        let columns = kinds
            .iter()
            .enumerate()
            .map(|(index, kind)| {
                let (array, constant) = values.compact(index + 1)?;
                Ok(Column {
                    array,
                    constant,
                    kind: kind.clone(),
                })
            })
            .collect::<Result<Vec<_>>>()?;
        try_text_column(values.rows(), |row, out| match format.get(row) {
            Some(format) => write(format, &columns, row, out),
            None => Ok(None),
        })
    })))
}

/// One `%` of a format.
#[derive(Debug, Default)]
struct Specifier {
    /// `1$`, or 0 for `<`.
    index: Option<usize>,
    flags: String,
    width: Option<usize>,
    precision: Option<usize>,
    conversion: char,
}

impl Specifier {
    fn has(&self, flag: char) -> bool {
        self.flags.contains(flag)
    }

    /// Appends text in the width that is asked for.
    fn pad(&self, text: &str, out: &mut String) {
        let length = text.encode_utf16().count();
        let missing = self.width.unwrap_or(0).saturating_sub(length);
        if !self.has('-') {
            out.extend(std::iter::repeat_n(' ', missing));
        }
        out.push_str(text);
        if self.has('-') {
            out.extend(std::iter::repeat_n(' ', missing));
        }
    }
}

/// The specifier behind a `%`, and what follows it; `None` if it is malformed.
fn parse(text: &str) -> Option<(Specifier, &str)> {
    let mut specifier = Specifier::default();
    let mut rest = text;
    let take_number = |rest: &mut &str| -> Option<usize> {
        let end = rest
            .find(|next: char| !next.is_ascii_digit())
            .unwrap_or(rest.len());
        let number = rest[..end].parse().ok()?;
        *rest = &rest[end..];
        Some(number)
    };
    let mut after = rest;
    if let Some(index) = take_number(&mut after)
        && let Some(after) = after.strip_prefix('$')
        && index > 0
    {
        specifier.index = Some(index);
        rest = after;
    }
    while let Some(flag) = rest.chars().next().filter(|next| "-#+ 0,(<".contains(*next)) {
        match flag {
            '<' => specifier.index = Some(0),
            flag if specifier.has(flag) => return None,
            flag => specifier.flags.push(flag),
        }
        rest = &rest[1..];
    }
    specifier.width = take_number(&mut rest);
    if let Some(after) = rest.strip_prefix('.') {
        rest = after;
        specifier.precision = Some(take_number(&mut rest)?);
    }
    specifier.conversion = rest.chars().next()?;
    let after = &rest[specifier.conversion.len_utf8()..];
    Some((specifier, after))
}

/// Appends the formatted text; `None` where Java throws.
fn write(format: &str, columns: &[Column], row: usize, out: &mut String) -> Result<Option<()>> {
    let mut rest = format;
    let mut ordinary = 0;
    let mut last = None;
    while let Some((text, after)) = rest.split_once('%') {
        out.push_str(text);
        let Some((specifier, after)) = parse(after) else {
            return Ok(None);
        };
        rest = after;
        match specifier.conversion {
            'n' => out.push('\n'),
            '%' => specifier.pad("%", out),
            _ => {
                let position = match specifier.index {
                    Some(0) => last,
                    Some(index) => Some(index - 1),
                    None => {
                        ordinary += 1;
                        Some(ordinary - 1)
                    }
                };
                last = position;
                let Some(column) = position.and_then(|position| columns.get(position)) else {
                    return Ok(None);
                };
                let Some(text) = convert(&specifier, &column.get(row))? else {
                    return Ok(None);
                };
                specifier.pad(&text, out);
            }
        }
    }
    out.push_str(rest);
    Ok(Some(()))
}

/// The text of one argument; `None` where Java throws.
fn convert(specifier: &Specifier, argument: &Argument) -> Result<Option<String>> {
    let upper_case = specifier.conversion.is_ascii_uppercase();
    let conversion = specifier.conversion.to_ascii_lowercase();
    let cut = |text: String| match specifier.precision {
        Some(precision) => text.chars().take(precision).collect(),
        None => text,
    };
    let text = match (conversion, argument) {
        ('h', Argument::Integer(value, 64)) => Some(format!("{:x}", (value ^ (value >> 32)) as u32)),
        ('h', Argument::Integer(value, _)) => Some(format!("{:x}", *value as i32)),
        ('h', Argument::Boolean(value)) => Some(if *value { "4cf" } else { "4d5" }.to_owned()),
        ('h', Argument::Text(_) | Argument::Float(_) | Argument::Double(_)) | ('a' | 't', _) => {
            return Err(FunctionError::unsupported(
                format!("the conversion %{} in PRINTF", specifier.conversion),
                "Conversions that are computed: %s %d %x %o %f %e %g %b %c %n and %%.",
            ));
        }
        ('b', Argument::Boolean(value)) => Some(cut(value.to_string())),
        ('b', argument) => Some(cut((!matches!(argument, Argument::Null)).to_string())),
        ('s' | 'h' | 'c', Argument::Null) => Some(cut("null".to_owned())),
        ('d' | 'x' | 'o' | 'e' | 'f' | 'g', Argument::Null) => Some("null".to_owned()),
        ('s', Argument::Text(text)) => Some(cut(text.clone())),
        ('s', Argument::Integer(value, _)) => Some(cut(value.to_string())),
        ('s', Argument::Boolean(value)) => Some(cut(value.to_string())),
        ('s', Argument::Float(value)) => Some(cut(float_to_string(*value))),
        ('s', Argument::Double(value)) => Some(cut(double_to_string(*value))),
        ('c', Argument::Integer(value, bits)) if *bits < 64 => u32::try_from(*value)
            .ok()
            .and_then(char::from_u32)
            .map(String::from),
        ('d', Argument::Integer(value, _)) => decimal(specifier, *value),
        ('x' | 'o', Argument::Integer(value, bits)) => Some(unsigned(specifier, conversion, *value, *bits)),
        ('e' | 'f' | 'g', Argument::Float(value)) => {
            floating(specifier, conversion, f64::from(*value), float_to_string(*value))
        }
        ('e' | 'f' | 'g', Argument::Double(value)) => {
            floating(specifier, conversion, *value, double_to_string(*value))
        }
        _ => None,
    };
    Ok(text.map(|text| if upper_case { text.to_uppercase() } else { text }))
}

/// The sign that flags ask for, around the digits of a number.
fn signed(specifier: &Specifier, negative: bool, digits: &str) -> String {
    let (before, after) = match negative {
        true if specifier.has('(') => ("(", ")"),
        true => ("-", ""),
        false if specifier.has('+') => ("+", ""),
        false if specifier.has(' ') => (" ", ""),
        false => ("", ""),
    };
    let zeros = match specifier.has('0') {
        true => specifier
            .width
            .unwrap_or(0)
            .saturating_sub(before.len() + digits.len() + after.len()),
        false => 0,
    };
    format!("{before}{}{digits}{after}", "0".repeat(zeros))
}

fn decimal(specifier: &Specifier, value: i64) -> Option<String> {
    if specifier.precision.is_some() || specifier.has('#') {
        return None;
    }
    let digits = value.unsigned_abs().to_string();
    let digits = match specifier.has(',') {
        true => grouped(&digits),
        false => digits,
    };
    Some(signed(specifier, value < 0, &digits))
}

fn unsigned(specifier: &Specifier, conversion: char, value: i64, bits: u32) -> String {
    let value = value as u64 & (u64::MAX >> (64 - bits));
    let prefix = match (specifier.has('#'), conversion) {
        (false, _) => "",
        (true, 'x') => "0x",
        (true, _) => "0",
    };
    let digits = match conversion {
        'x' => format!("{value:x}"),
        _ => format!("{value:o}"),
    };
    let zeros = match specifier.has('0') {
        true => specifier
            .width
            .unwrap_or(0)
            .saturating_sub(prefix.len() + digits.len()),
        false => 0,
    };
    format!("{prefix}{}{digits}", "0".repeat(zeros))
}

/// `text` is the shortest decimal that reads back as the value.
fn floating(specifier: &Specifier, conversion: char, value: f64, text: String) -> Option<String> {
    if !value.is_finite() {
        let magnitude = if value.is_nan() { "NaN" } else { "Infinity" };
        let plain = Specifier {
            flags: specifier.flags.replace('0', ""),
            ..Specifier::default()
        };
        return Some(signed(&plain, value < 0.0, magnitude));
    }
    let precision = specifier.precision.unwrap_or(6);
    let digits = match conversion {
        'f' => fixed(&text, precision)?,
        'e' => scientific(&text, precision)?,
        _ => general(&text, precision)?,
    };
    let digits = match specifier.has(',') {
        true => grouped(&digits),
        false => digits,
    };
    Some(signed(specifier, value.is_sign_negative(), &digits))
}
