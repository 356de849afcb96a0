//! The words and signs of a type string.

use std::fmt;

/// A word or sign, with where it starts.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    /// Position of its first character, counted in characters.
    pub(super) position: usize,
    /// Keywords in upper case; names and strings without quotes.
    pub(super) text: String,
    /// As written, without quotes.
    pub(super) original: String,
}

/// What a token is, in Flink's terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    BeginSubtype,
    EndSubtype,
    BeginParameter,
    EndParameter,
    ListSeparator,
    LiteralString,
    LiteralInt,
    Keyword,
    Identifier,
    IdentifierSeparator,
}

impl fmt::Display for TokenKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::BeginSubtype => "BEGIN_SUBTYPE",
            Self::EndSubtype => "END_SUBTYPE",
            Self::BeginParameter => "BEGIN_PARAMETER",
            Self::EndParameter => "END_PARAMETER",
            Self::ListSeparator => "LIST_SEPARATOR",
            Self::LiteralString => "LITERAL_STRING",
            Self::LiteralInt => "LITERAL_INT",
            Self::Keyword => "KEYWORD",
            Self::Identifier => "IDENTIFIER",
            Self::IdentifierSeparator => "IDENTIFIER_SEPARATOR",
        })
    }
}

/// Words that are not identifiers in a type string, unless in back-ticks.
const KEYWORDS: [&str; 46] = [
    "CHAR",
    "VARCHAR",
    "STRING",
    "BOOLEAN",
    "BINARY",
    "VARBINARY",
    "BYTES",
    "DECIMAL",
    "NUMERIC",
    "DEC",
    "TINYINT",
    "SMALLINT",
    "INT",
    "INTEGER",
    "BIGINT",
    "FLOAT",
    "DOUBLE",
    "PRECISION",
    "DATE",
    "TIME",
    "WITH",
    "WITHOUT",
    "LOCAL",
    "ZONE",
    "TIMESTAMP",
    "TIMESTAMP_LTZ",
    "INTERVAL",
    "YEAR",
    "MONTH",
    "DAY",
    "HOUR",
    "MINUTE",
    "SECOND",
    "TO",
    "ARRAY",
    "MULTISET",
    "MAP",
    "ROW",
    "NULL",
    "RAW",
    "LEGACY",
    "NOT",
    "DESCRIPTOR",
    "STRUCTURED",
    "VARIANT",
    "BITMAP",
];

/// The tokens of `text`, or the position and cause of what cannot be read.
pub(super) fn tokenize(text: &str) -> Result<Vec<Token>, (usize, String)> {
    let characters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut position = 0;
    while let Some(&character) = characters.get(position) {
        let start = position;
        let sign = match character {
            '<' => Some(TokenKind::BeginSubtype),
            '>' => Some(TokenKind::EndSubtype),
            '(' => Some(TokenKind::BeginParameter),
            ')' => Some(TokenKind::EndParameter),
            ',' => Some(TokenKind::ListSeparator),
            '.' => Some(TokenKind::IdentifierSeparator),
            _ => None,
        };
        let (kind, original) = if let Some(kind) = sign {
            position += 1;
            (kind, character.to_string())
        } else if character.is_whitespace() {
            position += 1;
            continue;
        } else if character == '`' || character == '\'' {
            let content = quoted(&characters, &mut position)
                .ok_or_else(|| (start, format!("Missing closing {character}.")))?;
            let kind = if character == '`' {
                TokenKind::Identifier
            } else {
                TokenKind::LiteralString
            };
            (kind, content)
        } else {
            while characters.get(position).is_some_and(|next| is_word(*next)) {
                position += 1;
            }
            if position == start {
                return Err((start, format!("Unexpected character: {character}")));
            }
            let word: String = characters[start..position].iter().collect();
            let kind = if word.chars().all(|digit| digit.is_ascii_digit()) {
                TokenKind::LiteralInt
            } else if KEYWORDS.contains(&word.to_uppercase().as_str()) {
                TokenKind::Keyword
            } else {
                TokenKind::Identifier
            };
            (kind, word)
        };
        let text = if kind == TokenKind::Keyword {
            original.to_uppercase()
        } else {
            original.clone()
        };
        tokens.push(Token {
            kind,
            position: start,
            text,
            original,
        });
    }
    Ok(tokens)
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == '$' || character == '-'
}

/// The content between quotes, where a doubled quote stands for itself; `None` if it does not end.
fn quoted(characters: &[char], position: &mut usize) -> Option<String> {
    let quote = characters[*position];
    let mut content = String::new();
    *position += 1;
    loop {
        let character = *characters.get(*position)?;
        *position += 1;
        if character == quote {
            if characters.get(*position) != Some(&quote) {
                return Some(content);
            }
            *position += 1;
        }
        content.push(character);
    }
}
