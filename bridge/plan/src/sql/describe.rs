//! `DESCRIBE`. What it answers is in [`super::answer`].

use super::cursor::Cursor;
use super::fault::Parsed;
use super::statement::Statement;

/// `DESCRIBE ...` or `DESC ...`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Describe {
    /// `DESCRIBE [EXTENDED] path`: a table or view.
    Table {
        /// The path as written.
        path: Vec<String>,
        /// Whether more is shown.
        extended: bool,
    },
    /// `DESCRIBE CATALOG [EXTENDED] name`.
    Catalog {
        /// The catalog.
        name: String,
        /// Whether its options are shown.
        extended: bool,
    },
    /// `DESCRIBE DATABASE [EXTENDED] path`.
    Database {
        /// One or two parts.
        path: Vec<String>,
        /// Whether its properties are shown.
        extended: bool,
    },
    /// `DESCRIBE FUNCTION [EXTENDED] path`.
    Function {
        /// The path as written.
        path: Vec<String>,
        /// Whether more is shown.
        extended: bool,
    },
    /// `DESCRIBE JOB 'id'`.
    Job(String),
    /// `DESCRIBE MODEL [EXTENDED] path`.
    Model(Vec<String>),
}

/// Reads `DESCRIBE ...` or `DESC ...`.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Parsed<Statement> {
    cursor.parser.advance_token();
    let described = if is_kind(cursor, "CATALOG") {
        let extended = read_extended(cursor);
        Describe::Catalog {
            name: cursor.identifier()?.value,
            extended,
        }
    } else if is_kind(cursor, "DATABASE") {
        let extended = read_extended(cursor);
        Describe::Database {
            path: cursor.path()?,
            extended,
        }
    } else if is_kind(cursor, "FUNCTION") {
        let extended = read_extended(cursor);
        Describe::Function {
            path: cursor.path()?,
            extended,
        }
    } else if is_kind(cursor, "MODEL") {
        read_extended(cursor);
        Describe::Model(cursor.path()?)
    } else if is_kind(cursor, "JOB") {
        cursor.parser.advance_token();
        Describe::Job(cursor.string()?)
    } else {
        // The word EXTENDED may also be the name of a table.
        let extended = is_kind(cursor, "EXTENDED") && cursor.word("EXTENDED");
        Describe::Table {
            path: cursor.path()?,
            extended,
        }
    };
    Ok(Statement::Describe(described))
}

/// Whether the word is followed by something else than a dot or the end, and so is no name itself.
fn is_kind(cursor: &Cursor<'_>, word: &str) -> bool {
    use sqlparser::tokenizer::Token;
    cursor.at_word(word)
        && matches!(
            cursor.parser.peek_nth_token_ref(1).token,
            Token::Word(_) | Token::SingleQuotedString(_)
        )
}

/// Goes past the kind of object, and `EXTENDED` if it is next.
fn read_extended(cursor: &mut Cursor<'_>) -> bool {
    cursor.parser.advance_token();
    is_kind(cursor, "EXTENDED") && cursor.word("EXTENDED")
}
