//! Dates and times as a day and nanoseconds of that day, in local time.

use chrono::{Datelike, NaiveDate};
use nutkin_plan::types::TypeKind;

use crate::number::{date_of_day, day_of_date};
use crate::time_zone::SessionTimeZone;

pub(super) const NANOS_PER_SECOND: i64 = 1_000_000_000;
pub(super) const NANOS_PER_DAY: i64 = 86_400 * NANOS_PER_SECOND;
pub(super) const SECONDS_PER_DAY: i64 = 86_400;

/// A local date and time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Point {
    /// Days since 1970-01-01.
    pub(super) day: i64,
    /// Nanoseconds of the day.
    pub(super) nanos: i64,
}

/// How the numbers behind a column are read as local time.
#[derive(Debug, Clone, Copy)]
pub(super) struct PointReader {
    /// Units in a second; 0 for DATE, which counts days.
    units_per_second: i64,
    /// The zone in which instants are shown; `None` for local types.
    zone: Option<SessionTimeZone>,
}

impl Point {
    /// Seconds since 1970-01-01T00:00:00.
    pub(super) fn seconds(self) -> i64 {
        self.day
            .saturating_mul(SECONDS_PER_DAY)
            .saturating_add(self.nanos / NANOS_PER_SECOND)
    }

    /// Milliseconds since 1970-01-01T00:00:00.
    pub(super) fn millis(self) -> i64 {
        self.day
            .saturating_mul(SECONDS_PER_DAY * 1000)
            .saturating_add(self.nanos / 1_000_000)
    }

    /// The point of milliseconds since 1970-01-01T00:00:00.
    pub(super) fn of_millis(millis: i64) -> Self {
        let per_day = SECONDS_PER_DAY * 1000;
        Self {
            day: millis.div_euclid(per_day),
            nanos: millis.rem_euclid(per_day) * 1_000_000,
        }
    }

    /// The start of a date.
    pub(super) fn of_date(date: NaiveDate) -> Self {
        Self {
            day: day_of_date(date),
            nanos: 0,
        }
    }

    /// The date.
    pub(super) fn date(self) -> Option<NaiveDate> {
        date_of_day(self.day)
    }

    /// The same time of day, so many months later; a day that the month does not have is its last.
    pub(super) fn plus_months(self, months: i64) -> Option<Self> {
        let date = self.date()?;
        let total = i64::from(date.year())
            .checked_mul(12)?
            .checked_add(i64::from(date.month0()))?
            .checked_add(months)?;
        let year = i32::try_from(total.div_euclid(12)).ok()?;
        let month = u32::try_from(total.rem_euclid(12) + 1).ok()?;
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        let last = u32::from(first.num_days_in_month());
        let moved = first.with_day(date.day().min(last))?;
        Some(Self {
            day: day_of_date(moved),
            nanos: self.nanos,
        })
    }

    /// So many nanoseconds later.
    pub(super) fn plus_nanos(self, nanos: i128) -> Option<Self> {
        let total = i128::from(self.day) * i128::from(NANOS_PER_DAY) + i128::from(self.nanos) + nanos;
        let per_day = i128::from(NANOS_PER_DAY);
        Some(Self {
            day: i64::try_from(total.div_euclid(per_day)).ok()?,
            nanos: i64::try_from(total.rem_euclid(per_day)).ok()?,
        })
    }
}

impl PointReader {
    /// The reader of a type; `None` if the type has no points of time.
    pub(super) fn of(kind: &TypeKind, zone: SessionTimeZone) -> Option<Self> {
        let (units_per_second, zone) = match kind {
            TypeKind::Date => (0, None),
            TypeKind::Time(precision) | TypeKind::Timestamp(precision) => (units(*precision), None),
            TypeKind::TimestampLtz(precision) => (units(*precision), Some(zone)),
            _ => return None,
        };
        Some(Self {
            units_per_second,
            zone,
        })
    }

    /// The point of a number.
    pub(super) fn point(&self, value: i64) -> Point {
        if self.units_per_second == 0 {
            return Point { day: value, nanos: 0 };
        }
        let local = match &self.zone {
            Some(zone) => zone.to_local(value, self.units_per_second),
            None => value,
        };
        let per_day = SECONDS_PER_DAY * self.units_per_second;
        Point {
            day: local.div_euclid(per_day),
            nanos: local.rem_euclid(per_day) * (NANOS_PER_SECOND / self.units_per_second),
        }
    }

    /// The number of a point; `None` if the type cannot hold it.
    pub(super) fn number(&self, point: Point) -> Option<i64> {
        if self.units_per_second == 0 {
            return Some(point.day);
        }
        let local = point
            .day
            .checked_mul(SECONDS_PER_DAY)?
            .checked_mul(self.units_per_second)?
            .checked_add(point.nanos / (NANOS_PER_SECOND / self.units_per_second))?;
        Some(match &self.zone {
            Some(zone) => zone.to_instant(local, self.units_per_second),
            None => local,
        })
    }
}

fn units(precision: u8) -> i64 {
    match precision {
        0 => 1,
        1..=3 => 1_000,
        4..=6 => 1_000_000,
        _ => NANOS_PER_SECOND,
    }
}
