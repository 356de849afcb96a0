//! The characters of a CSV table.

use nutkin_engine::Result;

use crate::options::OptionReader;

/// The characters that mean something.
#[derive(Debug, Clone)]
pub(super) struct CsvDialect {
    pub(super) delimiter: u8,
    pub(super) quote: Option<u8>,
    pub(super) escape: Option<u8>,
    pub(super) comments: bool,
    pub(super) array_delimiter: String,
    pub(super) null_literal: Option<String>,
}

impl CsvDialect {
    pub(super) fn read(options: &OptionReader<'_>) -> Result<Self> {
        let quote = if options.boolean("disable-quote-character")? {
            if options.given("quote-character").is_some() {
                return Err(options.invalid_value(
                    "quote-character",
                    "no quote character, because 'disable-quote-character' is true",
                ));
            }
            None
        } else {
            character(options, "quote-character")?
        };
        Ok(Self {
            delimiter: character(options, "field-delimiter")?.unwrap_or(b','),
            quote,
            escape: character(options, "escape-character")?,
            comments: options.boolean("allow-comments")?,
            array_delimiter: options.text("array-element-delimiter").unwrap_or(";").to_owned(),
            null_literal: options.text("null-literal").map(str::to_owned),
        })
    }
}

/// Reads an option that is one character, perhaps written as a Java escape.
fn character(options: &OptionReader<'_>, key: &str) -> Result<Option<u8>> {
    let Some(text) = options.text(key) else {
        return Ok(None);
    };
    let character = match text {
        "\\t" => Some('\t'),
        "\\\\" => Some('\\'),
        "\\\"" => Some('"'),
        "\\'" => Some('\''),
        _ => match text.strip_prefix("\\u") {
            Some(digits) if digits.len() == 4 => {
                u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)
            }
            _ => {
                let mut characters = text.chars();
                characters.next().filter(|_| characters.next().is_none())
            }
        },
    };
    match character {
        Some(character) if character.is_ascii() && character != '\n' && character != '\r' => {
            Ok(u8::try_from(character).ok())
        }
        _ => Err(options.invalid_value(key, "one ASCII character that is not a line break")),
    }
}
