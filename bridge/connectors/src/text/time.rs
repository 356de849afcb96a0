//! Dates, times and timestamps.
//!
//! Values are counted as Arrow counts them: days, and seconds, milliseconds, microseconds or
//! nanoseconds by the precision of the type. Digits beyond the precision are cut off.

use std::fmt::Write as _;

/// How a timestamp's date and time are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimestampFormat {
    /// `2020-01-01 12:00:00.123`.
    Sql,
    /// `2020-01-01T12:00:00.123`.
    Iso8601,
}

const NANOS_PER_SECOND: i64 = 1_000_000_000;
const SECONDS_PER_DAY: i64 = 86_400;

/// How many fraction digits the Arrow unit of a precision counts.
pub(crate) fn unit_digits(precision: u8) -> u32 {
    match precision {
        0 => 0,
        1..=3 => 3,
        4..=6 => 6,
        _ => 9,
    }
}

/// Nanoseconds of a second in the unit of a precision, cut off at the precision.
pub(crate) fn fraction_to_unit(nanos: i64, precision: u8) -> i64 {
    let precision = u32::from(precision.min(9));
    let kept = nanos / 10_i64.pow(9 - precision);
    kept * 10_i64.pow(unit_digits(precision as u8) - precision)
}

/// Parses `yyyy-[M]M-[d]d` into days since 1970-01-01.
pub(crate) fn parse_date(text: &str) -> Option<i32> {
    let mut scanner = Scanner(text.as_bytes());
    let days = scanner.date()?;
    scanner.0.is_empty().then_some(days)
}

/// Parses `HH:mm[:ss[.fraction]]` into the unit of `precision`.
pub(crate) fn parse_time(text: &str, precision: u8) -> Option<i64> {
    let mut scanner = Scanner(text.as_bytes());
    let (seconds, nanos) = scanner.time()?;
    scanner
        .0
        .is_empty()
        .then(|| seconds * 10_i64.pow(unit_digits(precision)) + fraction_to_unit(nanos, precision))
}

/// Parses a date and a time into the unit of `precision`; with `zoned`, a `Z` must follow.
pub(crate) fn parse_timestamp(
    text: &str,
    precision: u8,
    format: TimestampFormat,
    zoned: bool,
) -> Option<i64> {
    let mut scanner = Scanner(text.as_bytes());
    let days = scanner.date()?;
    scanner.byte(match format {
        TimestampFormat::Sql => b' ',
        TimestampFormat::Iso8601 => b'T',
    })?;
    let (seconds, nanos) = scanner.time()?;
    if zoned {
        scanner.byte(b'Z')?;
    }
    if !scanner.0.is_empty() {
        return None;
    }
    (i64::from(days) * SECONDS_PER_DAY + seconds)
        .checked_mul(10_i64.pow(unit_digits(precision)))?
        .checked_add(fraction_to_unit(nanos, precision))
}

/// What is left of a text.
struct Scanner<'a>(&'a [u8]);

impl Scanner<'_> {
    fn byte(&mut self, expected: u8) -> Option<()> {
        let (first, rest) = self.0.split_first()?;
        (*first == expected).then(|| self.0 = rest)
    }

    /// A number of `least` to `most` digits.
    fn number(&mut self, least: usize, most: usize) -> Option<i64> {
        let length = self
            .0
            .iter()
            .take(most)
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if length < least {
            return None;
        }
        let (digits, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(
            digits
                .iter()
                .fold(0, |value, digit| value * 10 + i64::from(digit - b'0')),
        )
    }

    fn date(&mut self) -> Option<i32> {
        let year = self.number(4, 4)?;
        self.byte(b'-')?;
        let month = self.number(1, 2)?;
        self.byte(b'-')?;
        let day = self.number(1, 2)?;
        let days = days_from_civil(year, month, day);
        // A day that its month does not have comes back as another one.
        if (1..=12).contains(&month) && civil_from_days(days) == (year, month, day) {
            i32::try_from(days).ok()
        } else {
            None
        }
    }

    /// Seconds of the day and nanoseconds of the second.
    fn time(&mut self) -> Option<(i64, i64)> {
        let hour = self.number(1, 2)?;
        self.byte(b':')?;
        let minute = self.number(1, 2)?;
        let (mut second, mut nanos) = (0, 0);
        if self.byte(b':').is_some() {
            second = self.number(1, 2)?;
            if self.byte(b'.').is_some() {
                let before = self.0.len();
                let fraction = self.number(1, 9)?;
                let digits = u32::try_from(before - self.0.len()).ok()?;
                nanos = fraction * 10_i64.pow(9 - digits);
            }
        }
        (hour < 24 && minute < 60 && second < 60).then_some((hour * 3600 + minute * 60 + second, nanos))
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar. Years start in March, so that the
/// leap day is the last one.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month and day of days since 1970-01-01.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// Writes `yyyy-MM-dd`. Writing to a String cannot fail, here and below.
pub(crate) fn write_date(days: i64, text: &mut String) {
    let (year, month, day) = civil_from_days(days);
    let _ = write!(text, "{year:04}-{month:02}-{day:02}");
}

/// Seconds and nanoseconds of a value in the unit of a precision.
fn split(value: i64, precision: u8) -> (i64, i64) {
    let per_second = 10_i64.pow(unit_digits(precision));
    (
        value.div_euclid(per_second),
        value.rem_euclid(per_second) * (NANOS_PER_SECOND / per_second),
    )
}

/// Writes `HH:mm:ss` and a fraction without trailing zeros: `ISO_LOCAL_TIME`.
fn write_seconds_and_fraction(seconds: i64, nanos: i64, text: &mut String) {
    let _ = write!(
        text,
        "{:02}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    );
    if nanos > 0 {
        let fraction = format!("{nanos:09}");
        text.push('.');
        text.push_str(fraction.trim_end_matches('0'));
    }
}

/// Writes a TIME of the unit of `precision` as `HH:mm:ss[.fraction]`.
pub(crate) fn write_time(value: i64, precision: u8, text: &mut String) {
    let (seconds, nanos) = split(value, precision);
    write_seconds_and_fraction(seconds, nanos, text);
}

/// Writes a timestamp of the unit of `precision`; a fraction without trailing zeros; a `Z` when `zoned`.
pub(crate) fn write_timestamp(
    value: i64,
    precision: u8,
    format: TimestampFormat,
    zoned: bool,
    text: &mut String,
) {
    let (seconds, nanos) = split(value, precision);
    write_date(seconds.div_euclid(SECONDS_PER_DAY), text);
    text.push(match format {
        TimestampFormat::Sql => ' ',
        TimestampFormat::Iso8601 => 'T',
    });
    write_seconds_and_fraction(seconds.rem_euclid(SECONDS_PER_DAY), nanos, text);
    if zoned {
        text.push('Z');
    }
}

/// Writes `LocalTime.toString`: no seconds when they are zero, a fraction in groups of three digits.
pub(crate) fn write_local_time(value: i64, precision: u8, text: &mut String) {
    let (seconds, nanos) = split(value, precision);
    write_java_time(seconds, nanos, false, text);
}

/// Writes `LocalDateTime.toString`, or `Instant.toString` when `zoned`, which never leaves seconds out.
pub(crate) fn write_local_date_time(value: i64, precision: u8, zoned: bool, text: &mut String) {
    let (seconds, nanos) = split(value, precision);
    write_date(seconds.div_euclid(SECONDS_PER_DAY), text);
    text.push('T');
    write_java_time(seconds.rem_euclid(SECONDS_PER_DAY), nanos, zoned, text);
    if zoned {
        text.push('Z');
    }
}

fn write_java_time(seconds: i64, nanos: i64, always_seconds: bool, text: &mut String) {
    let _ = write!(text, "{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
    if always_seconds || seconds % 60 != 0 || nanos != 0 {
        let _ = write!(text, ":{:02}", seconds % 60);
    }
    if nanos == 0 {
        return;
    }
    let _ = if nanos % 1_000_000 == 0 {
        write!(text, ".{:03}", nanos / 1_000_000)
    } else if nanos % 1_000 == 0 {
        write!(text, ".{:06}", nanos / 1_000)
    } else {
        write!(text, ".{nanos:09}")
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_by_hand() {
        // Day counts from CPython's `(date(...) - date(1970, 1, 1)).days`.
        for (text, days) in [
            ("1970-01-01", Some(0)),
            ("2020-02-29", Some(18_321)),
            ("1969-12-31", Some(-1)),
            ("0001-01-01", Some(-719_162)),
            ("9999-12-31", Some(2_932_896)),
            ("2020-1-2", Some(18_263)),
            ("2021-02-29", None),
            ("2020-13-01", None),
            ("2020-00-01", None),
            ("2020-01-01x", None),
        ] {
            assert_eq!(parse_date(text), days, "{text}");
        }
        let mut text = String::new();
        write_date(18_321, &mut text);
        assert_eq!(text, "2020-02-29");
    }

    #[test]
    fn timestamps_in_units_of_their_precision() {
        let sql = TimestampFormat::Sql;
        // 1577880000 is 2020-01-01T12:00:00Z by CPython's calendar.timegm.
        assert_eq!(
            parse_timestamp("2020-01-01 12:00:00.123", 3, sql, false),
            Some(1_577_880_000_123)
        );
        assert_eq!(
            parse_timestamp("2020-01-01 12:00:00.129", 2, sql, false),
            Some(1_577_880_000_120)
        );
        assert_eq!(
            parse_timestamp("2020-01-01 12:00:00", 0, sql, false),
            Some(1_577_880_000)
        );
        assert_eq!(
            parse_timestamp("2020-01-01 12:00:00.123456789", 9, sql, false),
            Some(1_577_880_000_123_456_789)
        );
        assert_eq!(parse_timestamp("2020-01-01T12:00:00", 3, sql, false), None);
        assert_eq!(
            parse_timestamp("2020-01-01T12:00:00.5Z", 3, TimestampFormat::Iso8601, true),
            Some(1_577_880_000_500)
        );
        assert_eq!(parse_timestamp("2020-01-01 24:00:00", 3, sql, false), None);
        let mut text = String::new();
        write_timestamp(-1, 3, sql, false, &mut text);
        assert_eq!(text, "1969-12-31 23:59:59.999");
        text.clear();
        write_timestamp(1_577_880_000_120, 3, TimestampFormat::Iso8601, true, &mut text);
        assert_eq!(text, "2020-01-01T12:00:00.12Z");
    }

    #[test]
    fn java_times() {
        for (value, expected) in [
            (43_200_000, "12:00"),
            (43_201_000, "12:00:01"),
            (43_200_120, "12:00:00.120"),
        ] {
            let mut text = String::new();
            write_local_time(value, 3, &mut text);
            assert_eq!(text, expected);
        }
        let mut text = String::new();
        write_local_date_time(1_577_880_000_000_100, 6, false, &mut text);
        assert_eq!(text, "2020-01-01T12:00:00.000100");
        text.clear();
        write_local_date_time(1_577_880_000, 0, true, &mut text);
        assert_eq!(text, "2020-01-01T12:00:00Z");
        assert_eq!(parse_time("12:00:00.129", 1), Some(43_200_100));
    }
}
