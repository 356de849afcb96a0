//! Putting values into a column.

use nutkin_plan::types::TypeKind;

use super::{ColumnBuilder, Values};
use crate::text::{
    TimestampFormat, decode_base64, parse_date, parse_decimal, parse_double, parse_integer, parse_time,
    parse_timestamp,
};

impl ColumnBuilder {
    /// Appends NULL, or says that the type does not have it.
    pub(crate) fn append_null(&mut self) -> Result<(), String> {
        if !self.logical_type.nullable {
            return Err("the column is NOT NULL".to_owned());
        }
        self.append_filler();
        Ok(())
    }

    /// Appends NULL, or where the type does not have it, a value for a place that nobody will read.
    pub(crate) fn append_filler(&mut self) {
        let null = self.logical_type.nullable;
        match &mut self.values {
            Values::Boolean(builder) => builder.append_option((!null).then_some(false)),
            Values::TinyInt(builder) => builder.append_option((!null).then_some(0)),
            Values::SmallInt(builder) => builder.append_option((!null).then_some(0)),
            Values::Int32(builder) => builder.append_option((!null).then_some(0)),
            Values::Int64(builder) => builder.append_option((!null).then_some(0)),
            Values::Float(builder) => builder.append_option((!null).then_some(0.0)),
            Values::Double(builder) => builder.append_option((!null).then_some(0.0)),
            Values::String(builder) => builder.append_option((!null).then_some("")),
            Values::Bytes(builder, _) => builder.append_option((!null).then_some(b"")),
            Values::Decimal(builder) => builder.append_option((!null).then_some(0)),
            Values::List(nested, _) | Values::Map(nested, _, _) => {
                let end = nested.offsets.last().copied().unwrap_or_default();
                nested.offsets.push(end);
                nested.nulls.append(!null);
            }
            Values::Row(nulls, fields) => {
                nulls.append(!null);
                for field in fields {
                    field.append_filler();
                }
            }
            Values::Null(count) => *count += 1,
        }
    }

    /// Appends what the text of a scalar stands for.
    pub(crate) fn append_text(&mut self, text: &str, timestamps: TimestampFormat) -> Result<(), String> {
        let expected = |what: &str| format!("'{text}' is not {what}");
        match (&mut self.values, &self.logical_type.kind) {
            (Values::String(builder), _) => builder.append_value(text),
            (Values::Int64(builder), TypeKind::BigInt | TypeKind::IntervalDayTime) => {
                builder.append_value(parse_integer(text.trim()).ok_or_else(|| expected("a BIGINT"))?);
            }
            (Values::Int32(builder), TypeKind::Int | TypeKind::IntervalYearMonth) => {
                builder.append_value(parse_narrow(text).ok_or_else(|| expected("an INT"))?);
            }
            (Values::SmallInt(builder), _) => {
                builder.append_value(parse_narrow(text).ok_or_else(|| expected("a SMALLINT"))?);
            }
            (Values::TinyInt(builder), _) => {
                builder.append_value(parse_narrow(text).ok_or_else(|| expected("a TINYINT"))?);
            }
            (Values::Double(builder), _) => {
                builder.append_value(parse_double(text.trim()).ok_or_else(|| expected("a DOUBLE"))?);
            }
            (Values::Float(builder), _) => {
                let value = parse_double(text.trim()).ok_or_else(|| expected("a FLOAT"))?;
                // The short text is parsed again, because rounding twice is not rounding once.
                builder.append_value(text.trim().parse().unwrap_or(value as f32));
            }
            (Values::Boolean(builder), _) => builder.append_value(text.trim().eq_ignore_ascii_case("true")),
            (Values::Decimal(builder), TypeKind::Decimal { precision, scale }) => {
                match parse_decimal(text.trim(), *precision, *scale) {
                    Ok(Some(value)) => builder.append_value(value),
                    // Flink makes a number with too many digits NULL.
                    Ok(None) if self.logical_type.nullable => builder.append_null(),
                    Ok(None) => {
                        return Err(expected(&format!(
                            "within {}",
                            self.logical_type.as_summary_string()
                        )));
                    }
                    Err(()) => return Err(expected("a DECIMAL")),
                }
            }
            (Values::Bytes(builder, buffer), _) => {
                buffer.clear();
                decode_base64(text, buffer)?;
                builder.append_value(&*buffer);
            }
            (Values::Int32(builder), TypeKind::Date) => {
                builder.append_value(parse_date(text).ok_or_else(|| expected("a DATE (yyyy-MM-dd)"))?);
            }
            (Values::Int32(builder), TypeKind::Time(precision)) => {
                let value = parse_time(text, *precision).and_then(|value| i32::try_from(value).ok());
                builder.append_value(value.ok_or_else(|| expected("a TIME (HH:mm:ss)"))?);
            }
            (Values::Int64(builder), TypeKind::Time(precision)) => {
                builder.append_value(
                    parse_time(text, *precision).ok_or_else(|| expected("a TIME (HH:mm:ss.SSS)"))?,
                );
            }
            (Values::Int64(builder), TypeKind::Timestamp(precision)) => {
                let value = parse_timestamp(text.trim(), *precision, timestamps, false);
                builder.append_value(value.ok_or_else(|| match timestamps {
                    TimestampFormat::Sql => expected("a TIMESTAMP (yyyy-MM-dd HH:mm:ss.SSS)"),
                    TimestampFormat::Iso8601 => expected("a TIMESTAMP (yyyy-MM-ddTHH:mm:ss.SSS)"),
                })?);
            }
            (Values::Int64(builder), TypeKind::TimestampLtz(precision)) => {
                let value = parse_timestamp(text.trim(), *precision, timestamps, true);
                builder.append_value(value.ok_or_else(|| match timestamps {
                    TimestampFormat::Sql => expected("a TIMESTAMP_LTZ (yyyy-MM-dd HH:mm:ss.SSSZ)"),
                    TimestampFormat::Iso8601 => expected("a TIMESTAMP_LTZ (yyyy-MM-ddTHH:mm:ss.SSSZ)"),
                })?);
            }
            (Values::Null(count), _) => *count += 1,
            _ => {
                return Err(format!(
                    "'{text}' is not of type {}",
                    self.logical_type.as_summary_string()
                ));
            }
        }
        Ok(())
    }

    /// Appends a whole number in the representation of the type: days of a DATE, the unscaled value of
    /// a DECIMAL, the digits of a STRING.
    pub(crate) fn append_number(&mut self, value: i128) -> Result<(), String> {
        let misfit = || {
            format!(
                "'{value}' is not of type {}",
                self.logical_type.as_summary_string()
            )
        };
        match &mut self.values {
            Values::TinyInt(builder) => builder.append_value(i8::try_from(value).map_err(|_| misfit())?),
            Values::SmallInt(builder) => builder.append_value(i16::try_from(value).map_err(|_| misfit())?),
            Values::Int32(builder) => builder.append_value(i32::try_from(value).map_err(|_| misfit())?),
            Values::Int64(builder) => builder.append_value(i64::try_from(value).map_err(|_| misfit())?),
            Values::Float(builder) => builder.append_value(value as f32),
            Values::Double(builder) => builder.append_value(value as f64),
            Values::Decimal(builder) => builder.append_value(value),
            Values::String(builder) => builder.append_value(value.to_string()),
            _ => return Err(misfit()),
        }
        Ok(())
    }

    /// Appends to FLOAT or DOUBLE.
    pub(crate) fn append_floating(&mut self, value: f64) -> Result<(), String> {
        match &mut self.values {
            Values::Float(builder) => builder.append_value(value as f32),
            Values::Double(builder) => builder.append_value(value),
            _ => return Err(self.misfit("a number with a fraction")),
        }
        Ok(())
    }

    /// Appends to BOOLEAN.
    pub(crate) fn append_boolean(&mut self, value: bool) -> Result<(), String> {
        match &mut self.values {
            Values::Boolean(builder) => builder.append_value(value),
            _ => return Err(self.misfit("a truth value")),
        }
        Ok(())
    }

    /// Appends to CHAR or VARCHAR.
    pub(crate) fn append_string(&mut self, value: &str) -> Result<(), String> {
        match &mut self.values {
            Values::String(builder) => builder.append_value(value),
            _ => return Err(self.misfit("a text")),
        }
        Ok(())
    }

    /// Appends to BINARY or VARBINARY.
    pub(crate) fn append_bytes(&mut self, value: &[u8]) -> Result<(), String> {
        match &mut self.values {
            Values::Bytes(builder, _) => builder.append_value(value),
            _ => return Err(self.misfit("a byte string")),
        }
        Ok(())
    }

    fn misfit(&self, what: &str) -> String {
        format!("{what} is not of type {}", self.logical_type.as_summary_string())
    }
}

fn parse_narrow<T: TryFrom<i64>>(text: &str) -> Option<T> {
    parse_integer(text.trim()).and_then(|value| T::try_from(value).ok())
}
