//! `String.format`: the conversions that programs use; others are refused by name.

use super::super::failure::{Failure, Outcome};
use super::super::value::JavaValue;

/// The text of a format with its arguments.
pub(crate) fn format(pattern: &str, arguments: &[JavaValue]) -> Outcome<String> {
    let mut text = String::new();
    let mut rest = pattern.chars().peekable();
    let mut next = arguments.iter();
    while let Some(character) = rest.next() {
        if character != '%' {
            text.push(character);
            continue;
        }
        let mut flags = String::new();
        while let Some(flag) = rest.next_if(|c| "-+0, #(".contains(*c)) {
            flags.push(flag);
        }
        let mut width = String::new();
        while let Some(digit) = rest.next_if(char::is_ascii_digit) {
            width.push(digit);
        }
        let mut precision = None;
        if rest.next_if_eq(&'.').is_some() {
            let mut digits = String::new();
            while let Some(digit) = rest.next_if(char::is_ascii_digit) {
                digits.push(digit);
            }
            precision = digits.parse::<usize>().ok();
        }
        let conversion = rest.next().unwrap_or('%');
        let converted = match conversion {
            '%' => "%".to_owned(),
            'n' => "\n".to_owned(),
            _ => {
                let argument = next.next().ok_or_else(|| {
                    Failure::thrown(
                        "java.util.MissingFormatArgumentException",
                        format!("Format specifier '%{conversion}'"),
                    )
                })?;
                convert(conversion, argument, precision, &flags)?
            }
        };
        pad(&mut text, &converted, width.parse().unwrap_or(0), &flags);
    }
    Ok(text)
}

fn convert(conversion: char, argument: &JavaValue, precision: Option<usize>, flags: &str) -> Outcome<String> {
    let wrong = || {
        Failure::thrown(
            "java.util.IllegalFormatConversionException",
            format!("{conversion} != {}", argument.class_name()),
        )
    };
    Ok(match (conversion, argument) {
        ('s', value) => {
            let text = value.to_text();
            precision.map_or(text.clone(), |length| text.chars().take(length).collect())
        }
        ('S', value) => value.to_text().to_uppercase(),
        ('b', JavaValue::Null) => "false".to_owned(),
        ('b', JavaValue::Boolean(value)) => value.to_string(),
        ('b', _) => "true".to_owned(),
        ('c', JavaValue::Char(_) | JavaValue::String(_)) => argument.to_text(),
        (_, JavaValue::Null) => "null".to_owned(),
        ('d', JavaValue::Int(_) | JavaValue::Long(_) | JavaValue::Short(_) | JavaValue::Byte(_)) => {
            signed(&argument.to_text(), flags)
        }
        ('x', JavaValue::Int(value)) => format!("{value:x}"),
        ('x', JavaValue::Long(value)) => format!("{value:x}"),
        ('X', JavaValue::Int(value)) => format!("{value:X}"),
        ('f', JavaValue::Double(value)) => signed(&format!("{value:.*}", precision.unwrap_or(6)), flags),
        ('f', JavaValue::Float(value)) => signed(&format!("{value:.*}", precision.unwrap_or(6)), flags),
        ('d' | 'x' | 'X' | 'f' | 'c', _) => return Err(wrong()),
        _ => {
            return Err(Failure::unsupported(
                &format!("The conversion %{conversion} of String.format"),
                "format the value in Python",
            ));
        }
    })
}

/// A number with the sign and the groups of digits that the flags ask for.
fn signed(number: &str, flags: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let sign = if sign.is_empty() && flags.contains('+') {
        "+"
    } else {
        sign
    };
    if !flags.contains(',') {
        return format!("{sign}{digits}");
    }
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut grouped = String::new();
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{grouped}{point}{fraction}")
}

fn pad(text: &mut String, converted: &str, width: usize, flags: &str) {
    let missing = width.saturating_sub(converted.chars().count());
    if flags.contains('-') {
        text.push_str(converted);
        text.extend(std::iter::repeat_n(' ', missing));
    } else if flags.contains('0') {
        let (sign, digits) = converted
            .strip_prefix('-')
            .map_or(("", converted), |rest| ("-", rest));
        text.push_str(sign);
        text.extend(std::iter::repeat_n('0', missing));
        text.push_str(digits);
    } else {
        text.extend(std::iter::repeat_n(' ', missing));
        text.push_str(converted);
    }
}
