//! Casts to CHAR, VARCHAR and STRING: values as Java and Flink write them.

use std::fmt::Write;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, StringArray};
use arrow::datatypes::{Decimal128Type, Float32Type, Float64Type, Int64Type};
use chrono::{Datelike, NaiveDate};
use nutkin_plan::types::TypeKind;

use super::numeric::to_int64;
use crate::decimal::to_plain_string;
use crate::error::Result;
use crate::function_expression::Kernel;
use crate::java_float::{double_to_string, float_to_string};
use crate::number::{as_integers, date_of_day, temporal_to_integers};
use crate::time_zone::SessionTimeZone;

type Writer = Arc<dyn Fn(&ArrayRef) -> Result<Vec<Option<String>>> + Send + Sync>;

/// The cast to a string type.
pub(super) fn kernel(from: &TypeKind, to: &TypeKind, zone: SessionTimeZone) -> Option<Kernel> {
    let write = writer(from, zone)?;
    let fit = Fit::of(to);
    Some(Arc::new(move |values| {
        let texts = write(&values.array(0)?)?;
        let result: StringArray = texts
            .into_iter()
            .map(|text| text.map(|text| fit.apply(text)))
            .collect();
        Ok(Arc::new(result) as ArrayRef)
    }))
}

/// From strings to strings of another length; `None` if nothing is to be done.
pub(super) fn adjust_length(from: &TypeKind, to: &TypeKind) -> Result<Option<Kernel>> {
    if let (TypeKind::Char(own) | TypeKind::VarChar(own), TypeKind::VarChar(most)) = (from, to)
        && own <= most
    {
        return Ok(None);
    }
    let fit = Fit::of(to);
    Ok(Some(Arc::new(move |values| {
        let array = values.array(0)?;
        let result: StringArray = array
            .as_string::<i32>()
            .iter()
            .map(|text| text.map(|text| fit.apply(text.to_owned())))
            .collect();
        Ok(Arc::new(result) as ArrayRef)
    })))
}

/// Cuts to the longest length, and pads CHAR to its length.
#[derive(Debug, Clone, Copy)]
struct Fit {
    length: usize,
    pad: bool,
}

impl Fit {
    fn of(to: &TypeKind) -> Self {
        match to {
            TypeKind::Char(length) => Self {
                length: *length as usize,
                pad: true,
            },
            TypeKind::VarChar(length) => Self {
                length: *length as usize,
                pad: false,
            },
            _ => Self {
                length: usize::MAX,
                pad: false,
            },
        }
    }

    fn apply(self, mut text: String) -> String {
        // A string never has more characters than bytes.
        if text.len() > self.length
            && let Some((cut, _)) = text.char_indices().nth(self.length)
        {
            text.truncate(cut);
        }
        if self.pad {
            let characters = text.chars().count();
            text.extend(std::iter::repeat_n(' ', self.length.saturating_sub(characters)));
        }
        text
    }
}

fn writer(from: &TypeKind, zone: SessionTimeZone) -> Option<Writer> {
    Some(match from {
        TypeKind::Boolean => Arc::new(|array| {
            let text = |value| if value { "TRUE" } else { "FALSE" };
            Ok(array
                .as_boolean()
                .iter()
                .map(|value| value.map(|value| text(value).to_owned()))
                .collect())
        }),
        TypeKind::TinyInt | TypeKind::SmallInt | TypeKind::Int | TypeKind::BigInt => Arc::new(|array| {
            let array = to_int64(array)?;
            Ok(each(array.as_primitive::<Int64Type>().iter(), |value| {
                value.to_string()
            }))
        }),
        TypeKind::Float => {
            Arc::new(|array| Ok(each(array.as_primitive::<Float32Type>().iter(), float_to_string)))
        }
        TypeKind::Double => {
            Arc::new(|array| Ok(each(array.as_primitive::<Float64Type>().iter(), double_to_string)))
        }
        TypeKind::Decimal { scale, .. } => {
            let scale = *scale;
            Arc::new(move |array| {
                Ok(each(array.as_primitive::<Decimal128Type>().iter(), |unscaled| {
                    to_plain_string(unscaled, scale)
                }))
            })
        }
        TypeKind::Date => Arc::new(|array| Ok(each(temporal_to_integers(array)?.iter(), write_date))),
        TypeKind::Time(precision) => {
            let precision = *precision;
            Arc::new(move |array| {
                let unit = unit_digits(precision);
                Ok(each(temporal_to_integers(array)?.iter(), |time| {
                    write_time(time, unit, precision)
                }))
            })
        }
        TypeKind::Timestamp(precision) => {
            let precision = *precision;
            Arc::new(move |array| {
                let unit = unit_digits(precision);
                Ok(each(temporal_to_integers(array)?.iter(), |time| {
                    write_timestamp(time, unit, precision)
                }))
            })
        }
        TypeKind::IntervalYearMonth => Arc::new(|array| Ok(each(as_integers(array)?.iter(), write_months))),
        TypeKind::IntervalDayTime => Arc::new(|array| Ok(each(as_integers(array)?.iter(), write_millis))),
        TypeKind::Binary(_) | TypeKind::VarBinary(_) => Arc::new(|array| {
            let array = array.as_binary::<i32>();
            Ok(each(array.iter(), |bytes| {
                String::from_utf8_lossy(bytes).into_owned()
            }))
        }),
        TypeKind::TimestampLtz(precision) => {
            let precision = *precision;
            let units_per_second = super::temporal::units_per_second(precision);
            Arc::new(move |array| {
                let unit = unit_digits(precision);
                Ok(each(temporal_to_integers(array)?.iter(), |time| {
                    write_timestamp(zone.to_local(time, units_per_second), unit, precision)
                }))
            })
        }
        TypeKind::Char(_) | TypeKind::VarChar(_) => {
            Arc::new(|array| Ok(each(array.as_string::<i32>().iter(), str::to_owned)))
        }
        TypeKind::Array(element) => {
            let write = writer(&element.kind, zone)?;
            Arc::new(move |array| {
                let list = array.as_list::<i32>();
                let elements = write(list.values())?;
                Ok((0..list.len())
                    .map(|row| {
                        list.is_valid(row)
                            .then(|| joined("[", &elements[range(list.offsets(), row)], "]"))
                    })
                    .collect())
            })
        }
        TypeKind::Map(key, value) => map_writer(writer(&key.kind, zone)?, writer(&value.kind, zone)?),
        TypeKind::Multiset(element) => {
            map_writer(writer(&element.kind, zone)?, writer(&TypeKind::Int, zone)?)
        }
        TypeKind::Row(fields) => {
            let writers: Vec<Writer> = fields
                .iter()
                .map(|field| writer(&field.field_type.kind, zone))
                .collect::<Option<_>>()?;
            Arc::new(move |array| {
                let row = array.as_struct();
                let columns: Vec<Vec<Option<String>>> = row
                    .columns()
                    .iter()
                    .zip(&writers)
                    .map(|(column, write)| write(column))
                    .collect::<Result<_>>()?;
                Ok((0..row.len())
                    .map(|index| {
                        let values: Vec<Option<String>> =
                            columns.iter().map(|column| column[index].clone()).collect();
                        row.is_valid(index).then(|| joined("(", &values, ")"))
                    })
                    .collect())
            })
        }
        TypeKind::Null => Arc::new(|array| Ok(vec![None; array.len()])),
    })
}

fn map_writer(write_key: Writer, write_value: Writer) -> Writer {
    Arc::new(move |array| {
        let map = array.as_map();
        let (keys, values) = (write_key(map.keys())?, write_value(map.values())?);
        let text = |value: &Option<String>| value.clone().unwrap_or_else(|| NULL.to_owned());
        let entries: Vec<Option<String>> = keys
            .iter()
            .zip(&values)
            .map(|(key, value)| Some(format!("{}={}", text(key), text(value))))
            .collect();
        Ok((0..map.len())
            .map(|row| {
                map.is_valid(row)
                    .then(|| joined("{", &entries[range(map.offsets(), row)], "}"))
            })
            .collect())
    })
}

/// How NULL is written inside of a value.
const NULL: &str = "NULL";

fn range(offsets: &[i32], row: usize) -> std::ops::Range<usize> {
    // Offsets of Arrow are never negative.
    offsets[row] as usize..offsets[row + 1] as usize
}

fn joined(open: &str, parts: &[Option<String>], close: &str) -> String {
    let parts: Vec<&str> = parts.iter().map(|part| part.as_deref().unwrap_or(NULL)).collect();
    format!("{open}{}{close}", parts.join(", "))
}

fn each<T>(values: impl Iterator<Item = Option<T>>, write: impl Fn(T) -> String) -> Vec<Option<String>> {
    values.map(|value| value.map(&write)).collect()
}

/// Fraction digits of the unit in which a precision is carried.
fn unit_digits(precision: u8) -> u32 {
    match precision {
        0 => 0,
        1..=3 => 3,
        4..=6 => 6,
        _ => 9,
    }
}

fn write_date(day: i64) -> String {
    date_of_day(day).map_or_else(String::new, date_text)
}

fn date_text(date: NaiveDate) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

fn clock(seconds: i64) -> String {
    format!(
        "{:02}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

/// Flink drops the zeros at the end of a time's fraction, but keeps one digit.
fn write_time(time: i64, unit: u32, precision: u8) -> String {
    let per_second = 10_i64.pow(unit);
    let mut text = clock(time.div_euclid(per_second).rem_euclid(86_400));
    if precision > 0 {
        let fraction = fraction_digits(time, unit);
        let shown = fraction.trim_end_matches('0');
        let shown = if shown.is_empty() { "0" } else { shown };
        let shown = &shown[..shown.len().min(usize::from(precision))];
        let _ = write!(text, ".{shown}");
    }
    text
}

/// A timestamp shows at least as many fraction digits as its precision.
fn write_timestamp(time: i64, unit: u32, precision: u8) -> String {
    let per_second = 10_i64.pow(unit);
    let seconds = time.div_euclid(per_second);
    let date = write_date(seconds.div_euclid(86_400));
    let mut text = format!("{date} {}", clock(seconds.rem_euclid(86_400)));
    let mut fraction = fraction_digits(time, unit);
    fraction.extend(std::iter::repeat_n('0', 9 - unit as usize));
    while fraction.len() > usize::from(precision) && fraction.ends_with('0') {
        fraction.pop();
    }
    if !fraction.is_empty() {
        let _ = write!(text, ".{fraction}");
    }
    text
}

fn fraction_digits(time: i64, unit: u32) -> String {
    if unit == 0 {
        return String::new();
    }
    let fraction = time.rem_euclid(10_i64.pow(unit));
    format!("{fraction:0width$}", width = unit as usize)
}

fn write_months(months: i64) -> String {
    let sign = if months < 0 { '-' } else { '+' };
    let months = months.unsigned_abs();
    format!("{sign}{}-{:02}", months / 12, months % 12)
}

fn write_millis(millis: i64) -> String {
    let sign = if millis < 0 { '-' } else { '+' };
    let millis = millis.unsigned_abs();
    let seconds = (millis / 1000 % 86_400).cast_signed();
    format!(
        "{sign}{} {}.{:03}",
        millis / 86_400_000,
        clock(seconds),
        millis % 1000
    )
}
