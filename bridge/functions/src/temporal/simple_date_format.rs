//! `java.text.SimpleDateFormat`, in English: lenient when it reads, and blind to what follows.

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate, Utc};

use super::pattern::{Item, MONTHS, WEEKDAYS, items, name_prefix};
use super::point::{NANOS_PER_SECOND, Point};
use crate::error::{FunctionError, Result};
use crate::number::day_of_date;
use crate::time_zone::SessionTimeZone;

const LETTERS: &str = "GyYMLwWDdFEuaHkKhmsSzZX";

/// A compiled pattern.
#[derive(Debug, Clone)]
pub(super) struct SimpleDateFormat {
    items: Vec<Item>,
}

impl SimpleDateFormat {
    /// The format of a pattern.
    pub(super) fn of_pattern(pattern: &str) -> Result<Self> {
        let illegal = |message: &str| FunctionError::Compute {
            class: "java.lang.IllegalArgumentException",
            message: message.to_owned(),
        };
        let items = items(pattern, false).ok_or_else(|| illegal("Unterminated quote"))?;
        for item in &items {
            if let Item::Letters(letter, _) = item
                && !LETTERS.contains(*letter)
            {
                return Err(illegal(&format!("Illegal pattern character '{letter}'")));
            }
        }
        Ok(Self { items })
    }

    /// The text of an instant, in milliseconds, in a zone.
    pub(super) fn format(&self, millis: i64, zone: &SessionTimeZone) -> String {
        let point = Point::of_millis(zone.to_local(millis, 1000));
        let mut text = String::new();
        let Some(date) = point.date() else { return text };
        let seconds = point.nanos / NANOS_PER_SECOND;
        let hour = seconds / 3600;
        for item in &self.items {
            let (letter, count) = match item {
                Item::Literal(literal) => {
                    text.push_str(literal);
                    continue;
                }
                Item::Letters(letter, count) => (*letter, *count),
                Item::OptionalStart | Item::OptionalEnd => continue,
            };
            let number = match letter {
                'y' | 'Y' if count == 2 => {
                    let _ = write!(text, "{:02}", date.year().rem_euclid(100));
                    continue;
                }
                'y' | 'Y' => i64::from(date.year()),
                'M' | 'L' if count >= 3 => {
                    let name = MONTHS[date.month0() as usize];
                    text.push_str(if count == 3 { &name[..3] } else { name });
                    continue;
                }
                'E' => {
                    let name = WEEKDAYS[date.weekday().num_days_from_sunday() as usize];
                    text.push_str(if count <= 3 { &name[..3] } else { name });
                    continue;
                }
                'G' => {
                    text.push_str("AD");
                    continue;
                }
                'a' => {
                    text.push_str(if hour < 12 { "AM" } else { "PM" });
                    continue;
                }
                'z' => {
                    text.push_str(&zone.abbreviation_at(millis.div_euclid(1000)));
                    continue;
                }
                'Z' | 'X' => {
                    write_offset(
                        zone.offset_seconds_at(millis.div_euclid(1000)),
                        letter,
                        count,
                        &mut text,
                    );
                    continue;
                }
                'M' | 'L' => i64::from(date.month()),
                'D' => i64::from(date.ordinal()),
                'd' => i64::from(date.day()),
                'F' => i64::from((date.day() - 1) / 7 + 1),
                'u' => i64::from(date.weekday().number_from_monday()),
                'w' => i64::from((date.ordinal0() + first_weekday(date.with_ordinal(1))) / 7 + 1),
                'W' => i64::from((date.day0() + first_weekday(date.with_day(1))) / 7 + 1),
                'H' => hour,
                'k' => (hour + 23) % 24 + 1,
                'K' => hour % 12,
                'h' => (hour + 11) % 12 + 1,
                'm' => seconds / 60 % 60,
                's' => seconds % 60,
                _ => point.nanos / 1_000_000 % 1000,
            };
            let _ = write!(text, "{number:0count$}");
        }
        text
    }

    /// Reads the start of a text as local time of a zone; milliseconds since 1970-01-01T00:00:00Z.
    pub(super) fn parse(&self, text: &str, zone: &SessionTimeZone) -> Option<i64> {
        let mut fields = Fields::default();
        let mut rest = text;
        for (position, item) in self.items.iter().enumerate() {
            match item {
                Item::Literal(literal) => rest = rest.strip_prefix(literal.as_str())?,
                Item::Letters(letter, count) => {
                    let followed = match self.items.get(position + 1) {
                        Some(Item::Letters(next, width)) => is_number(*next, *width),
                        _ => false,
                    };
                    rest = fields.read(*letter, *count, followed, rest)?;
                }
                Item::OptionalStart | Item::OptionalEnd => {}
            }
        }
        fields.resolve(zone)
    }
}

fn first_weekday(first: Option<NaiveDate>) -> u32 {
    first.map_or(0, |first| first.weekday().num_days_from_sunday())
}

fn write_offset(offset: i64, letter: char, count: usize, text: &mut String) {
    if letter == 'X' && offset == 0 {
        text.push('Z');
        return;
    }
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.abs() / 60;
    let _ = match (letter, count) {
        ('X', 1) => write!(text, "{sign}{:02}", minutes / 60),
        ('X', 3) => write!(text, "{sign}{:02}:{:02}", minutes / 60, minutes % 60),
        _ => write!(text, "{sign}{:02}{:02}", minutes / 60, minutes % 60),
    };
}

fn is_number(letter: char, count: usize) -> bool {
    match letter {
        'M' | 'L' => count <= 2,
        'G' | 'E' | 'a' | 'z' | 'Z' | 'X' => false,
        _ => true,
    }
}

/// What was read; fields out of their bounds carry over to the next ones.
#[derive(Debug, Clone, Copy, Default)]
struct Fields {
    year: Option<i64>,
    month: Option<i64>,
    day: Option<i64>,
    day_of_year: Option<i64>,
    hour: Option<i64>,
    hour_of_half: Option<i64>,
    afternoon: Option<bool>,
    minute: i64,
    second: i64,
    millis: i64,
    offset_seconds: Option<i64>,
}

impl Fields {
    fn read<'a>(&mut self, letter: char, count: usize, followed: bool, text: &'a str) -> Option<&'a str> {
        let text = text.trim_start_matches([' ', '\t']);
        if !is_number(letter, count) {
            return self.read_name(letter, count, text);
        }
        let negative = text.starts_with('-') && !followed;
        let unsigned = if negative { &text[1..] } else { text };
        let mut length = unsigned.bytes().take_while(u8::is_ascii_digit).count().min(18);
        // Numbers that touch are told apart by their letters.
        if followed {
            length = length.min(count);
        }
        if length == 0 {
            return None;
        }
        let (digits, rest) = unsigned.split_at_checked(length)?;
        let value: i64 = digits.parse().ok()?;
        let value = if negative { -value } else { value };
        match letter {
            'y' | 'Y' if count <= 2 && length == 2 && !negative => self.year = Some(pivoted(value)),
            'y' | 'Y' => self.year = Some(value),
            'M' | 'L' => self.month = Some(value),
            'd' => self.day = Some(value),
            'D' => self.day_of_year = Some(value),
            'H' => self.hour = Some(value),
            'k' => self.hour = Some(if value == 24 { 0 } else { value }),
            'K' => self.hour_of_half = Some(value),
            'h' => self.hour_of_half = Some(if value == 12 { 0 } else { value }),
            'm' => self.minute = value,
            's' => self.second = value,
            'S' => self.millis = value,
            _ => {}
        }
        Some(rest)
    }

    fn read_name<'a>(&mut self, letter: char, count: usize, text: &'a str) -> Option<&'a str> {
        let with_short = |names: &[&'static str]| -> Vec<&'static str> {
            names
                .iter()
                .copied()
                .chain(names.iter().map(|name| &name[..name.len().min(3)]))
                .collect()
        };
        let (index, length) = match letter {
            'M' | 'L' => name_prefix(text, &with_short(&MONTHS), false)?,
            'E' => name_prefix(text, &with_short(&WEEKDAYS), false)?,
            'a' => name_prefix(text, &["AM", "PM"], false)?,
            'G' => name_prefix(text, &["BC", "AD"], false)?,
            'z' | 'Z' | 'X' => return self.read_zone(letter, count, text),
            _ => return None,
        };
        match letter {
            'M' | 'L' => self.month = i64::try_from(index % 12 + 1).ok(),
            'a' => self.afternoon = Some(index == 1),
            _ => {}
        }
        text.get(length..)
    }

    fn read_zone<'a>(&mut self, letter: char, _count: usize, text: &'a str) -> Option<&'a str> {
        if let Some(rest) = text.strip_prefix('Z')
            && letter == 'X'
        {
            self.offset_seconds = Some(0);
            return Some(rest);
        }
        let length = text
            .bytes()
            .take_while(|byte| byte.is_ascii_alphanumeric() || b"+-:/_".contains(byte))
            .count();
        let (name, rest) = text.split_at_checked(length)?;
        self.offset_seconds = Some(SessionTimeZone::find(name)?.offset_seconds_at(0));
        Some(rest)
    }

    fn resolve(self, zone: &SessionTimeZone) -> Option<i64> {
        let year = self.year.unwrap_or(1970);
        let months = year
            .checked_mul(12)?
            .checked_add(self.month.unwrap_or(1).checked_sub(1)?)?;
        let first = NaiveDate::from_ymd_opt(
            i32::try_from(months.div_euclid(12)).ok()?,
            u32::try_from(months.rem_euclid(12) + 1).ok()?,
            1,
        )?;
        let day = match (self.day_of_year, self.day) {
            (Some(ordinal), None) => day_of_date(first.with_ordinal(1)?).checked_add(ordinal - 1)?,
            (_, day) => day_of_date(first).checked_add(day.unwrap_or(1).checked_sub(1)?)?,
        };
        let half = if self.afternoon == Some(true) { 12 } else { 0 };
        let hour = self
            .hour
            .or(self.hour_of_half.map(|hour| hour + half))
            .unwrap_or(half);
        let seconds = day
            .checked_mul(86_400)?
            .checked_add(hour.checked_mul(3600)?)?
            .checked_add(self.minute.checked_mul(60)?)?
            .checked_add(self.second)?;
        let seconds = seconds.checked_add(self.millis.div_euclid(1000))?;
        let instant = match self.offset_seconds {
            Some(offset) => seconds - offset,
            None => zone.later_instant_of_local(seconds),
        };
        instant
            .checked_mul(1000)?
            .checked_add(self.millis.rem_euclid(1000))
    }
}

/// A year of two digits is at most 80 years ago and less than 20 years ahead.
fn pivoted(value: i64) -> i64 {
    let earliest = i64::from(Utc::now().year()) - 80;
    let candidate = earliest.div_euclid(100) * 100 + value;
    if candidate < earliest {
        candidate + 100
    } else {
        candidate
    }
}
