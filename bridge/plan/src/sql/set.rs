//! `SET` and `RESET`.

use sqlparser::tokenizer::Token;

use super::cursor::Cursor;
use super::fault::Parsed;
use super::statement::Statement;

/// Reads `SET`, `SET 'key' = 'value'`, the unquoted `SET key = value` of the SQL client, and `RESET`.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Parsed<Statement> {
    if cursor.word("RESET") {
        if cursor.at_end() {
            return Ok(Statement::Reset(None));
        }
        return read_key(cursor).map(|key| Statement::Reset(Some(key)));
    }
    cursor.expect_words(&["SET"])?;
    if cursor.at_end() {
        return Ok(Statement::Set(None));
    }
    let key = read_key(cursor)?;
    cursor.expect_token(&Token::Eq)?;
    let value = match cursor.parser.peek_token_ref().token {
        Token::SingleQuotedString(_) => cursor.string()?,
        _ => read_raw(cursor, |token| matches!(token, Token::SemiColon))?,
    };
    Ok(Statement::Set(Some((key, value))))
}

fn read_key(cursor: &mut Cursor<'_>) -> Parsed<String> {
    match cursor.parser.peek_token_ref().token {
        Token::SingleQuotedString(_) => cursor.string(),
        _ => read_raw(cursor, |token| matches!(token, Token::SemiColon | Token::Eq)),
    }
}

/// The text up to a token, as written.
fn read_raw(cursor: &mut Cursor<'_>, is_end: impl Fn(&Token) -> bool) -> Parsed<String> {
    let start = cursor.span().start;
    let mut end = None;
    while !is_end(&cursor.parser.peek_token_ref().token) && !cursor.at_end() {
        end = Some(cursor.span().end);
        cursor.parser.advance_token();
    }
    match end {
        Some(end) => Ok(cursor.source.slice(start, end).to_owned()),
        None => Err(cursor.expected("a key or value")),
    }
}
