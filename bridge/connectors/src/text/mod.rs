//! Texts of single values, as Java reads and writes them: numbers, dates, times and bytes.
//!
//! Formats and the row printer share these; what belongs to one format (quoting, null literals) is
//! with the format.

mod base64;
mod number;
mod time;

pub(crate) use base64::{decode_base64, encode_base64};
pub(crate) use number::{
    DecimalNotation, parse_decimal, parse_double, parse_integer, write_decimal, write_double, write_float,
    write_plain_decimal,
};
pub(crate) use time::{
    TimestampFormat, fraction_to_unit, parse_date, parse_time, parse_timestamp, unit_digits, write_date,
    write_local_date_time, write_local_time, write_time, write_timestamp,
};
