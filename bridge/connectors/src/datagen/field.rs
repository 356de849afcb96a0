//! The values of one column.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use nutkin_engine::Result;
use nutkin_plan::PlanError;
use nutkin_plan::catalog::Column;
use nutkin_plan::types::{LogicalType, TypeKind};

use crate::format::column_builder::ColumnBuilder;
use crate::options::OptionReader;
use crate::random::SplitMix64;
use crate::text::{fraction_to_unit, parse_decimal, parse_double, parse_integer, unit_digits};

/// The length of texts and byte strings that are not limited otherwise.
const DEFAULT_LENGTH: u32 = 100;

/// How the values of a column are made.
#[derive(Debug, Clone)]
pub(super) struct FieldPlan {
    pub(super) logical_type: LogicalType,
    null_rate: f64,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    /// Numbers from `start` to `end`, in unscaled units for a DECIMAL.
    Sequence {
        start: i64,
        end: i64,
    },
    /// Whole numbers, and the unscaled values of a DECIMAL.
    Whole {
        min: i128,
        max: i128,
    },
    Floating {
        min: f64,
        max: f64,
    },
    Boolean,
    Text {
        length: u32,
        variable: bool,
    },
    Bytes {
        length: u32,
        variable: bool,
    },
    /// A moment of the last while; also the date or time of now.
    Past(Duration),
}

impl FieldPlan {
    pub(super) fn new(column: &Column, options: &OptionReader<'_>) -> Result<Self> {
        let field = FieldOptions {
            name: &column.name,
            options,
        };
        let sequence = options
            .choice(&field.key("kind"), &[("random", false), ("sequence", true)])?
            .unwrap_or(false);
        let null_rate = options.double(&field.key("null-rate"))?.unwrap_or(0.0);
        if !(0.0..=1.0).contains(&null_rate) || (null_rate > 0.0 && !column.column_type.nullable) {
            return Err(options.invalid_value(
                &field.key("null-rate"),
                "a number from 0 to 1, and 0 for a column that is NOT NULL",
            ));
        }
        let kind = if sequence {
            field.sequence(&column.column_type)?
        } else {
            field.random(&column.column_type)?
        };
        field.refuse_unused(&kind)?;
        Ok(Self {
            logical_type: column.column_type.clone(),
            null_rate,
            kind,
        })
    }

    /// How many rows a sequence has.
    pub(super) fn sequence_rows(&self) -> Option<u64> {
        match self.kind {
            Kind::Sequence { start, end } => {
                Some(u64::try_from((i128::from(end) - i128::from(start) + 1).max(0)).unwrap_or(u64::MAX))
            }
            _ => None,
        }
    }

    /// Appends the value of a row; `row` counts over all readers.
    pub(super) fn append(
        &self,
        builder: &mut ColumnBuilder,
        row: u64,
        random: &mut SplitMix64,
    ) -> Result<(), String> {
        if self.null_rate > 0.0 && random.fraction() < self.null_rate {
            return builder.append_null();
        }
        match &self.kind {
            Kind::Sequence { start, .. } => {
                let number = i128::from(*start) + i128::from(row);
                builder.append_number(match self.logical_type.kind {
                    TypeKind::Decimal { scale, .. } => number * 10_i128.pow(u32::from(scale)),
                    _ => number,
                })
            }
            Kind::Whole { min, max } => {
                let span = max.abs_diff(*min) + 1;
                // The offset is below the span, so that the sum is at most `max`.
                let offset = i128::try_from(random.below(span)).unwrap_or_default();
                builder.append_number(min + offset)
            }
            Kind::Floating { min, max } => {
                let fraction = random.fraction();
                builder.append_floating(min * (1.0 - fraction) + max * fraction)
            }
            Kind::Boolean => builder.append_boolean(random.next() & 1 == 1),
            Kind::Text { length, variable } => {
                let length = drawn_length(*length, *variable, random);
                let mut text = String::with_capacity(length + 16);
                while text.len() < length {
                    text.push_str(&format!("{:016x}", random.next()));
                }
                text.truncate(length);
                builder.append_string(&text)
            }
            Kind::Bytes { length, variable } => {
                let length = drawn_length(*length, *variable, random);
                let bytes: Vec<u8> = (0..length).map(|_| (random.next() & 0xFF) as u8).collect();
                builder.append_bytes(&bytes)
            }
            Kind::Past(max_past) => {
                let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                let max_nanos = max_past.as_nanos();
                let past = if max_nanos == 0 {
                    0
                } else {
                    random.below(max_nanos)
                };
                let nanos = i128::try_from(now.as_nanos().saturating_sub(past)).unwrap_or_default();
                builder.append_number(moment(nanos, &self.logical_type))
            }
        }
    }
}

/// A moment in the unit of a DATE, TIME or TIMESTAMP.
fn moment(nanos_since_epoch: i128, logical_type: &LogicalType) -> i128 {
    const NANOS_PER_SECOND: i128 = 1_000_000_000;
    const SECONDS_PER_DAY: i128 = 86_400;
    let seconds = nanos_since_epoch / NANOS_PER_SECOND;
    let nanos = i64::try_from(nanos_since_epoch % NANOS_PER_SECOND).unwrap_or_default();
    let in_unit = |seconds: i128, precision: u8| {
        seconds * 10_i128.pow(unit_digits(precision)) + i128::from(fraction_to_unit(nanos, precision))
    };
    match logical_type.kind {
        TypeKind::Date => seconds / SECONDS_PER_DAY,
        TypeKind::Time(precision) => in_unit(seconds % SECONDS_PER_DAY, precision),
        TypeKind::Timestamp(precision) | TypeKind::TimestampLtz(precision) => in_unit(seconds, precision),
        _ => seconds,
    }
}

fn drawn_length(length: u32, variable: bool, random: &mut SplitMix64) -> usize {
    let length = if variable {
        u32::try_from(random.below(u128::from(length))).unwrap_or_default() + 1
    } else {
        length
    };
    length as usize
}

/// The options of one column.
struct FieldOptions<'a, 'o> {
    name: &'a str,
    options: &'a OptionReader<'o>,
}

impl FieldOptions<'_, '_> {
    fn key(&self, option: &str) -> String {
        format!("fields.{}.{option}", self.name)
    }

    fn random(&self, logical_type: &LogicalType) -> Result<Kind> {
        let whole = |min: i64, max: i64| self.whole(i128::from(min), i128::from(max));
        match &logical_type.kind {
            TypeKind::Boolean => Ok(Kind::Boolean),
            TypeKind::TinyInt => whole(i64::from(i8::MIN), i64::from(i8::MAX)),
            TypeKind::SmallInt => whole(i64::from(i16::MIN), i64::from(i16::MAX)),
            TypeKind::Int => whole(i64::from(i32::MIN), i64::from(i32::MAX)),
            TypeKind::BigInt => whole(i64::MIN, i64::MAX),
            // Ten thousand years, as months and as milliseconds.
            TypeKind::IntervalYearMonth => whole(0, 120_000),
            TypeKind::IntervalDayTime => whole(0, 10_000 * 365 * 24 * 60 * 60 * 1000),
            TypeKind::Decimal { precision, scale } => {
                let largest = 10_i128.pow(u32::from(*precision)) - 1;
                self.decimal(largest, *precision, *scale)
            }
            TypeKind::Float => self.floating(f64::from(f32::MIN), f64::from(f32::MAX)),
            TypeKind::Double => self.floating(f64::MIN, f64::MAX),
            TypeKind::Char(length) => self
                .length(*length, true)
                .map(|(length, variable)| Kind::Text { length, variable }),
            TypeKind::VarChar(length) => self
                .length(*length, false)
                .map(|(length, variable)| Kind::Text { length, variable }),
            TypeKind::Binary(length) => self
                .length(*length, true)
                .map(|(length, variable)| Kind::Bytes { length, variable }),
            TypeKind::VarBinary(length) => self
                .length(*length, false)
                .map(|(length, variable)| Kind::Bytes { length, variable }),
            TypeKind::Timestamp(_) | TypeKind::TimestampLtz(_) => {
                let max_past = self.options.duration(&self.key("max-past"))?;
                Ok(Kind::Past(max_past.unwrap_or_default()))
            }
            TypeKind::Date | TypeKind::Time(_) => Ok(Kind::Past(Duration::ZERO)),
            TypeKind::Array(_)
            | TypeKind::Map(_, _)
            | TypeKind::Multiset(_)
            | TypeKind::Row(_)
            | TypeKind::Null => Err(self.unsupported(logical_type, "random")),
        }
    }

    fn sequence(&self, logical_type: &LogicalType) -> Result<Kind> {
        let bounds = match &logical_type.kind {
            TypeKind::TinyInt => i64::from(i8::MIN)..=i64::from(i8::MAX),
            TypeKind::SmallInt => i64::from(i16::MIN)..=i64::from(i16::MAX),
            TypeKind::Int => i64::from(i32::MIN)..=i64::from(i32::MAX),
            TypeKind::Decimal { precision, scale } => {
                let digits = u32::from(precision - scale).min(18);
                let largest = 10_i64.pow(digits) - 1;
                -largest..=largest
            }
            TypeKind::BigInt
            | TypeKind::Float
            | TypeKind::Double
            | TypeKind::Char(_)
            | TypeKind::VarChar(_) => i64::MIN..=i64::MAX,
            _ => return Err(self.unsupported(logical_type, "sequence")),
        };
        let bound = |option: &str| -> Result<i64> {
            let key = self.key(option);
            let Some(value) = self.options.integer(&key)? else {
                return Err(PlanError::validation(format!(
                    "Could not find required property '{key}' for sequence generator."
                ))
                .into());
            };
            if !bounds.contains(&value) {
                return Err(self
                    .options
                    .invalid_value(&key, &format!("a value of {}", logical_type.as_summary_string())));
            }
            Ok(value)
        };
        let (start, end) = (bound("start")?, bound("end")?);
        if start > end {
            return Err(self.options.invalid_value(
                &self.key("end"),
                &format!("a number from {start}, which is the start"),
            ));
        }
        Ok(Kind::Sequence { start, end })
    }

    /// Options that say nothing about this kind of column are mistakes.
    fn refuse_unused(&self, kind: &Kind) -> Result<()> {
        let used: &[&str] = match kind {
            Kind::Sequence { .. } => &["start", "end"],
            Kind::Whole { .. } | Kind::Floating { .. } => &["min", "max"],
            Kind::Boolean => &[],
            Kind::Text { .. } | Kind::Bytes { .. } => &["length", "var-len"],
            Kind::Past(_) => &["max-past"],
        };
        for option in ["start", "end", "min", "max", "length", "var-len", "max-past"] {
            let key = self.key(option);
            if !used.contains(&option) && self.options.given(&key).is_some() {
                return Err(PlanError::validation_with_hint(
                    format!("The option '{key}' does not apply to the column '{}'.", self.name),
                    format!(
                        "its type and kind take {}",
                        if used.is_empty() {
                            "no such option".to_owned()
                        } else {
                            used.join(", ")
                        }
                    ),
                )
                .into());
            }
        }
        Ok(())
    }

    fn whole(&self, min: i128, max: i128) -> Result<Kind> {
        let read = |option: &str, default: i128| -> Result<i128> {
            let key = self.key(option);
            match self.options.text(&key) {
                None => Ok(default),
                Some(text) => parse_integer(text.trim())
                    .map(i128::from)
                    .filter(|value| (min..=max).contains(value))
                    .ok_or_else(|| {
                        self.options
                            .invalid_value(&key, "a whole number that the column's type holds")
                    }),
            }
        };
        self.ordered(read("min", min)?, read("max", max)?)
    }

    fn decimal(&self, largest: i128, precision: u8, scale: u8) -> Result<Kind> {
        let read = |option: &str, default: i128| -> Result<i128> {
            let key = self.key(option);
            match self.options.text(&key) {
                None => Ok(default),
                Some(text) => match parse_decimal(text.trim(), precision, scale) {
                    Ok(Some(value)) => Ok(value),
                    _ => Err(self
                        .options
                        .invalid_value(&key, "a number that the column's type holds")),
                },
            }
        };
        self.ordered(read("min", -largest)?, read("max", largest)?)
    }

    fn ordered(&self, min: i128, max: i128) -> Result<Kind> {
        if min > max {
            return Err(self
                .options
                .invalid_value(&self.key("max"), "a number that is not below 'min'"));
        }
        Ok(Kind::Whole { min, max })
    }

    fn floating(&self, min: f64, max: f64) -> Result<Kind> {
        let read = |option: &str, default: f64| -> Result<f64> {
            let key = self.key(option);
            match self.options.text(&key) {
                None => Ok(default),
                Some(text) => parse_double(text.trim())
                    .filter(|value| (min..=max).contains(value))
                    .ok_or_else(|| {
                        self.options
                            .invalid_value(&key, "a number that the column's type holds")
                    }),
            }
        };
        let (min, max) = (read("min", min)?, read("max", max)?);
        if min > max {
            return Err(self
                .options
                .invalid_value(&self.key("max"), "a number that is not below 'min'"));
        }
        Ok(Kind::Floating { min, max })
    }

    /// The length of values, which for a fixed length is the type's own.
    fn length(&self, limit: u32, fixed: bool) -> Result<(u32, bool)> {
        let key = self.key("length");
        let variable = self.options.boolean(&self.key("var-len"))?;
        if fixed && variable {
            return Err(self.options.invalid_value(
                &self.key("var-len"),
                "false, because the column's length is fixed",
            ));
        }
        let default = if fixed { limit } else { limit.min(DEFAULT_LENGTH) };
        let length = match self.options.positive(&key)? {
            None => default,
            Some(length) => u32::try_from(length)
                .ok()
                .filter(|&length| if fixed { length == limit } else { length <= limit })
                .ok_or_else(|| {
                    self.options.invalid_value(
                        &key,
                        &if fixed {
                            format!("{limit}, the column's length")
                        } else {
                            format!("at most {limit}, the column's length")
                        },
                    )
                })?,
        };
        Ok((length, variable))
    }

    fn unsupported(&self, logical_type: &LogicalType, kind: &str) -> nutkin_engine::EngineError {
        PlanError::unsupported(
            format!(
                "The kind '{kind}' for the column '{}' of type {} in a datagen table",
                self.name,
                logical_type.as_summary_string()
            ),
            if kind == "sequence" {
                "sequences are numbers and texts of numbers; use the kind 'random'"
            } else {
                "make a table of scalar columns and build the nested value in the query"
            },
        )
        .into()
    }
}
