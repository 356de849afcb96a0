//! Numbers as Java's `parseLong`, `parseDouble`, `BigDecimal` and their `toString` have them.

use std::fmt::Write as _;

/// Parses what `Long.parseLong` does: an optional sign and decimal digits.
pub(crate) fn parse_integer(text: &str) -> Option<i64> {
    let (negative, digits) = match text.as_bytes() {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] => (false, digits),
        digits => (false, digits),
    };
    if digits.is_empty() {
        return None;
    }
    // Counting downwards reaches the smallest long, which has no positive counterpart.
    let mut value: i64 = 0;
    if digits.len() <= 18 {
        for &byte in digits {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                return None;
            }
            value = value * 10 - i64::from(digit);
        }
    } else {
        for &byte in digits {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                return None;
            }
            value = value.checked_mul(10)?.checked_sub(i64::from(digit))?;
        }
    }
    if negative {
        Some(value)
    } else {
        value.checked_neg()
    }
}

/// Parses what `Double.parseDouble` does, but for hexadecimal numbers.
pub(crate) fn parse_double(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    let last = *bytes.last()?;
    if last.is_ascii_digit() || last == b'.' {
        return text.parse().ok();
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if unsigned == "NaN" || unsigned == "Infinity" {
        return text.parse().ok();
    }
    // Java accepts the suffixes of its literals.
    let number = text.strip_suffix(['d', 'D', 'f', 'F'])?;
    number
        .ends_with(|c: char| c.is_ascii_digit() || c == '.')
        .then(|| number.parse().ok())
        .flatten()
}

/// Parses what `new BigDecimal(text)` does into the unscaled value of `DECIMAL(precision, scale)`,
/// rounded half up. `Ok(None)` when the number needs more digits: Flink makes it NULL.
pub(crate) fn parse_decimal(text: &str, precision: u8, scale: u8) -> Result<Option<i128>, ()> {
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(position) => {
            let (mantissa, exponent) = text.split_at_checked(position).ok_or(())?;
            let exponent = parse_integer(exponent.get(1..).unwrap_or_default()).ok_or(())?;
            (mantissa, i32::try_from(exponent).map_err(|_| ())?)
        }
        None => (text, 0),
    };
    let (negative, digits) = match mantissa.as_bytes() {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] => (false, digits),
        digits => (false, digits),
    };
    let point = memchr::memchr(b'.', digits);
    let (whole, fraction) = match point {
        Some(at) => (
            digits.get(..at).unwrap_or_default(),
            digits.get(at + 1..).unwrap_or_default(),
        ),
        None => (digits, &[][..]),
    };
    if whole.is_empty() && fraction.is_empty() {
        return Err(());
    }
    let all = whole.iter().chain(fraction);
    if !all.clone().all(u8::is_ascii_digit) {
        return Err(());
    }
    // How many of the digits stand before the point of the scaled value.
    let kept = i64::try_from(whole.len()).map_err(|_| ())? + i64::from(exponent) + i64::from(scale);
    let mut value: i128 = 0;
    let mut round_up = false;
    let mut position: i64 = 0;
    for &byte in all {
        let digit = i128::from(byte - b'0');
        if position < kept {
            value = match value.checked_mul(10).and_then(|value| value.checked_add(digit)) {
                Some(value) if value < LIMIT => value,
                _ => return Ok(None),
            };
        } else if position == kept {
            round_up = digit >= 5;
        }
        position += 1;
    }
    if value != 0 {
        for _ in position..kept {
            value = match value.checked_mul(10) {
                Some(value) if value < LIMIT => value,
                _ => return Ok(None),
            };
        }
    }
    if round_up {
        value += 1;
    }
    let limit = 10_i128.pow(u32::from(precision.min(38)));
    if value >= limit {
        return Ok(None);
    }
    Ok(Some(if negative { -value } else { value }))
}

/// No DECIMAL has more digits than this.
const LIMIT: i128 = 10_i128.pow(38);

/// How a DECIMAL is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DecimalNotation {
    /// `BigDecimal.toString` after trailing zeros are stripped: 100000 is `1E+5`.
    Scientific,
    /// `BigDecimal.toPlainString` after trailing zeros are stripped.
    Plain,
}

/// Writes a DECIMAL as Jackson does, which strips trailing zeros first.
pub(crate) fn write_decimal(unscaled: i128, scale: i32, notation: DecimalNotation, text: &mut String) {
    let (mut unscaled, mut scale) = (unscaled, scale);
    if unscaled == 0 {
        text.push('0');
        return;
    }
    while unscaled % 10 == 0 {
        unscaled /= 10;
        scale -= 1;
    }
    match notation {
        DecimalNotation::Plain => write_plain_decimal(unscaled, scale, text),
        DecimalNotation::Scientific => write_big_decimal(unscaled, scale, text),
    }
}

/// Writes `BigDecimal.toString`: plain unless the exponent is positive or below -6.
fn write_big_decimal(unscaled: i128, scale: i32, text: &mut String) {
    let digits = unscaled.unsigned_abs().to_string();
    let adjusted = digits.len() as i64 - 1 - i64::from(scale);
    if scale >= 0 && adjusted >= -6 {
        write_plain_decimal(unscaled, scale, text);
        return;
    }
    if unscaled < 0 {
        text.push('-');
    }
    let (first, rest) = digits.split_at_checked(1).unwrap_or((&digits, ""));
    text.push_str(first);
    if !rest.is_empty() {
        text.push('.');
        text.push_str(rest);
    }
    // Writing to a String cannot fail.
    let _ = write!(text, "E{adjusted:+}");
}

/// Writes `BigDecimal.toPlainString`: every digit, trailing zeros too.
pub(crate) fn write_plain_decimal(unscaled: i128, scale: i32, text: &mut String) {
    if unscaled < 0 {
        text.push('-');
    }
    let digits = unscaled.unsigned_abs().to_string();
    let Ok(scale) = usize::try_from(scale) else {
        text.push_str(&digits);
        text.extend(std::iter::repeat_n('0', scale.unsigned_abs() as usize));
        return;
    };
    if scale == 0 {
        text.push_str(&digits);
    } else if digits.len() > scale {
        let (whole, fraction) = digits
            .split_at_checked(digits.len() - scale)
            .unwrap_or((&digits, ""));
        text.push_str(whole);
        text.push('.');
        text.push_str(fraction);
    } else {
        text.push_str("0.");
        text.extend(std::iter::repeat_n('0', scale - digits.len()));
        text.push_str(&digits);
    }
}

/// Writes `Double.toString`.
pub(crate) fn write_double(value: f64, text: &mut String) {
    write_java_floating(value, format_args!("{value:e}"), text);
}

/// Writes `Float.toString`.
pub(crate) fn write_float(value: f32, text: &mut String) {
    write_java_floating(f64::from(value), format_args!("{value:e}"), text);
}

/// Lays out the shortest digits as Java does: plain from 10^-3 up to below 10^7, else scientific.
fn write_java_floating(value: f64, scientific: std::fmt::Arguments<'_>, text: &mut String) {
    if value.is_nan() {
        text.push_str("NaN");
        return;
    }
    if value.is_sign_negative() {
        text.push('-');
    }
    if value.is_infinite() {
        text.push_str("Infinity");
        return;
    }
    if value == 0.0 {
        text.push_str("0.0");
        return;
    }
    let shortest = scientific.to_string();
    let shortest = shortest.strip_prefix('-').unwrap_or(&shortest);
    let (mantissa, exponent) = shortest.split_once('e').unwrap_or((shortest, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    if (-3..7).contains(&exponent) {
        let point = exponent + 1;
        if point <= 0 {
            text.push_str("0.");
            text.extend(std::iter::repeat_n('0', point.unsigned_abs() as usize));
            text.push_str(&digits);
        } else {
            let point = point.unsigned_abs() as usize;
            for position in 0..point.max(digits.len()) {
                if position == point {
                    text.push('.');
                }
                text.push(char::from(
                    digits.as_bytes().get(position).copied().unwrap_or(b'0'),
                ));
            }
            if digits.len() <= point {
                text.push_str(".0");
            }
        }
    } else {
        let (first, rest) = digits.split_at_checked(1).unwrap_or((&digits, ""));
        text.push_str(first);
        text.push('.');
        text.push_str(if rest.is_empty() { "0" } else { rest });
        let _ = write!(text, "E{exponent}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_as_java_parses_them() {
        for (text, value) in [
            ("0", Some(0)),
            ("+7", Some(7)),
            ("-9223372036854775808", Some(i64::MIN)),
            ("9223372036854775807", Some(i64::MAX)),
            ("9223372036854775808", None),
            ("", None),
            ("-", None),
            ("1.0", None),
            ("1_0", None),
            ("0000000000000000000012", Some(12)),
        ] {
            assert_eq!(parse_integer(text), value, "{text}");
        }
    }

    #[test]
    fn doubles_as_java_parses_them() {
        for (text, value) in [
            ("1", Some(1.0)),
            (".5", Some(0.5)),
            ("5.", Some(5.0)),
            ("1e3", Some(1000.0)),
            ("1.5d", Some(1.5)),
            ("-Infinity", Some(f64::NEG_INFINITY)),
            ("inf", None),
            ("nan", None),
            ("", None),
            ("e", None),
        ] {
            assert_eq!(parse_double(text), value, "{text}");
        }
        assert!(parse_double("NaN").unwrap().is_nan());
    }

    #[test]
    fn decimals_round_half_up_and_overflow_to_null() {
        for (text, precision, scale, value) in [
            ("12.345", 10, 2, Ok(Some(1235))),
            ("-12.345", 10, 2, Ok(Some(-1235))),
            ("12.344999", 10, 2, Ok(Some(1234))),
            ("1E+2", 5, 1, Ok(Some(1000))),
            ("125e-2", 5, 1, Ok(Some(13))),
            ("0.004", 5, 2, Ok(Some(0))),
            ("0.0005e1", 5, 2, Ok(Some(1))),
            ("999.995", 5, 2, Ok(None)),
            ("1000", 5, 2, Ok(None)),
            (
                "99999999999999999999999999999999999999",
                38,
                0,
                Ok(Some(LIMIT - 1)),
            ),
            ("0e99", 5, 2, Ok(Some(0))),
            (".", 5, 2, Err(())),
            ("1.2.3", 5, 2, Err(())),
            ("", 5, 2, Err(())),
            ("abc", 5, 2, Err(())),
        ] {
            assert_eq!(parse_decimal(text, precision, scale), value, "{text}");
        }
    }

    #[test]
    fn decimals_as_jackson_writes_them() {
        // The examples of Flink's option documentation, and BigDecimal's own.
        for (unscaled, scale, scientific, plain) in [
            (100_000, 0, "1E+5", "100000"),
            (27, 9, "2.7E-8", "0.000000027"),
            (12_345, 2, "123.45", "123.45"),
            (-1_230, 2, "-12.3", "-12.3"),
            (0, 2, "0", "0"),
            (1, 6, "0.000001", "0.000001"),
            (1, 7, "1E-7", "0.0000001"),
        ] {
            let mut text = String::new();
            write_decimal(unscaled, scale, DecimalNotation::Scientific, &mut text);
            assert_eq!(text, scientific);
            text.clear();
            write_decimal(unscaled, scale, DecimalNotation::Plain, &mut text);
            assert_eq!(text, plain);
        }
    }

    #[test]
    fn doubles_as_java_writes_them() {
        for (value, expected) in [
            (1.0, "1.0"),
            (0.001, "0.001"),
            (0.000_99, "9.9E-4"),
            (1_234_567.0, "1234567.0"),
            (12_345_678.0, "1.2345678E7"),
            (1e10, "1.0E10"),
            (-0.0, "-0.0"),
            (123.456, "123.456"),
            (f64::MIN_POSITIVE, "2.2250738585072014E-308"),
            (f64::INFINITY, "Infinity"),
        ] {
            let mut text = String::new();
            write_double(value, &mut text);
            assert_eq!(text, expected);
        }
        let mut text = String::new();
        write_float(0.1, &mut text);
        assert_eq!(text, "0.1");
    }
}
