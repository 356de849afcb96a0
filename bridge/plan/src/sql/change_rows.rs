//! `UPDATE`, `DELETE` and `TRUNCATE`: statements that change rows where they are.

use sqlparser::tokenizer::Token;

use super::create_table::ParsedExpression;
use super::cursor::Cursor;
use super::fault::Parsed;

/// `UPDATE path SET column = expression, ... [WHERE condition]`.
#[derive(Debug, Clone)]
pub struct Update {
    /// The table's path as written.
    pub path: Vec<String>,
    /// Columns with their new values.
    pub assignments: Vec<(String, ParsedExpression)>,
    /// Which rows are changed; `None` is all.
    pub condition: Option<ParsedExpression>,
}

/// `DELETE FROM path [WHERE condition]`.
#[derive(Debug, Clone)]
pub struct Delete {
    /// The table's path as written.
    pub path: Vec<String>,
    /// Which rows go; `None` is all.
    pub condition: Option<ParsedExpression>,
}

/// Reads `UPDATE ...`.
pub(super) fn read_update(cursor: &mut Cursor<'_>) -> Parsed<Update> {
    cursor.expect_words(&["UPDATE"])?;
    let path = cursor.path()?;
    cursor.expect_words(&["SET"])?;
    let mut assignments = Vec::new();
    loop {
        let column = cursor.identifier()?.value;
        cursor.expect_token(&Token::Eq)?;
        assignments.push((column, cursor.expression()?));
        if !cursor.token(&Token::Comma) {
            break;
        }
    }
    Ok(Update {
        path,
        assignments,
        condition: read_condition(cursor)?,
    })
}

/// Reads `DELETE ...`.
pub(super) fn read_delete(cursor: &mut Cursor<'_>) -> Parsed<Delete> {
    cursor.expect_words(&["DELETE", "FROM"])?;
    Ok(Delete {
        path: cursor.path()?,
        condition: read_condition(cursor)?,
    })
}

fn read_condition(cursor: &mut Cursor<'_>) -> Parsed<Option<ParsedExpression>> {
    cursor.word("WHERE").then(|| cursor.expression()).transpose()
}
