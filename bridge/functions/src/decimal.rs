//! DECIMAL arithmetic on unscaled values: results of a given precision and scale, rounded half up,
//! NULL where they do not fit.

use arrow::datatypes::i256;
use nutkin_plan::types::TypeKind;

/// Precision and scale of a DECIMAL result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Digits {
    pub(crate) precision: u8,
    pub(crate) scale: u8,
}

impl Digits {
    /// The digits of a DECIMAL type.
    pub(crate) fn of(kind: &TypeKind) -> Option<Self> {
        decimal_digits(kind).map(|(precision, scale)| Self { precision, scale })
    }

    /// The value if it has no more digits than the precision.
    pub(crate) fn fit(self, unscaled: i128) -> Option<i128> {
        (unscaled.unsigned_abs() < 10_u128.pow(u32::from(self.precision))).then_some(unscaled)
    }
}

/// Precision and scale of an exact number: a DECIMAL's own, and those that hold every integer of a type.
pub(crate) fn decimal_digits(kind: &TypeKind) -> Option<(u8, u8)> {
    nutkin_plan::types::derive::decimal_digits(kind)
}

/// 10 to the power of `exponent`, up to 76.
fn power_of_ten(exponent: u32) -> Option<i256> {
    i256::from_i128(10).checked_pow(exponent)
}

/// The value with another number of fraction digits, rounded half up; `None` if it does not fit.
pub(crate) fn rescale(unscaled: i128, from_scale: u8, to: Digits) -> Option<i128> {
    if from_scale == to.scale {
        return to.fit(unscaled);
    }
    if from_scale < to.scale {
        let factor = 10_i128.checked_pow(u32::from(to.scale - from_scale))?;
        return to.fit(unscaled.checked_mul(factor)?);
    }
    let divisor = 10_i128.checked_pow(u32::from(from_scale - to.scale))?;
    to.fit(divide_half_up(unscaled, divisor))
}

/// The quotient rounded half up, away from zero; the divisor is not zero.
pub(crate) fn divide_half_up(dividend: i128, divisor: i128) -> i128 {
    let quotient = dividend / divisor;
    let remainder = (dividend % divisor).unsigned_abs();
    let magnitude = divisor.unsigned_abs();
    // Compared without doubling, which could overflow.
    if remainder >= magnitude - remainder {
        if (dividend < 0) == (divisor < 0) {
            quotient + 1
        } else {
            quotient - 1
        }
    } else {
        quotient
    }
}

fn rescale_wide(unscaled: i256, from_scale: u32, to: Digits) -> Option<i128> {
    let to_scale = u32::from(to.scale);
    let scaled = if from_scale <= to_scale {
        unscaled.checked_mul(power_of_ten(to_scale - from_scale)?)?
    } else {
        let divisor = power_of_ten(from_scale - to_scale)?;
        let half = divisor.checked_div(i256::from_i128(2))?;
        let moved = if unscaled < i256::ZERO {
            unscaled.checked_sub(half)?
        } else {
            unscaled.checked_add(half)?
        };
        moved.checked_div(divisor)?
    };
    to.fit(scaled.to_i128()?)
}

/// `left + right`; `left - right` with `negate`.
pub(crate) fn add(
    left: i128,
    left_scale: u8,
    right: i128,
    right_scale: u8,
    negate: bool,
    to: Digits,
) -> Option<i128> {
    if left_scale == right_scale {
        let sum = if negate {
            left.checked_sub(right)
        } else {
            left.checked_add(right)
        };
        if let Some(sum) = sum {
            return rescale(sum, left_scale, to);
        }
    }
    let scale = left_scale.max(right_scale);
    let widen =
        |value: i128, from: u8| i256::from_i128(value).checked_mul(power_of_ten(u32::from(scale - from))?);
    let (left, right) = (widen(left, left_scale)?, widen(right, right_scale)?);
    let sum = if negate {
        left.checked_sub(right)?
    } else {
        left.checked_add(right)?
    };
    rescale_wide(sum, u32::from(scale), to)
}

/// `left * right`.
pub(crate) fn multiply(left: i128, left_scale: u8, right: i128, right_scale: u8, to: Digits) -> Option<i128> {
    if let Some(product) = left.checked_mul(right)
        && left_scale + right_scale <= 38
    {
        return rescale(product, left_scale + right_scale, to);
    }
    let product = i256::from_i128(left).checked_mul(i256::from_i128(right))?;
    rescale_wide(product, u32::from(left_scale) + u32::from(right_scale), to)
}

/// `left / right`, rounded once at the scale of the result; `right` is not zero.
pub(crate) fn divide(left: i128, left_scale: u8, right: i128, right_scale: u8, to: Digits) -> Option<i128> {
    let shift = i32::from(to.scale) + i32::from(right_scale) - i32::from(left_scale);
    if shift >= 0 {
        let shift = shift.unsigned_abs();
        if let Some(factor) = 10_i128.checked_pow(shift)
            && let Some(dividend) = left.checked_mul(factor)
        {
            return to.fit(divide_half_up(dividend, right));
        }
        return divide_digit_by_digit(left, right, shift, to);
    }
    let divisor = i256::from_i128(right).checked_mul(power_of_ten(shift.unsigned_abs())?)?;
    match divisor.to_i128() {
        Some(divisor) => to.fit(divide_half_up(left, divisor)),
        // The divisor is more than twice the largest dividend, so the quotient rounds to zero.
        None => Some(0),
    }
}

/// Long division, for dividends that would not fit even 256 bits.
fn divide_digit_by_digit(left: i128, right: i128, shift: u32, to: Digits) -> Option<i128> {
    let negative = (left < 0) != (right < 0);
    let divisor = i256::from_i128(right).wrapping_abs();
    let dividend = i256::from_i128(left).wrapping_abs();
    let ten = i256::from_i128(10);
    let mut quotient = dividend.checked_div(divisor)?.to_i128()?;
    let mut remainder = dividend.checked_rem(divisor)?;
    for _ in 0..shift {
        let scaled = remainder.checked_mul(ten)?;
        let digit = scaled.checked_div(divisor)?.to_i128()?;
        quotient = quotient.checked_mul(10)?.checked_add(digit)?;
        remainder = scaled.checked_rem(divisor)?;
    }
    if remainder.checked_mul(i256::from_i128(2))? >= divisor {
        quotient = quotient.checked_add(1)?;
    }
    to.fit(if negative { -quotient } else { quotient })
}

/// The remainder of `left / right`, with the sign of `left`; `right` is not zero.
pub(crate) fn remainder(
    left: i128,
    left_scale: u8,
    right: i128,
    right_scale: u8,
    to: Digits,
) -> Option<i128> {
    let scale = left_scale.max(right_scale);
    let widen =
        |value: i128, from: u8| i256::from_i128(value).checked_mul(power_of_ten(u32::from(scale - from))?);
    let rest = widen(left, left_scale)?.checked_rem(widen(right, right_scale)?)?;
    rescale_wide(rest, u32::from(scale), to)
}

/// The nearest double, as `BigDecimal.doubleValue` gives it.
pub(crate) fn to_double(unscaled: i128, scale: u8) -> f64 {
    const EXACT: u128 = 1 << 53;
    if unscaled.unsigned_abs() <= EXACT && scale <= 22 {
        // Both are exact doubles, so one division rounds once.
        return unscaled as f64 / 10_f64.powi(i32::from(scale));
    }
    format!("{unscaled}e-{scale}").parse().unwrap_or(f64::NAN)
}

/// Plain digits with exactly `scale` fraction digits, as `BigDecimal.toPlainString` writes them.
pub(crate) fn to_plain_string(unscaled: i128, scale: u8) -> String {
    let scale = usize::from(scale);
    let digits = unscaled.unsigned_abs().to_string();
    let sign = if unscaled < 0 { "-" } else { "" };
    if scale == 0 {
        return format!("{sign}{digits}");
    }
    let padded = format!("{digits:0>width$}", width = scale + 1);
    let (whole, fraction) = padded.split_at(padded.len() - scale);
    format!("{sign}{whole}.{fraction}")
}

/// Reads `[+-]digits[.digits][e[+-]digits]` as `BigDecimal` does, rounding half up to the scale.
/// The outer `None` is text that is no number, the inner one a number that does not fit.
pub(crate) fn parse(text: &str, to: Digits) -> Option<Option<i128>> {
    let (negative, rest) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (&rest[..at], rest[at + 1..].parse::<i32>().ok()?),
        None => (rest, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty()
        || !whole
            .bytes()
            .chain(fraction.bytes())
            .all(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    let digits: String = whole.chars().chain(fraction.chars()).collect();
    // How many of the digits stay: those before the point and `scale` of those behind it.
    let point = i64::try_from(whole.len()).ok()? + i64::from(exponent);
    let kept = point + i64::from(to.scale);
    let mut value: i128 = 0;
    let significant = digits.trim_start_matches('0');
    let skipped = (digits.len() - significant.len()) as i64;
    let length = kept - skipped;
    if significant.is_empty() {
        return Some(Some(0));
    }
    if length > 39 {
        return Some(None);
    }
    for position in 0..length.max(0) {
        let digit = significant
            .as_bytes()
            .get(position as usize)
            .map_or(0, |byte| i128::from(byte - b'0'));
        match value.checked_mul(10).and_then(|value| value.checked_add(digit)) {
            Some(next) => value = next,
            None => return Some(None),
        }
    }
    if length >= 0
        && significant
            .as_bytes()
            .get(length as usize)
            .is_some_and(|&byte| byte >= b'5')
    {
        value += 1;
    }
    Some(to.fit(if negative { -value } else { value }))
}
