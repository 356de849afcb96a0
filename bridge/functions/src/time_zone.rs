//! The session's time zone: which offset from UTC an instant or a local time has.
//!
//! Zones are those of the Time Zone Database, and fixed offsets written `GMT+08:00`. Local times that a
//! zone skips or has twice are resolved as `java.time.ZonedDateTime` does: a skipped one moves on by the
//! length of the gap, one that comes twice is the earlier.

use std::path::Path;

use chrono::{DateTime, FixedOffset, MappedLocalTime, Offset, TimeZone};
use chrono_tz::{OffsetName, Tz};
use nutkin_plan::PlanError;

use crate::error::Result;

const SECONDS_PER_DAY: i64 = 86_400;

/// A time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionTimeZone {
    /// A zone of the Time Zone Database.
    Named(Tz),
    /// A fixed offset from UTC.
    Fixed(FixedOffset),
}

impl SessionTimeZone {
    /// UTC.
    pub const UTC: Self = Self::Named(Tz::UTC);

    /// The zone of a value of `table.local-time-zone`; `default` is the zone of the machine.
    ///
    /// # Errors
    /// In Flink's words, when there is no such zone.
    pub fn parse(name: &str) -> Result<Self> {
        let name = name.trim();
        if name.eq_ignore_ascii_case("default") {
            return Ok(Self::system());
        }
        Self::find(name).ok_or_else(|| {
            PlanError::validation(
                "Invalid time zone. The value should be a Time Zone Database (TZDB) ID such as \
                 'America/Los_Angeles' to include daylight saving time. Fixed offsets are supported using \
                 'GMT-03:00' or 'GMT+03:00'. Or use 'UTC' without time zone and daylight saving time.",
            )
            .into()
        })
    }

    /// The zone of this name or offset, as `java.time.ZoneId` knows them.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        if name == "Z" {
            return Some(Self::UTC);
        }
        for prefix in ["GMT", "UTC", "UT"] {
            if let Some(offset) = name.strip_prefix(prefix)
                && offset.starts_with(['+', '-'])
            {
                return parse_offset(offset).map(Self::Fixed);
            }
        }
        if name.starts_with(['+', '-']) {
            return parse_offset(name).map(Self::Fixed);
        }
        name.parse().ok().map(Self::Named)
    }

    /// The zone of this machine: `TZ`, else what `/etc/localtime` points to, else UTC.
    #[must_use]
    pub fn system() -> Self {
        let named = std::env::var("TZ")
            .ok()
            .and_then(|name| Self::find(name.trim_start_matches(':')));
        let linked = || {
            let target = std::fs::canonicalize(Path::new("/etc/localtime")).ok()?;
            let name = target.to_str()?.split_once("zoneinfo/")?.1;
            Self::find(name)
        };
        named.or_else(linked).unwrap_or(Self::UTC)
    }

    /// Seconds that local time is ahead of UTC at an instant, in seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn offset_seconds_at(&self, instant_seconds: i64) -> i64 {
        let Some(instant) = DateTime::from_timestamp(instant_seconds, 0) else {
            return 0;
        };
        let instant = instant.naive_utc();
        i64::from(match self {
            Self::Named(zone) => zone.offset_from_utc_datetime(&instant).fix().local_minus_utc(),
            Self::Fixed(offset) => offset.local_minus_utc(),
        })
    }

    /// The instant at which a clock in this zone shows a local time; both in seconds since 1970-01-01.
    #[must_use]
    pub fn instant_of_local(&self, local_seconds: i64) -> i64 {
        let zone = match self {
            Self::Fixed(offset) => return local_seconds - i64::from(offset.local_minus_utc()),
            Self::Named(zone) => zone,
        };
        let Some(local) = DateTime::from_timestamp(local_seconds, 0) else {
            return local_seconds;
        };
        let offset = match zone.offset_from_local_datetime(&local.naive_utc()) {
            MappedLocalTime::Single(offset) | MappedLocalTime::Ambiguous(offset, _) => {
                i64::from(offset.fix().local_minus_utc())
            }
            // A gap: the offset that held before it.
            MappedLocalTime::None => self.offset_seconds_at(local_seconds - SECONDS_PER_DAY),
        };
        local_seconds - offset
    }

    /// As [`Self::instant_of_local`], but of two instants the later: what `java.util.Calendar` does.
    #[must_use]
    pub(crate) fn later_instant_of_local(&self, local_seconds: i64) -> i64 {
        if let Self::Named(zone) = self
            && let Some(local) = DateTime::from_timestamp(local_seconds, 0)
            && let MappedLocalTime::Ambiguous(_, later) = zone.offset_from_local_datetime(&local.naive_utc())
        {
            return local_seconds - i64::from(later.fix().local_minus_utc());
        }
        self.instant_of_local(local_seconds)
    }

    /// The short name at an instant, such as `PDT`.
    pub(crate) fn abbreviation_at(&self, instant_seconds: i64) -> String {
        let instant = DateTime::from_timestamp(instant_seconds, 0).map(|instant| instant.naive_utc());
        match (self, instant) {
            (Self::Named(zone), Some(instant)) => zone
                .offset_from_utc_datetime(&instant)
                .abbreviation()
                .unwrap_or_default()
                .to_owned(),
            (Self::Fixed(offset), _) => format!("GMT{offset}"),
            (Self::Named(zone), None) => zone.name().to_owned(),
        }
    }

    /// Local time of an instant, both in `units_per_second`.
    #[must_use]
    pub fn to_local(&self, instant: i64, units_per_second: i64) -> i64 {
        let seconds = instant.div_euclid(units_per_second);
        instant.saturating_add(self.offset_seconds_at(seconds).saturating_mul(units_per_second))
    }

    /// The instant of a local time, both in `units_per_second`.
    #[must_use]
    pub fn to_instant(&self, local: i64, units_per_second: i64) -> i64 {
        let seconds = local.div_euclid(units_per_second);
        let moved = self.instant_of_local(seconds) - seconds;
        local.saturating_add(moved.saturating_mul(units_per_second))
    }
}

/// `+h`, `+hh`, `+hh:mm` or `+hhmm`, up to 18 hours.
fn parse_offset(text: &str) -> Option<FixedOffset> {
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = match rest.split_once(':') {
        Some(parts) => parts,
        None if rest.len() == 4 => rest.split_at_checked(2)?,
        None => (rest, "00"),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if hours.is_empty() || hours.len() > 2 || minutes.len() != 2 || !digits(hours) || !digits(minutes) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let seconds = hours * 3600 + minutes * 60;
    if minutes > 59 || seconds > 18 * 3600 {
        return None;
    }
    FixedOffset::east_opt(sign * seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked by hand: Los Angeles skips 02:00 to 03:00 on 2021-03-14 and has 01:00 to 02:00 twice on
    /// 2021-11-07.
    #[test]
    fn gaps_move_on_and_overlaps_are_the_earlier() {
        let zone = SessionTimeZone::find("America/Los_Angeles").unwrap();
        let seconds = |text: &str| DateTime::parse_from_rfc3339(text).unwrap().timestamp();
        for (local, instant) in [
            ("2021-03-14T01:59:59Z", "2021-03-14T01:59:59-08:00"),
            ("2021-03-14T02:30:00Z", "2021-03-14T03:30:00-07:00"),
            ("2021-03-14T03:00:00Z", "2021-03-14T03:00:00-07:00"),
            ("2021-11-07T01:30:00Z", "2021-11-07T01:30:00-07:00"),
            ("2021-11-07T02:00:00Z", "2021-11-07T02:00:00-08:00"),
        ] {
            assert_eq!(zone.instant_of_local(seconds(local)), seconds(instant), "{local}");
        }
        assert_eq!(
            zone.to_local(seconds("2021-07-01T00:00:00Z") * 1000, 1000),
            seconds("2021-06-30T17:00:00Z") * 1000
        );
    }

    #[test]
    fn offsets_are_read_as_java_reads_them() {
        let seconds = |name: &str| SessionTimeZone::find(name).map(|zone| zone.offset_seconds_at(0));
        assert_eq!(seconds("GMT+08:00"), Some(28_800));
        assert_eq!(seconds("GMT-3"), Some(-10_800));
        assert_eq!(seconds("+0530"), Some(19_800));
        assert_eq!(seconds("UTC"), Some(0));
        assert_eq!(seconds("GMT+19:00"), None);
        assert_eq!(seconds("Mars/Olympus"), None);
        let error = SessionTimeZone::parse("Mars/Olympus").unwrap_err().to_string();
        assert!(error.starts_with("Invalid time zone."), "{error}");
    }
}
