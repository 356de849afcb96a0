//! Decimal digits of floating-point numbers, rounded half up as `java.util.Formatter` does.

/// A decimal number: `0.digits` times ten to the power of `point`.
struct Digits {
    digits: Vec<u8>,
    point: i32,
}

impl Digits {
    /// Reads what Java writes: `12.5` or `1.25E10`, with or without a sign.
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim_start_matches('-');
        let (mantissa, exponent) = match text.split_once('E') {
            Some((mantissa, exponent)) => (mantissa, exponent.parse().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all: Vec<u8> = whole
            .bytes()
            .chain(fraction.bytes())
            .map(|digit| digit - b'0')
            .collect();
        let leading = all.iter().take_while(|digit| **digit == 0).count();
        let digits = all[leading..].to_vec();
        if digits.is_empty() {
            return Some(Self { digits, point: 1 });
        }
        let point = whole.len() as i32 - leading as i32 + exponent;
        Some(Self { digits, point })
    }

    /// Keeps so many digits, the last of them rounded half up.
    fn round(&mut self, count: i32) {
        let Ok(count) = usize::try_from(count) else {
            self.digits.clear();
            return;
        };
        if count >= self.digits.len() {
            return;
        }
        let up = self.digits[count] >= 5;
        self.digits.truncate(count);
        if !up {
            return;
        }
        for digit in self.digits.iter_mut().rev() {
            if *digit < 9 {
                *digit += 1;
                return;
            }
            *digit = 0;
        }
        self.digits.insert(0, 1);
        self.point += 1;
    }

    /// The digit at a place, counted from the first one.
    fn at(&self, place: i32) -> char {
        let digit = usize::try_from(place)
            .ok()
            .and_then(|place| self.digits.get(place));
        char::from(b'0' + digit.copied().unwrap_or(0))
    }
}

/// `%f`: so many digits behind the point.
pub(super) fn fixed(text: &str, precision: usize) -> Option<String> {
    let mut digits = Digits::parse(text)?;
    let precision = i32::try_from(precision).ok()?;
    digits.round(digits.point + precision);
    let mut written = String::new();
    if digits.point <= 0 || digits.digits.is_empty() {
        written.push('0');
    } else {
        written.extend((0..digits.point).map(|place| digits.at(place)));
    }
    if precision > 0 {
        written.push('.');
        written.extend((0..precision).map(|place| digits.at(digits.point + place)));
    }
    Some(written)
}

/// `%e`: one digit before the point, so many behind it, and an exponent of two digits or more.
pub(super) fn scientific(text: &str, precision: usize) -> Option<String> {
    let mut digits = Digits::parse(text)?;
    let precision = i32::try_from(precision).ok()?;
    digits.round(precision + 1);
    let exponent = digits.point - 1;
    let mut written = String::from(digits.at(0));
    if precision > 0 {
        written.push('.');
        written.extend((1..=precision).map(|place| digits.at(place)));
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    written.push_str(&format!("e{sign}{:02}", exponent.abs()));
    Some(written)
}

/// `%g`: so many digits in all, with an exponent below 0.0001 and where the digits do not suffice.
pub(super) fn general(text: &str, precision: usize) -> Option<String> {
    let precision = precision.max(1);
    let mut digits = Digits::parse(text)?;
    digits.round(i32::try_from(precision).ok()?);
    if digits.digits.is_empty() {
        return fixed(text, precision - 1);
    }
    let count = i32::try_from(precision).ok()?;
    if digits.point > -4 && digits.point <= count {
        return fixed(text, usize::try_from(count - digits.point).ok()?);
    }
    scientific(text, precision - 1)
}

/// With a comma between groups of three digits before the point.
pub(super) fn grouped(number: &str) -> String {
    let end = number.find(['.', 'e']).unwrap_or(number.len());
    let mut written = String::with_capacity(number.len() * 4 / 3 + 1);
    for (place, digit) in number[..end].chars().enumerate() {
        if place > 0 && (end - place).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written.push_str(&number[end..]);
    written
}
