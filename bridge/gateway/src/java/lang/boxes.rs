//! The classes of boxed values. Their objects are values; what is left are static members.

use super::super::call::Call;
use super::super::class::Class;
use super::super::collection::compare::natural;
use super::super::failure::{Failure, Outcome};
use super::super::number;
use super::super::value::JavaValue;

pub(super) fn classes() -> Vec<Class> {
    vec![
        Class::new("java.lang.Number").implements(&["java.io.Serializable"]),
        integer(),
        long(),
        short_and_byte("java.lang.Short"),
        short_and_byte("java.lang.Byte"),
        double(),
        float(),
        boolean(),
        character(),
        Class::new("java.lang.Void"),
    ]
}

fn numeric(name: &'static str) -> Class {
    Class::new(name)
        .extends("java.lang.Number")
        .implements(&["java.lang.Comparable"])
        .method("int compareTo(Object)", |call| {
            Ok((natural(&call.this, call.value(0)?)? as i32).into())
        })
}

fn integer() -> Class {
    numeric("java.lang.Integer")
        .field("int MAX_VALUE", || JavaValue::Int(i32::MAX))
        .field("int MIN_VALUE", || JavaValue::Int(i32::MIN))
        .field("int SIZE", || JavaValue::Int(32))
        .field("int BYTES", || JavaValue::Int(4))
        .constructor("(int)", |call| Ok(call.value(0)?.clone()))
        .constructor("(String)", |call| parse_int(call, 10))
        .function("Integer valueOf(int)", |call| Ok(call.value(0)?.clone()))
        .function("Integer valueOf(String)", |call| parse_int(call, 10))
        .function("Integer valueOf(String, int)", |call| {
            parse_int(call, call.int(1)?)
        })
        .function("int parseInt(String)", |call| parse_int(call, 10))
        .function("int parseInt(String, int)", |call| parse_int(call, call.int(1)?))
        .function("String toString(int)", |call| Ok(call.value(0)?.to_text().into()))
        .function("String toString(int, int)", |call| {
            Ok(in_radix(call.long(0)?, call.int(1)?).into())
        })
        .function("String toBinaryString(int)", |call| {
            Ok(format!("{:b}", call.int(0)?).into())
        })
        .function("String toHexString(int)", |call| {
            Ok(format!("{:x}", call.int(0)?).into())
        })
        .function("String toOctalString(int)", |call| {
            Ok(format!("{:o}", call.int(0)?).into())
        })
        .function("int bitCount(int)", |call| {
            Ok(JavaValue::Int(call.int(0)?.count_ones().cast_signed()))
        })
        .function("int compare(int, int)", |call| {
            Ok((call.int(0)?.cmp(&call.int(1)?) as i32).into())
        })
        .function("int max(int, int)", |call| {
            Ok(call.int(0)?.max(call.int(1)?).into())
        })
        .function("int min(int, int)", |call| {
            Ok(call.int(0)?.min(call.int(1)?).into())
        })
        .function("int sum(int, int)", |call| {
            Ok(call.int(0)?.wrapping_add(call.int(1)?).into())
        })
        .function("int signum(int)", |call| Ok(call.int(0)?.signum().into()))
        .function("int reverse(int)", |call| Ok(call.int(0)?.reverse_bits().into()))
        .function("int hashCode(int)", |call| Ok(call.value(0)?.clone()))
}

fn long() -> Class {
    numeric("java.lang.Long")
        .field("long MAX_VALUE", || JavaValue::Long(i64::MAX))
        .field("long MIN_VALUE", || JavaValue::Long(i64::MIN))
        .field("int SIZE", || JavaValue::Int(64))
        .constructor("(long)", |call| Ok(call.value(0)?.clone()))
        .constructor("(String)", |call| parse_long(call, 10))
        .function("Long valueOf(long)", |call| Ok(call.value(0)?.clone()))
        .function("Long valueOf(String)", |call| parse_long(call, 10))
        .function("long parseLong(String)", |call| parse_long(call, 10))
        .function("long parseLong(String, int)", |call| {
            parse_long(call, call.int(1)?)
        })
        .function("String toString(long)", |call| {
            Ok(call.value(0)?.to_text().into())
        })
        .function("String toBinaryString(long)", |call| {
            Ok(format!("{:b}", call.long(0)?).into())
        })
        .function("String toHexString(long)", |call| {
            Ok(format!("{:x}", call.long(0)?).into())
        })
        .function("int compare(long, long)", |call| {
            Ok((call.long(0)?.cmp(&call.long(1)?) as i32).into())
        })
        .function("long max(long, long)", |call| {
            Ok(call.long(0)?.max(call.long(1)?).into())
        })
        .function("long min(long, long)", |call| {
            Ok(call.long(0)?.min(call.long(1)?).into())
        })
        .function("int hashCode(long)", |call| Ok(call.value(0)?.hash_code().into()))
}

fn short_and_byte(name: &'static str) -> Class {
    let class = numeric(name);
    if name == "java.lang.Short" {
        class
            .field("short MAX_VALUE", || JavaValue::Short(i16::MAX))
            .field("short MIN_VALUE", || JavaValue::Short(i16::MIN))
            .constructor("(short)", |call| Ok(call.value(0)?.clone()))
            .function("Short valueOf(short)", |call| Ok(call.value(0)?.clone()))
            .function("short parseShort(String)", |call| {
                let text = call.text(0)?;
                text.parse().map(JavaValue::Short).map_err(|_| not_a_number(text))
            })
    } else {
        class
            .field("byte MAX_VALUE", || JavaValue::Byte(i8::MAX))
            .field("byte MIN_VALUE", || JavaValue::Byte(i8::MIN))
            .constructor("(byte)", |call| Ok(call.value(0)?.clone()))
            .function("Byte valueOf(byte)", |call| Ok(call.value(0)?.clone()))
            .function("byte parseByte(String)", |call| {
                let text = call.text(0)?;
                text.parse().map(JavaValue::Byte).map_err(|_| not_a_number(text))
            })
    }
}

fn double() -> Class {
    numeric("java.lang.Double")
        .field("double MAX_VALUE", || JavaValue::Double(f64::MAX))
        .field("double MIN_VALUE", || JavaValue::Double(5e-324))
        .field("double NaN", || JavaValue::Double(f64::NAN))
        .field("double POSITIVE_INFINITY", || JavaValue::Double(f64::INFINITY))
        .field("double NEGATIVE_INFINITY", || {
            JavaValue::Double(f64::NEG_INFINITY)
        })
        .constructor("(double)", |call| Ok(call.value(0)?.clone()))
        .constructor("(String)", |call| parse_double(call).map(JavaValue::Double))
        .function("Double valueOf(double)", |call| Ok(call.value(0)?.clone()))
        .function("Double valueOf(String)", |call| {
            parse_double(call).map(JavaValue::Double)
        })
        .function("double parseDouble(String)", |call| {
            parse_double(call).map(JavaValue::Double)
        })
        .function("String toString(double)", |call| {
            Ok(number::double_text(call.double(0)?).into())
        })
        .function("boolean isNaN(double)", |call| {
            Ok(call.double(0)?.is_nan().into())
        })
        .function("boolean isInfinite(double)", |call| {
            Ok(call.double(0)?.is_infinite().into())
        })
        .function("int compare(double, double)", |call| {
            Ok((call.double(0)?.total_cmp(&call.double(1)?) as i32).into())
        })
        .function("long doubleToLongBits(double)", |call| {
            Ok(call.double(0)?.to_bits().cast_signed().into())
        })
}

fn float() -> Class {
    numeric("java.lang.Float")
        .field("float MAX_VALUE", || JavaValue::Float(f32::MAX))
        .field("float NaN", || JavaValue::Float(f32::NAN))
        .constructor("(float)", |call| Ok(call.value(0)?.clone()))
        .function("Float valueOf(float)", |call| Ok(call.value(0)?.clone()))
        .function("Float valueOf(String)", |call| {
            parse_double(call).map(|value| JavaValue::Float(value as f32))
        })
        .function("float parseFloat(String)", |call| {
            parse_double(call).map(|value| JavaValue::Float(value as f32))
        })
}

fn boolean() -> Class {
    Class::new("java.lang.Boolean")
        .implements(&["java.lang.Comparable"])
        .field("boolean TRUE", || true.into())
        .field("boolean FALSE", || false.into())
        .constructor("(boolean)", |call| Ok(call.value(0)?.clone()))
        .function("Boolean valueOf(boolean)", |call| Ok(call.value(0)?.clone()))
        .function("Boolean valueOf(String)", |call| Ok(is_true(call)?.into()))
        .function("boolean parseBoolean(String)", |call| Ok(is_true(call)?.into()))
        .function("String toString(boolean)", |call| {
            Ok(call.value(0)?.to_text().into())
        })
        .function("boolean logicalXor(boolean, boolean)", |call| {
            Ok((call.boolean(0)? != call.boolean(1)?).into())
        })
}

fn character() -> Class {
    Class::new("java.lang.Character")
        .implements(&["java.lang.Comparable"])
        .constructor("(char)", |call| Ok(call.value(0)?.clone()))
        .function("Character valueOf(char)", |call| Ok(call.value(0)?.clone()))
        .function("String toString(char)", |call| {
            Ok(call.value(0)?.to_text().into())
        })
        .function("boolean isDigit(char)", |call| {
            Ok(character_of(call)?.is_numeric().into())
        })
        .function("boolean isLetter(char)", |call| {
            Ok(character_of(call)?.is_alphabetic().into())
        })
        .function("boolean isLetterOrDigit(char)", |call| {
            Ok(character_of(call)?.is_alphanumeric().into())
        })
        .function("boolean isUpperCase(char)", |call| {
            Ok(character_of(call)?.is_uppercase().into())
        })
        .function("boolean isLowerCase(char)", |call| {
            Ok(character_of(call)?.is_lowercase().into())
        })
        .function("boolean isWhitespace(char)", |call| {
            Ok(character_of(call)?.is_whitespace().into())
        })
        .function("char toUpperCase(char)", |call| {
            let character = character_of(call)?;
            Ok(JavaValue::Char(
                character.to_uppercase().next().unwrap_or(character),
            ))
        })
        .function("char toLowerCase(char)", |call| {
            let character = character_of(call)?;
            Ok(JavaValue::Char(
                character.to_lowercase().next().unwrap_or(character),
            ))
        })
}

fn character_of(call: &Call<'_>) -> Outcome<char> {
    match call.value(0)? {
        JavaValue::Char(character) => Ok(*character),
        // Py4J meets an empty text where a character is wanted in the same way.
        _ => Err(Failure::thrown(
            "java.lang.StringIndexOutOfBoundsException",
            "Index 0 out of bounds for length 0",
        )),
    }
}

fn is_true(call: &Call<'_>) -> Outcome<bool> {
    Ok(call
        .text_or_null(0)?
        .is_some_and(|text| text.eq_ignore_ascii_case("true")))
}

fn parse_int(call: &Call<'_>, radix: i32) -> Outcome {
    let value = parse(call, radix)?;
    i32::try_from(value)
        .map(JavaValue::Int)
        .map_err(|_| not_a_number(call.text(0).unwrap_or_default()))
}

fn parse_long(call: &Call<'_>, radix: i32) -> Outcome {
    parse(call, radix).map(JavaValue::Long)
}

fn parse(call: &Call<'_>, radix: i32) -> Outcome<i64> {
    let Some(text) = call.text_or_null(0)? else {
        return Err(Failure::thrown(
            "java.lang.NumberFormatException",
            "Cannot parse null string: null",
        ));
    };
    let radix = u32::try_from(radix)
        .ok()
        .filter(|radix| (2..=36).contains(radix))
        .ok_or_else(|| {
            Failure::thrown(
                "java.lang.NumberFormatException",
                format!("radix {radix} out of range"),
            )
        })?;
    i64::from_str_radix(text, radix).map_err(|_| not_a_number(text))
}

fn parse_double(call: &Call<'_>) -> Outcome<f64> {
    let text = call.text(0)?.trim();
    if text.is_empty() {
        return Err(Failure::thrown("java.lang.NumberFormatException", "empty String"));
    }
    let known = match text {
        "NaN" => Some(f64::NAN),
        "Infinity" | "+Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        _ => None,
    };
    // Rust takes words such as "inf", which Java does not.
    let plain = text.trim_end_matches(['d', 'D', 'f', 'F']);
    known
        .or_else(|| {
            let numeric = plain.chars().all(|c| c.is_ascii_digit() || "+-.eE".contains(c));
            numeric.then(|| plain.parse().ok()).flatten()
        })
        .ok_or_else(|| not_a_number(text))
}

fn not_a_number(text: &str) -> Failure {
    Failure::thrown(
        "java.lang.NumberFormatException",
        format!("For input string: \"{text}\""),
    )
}

fn in_radix(value: i64, radix: i32) -> String {
    let radix = if (2..=36).contains(&radix) {
        u64::from(radix.cast_unsigned())
    } else {
        10
    };
    let mut rest = value.unsigned_abs();
    let mut digits = Vec::new();
    loop {
        let digit = u32::try_from(rest % radix).unwrap_or(0);
        digits.extend(char::from_digit(digit, 36));
        rest /= radix;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        digits.push('-');
    }
    digits.iter().rev().collect()
}
