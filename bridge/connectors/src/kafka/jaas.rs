//! Reads `sasl.jaas.config`, which the Java client takes and librdkafka does not.

use std::collections::BTreeMap;

/// A login module with its options, such as `PlainLoginModule required username="alice";`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct JaasConfig {
    /// The Java class.
    pub(super) module: String,
    /// `username`, `password` and whatever else is there.
    pub(super) options: BTreeMap<String, String>,
}

/// Parses the one entry that a client's JAAS configuration has. `None` when it is malformed.
pub(super) fn parse(text: &str) -> Option<JaasConfig> {
    let mut rest = text.trim().trim_end_matches(';').trim_end();
    let module = take_word(&mut rest)?;
    let flag = take_word(&mut rest)?;
    if !["required", "requisite", "sufficient", "optional"].contains(&flag.to_ascii_lowercase().as_str()) {
        return None;
    }
    let mut options = BTreeMap::new();
    while !rest.trim_start().is_empty() {
        let (key, after) = rest.trim_start().split_once('=')?;
        rest = after.trim_start();
        let value = if rest.starts_with(['"', '\'']) {
            take_quoted(&mut rest)?
        } else {
            take_word(&mut rest)?
        };
        options.insert(key.trim().to_owned(), value);
    }
    Some(JaasConfig { module, options })
}

/// The text up to the next white space.
fn take_word(rest: &mut &str) -> Option<String> {
    let text = rest.trim_start();
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (word, after) = text.split_at_checked(end)?;
    *rest = after;
    (!word.is_empty()).then(|| word.to_owned())
}

/// The text within quotes; a backslash takes the next character as it is.
fn take_quoted(rest: &mut &str) -> Option<String> {
    let mut characters = rest.char_indices();
    let (_, quote) = characters.next()?;
    let mut value = String::new();
    while let Some((position, character)) = characters.next() {
        match character {
            '\\' => value.push(characters.next()?.1),
            _ if character == quote => {
                *rest = rest.get(position + 1..)?;
                return Some(value);
            }
            _ => value.push(character),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn option(config: &JaasConfig, key: &str) -> String {
        config.options.get(key).cloned().unwrap_or_default()
    }

    #[test]
    fn user_and_password_of_a_plain_login() {
        let config = parse(
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"alice\" \
             password=\"a=\\\"b\\\" c;\";",
        )
        .unwrap();
        assert_eq!(
            config.module,
            "org.apache.kafka.common.security.plain.PlainLoginModule"
        );
        assert_eq!(option(&config, "username"), "alice");
        assert_eq!(option(&config, "password"), "a=\"b\" c;");
    }

    #[test]
    fn quotes_may_be_single_or_missing_and_lines_broken() {
        let config = parse("a.ScramLoginModule\n  required\n  username=bob\n  password='p w';").unwrap();
        assert_eq!(option(&config, "username"), "bob");
        assert_eq!(option(&config, "password"), "p w");
    }

    #[test]
    fn malformed_entries_are_none() {
        for text in [
            "",
            "Module",
            "Module username=\"x\";",
            "Module required username=\"x",
            "M required user",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
