//! Functions of dates, times and intervals, and of the current time.
//!
//! [`point`] takes values apart into a day and a time of day in the session's time zone; [`pattern`]
//! reads the pattern letters of Java, which [`date_time_formatter`] and [`simple_date_format`] follow.

mod clock;
mod date_time_formatter;
mod difference;
mod fields;
mod overlaps;
mod parsing;
mod pattern;
mod point;
mod rounding;
mod shifting;
mod simple_date_format;
mod unix_time;

pub(crate) use clock::VOLATILE;
pub(crate) use rounding::{ceil, floor};

use crate::call::Entry;

/// The functions of this family.
pub(crate) const FUNCTIONS: &[Entry] = &[
    Entry {
        name: "extract",
        lower: fields::extract,
    },
    Entry {
        name: "timestampAdd",
        lower: shifting::timestamp_add,
    },
    Entry {
        name: "timestampDiff",
        lower: difference::timestamp_diff,
    },
    Entry {
        name: "temporalOverlaps",
        lower: overlaps::overlaps,
    },
    Entry {
        name: "dateFormat",
        lower: parsing::date_format,
    },
    Entry {
        name: "toDate",
        lower: parsing::to_date,
    },
    Entry {
        name: "toTimestamp",
        lower: parsing::to_timestamp,
    },
    Entry {
        name: "TO_TIMESTAMP_LTZ",
        lower: unix_time::to_timestamp_ltz,
    },
    Entry {
        name: "convertTz",
        lower: unix_time::convert_tz,
    },
    Entry {
        name: "fromUnixtime",
        lower: unix_time::from_unixtime,
    },
    Entry {
        name: "unixTimestamp",
        lower: unix_time::unix_timestamp,
    },
    Entry {
        name: "currentDate",
        lower: clock::current_date,
    },
    Entry {
        name: "currentTime",
        lower: clock::local_time,
    },
    Entry {
        name: "currentTimestamp",
        lower: clock::current_timestamp,
    },
    Entry {
        name: "now",
        lower: clock::current_timestamp,
    },
    Entry {
        name: "currentRowTimestamp",
        lower: clock::record_timestamp,
    },
    Entry {
        name: "processingTime",
        lower: clock::record_timestamp,
    },
    Entry {
        name: "localTime",
        lower: clock::local_time,
    },
    Entry {
        name: "localTimestamp",
        lower: clock::local_timestamp,
    },
];
