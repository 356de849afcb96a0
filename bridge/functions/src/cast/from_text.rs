//! Casts from strings, with Flink's parsers and Java's messages.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, ArrowPrimitiveType, AsArray, BinaryArray, BooleanArray, Decimal128Array, Int64Array,
    PrimitiveArray,
};
use arrow::datatypes::{Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type};
use nutkin_plan::types::TypeKind;

use super::numeric::decimal_column;
use super::temporal::{parse_date, parse_time, parse_timestamp};
use crate::decimal::{self, Digits};
use crate::error::{FunctionError, Result};
use crate::function_expression::Kernel;
use crate::number::integers_to_temporal;
use crate::time_zone::SessionTimeZone;

/// The cast from strings to another type.
pub(super) fn kernel(to: &TypeKind, lenient: bool, zone: SessionTimeZone) -> Option<Kernel> {
    Some(match to {
        TypeKind::TinyInt => primitive::<Int8Type>(|text| integer(text, i8::try_from), lenient),
        TypeKind::SmallInt => primitive::<Int16Type>(|text| integer(text, i16::try_from), lenient),
        TypeKind::Int => primitive::<Int32Type>(|text| integer(text, i32::try_from), lenient),
        TypeKind::BigInt => primitive::<Int64Type>(|text| integer(text, Ok), lenient),
        TypeKind::Float => primitive::<Float32Type>(floating::<f32>, lenient),
        TypeKind::Double => primitive::<Float64Type>(floating::<f64>, lenient),
        TypeKind::Boolean => Arc::new(move |values| {
            let parsed: Vec<Option<bool>> = each(&values.array(0)?, lenient, boolean)?;
            Ok(Arc::new(BooleanArray::from(parsed)) as ArrayRef)
        }),
        TypeKind::Decimal { .. } => {
            let digits = Digits::of(to)?;
            Arc::new(move |values| {
                let parsed = each(&values.array(0)?, lenient, |text| {
                    decimal::parse(text.trim_matches(' '), digits).ok_or_else(|| not_a_number(text))
                })?;
                decimal_column(
                    parsed
                        .into_iter()
                        .map(Option::flatten)
                        .collect::<Decimal128Array>(),
                    digits,
                )
            })
        }
        TypeKind::Date => temporal(to, lenient, |text, _| parse_date(text), zone)?,
        TypeKind::Time(_) => temporal(to, lenient, parse_time, zone)?,
        TypeKind::Timestamp(_) | TypeKind::TimestampLtz(_) => temporal(to, lenient, parse_timestamp, zone)?,
        TypeKind::Binary(_) | TypeKind::VarBinary(_) => {
            let fit = BytesFit::of(to);
            Arc::new(move |values| {
                let array = values.array(0)?;
                let bytes: BinaryArray = array
                    .as_string::<i32>()
                    .iter()
                    .map(|text| text.map(|text| fit.apply(text.as_bytes())))
                    .collect();
                Ok(Arc::new(bytes) as ArrayRef)
            })
        }
        _ => return None,
    })
}

/// From bytes to bytes of another length; `None` if nothing is to be done.
pub(super) fn adjust_bytes(from: &TypeKind, to: &TypeKind) -> Result<Option<Kernel>> {
    if let (TypeKind::Binary(own) | TypeKind::VarBinary(own), TypeKind::VarBinary(most)) = (from, to)
        && own <= most
    {
        return Ok(None);
    }
    let fit = BytesFit::of(to);
    Ok(Some(Arc::new(move |values| {
        let array = values.array(0)?;
        let bytes: BinaryArray = array
            .as_binary::<i32>()
            .iter()
            .map(|bytes| bytes.map(|bytes| fit.apply(bytes)))
            .collect();
        Ok(Arc::new(bytes) as ArrayRef)
    })))
}

/// Cuts to the longest length, and pads BINARY with zeros to its length.
#[derive(Debug, Clone, Copy)]
struct BytesFit {
    length: usize,
    pad: bool,
}

impl BytesFit {
    fn of(to: &TypeKind) -> Self {
        match to {
            TypeKind::Binary(length) => Self {
                length: *length as usize,
                pad: true,
            },
            TypeKind::VarBinary(length) => Self {
                length: *length as usize,
                pad: false,
            },
            _ => Self {
                length: usize::MAX,
                pad: false,
            },
        }
    }

    fn apply(self, bytes: &[u8]) -> Vec<u8> {
        let mut fitted = bytes[..bytes.len().min(self.length)].to_vec();
        if self.pad {
            fitted.resize(self.length, 0);
        }
        fitted
    }
}

/// Parses every text; what cannot be read is an error, or NULL when lenient.
fn each<T>(array: &ArrayRef, lenient: bool, parse: impl Fn(&str) -> Result<T>) -> Result<Vec<Option<T>>> {
    array
        .as_string::<i32>()
        .iter()
        .map(|text| match text.map(&parse) {
            None => Ok(None),
            Some(Ok(value)) => Ok(Some(value)),
            Some(Err(_)) if lenient => Ok(None),
            Some(Err(error)) => Err(error),
        })
        .collect()
}

fn primitive<T: ArrowPrimitiveType>(parse: fn(&str) -> Result<T::Native>, lenient: bool) -> Kernel {
    Arc::new(move |values| {
        let parsed = each(&values.array(0)?, lenient, parse)?;
        Ok(Arc::new(parsed.into_iter().collect::<PrimitiveArray<T>>()) as ArrayRef)
    })
}

fn temporal(
    to: &TypeKind,
    lenient: bool,
    parse: fn(&str, u8) -> Option<i64>,
    zone: SessionTimeZone,
) -> Option<Kernel> {
    let precision = match to {
        TypeKind::Date => 0,
        TypeKind::Time(precision) | TypeKind::Timestamp(precision) | TypeKind::TimestampLtz(precision) => {
            *precision
        }
        _ => return None,
    };
    let target = nutkin_plan::types::LogicalType::nullable(to.clone()).to_arrow();
    let is_instant = matches!(to, TypeKind::TimestampLtz(_));
    let units_per_second = super::temporal::units_per_second(precision);
    Some(Arc::new(move |values| {
        let parsed = each(&values.array(0)?, lenient, |text| {
            let local = parse(text, precision).ok_or_else(|| FunctionError::Compute {
                class: "java.time.DateTimeException",
                message: format!("For input string: '{text}'."),
            })?;
            Ok(if is_instant {
                zone.to_instant(local, units_per_second)
            } else {
                local
            })
        })?;
        integers_to_temporal(&parsed.into_iter().collect::<Int64Array>(), &target)
    }))
}

fn not_a_number(text: &str) -> FunctionError {
    FunctionError::Compute {
        class: "java.lang.NumberFormatException",
        message: format!("For input string: '{text}'. Invalid character found."),
    }
}

/// A sign, digits, and a fraction that is checked and dropped.
fn integer<T>(text: &str, convert: fn(i64) -> Result<T, std::num::TryFromIntError>) -> Result<T> {
    let trimmed = text.trim_matches(' ');
    let (whole, fraction) = trimmed.split_once('.').unwrap_or((trimmed, ""));
    let digits = whole.strip_prefix(['+', '-']).unwrap_or(whole);
    let readable = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    // As in Flink, a point alone is zero.
    let empty = digits.is_empty() && !trimmed.contains('.');
    if empty || !readable(digits) || !readable(fraction) {
        return Err(not_a_number(text));
    }
    let value = if digits.is_empty() {
        Some(0)
    } else {
        whole.parse::<i64>().ok()
    };
    value
        .and_then(|value| convert(value).ok())
        .ok_or_else(|| FunctionError::Compute {
            class: "java.lang.NumberFormatException",
            message: format!("For input string: '{text}'. Overflow."),
        })
}

/// `Double.parseDouble`: decimal notation, `NaN` and `Infinity`, with an optional `d` or `f` behind.
fn floating<T: std::str::FromStr>(text: &str) -> Result<T> {
    let trimmed = text.trim();
    let unsigned = trimmed.strip_prefix(['+', '-']).unwrap_or(trimmed);
    let number = if matches!(unsigned, "NaN" | "Infinity") {
        Some(trimmed)
    } else {
        let plain = trimmed.strip_suffix(['d', 'D', 'f', 'F']).unwrap_or(trimmed);
        let allowed = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
        plain.bytes().all(allowed).then_some(plain)
    };
    number
        .and_then(|number| number.parse().ok())
        .ok_or_else(|| FunctionError::Compute {
            class: "java.lang.NumberFormatException",
            message: if trimmed.is_empty() {
                "empty String".to_owned()
            } else {
                format!("For input string: \"{trimmed}\"")
            },
        })
}

fn boolean(text: &str) -> Result<bool> {
    match text.to_lowercase().as_str() {
        "t" | "true" | "y" | "yes" | "1" => Ok(true),
        "f" | "false" | "n" | "no" | "0" => Ok(false),
        _ => Err(FunctionError::Compute {
            class: "org.apache.flink.table.api.TableRuntimeException",
            message: format!("Cannot parse '{text}' as BOOLEAN."),
        }),
    }
}
