//! Pattern letters of `java.time.format.DateTimeFormatter` and `java.text.SimpleDateFormat`.

/// A piece of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    /// A letter, and how often it stands there.
    Letters(char, usize),
    /// Text that stands for itself.
    Literal(String),
    /// `[`: what follows may be missing.
    OptionalStart,
    /// `]`.
    OptionalEnd,
}

/// The pieces of a pattern; `None` if a quote is not closed. With `optional`, brackets have a meaning.
pub(super) fn items(pattern: &str, optional: bool) -> Option<Vec<Item>> {
    let mut found: Vec<Item> = Vec::new();
    let mut rest = pattern.chars().peekable();
    while let Some(letter) = rest.next() {
        match letter {
            'a'..='z' | 'A'..='Z' => {
                let mut count = 1;
                while rest.next_if_eq(&letter).is_some() {
                    count += 1;
                }
                found.push(Item::Letters(letter, count));
            }
            '\'' => {
                // Two quotes are one quote, inside and outside of quoted text.
                if rest.next_if_eq(&'\'').is_some() {
                    literal(&mut found, '\'');
                    continue;
                }
                loop {
                    match rest.next()? {
                        '\'' if rest.next_if_eq(&'\'').is_some() => literal(&mut found, '\''),
                        '\'' => break,
                        other => literal(&mut found, other),
                    }
                }
            }
            '[' if optional => found.push(Item::OptionalStart),
            ']' if optional => found.push(Item::OptionalEnd),
            other => literal(&mut found, other),
        }
    }
    Some(found)
}

fn literal(found: &mut Vec<Item>, character: char) {
    if let Some(Item::Literal(text)) = found.last_mut() {
        text.push(character);
    } else {
        found.push(Item::Literal(character.to_string()));
    }
}

pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// From Sunday on.
pub(super) const WEEKDAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];

/// The index of the name that a text begins with, and its length; the longest name wins.
pub(super) fn name_prefix(text: &str, names: &[&str], exact_case: bool) -> Option<(usize, usize)> {
    let fits = |name: &str| {
        text.get(..name.len())
            .is_some_and(|start| start == name || !exact_case && start.eq_ignore_ascii_case(name))
    };
    names
        .iter()
        .enumerate()
        .filter(|(_, name)| fits(name))
        .map(|(index, name)| (index, name.len()))
        .max_by_key(|(_, length)| *length)
}
