//! How Java writes floating-point numbers, and rounds them as decimals.
//!
//! The digits are the shortest that read back as the same number, which is what Rust prints and Java
//! has printed since version 19.

/// `Double.toString`.
pub(crate) fn double_to_string(value: f64) -> String {
    if let Some(special) = special(value) {
        return special.to_owned();
    }
    let shortest = format!("{value:e}");
    // Java prefers two digits to one where the second makes the number nearer.
    let scientific = if has_one_digit(&shortest) {
        format!("{value:.1e}")
    } else {
        shortest
    };
    layout(&scientific)
}

/// `Float.toString`.
pub(crate) fn float_to_string(value: f32) -> String {
    if let Some(special) = special(f64::from(value)) {
        return special.to_owned();
    }
    let shortest = format!("{value:e}");
    let scientific = if has_one_digit(&shortest) {
        format!("{value:.1e}")
    } else {
        shortest
    };
    layout(&scientific)
}

fn special(value: f64) -> Option<&'static str> {
    if value.is_nan() {
        Some("NaN")
    } else if value == f64::INFINITY {
        Some("Infinity")
    } else if value == f64::NEG_INFINITY {
        Some("-Infinity")
    } else if value == 0.0 {
        Some(if value.is_sign_negative() { "-0.0" } else { "0.0" })
    } else {
        None
    }
}

fn has_one_digit(scientific: &str) -> bool {
    !scientific.contains('.')
}

/// Java's layout of `d.ddde±n`: plain from 10^-3 up to 10^7, else with `E`.
fn layout(scientific: &str) -> String {
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    let (first, rest) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let rest = rest.trim_end_matches('0');
    if !(-3..7).contains(&exponent) {
        let fraction = if rest.is_empty() { "0" } else { rest };
        return format!("{sign}{first}.{fraction}E{exponent}");
    }
    let digits = format!("{first}{rest}");
    if exponent < 0 {
        let zeros = "0".repeat(exponent.unsigned_abs() as usize - 1);
        return format!("{sign}0.{zeros}{digits}");
    }
    let whole_length = exponent as usize + 1;
    if digits.len() <= whole_length {
        return format!("{sign}{digits:0<whole_length$}.0");
    }
    let (whole, fraction) = digits.split_at(whole_length);
    format!("{sign}{whole}.{fraction}")
}

/// `BigDecimal.valueOf(value).setScale(digits, HALF_UP).doubleValue()`: rounds the number as written.
pub(crate) fn round_as_written(value: f64, digits: i32) -> f64 {
    if !value.is_finite() || value == 0.0 {
        return value;
    }
    let scientific = format!("{:e}", value.abs());
    let Some((mantissa, exponent)) = scientific.split_once('e') else {
        return value;
    };
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let significant: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    // How many of the significant digits are kept.
    let kept = exponent.saturating_add(1).saturating_add(digits);
    if kept >= significant.len() as i32 {
        return value;
    }
    if kept < 0 {
        return 0.0;
    }
    let (keep, drop) = significant.split_at(kept as usize);
    let mut number: u64 = if keep.is_empty() {
        0
    } else {
        keep.parse().unwrap_or(0)
    };
    if drop.as_bytes().first().is_some_and(|&byte| byte >= b'5') {
        number += 1;
    }
    let magnitude: f64 = format!("{number}e{}", -i64::from(digits))
        .parse()
        .unwrap_or(f64::NAN);
    if value < 0.0 { -magnitude } else { magnitude }
}
