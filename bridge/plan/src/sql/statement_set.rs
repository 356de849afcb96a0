//! Statement sets: several inserts that run as one job.

use sqlparser::tokenizer::Token;

use super::cursor::Cursor;
use super::fault::Parsed;
use super::insert;
use super::statement::{Insert, Statement};

/// Reads what begins with `EXECUTE`, `BEGIN` or `END`.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Parsed<Statement> {
    if cursor.words(&["BEGIN", "STATEMENT", "SET"]) {
        return Ok(Statement::BeginStatementSet);
    }
    if cursor.word("END") {
        return Ok(Statement::EndStatementSet);
    }
    if cursor.words(&["EXECUTE", "STATEMENT", "SET"]) {
        cursor.expect_words(&["BEGIN"])?;
        return read_inserts(cursor).map(Statement::StatementSet);
    }
    if cursor.words(&["EXECUTE", "PLAN"]) {
        return Ok(Statement::ExecutePlan(cursor.string()?));
    }
    if cursor.word("EXECUTE") {
        // EXECUTE before an insert or a query means the statement itself.
        if cursor.at_word("INSERT") {
            return insert::read(cursor).map(Statement::Insert);
        }
        return cursor.query().map(Statement::Query);
    }
    cursor.expect_words(&["BEGIN", "STATEMENT", "SET"])?;
    Ok(Statement::BeginStatementSet)
}

/// Reads `INSERT ...; ...; END` after `BEGIN`.
pub(super) fn read_inserts(cursor: &mut Cursor<'_>) -> Parsed<Vec<Insert>> {
    let mut inserts = Vec::new();
    loop {
        while cursor.token(&Token::SemiColon) {}
        if !inserts.is_empty() && cursor.word("END") {
            return Ok(inserts);
        }
        if !cursor.at_word("INSERT") {
            let expected = if inserts.is_empty() {
                "INSERT"
            } else {
                "INSERT or END"
            };
            return Err(cursor.expected(expected));
        }
        inserts.push(insert::read(cursor)?);
        if cursor.parser.peek_token_ref().token != Token::SemiColon {
            return Err(cursor.expected(";"));
        }
    }
}
