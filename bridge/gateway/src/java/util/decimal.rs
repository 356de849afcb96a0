//! `BigDecimal`: its objects are values, in the notation in which they were written.

use super::super::call::Call;
use super::super::class::Class;
use super::super::failure::{Failure, Outcome};
use super::super::value::JavaValue;

pub(super) fn classes() -> Vec<Class> {
    vec![
        Class::new("java.math.BigDecimal")
            .extends("java.lang.Number")
            .implements(&["java.lang.Comparable"])
            .field("BigDecimal ZERO", || JavaValue::Decimal("0".into()))
            .field("BigDecimal ONE", || JavaValue::Decimal("1".into()))
            .field("BigDecimal TEN", || JavaValue::Decimal("10".into()))
            .constructor("(String)", |call| parse(call))
            .constructor("(int)", |call| {
                Ok(JavaValue::Decimal(call.value(0)?.to_text().into()))
            })
            .constructor("(long)", |call| {
                Ok(JavaValue::Decimal(call.value(0)?.to_text().into()))
            })
            .constructor("(BigDecimal)", |call| Ok(call.value(0)?.clone()))
            .function("BigDecimal valueOf(long)", |call| {
                Ok(JavaValue::Decimal(call.value(0)?.to_text().into()))
            })
            .function("BigDecimal valueOf(double)", |call| {
                Ok(JavaValue::Decimal(plain(&call.value(0)?.to_text()).into()))
            })
            .function("BigDecimal valueOf(long, int)", |call| {
                let text = format!("{}E{}", call.long(0)?, -i64::from(call.int(1)?));
                Ok(JavaValue::Decimal(plain(&text).into()))
            }),
    ]
}

fn parse(call: &Call<'_>) -> Outcome {
    let text = call.text(0)?;
    let numeric = text.chars().any(|c| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || "+-.eE".contains(c))
        && text.parse::<f64>().is_ok();
    if numeric {
        Ok(JavaValue::Decimal(plain(text).into()))
    } else {
        Err(Failure::thrown(
            "java.lang.NumberFormatException",
            format!("Character array is missing \"exponent\" mark 'e' or 'E': {text}"),
        ))
    }
}

/// A decimal number without an exponent, as `toPlainString`.
pub(crate) fn plain(text: &str) -> String {
    let text = text.strip_prefix('+').unwrap_or(text);
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else {
        return text.to_owned();
    };
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (sign, mantissa) = mantissa
        .strip_prefix('-')
        .map_or(("", mantissa), |rest| ("-", rest));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let point = i32::try_from(whole.len()).unwrap_or(0).saturating_add(exponent);
    let length = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    if point <= 0 {
        let zeros = "0".repeat(usize::try_from(-point).unwrap_or(0));
        return format!("{sign}0.{zeros}{digits}");
    }
    if point >= length {
        let zeros = "0".repeat(usize::try_from(point - length).unwrap_or(0));
        let number = format!("{digits}{zeros}");
        let number = number.trim_start_matches('0');
        return format!("{sign}{}", if number.is_empty() { "0" } else { number });
    }
    let (whole, fraction) = digits.split_at(usize::try_from(point).unwrap_or(0));
    format!("{sign}{whole}.{fraction}")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn exponents_are_written_out() {
        for (text, expected) in [
            ("1.5", "1.5"),
            ("1E3", "1000"),
            ("1.25E1", "12.5"),
            ("-1E-3", "-0.001"),
            ("0E10", "0"),
            ("+7", "7"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }
}
