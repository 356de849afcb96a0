//! `java.time.format.DateTimeFormatter.ofPattern`, in English.

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};

use super::pattern::{Item, MONTHS, WEEKDAYS, items, name_prefix};
use super::point::{NANOS_PER_SECOND, Point};
use crate::error::{FunctionError, Result};
use crate::number::day_of_date;

/// Letters of the zone, which local times do not have.
const ZONE_LETTERS: &str = "VvzOXxZ";
const LETTERS: &str = "GuyDMLdQqYwWEecFaBhKkHmsSAnN";

/// A compiled pattern.
#[derive(Debug, Clone)]
pub(super) struct DateTimeFormatter {
    items: Vec<Item>,
}

impl DateTimeFormatter {
    /// The formatter of a pattern.
    pub(super) fn of_pattern(pattern: &str) -> Result<Self> {
        let illegal = |message: String| FunctionError::Compute {
            class: "java.lang.IllegalArgumentException",
            message,
        };
        let items = items(pattern, true).ok_or_else(|| {
            illegal(format!(
                "Pattern ends with an incomplete string literal: {pattern}"
            ))
        })?;
        for item in &items {
            if let Item::Letters(letter, _) = item
                && !LETTERS.contains(*letter)
                && !ZONE_LETTERS.contains(*letter)
            {
                return Err(illegal(format!("Unknown pattern letter: {letter}")));
            }
        }
        Ok(Self { items })
    }

    /// The text of a local time.
    pub(super) fn format(&self, point: Point) -> Result<String> {
        let mut text = String::new();
        let unsupported = |letter: char| FunctionError::Compute {
            class: "java.time.DateTimeException",
            message: format!("Unable to print the pattern letter {letter} of a local time"),
        };
        let date = point.date().ok_or_else(|| unsupported('u'))?;
        for item in &self.items {
            match item {
                Item::Literal(literal) => text.push_str(literal),
                Item::OptionalStart | Item::OptionalEnd => {}
                Item::Letters(letter, count) => {
                    write_field(*letter, *count, date, point.nanos, &mut text)
                        .ok_or_else(|| unsupported(*letter))?;
                }
            }
        }
        Ok(text)
    }

    /// Reads a text as `fromTemporalAccessor` completes it: fields that are missing are those of
    /// 1970-01-01T00:00. `None` if the text does not have the form.
    pub(super) fn parse(&self, text: &str) -> Option<Point> {
        let mut fields = Fields::default();
        let rest = parse_items(&self.items, text, &mut fields)?;
        if !rest.is_empty() {
            return None;
        }
        fields.resolve()
    }
}

/// `count` digits at least.
fn padded(value: i64, count: usize, text: &mut String) {
    let _ = write!(text, "{value:0count$}");
}

fn write_field(letter: char, count: usize, date: NaiveDate, nanos: i64, text: &mut String) -> Option<()> {
    let seconds = nanos / NANOS_PER_SECOND;
    let hour = seconds / 3600;
    let year = i64::from(date.year());
    let weekday = date.weekday().num_days_from_sunday();
    match letter {
        'G' => text.push_str(match (year > 0, count) {
            (true, 4) => "Anno Domini",
            (false, 4) => "Before Christ",
            (true, 5) => "A",
            (false, 5) => "B",
            (true, _) => "AD",
            (false, _) => "BC",
        }),
        'u' | 'y' | 'Y' => {
            let year = match letter {
                'y' if year <= 0 => 1 - year,
                'Y' => i64::from(week_year(date)),
                _ => year,
            };
            if count == 2 {
                padded(year.rem_euclid(100), 2, text);
            } else {
                if year > 9999 && count >= 4 {
                    text.push('+');
                }
                padded(year, count, text);
            }
        }
        'D' => padded(date.ordinal().into(), count, text),
        'M' | 'L' => names(
            &MONTHS,
            date.month0() as usize,
            i64::from(date.month()),
            count,
            text,
        ),
        'd' => padded(date.day().into(), count, text),
        'Q' | 'q' => {
            let quarter = date.month0() / 3 + 1;
            match count {
                1 | 2 => padded(quarter.into(), count, text),
                3 => {
                    let _ = write!(text, "Q{quarter}");
                }
                4 => {
                    let suffix = ["st", "nd", "rd", "th"][quarter as usize - 1];
                    let _ = write!(text, "{quarter}{suffix} quarter");
                }
                _ => padded(quarter.into(), 1, text),
            }
        }
        'w' => padded(week_of_year(date).into(), count, text),
        'W' => padded(week_of_month(date).into(), count, text),
        'E' => names(&WEEKDAYS, weekday as usize, 0, count.max(3), text),
        'e' | 'c' => names(&WEEKDAYS, weekday as usize, i64::from(weekday) + 1, count, text),
        'F' => padded(i64::from((date.day() - 1) / 7 + 1), count, text),
        'a' => text.push_str(if hour < 12 { "AM" } else { "PM" }),
        'B' => text.push_str(match (hour, nanos) {
            (0, 0) => "midnight",
            (12, noon) if noon == 43_200 * NANOS_PER_SECOND => "noon",
            (6..=11, _) => "in the morning",
            (12..=17, _) => "in the afternoon",
            (18..=20, _) => "in the evening",
            _ => "at night",
        }),
        'h' => padded((hour + 11) % 12 + 1, count, text),
        'K' => padded(hour % 12, count, text),
        'k' => padded((hour + 23) % 24 + 1, count, text),
        'H' => padded(hour, count, text),
        'm' => padded(seconds / 60 % 60, count, text),
        's' => padded(seconds % 60, count, text),
        'S' => {
            let digits = format!("{:09}", nanos % NANOS_PER_SECOND);
            text.push_str(digits.get(..count.min(9))?);
        }
        'A' => padded(nanos / 1_000_000, count, text),
        'n' => padded(nanos % NANOS_PER_SECOND, count, text),
        'N' => padded(nanos, count, text),
        _ => return None,
    }
    Some(())
}

/// A number for one or two letters, a short name for three, the whole one for four, a letter for five.
fn names(names: &[&str], index: usize, number: i64, count: usize, text: &mut String) {
    let name = names.get(index).copied().unwrap_or_default();
    match count {
        0..=2 => padded(number, count, text),
        4 => text.push_str(name),
        5 => text.push_str(name.get(..1).unwrap_or_default()),
        _ => text.push_str(name.get(..3).unwrap_or_default()),
    }
}

/// The week of the year as in the United States: weeks begin on Sunday, the first one has January 1st.
fn week_of_year(date: NaiveDate) -> u32 {
    if week_year(date) != date.year() {
        return 1;
    }
    let first = date
        .with_ordinal(1)
        .map_or(0, |first| first.weekday().num_days_from_sunday());
    (date.ordinal0() + first) / 7 + 1
}

fn week_year(date: NaiveDate) -> i32 {
    let saturday = date.checked_add_days(chrono::Days::new(u64::from(
        6 - date.weekday().num_days_from_sunday(),
    )));
    saturday.map_or(date.year(), |saturday| saturday.year())
}

fn week_of_month(date: NaiveDate) -> u32 {
    let first = date
        .with_day(1)
        .map_or(0, |first| first.weekday().num_days_from_sunday());
    (date.day0() + first) / 7 + 1
}

/// What was read so far.
#[derive(Debug, Clone, Copy, Default)]
struct Fields {
    year: Option<i64>,
    month: Option<i64>,
    day: Option<i64>,
    day_of_year: Option<i64>,
    hour: Option<i64>,
    hour_of_half: Option<i64>,
    afternoon: Option<bool>,
    minute: Option<i64>,
    second: Option<i64>,
    nanos: Option<i64>,
}

impl Fields {
    fn resolve(self) -> Option<Point> {
        let within = |value: Option<i64>, least: i64, most: i64, missing: i64| match value {
            Some(value) if (least..=most).contains(&value) => Some(value),
            Some(_) => None,
            None => Some(missing),
        };
        let year = i32::try_from(self.year.unwrap_or(1970)).ok()?;
        let day = match (self.day_of_year, self.month, self.day) {
            (Some(ordinal), None, None) if self.year.is_some() => {
                NaiveDate::from_yo_opt(year, u32::try_from(ordinal).ok()?)?
            }
            _ => {
                let month = u32::try_from(within(self.month, 1, 12, 1)?).ok()?;
                let day = u32::try_from(within(self.day, 1, 31, 1)?).ok()?;
                let first = NaiveDate::from_ymd_opt(year, month, 1)?;
                // A day that the month does not have is its last one.
                first.with_day(day.min(u32::from(first.num_days_in_month())))?
            }
        };
        let hour = match (self.hour, self.hour_of_half, self.afternoon) {
            (Some(_), ..) => within(self.hour, 0, 23, 0)?,
            (None, Some(hour), Some(afternoon)) => {
                within(Some(hour), 0, 11, 0)? + if afternoon { 12 } else { 0 }
            }
            _ => 0,
        };
        let minute = within(self.minute, 0, 59, 0)?;
        let second = within(self.second, 0, 59, 0)?;
        Some(Point {
            day: day_of_date(day),
            nanos: (hour * 3600 + minute * 60 + second) * NANOS_PER_SECOND + self.nanos.unwrap_or(0),
        })
    }
}

/// Reads the items one after the other; the answer is what is left of the text.
fn parse_items<'a>(items: &[Item], text: &'a str, fields: &mut Fields) -> Option<&'a str> {
    let mut rest = text;
    let mut position = 0;
    while let Some(item) = items.get(position) {
        match item {
            Item::Literal(literal) => rest = rest.strip_prefix(literal.as_str())?,
            Item::OptionalStart => {
                let end = closing(items, position);
                let mut attempt = *fields;
                if let Some(after) = parse_items(items.get(position + 1..end)?, rest, &mut attempt) {
                    *fields = attempt;
                    rest = after;
                }
                position = end;
            }
            Item::OptionalEnd => {}
            Item::Letters(letter, count) => {
                let reserved = adjacent_width(&items[position + 1..]);
                rest = parse_field(*letter, *count, reserved, rest, fields)?;
            }
        }
        position += 1;
    }
    Some(rest)
}

/// Where the bracket at `start` is closed.
fn closing(items: &[Item], start: usize) -> usize {
    let mut depth = 0;
    for (position, item) in items.iter().enumerate().skip(start) {
        match item {
            Item::OptionalStart => depth += 1,
            Item::OptionalEnd => {
                depth -= 1;
                if depth == 0 {
                    return position;
                }
            }
            _ => {}
        }
    }
    items.len()
}

fn is_number(letter: char, count: usize) -> bool {
    match letter {
        'M' | 'L' | 'Q' | 'q' | 'e' | 'c' => count <= 2,
        'G' | 'E' | 'a' | 'B' => false,
        _ => true,
    }
}

/// The digits that numbers of fixed width right behind this one need.
fn adjacent_width(items: &[Item]) -> usize {
    items
        .iter()
        .map_while(|item| match item {
            Item::Letters(letter, count) if is_number(*letter, *count) && *count >= 2 && *letter != 'S' => {
                Some(*count)
            }
            _ => None,
        })
        .sum()
}

fn parse_field<'a>(
    letter: char,
    count: usize,
    reserved: usize,
    text: &'a str,
    fields: &mut Fields,
) -> Option<&'a str> {
    let short = |names: &[&'static str]| -> Vec<&'static str> {
        names.iter().map(|name| &name[..name.len().min(3)]).collect()
    };
    if !is_number(letter, count) {
        let (index, length) = match letter {
            'M' | 'L' if count == 4 => name_prefix(text, &MONTHS, true)?,
            'M' | 'L' => name_prefix(text, &short(&MONTHS), true)?,
            'E' | 'e' | 'c' if count == 4 => name_prefix(text, &WEEKDAYS, true)?,
            'E' | 'e' | 'c' => name_prefix(text, &short(&WEEKDAYS), true)?,
            'a' => name_prefix(text, &["AM", "PM"], true)?,
            'G' => name_prefix(text, &["AD"], true)?,
            _ => return None,
        };
        match letter {
            'M' | 'L' => fields.month = i64::try_from(index + 1).ok(),
            'a' => fields.afternoon = Some(index == 1),
            _ => {}
        }
        return text.get(length..);
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (least, most) = match (letter, count) {
        ('S', _) => (count, count),
        ('u' | 'y', 1) => (1, 19),
        ('u' | 'y', 2) => (2, 2),
        ('u' | 'y', _) => (count, 19),
        (_, 1) => (1, 19),
        _ => (count, count),
    };
    let length = if most == 19 {
        digits.saturating_sub(reserved).min(18).max(least)
    } else {
        most
    };
    if digits < length.max(least) {
        return None;
    }
    let (number, rest) = text.split_at_checked(length)?;
    let value: i64 = number.parse().ok()?;
    match letter {
        'u' | 'y' if count == 2 => fields.year = Some(2000 + value),
        // More digits than letters need a sign.
        'u' | 'y' if count >= 4 && length > count => return None,
        'u' | 'y' => fields.year = Some(value),
        'M' | 'L' => fields.month = Some(value),
        'd' => fields.day = Some(value),
        'D' => fields.day_of_year = Some(value),
        'H' => fields.hour = Some(value),
        'k' => fields.hour = Some(value % 24),
        'h' => fields.hour_of_half = Some(value % 12),
        'K' => fields.hour_of_half = Some(value),
        'm' => fields.minute = Some(value),
        's' => fields.second = Some(value),
        'S' => fields.nanos = format!("{number:0<9}").get(..9)?.parse().ok(),
        'n' => fields.nanos = Some(value),
        // Checked by Java against the date; they do not say which day it is.
        'Q' | 'q' | 'F' | 'e' | 'c' | 'w' | 'W' => {}
        _ => return None,
    }
    Some(rest)
}
