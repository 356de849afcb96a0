//! Character classes of Java's regular expressions: `[...]` with unions and intersections, escapes of
//! one character, and named properties.

use super::translate::{Flags, Translated, Translator, escaped, invalid, unsupported};

/// What an escape stands for.
pub(super) enum Item {
    /// One character.
    Character(char),
    /// A set, as a class in brackets.
    Set(String),
}

const DIGIT: &str = "0-9";
const WORD: &str = "0-9A-Z_a-z";
const SPACE: &str = "\\t\\n\\x{0B}\\x{0C}\\r ";
const HORIZONTAL: &str = " \\t\\x{A0}\\x{1680}\\x{180E}\\x{2000}-\\x{200A}\\x{202F}\\x{205F}\\x{3000}";
const VERTICAL: &str = "\\n\\x{0B}\\x{0C}\\r\\x{85}\\x{2028}\\x{2029}";

/// The classes of POSIX, which are of ASCII.
const POSIX: [(&str, &str); 13] = [
    ("Lower", "a-z"),
    ("Upper", "A-Z"),
    ("ASCII", "\\x{0}-\\x{7F}"),
    ("Alpha", "A-Za-z"),
    ("Digit", DIGIT),
    ("Alnum", "0-9A-Za-z"),
    (
        "Punct",
        "\\x{21}-\\x{2F}\\x{3A}-\\x{40}\\x{5B}-\\x{60}\\x{7B}-\\x{7E}",
    ),
    ("Graph", "\\x{21}-\\x{7E}"),
    ("Print", "\\x{20}-\\x{7E}"),
    ("Blank", " \\t"),
    ("Cntrl", "\\x{0}-\\x{1F}\\x{7F}"),
    ("XDigit", "0-9A-Fa-f"),
    ("Space", SPACE),
];

/// Methods of `java.lang.Character` as properties.
const CHARACTER_METHODS: [(&str, &str); 10] = [
    ("javaLowerCase", "\\p{Lowercase}"),
    ("javaUpperCase", "\\p{Uppercase}"),
    ("javaTitleCase", "\\p{Lt}"),
    ("javaAlphabetic", "\\p{Alphabetic}"),
    ("javaIdeographic", "\\p{Ideographic}"),
    ("javaLetter", "\\p{L}"),
    ("javaDigit", "\\p{Nd}"),
    ("javaLetterOrDigit", "\\p{L}\\p{Nd}"),
    ("javaSpaceChar", "\\p{Z}"),
    ("javaISOControl", "\\x{0}-\\x{1F}\\x{7F}-\\x{9F}"),
];

/// A class whose opening bracket is read.
pub(super) fn parse(translator: &mut Translator) -> Translated<String> {
    let mut class = String::from("[");
    if translator.take('^') {
        class.push('^');
    }
    let mut empty = true;
    loop {
        translator.skip_comments();
        let Some(next) = translator.next() else {
            return invalid("Unclosed character class");
        };
        match next {
            ']' if !empty => {
                class.push(']');
                return Ok(class);
            }
            '[' => class.push_str(&parse(translator)?),
            '&' if translator.take('&') => class.push_str("&&"),
            '\\' => {
                if translator.peek() == Some('Q') {
                    quoted(translator, &mut class);
                } else {
                    match escape(translator)? {
                        Item::Set(set) => class.push_str(&set),
                        Item::Character(first) => range(translator, first, &mut class)?,
                    }
                }
            }
            first => range(translator, first, &mut class)?,
        }
        empty = false;
    }
}

/// `\Q...\E` inside a class.
fn quoted(translator: &mut Translator, class: &mut String) {
    translator.at += 1;
    while let Some(character) = translator.next() {
        if character == '\\' && translator.take('E') {
            break;
        }
        push_range(character, character, translator.flags, class);
    }
}

/// A character, or a range that it begins.
fn range(translator: &mut Translator, first: char, class: &mut String) -> Translated<()> {
    let begins_range = translator.peek() == Some('-')
        && !matches!(
            translator.characters.get(translator.at + 1),
            None | Some(']' | '[')
        );
    if !begins_range {
        push_range(first, first, translator.flags, class);
        return Ok(());
    }
    translator.at += 1;
    let last = match translator.next() {
        Some('\\') => match escape(translator)? {
            Item::Character(last) => last,
            Item::Set(_) => return invalid("Illegal character range"),
        },
        Some(last) => last,
        None => return invalid("Unclosed character class"),
    };
    if last < first {
        return invalid("Illegal character range");
    }
    push_range(first, last, translator.flags, class);
    Ok(())
}

/// Writes a range, in both cases where case is ignored.
fn push_range(first: char, last: char, flags: Flags, class: &mut String) {
    let mut write = |first: char, last: char| {
        class.push_str(&escaped(first));
        if first != last {
            class.push('-');
            class.push_str(&escaped(last));
        }
    };
    write(first, last);
    if !flags.ignore_case {
        return;
    }
    for (from, to, shift) in [('a', 'z', -32_i32), ('A', 'Z', 32)] {
        let (low, high) = (first.max(from), last.min(to));
        let shifted = |character: char| {
            u32::from(character)
                .checked_add_signed(shift)
                .and_then(char::from_u32)
        };
        if low <= high
            && let (Some(low), Some(high)) = (shifted(low), shifted(high))
        {
            write(low, high);
        }
    }
    if flags.unicode_case && first == last && !first.is_ascii() {
        first
            .to_lowercase()
            .chain(first.to_uppercase())
            .for_each(|other| write(other, other));
    }
}

/// What follows a backslash, inside a class or outside, if it stands for characters.
pub(super) fn escape(translator: &mut Translator) -> Translated<Item> {
    let Some(next) = translator.next() else {
        return invalid("Illegal/unsupported escape sequence");
    };
    let unicode = translator.flags.unicode_class;
    let set = |negated: bool, body: &str| Item::Set(format!("[{}{body}]", if negated { "^" } else { "" }));
    Ok(match next {
        'd' | 'D' => set(next == 'D', if unicode { "\\p{Nd}" } else { DIGIT }),
        'w' | 'W' => set(next == 'W', if unicode { "\\w" } else { WORD }),
        's' | 'S' => set(next == 'S', if unicode { "\\s" } else { SPACE }),
        'h' | 'H' => set(next == 'H', HORIZONTAL),
        'v' | 'V' => set(next == 'V', VERTICAL),
        'p' | 'P' => set(next == 'P', &property(translator)?),
        't' => Item::Character('\t'),
        'n' => Item::Character('\n'),
        'r' => Item::Character('\r'),
        'f' => Item::Character('\u{c}'),
        'a' => Item::Character('\u{7}'),
        'e' => Item::Character('\u{1b}'),
        'c' => match translator.next() {
            Some(control) if control.is_ascii() => Item::Character(char::from(control as u8 ^ 64)),
            _ => return invalid("Illegal control escape sequence"),
        },
        '0' => Item::Character(octal(translator)?),
        'x' => Item::Character(hexadecimal(translator)?),
        'u' => Item::Character(utf16(translator)?),
        'N' => return unsupported("\\N{name}"),
        other if other.is_ascii_alphabetic() => return invalid("Illegal/unsupported escape sequence"),
        other => Item::Character(other),
    })
}

/// `\0n`, `\0nn` and `\0mnn`.
fn octal(translator: &mut Translator) -> Translated<char> {
    let mut code = 0;
    let mut digits = 0;
    while digits < 3
        && let Some(digit) = translator.peek().and_then(|next| next.to_digit(8))
        && code * 8 + digit <= 0o377
    {
        code = code * 8 + digit;
        digits += 1;
        translator.at += 1;
    }
    match char::from_u32(code) {
        Some(character) if digits > 0 => Ok(character),
        _ => invalid("Illegal octal escape sequence"),
    }
}

fn hexadecimal_digits(translator: &mut Translator, count: usize) -> Translated<u32> {
    let mut code = 0;
    for _ in 0..count {
        match translator.next().and_then(|next| next.to_digit(16)) {
            Some(digit) => code = code * 16 + digit,
            None => return invalid("Illegal hexadecimal escape sequence"),
        }
    }
    Ok(code)
}

/// `\xhh` and `\x{h...h}`.
fn hexadecimal(translator: &mut Translator) -> Translated<char> {
    let code = if translator.take('{') {
        let mut digits = String::new();
        loop {
            match translator.next() {
                Some('}') => break,
                Some(digit) => digits.push(digit),
                None => return invalid("Unclosed hexadecimal escape sequence"),
            }
        }
        u32::from_str_radix(&digits, 16).ok()
    } else {
        Some(hexadecimal_digits(translator, 2)?)
    };
    match code.and_then(char::from_u32) {
        Some(character) => Ok(character),
        None => invalid("Illegal hexadecimal escape sequence"),
    }
}

/// `\uhhhh`, of which two may make a character.
fn utf16(translator: &mut Translator) -> Translated<char> {
    let first = hexadecimal_digits(translator, 4)?;
    if let Some(character) = char::from_u32(first) {
        return Ok(character);
    }
    if translator.take('\\') && translator.take('u') {
        let units = [first, hexadecimal_digits(translator, 4)?].map(|unit| unit as u16);
        if let Some(Ok(character)) = char::decode_utf16(units).next() {
            return Ok(character);
        }
    }
    unsupported("half a surrogate pair")
}

/// The body of a class for `\p{name}`, whose `p` is read.
fn property(translator: &mut Translator) -> Translated<String> {
    let mut name = String::new();
    if translator.take('{') {
        loop {
            match translator.next() {
                Some('}') => break,
                Some(character) => name.push(character),
                None => return invalid("Unclosed character family"),
            }
        }
    } else {
        name.extend(translator.next());
    }
    let known = |table: &[(&str, &str)]| {
        table
            .iter()
            .find(|(candidate, _)| *candidate == name)
            .map(|(_, body)| (*body).to_owned())
    };
    if let Some(body) = known(&POSIX).or_else(|| known(&CHARACTER_METHODS)) {
        return Ok(body);
    }
    let block = ["In", "block=", "blk="];
    if name.starts_with("java") || block.iter().any(|prefix| name.starts_with(prefix)) {
        return unsupported(format!("\\p{{{name}}}"));
    }
    let value = match name.split_once('=') {
        Some(("IsScript" | "script" | "sc" | "general_category" | "gc", value)) => value,
        Some(_) => return invalid(format!("Unknown Unicode property {{{name}}}")),
        None => name.strip_prefix("Is").unwrap_or(&name),
    };
    let body = format!("\\p{{{value}}}");
    match regex_syntax::parse(&body) {
        Ok(_) => Ok(body),
        Err(_) => invalid(format!("Unknown character property name {{{name}}}")),
    }
}
