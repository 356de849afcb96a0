//! The proleptic Gregorian calendar: days since 1970-01-01 to year, month, day and back.
//!
//! Chains of integer arithmetic over eras of 400 years, the shortest period after which the calendar
//! repeats. Python's own calendar is the same, from the year 1 to the year 9999.

use pyo3::exceptions::PyOverflowError;
use pyo3::prelude::*;

const DAYS_PER_ERA: i64 = 146_097;
/// Days from 0000-03-01, where an era starts, to 1970-01-01.
const DAYS_TO_EPOCH: i64 = 719_468;
/// Seconds of a day.
pub(super) const SECONDS_PER_DAY: i64 = 86_400;

/// A date of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CalendarDate {
    pub(super) year: i32,
    pub(super) month: u8,
    pub(super) day: u8,
}

/// The date of a day, if Python has it.
pub(super) fn date_of_days(days: i64) -> PyResult<CalendarDate> {
    // The months of a year that starts in March come in a pattern of 153 days for 5 months, and the
    // leap day is the last of such a year.
    let shifted = days.saturating_add(DAYS_TO_EPOCH);
    let era = shifted.div_euclid(DAYS_PER_ERA);
    let day_of_era = shifted.rem_euclid(DAYS_PER_ERA);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    match (i32::try_from(year), u8::try_from(month), u8::try_from(day)) {
        (Ok(year), Ok(month), Ok(day)) if (1..=9999).contains(&year) => Ok(CalendarDate { year, month, day }),
        _ => Err(PyOverflowError::new_err(format!(
            "the year {year} is not within 1 to 9999, which are the years that Python's datetime has"
        ))),
    }
}

/// The day of a date.
pub(super) fn days_of_date(date: CalendarDate) -> i64 {
    let month = i64::from(date.month);
    let year = i64::from(date.year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(date.day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * DAYS_PER_ERA + day_of_era - DAYS_TO_EPOCH
}
