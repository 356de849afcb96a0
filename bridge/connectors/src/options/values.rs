//! Flink's texts of durations and memory sizes.

use std::time::Duration;

/// Parses what `TimeUtils.parseDuration` does: a whole number and a unit, in any case, with or
/// without a space; milliseconds without a unit.
///
/// # Errors
/// The text says what was expected.
pub fn parse_duration(text: &str) -> Result<Duration, String> {
    let expected = || {
        "a duration such as '1s', '500 ms' or '1 min' (units: ns, us, ms, s, min, h, d and their long names)"
            .to_owned()
    };
    let (number, unit) = split_number(text).ok_or_else(expected)?;
    let nanos_per_unit: u64 = match unit.as_str() {
        "ns" | "nano" | "nanos" | "nanosecond" | "nanoseconds" => 1,
        "µs" | "us" | "micro" | "micros" | "microsecond" | "microseconds" => 1_000,
        "" | "ms" | "milli" | "millis" | "millisecond" | "milliseconds" => 1_000_000,
        "s" | "sec" | "secs" | "second" | "seconds" => 1_000_000_000,
        "m" | "min" | "mins" | "minute" | "minutes" => 60_000_000_000,
        "h" | "hour" | "hours" => 3_600_000_000_000,
        "d" | "day" | "days" => 86_400_000_000_000,
        _ => return Err(expected()),
    };
    let nanos = u128::from(number) * u128::from(nanos_per_unit);
    let seconds = u64::try_from(nanos / 1_000_000_000).map_err(|_| expected())?;
    let rest = u32::try_from(nanos % 1_000_000_000).map_err(|_| expected())?;
    Ok(Duration::new(seconds, rest))
}

/// Parses what `MemorySize.parseBytes` does: a whole number and a unit; bytes without a unit; units
/// are powers of 1024.
///
/// # Errors
/// The text says what was expected.
pub fn parse_memory_size(text: &str) -> Result<u64, String> {
    let expected = || "a size such as '4 mb' (units: b, kb, mb, gb, tb)".to_owned();
    let (number, unit) = split_number(text).ok_or_else(expected)?;
    let bytes_per_unit: u64 = match unit.as_str() {
        "" | "b" | "bytes" => 1,
        "k" | "kb" | "kibibytes" => 1 << 10,
        "m" | "mb" | "mebibytes" => 1 << 20,
        "g" | "gb" | "gibibytes" => 1 << 30,
        "t" | "tb" | "tebibytes" => 1 << 40,
        _ => return Err(expected()),
    };
    number.checked_mul(bytes_per_unit).ok_or_else(expected)
}

/// The leading digits, and the rest in lower case.
fn split_number(text: &str) -> Option<(u64, String)> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(digits)?;
    Some((number.parse().ok()?, unit.trim().to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_of_flinks_documentation() {
        for (text, millis) in [
            ("1s", 1_000),
            ("500 ms", 500),
            ("1 min", 60_000),
            ("2 h", 7_200_000),
            ("3 d", 259_200_000),
            ("42", 42),
            ("10 SECONDS", 10_000),
        ] {
            assert_eq!(parse_duration(text), Ok(Duration::from_millis(millis)), "{text}");
        }
        assert_eq!(parse_duration("7us"), Ok(Duration::from_micros(7)));
        for text in ["", "s", "1 fortnight", "-1s", "1.5s"] {
            assert!(parse_duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn memory_sizes_are_powers_of_1024() {
        for (text, bytes) in [
            ("4 mb", 4_194_304),
            ("1k", 1_024),
            ("128", 128),
            ("2gb", 2_147_483_648),
        ] {
            assert_eq!(parse_memory_size(text), Ok(bytes), "{text}");
        }
        assert!(parse_memory_size("99999999999 tb").is_err());
    }
}
