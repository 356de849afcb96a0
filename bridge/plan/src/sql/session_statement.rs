//! Short statements about modules, files, jobs, plans and procedures.

use std::collections::BTreeMap;

use sqlparser::tokenizer::Token;

use super::create_table::ParsedExpression;
use super::cursor::Cursor;
use super::fault::Parsed;
use super::parse::read_statement;
use super::statement::Statement;

/// `STOP JOB 'id' [WITH SAVEPOINT] [WITH DRAIN]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StopJob {
    /// The job's id.
    pub id: String,
    /// `WITH SAVEPOINT`.
    pub savepoint: bool,
    /// `WITH DRAIN`.
    pub drain: bool,
}

/// `LOAD MODULE name [WITH (options)]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadModule {
    /// The module.
    pub name: String,
    /// Its options.
    pub options: BTreeMap<String, String>,
}

/// `CALL path(arguments)`.
#[derive(Debug, Clone)]
pub struct Call {
    /// The procedure's path as written.
    pub path: Vec<String>,
    /// The arguments, with the names of named ones.
    pub arguments: Vec<(Option<String>, ParsedExpression)>,
}

/// `COMPILE PLAN 'path' [IF NOT EXISTS] FOR statement`, or `COMPILE AND EXECUTE PLAN 'path' FOR statement`.
#[derive(Debug, Clone)]
pub struct CompilePlan {
    /// The file.
    pub path: String,
    /// Whether an existing file is left as it is.
    pub if_not_exists: bool,
    /// Whether the plan is run as well.
    pub execute: bool,
    /// An insert or a statement set.
    pub statement: Box<Statement>,
}

/// Reads `LOAD MODULE ...`.
pub(super) fn read_load(cursor: &mut Cursor<'_>) -> Parsed<Statement> {
    cursor.expect_words(&["LOAD", "MODULE"])?;
    Ok(Statement::LoadModule(LoadModule {
        name: cursor.identifier()?.value,
        options: cursor.with_options()?,
    }))
}

/// Reads `UNLOAD MODULE ...`.
pub(super) fn read_unload(cursor: &mut Cursor<'_>) -> Parsed<Statement> {
    cursor.expect_words(&["UNLOAD", "MODULE"])?;
    Ok(Statement::UnloadModule(cursor.identifier()?.value))
}

/// Reads `ADD JAR` and `REMOVE JAR`.
pub(super) fn read_jar(cursor: &mut Cursor<'_>) -> Parsed<Statement> {
    if cursor.words(&["ADD", "JAR"]) {
        return Ok(Statement::AddJar(cursor.string()?));
    }
    if cursor.words(&["REMOVE", "JAR"]) {
        return Ok(Statement::RemoveJar(cursor.string()?));
    }
    cursor.parser.advance_token();
    Err(cursor.expected("JAR"))
}

/// Reads `STOP JOB ...`.
pub(super) fn read_stop(cursor: &mut Cursor<'_>) -> Parsed<Statement> {
    cursor.expect_words(&["STOP", "JOB"])?;
    Ok(Statement::StopJob(StopJob {
        id: cursor.string()?,
        savepoint: cursor.words(&["WITH", "SAVEPOINT"]),
        drain: cursor.words(&["WITH", "DRAIN"]),
    }))
}

/// Reads `CALL ...`.
pub(super) fn read_call(cursor: &mut Cursor<'_>) -> Parsed<Statement> {
    cursor.expect_words(&["CALL"])?;
    let path = cursor.path()?;
    cursor.expect_token(&Token::LParen)?;
    let mut arguments = Vec::new();
    if !cursor.token(&Token::RParen) {
        loop {
            let name = if cursor.parser.peek_nth_token_ref(1).token == Token::RArrow {
                let name = cursor.identifier()?.value;
                cursor.expect_token(&Token::RArrow)?;
                Some(name)
            } else {
                None
            };
            arguments.push((name, cursor.expression()?));
            if !cursor.token(&Token::Comma) {
                break;
            }
        }
        cursor.expect_token(&Token::RParen)?;
    }
    Ok(Statement::Call(Call { path, arguments }))
}

/// Reads `COMPILE ...`.
pub(super) fn read_compile(cursor: &mut Cursor<'_>) -> Parsed<Statement> {
    cursor.expect_words(&["COMPILE"])?;
    let execute = cursor.words(&["AND", "EXECUTE"]);
    cursor.expect_words(&["PLAN"])?;
    let path = cursor.string()?;
    let if_not_exists = cursor.if_not_exists();
    cursor.expect_words(&["FOR"])?;
    let statement = if cursor.words(&["STATEMENT", "SET", "BEGIN"]) {
        Statement::StatementSet(super::statement_set::read_inserts(cursor)?)
    } else if cursor.at_word("INSERT") {
        read_statement(cursor)?
    } else {
        return Err(cursor.expected("INSERT or STATEMENT SET"));
    };
    Ok(Statement::CompilePlan(CompilePlan {
        path,
        if_not_exists,
        execute,
        statement: Box::new(statement),
    }))
}
