//! Scripts to statements.
//!
//! Data flow: text -> tokens ([`super::token`], which refuses what tokens alone show) -> one reader a
//! kind of statement, chosen by the first words. Statements end at semicolons between tokens, so
//! quotes, comments and statement sets need no care.

use std::sync::Arc;

use sqlparser::parser::Parser;
use sqlparser::tokenizer::{Span, Token};

use super::cursor::Cursor;
use super::dialect::FlinkDialect;
use super::fault::{Fault, Parsed};
use super::source::SqlSource;
use super::statement::Statement;
use super::token::{check, for_parser, refuse, tokenize};
use super::{
    alter, analyze, change_rows, create_catalog, create_database, create_function, create_model,
    create_table, create_view, describe, drop, explain, insert, session_statement, set, show, statement_set,
};
use crate::error::Result;

/// Parses a script into its statements, which end at semicolons. Empty statements are none.
pub fn parse_statements(text: &str) -> Result<Vec<Statement>> {
    parse(text).map_err(|fault| fault.into_plan_error(text))
}

/// Parses the path of a table or function, such as `` db.`my table` ``, into its parts.
pub fn parse_path(text: &str) -> Result<Vec<String>> {
    let read = || {
        let mut cursor = open(text)?;
        let path = cursor.path()?;
        match cursor.parser.peek_token_ref().token {
            Token::EOF => Ok(path),
            _ => Err(cursor.expected("the end of the path")),
        }
    };
    read().map_err(|fault: Fault| fault.into_plan_error(text))
}

fn open(text: &str) -> Parsed<Cursor<'static>> {
    let tokens = tokenize(text)?;
    Ok(Cursor {
        parser: Parser::new(&FlinkDialect).with_tokens_with_locations(for_parser(&tokens)),
        source: Arc::new(SqlSource::new(text, tokens)),
        queries: Vec::new(),
    })
}

fn parse(text: &str) -> Parsed<Vec<Statement>> {
    check(&tokenize(text)?)?;
    let mut cursor = open(text)?;
    let mut statements = Vec::new();
    loop {
        while cursor.token(&Token::SemiColon) {}
        if cursor.parser.peek_token_ref().token == Token::EOF {
            check_hints(&cursor)?;
            return Ok(statements);
        }
        statements.push(read_statement(&mut cursor)?);
        if !cursor.at_end() {
            return Err(cursor.expected("the end of the statement"));
        }
    }
}

/// Refuses hints outside of queries, which would be lost; those inside are of the query's planner.
fn check_hints(cursor: &Cursor<'_>) -> Parsed<()> {
    let is_read = |span: Span| {
        cursor
            .queries
            .iter()
            .any(|query| query.start <= span.start && span.end <= query.end)
    };
    match cursor.source.hints().find(|(_, span)| !is_read(*span)) {
        None => Ok(()),
        Some((text, span)) => Err(refuse(
            &format!("the hint /*+{text}*/"),
            span,
            "Give options in the WITH clause of CREATE TABLE, or by SET.",
        )),
    }
}

/// Reads one statement, up to its semicolon.
pub(super) fn read_statement(cursor: &mut Cursor<'_>) -> Parsed<Statement> {
    let Token::Word(word) = &cursor.parser.peek_token_ref().token else {
        // A query in parentheses, or a fault that the query's reader explains.
        return cursor.query().map(Statement::Query);
    };
    let first = match word.quote_style {
        None => word.value.to_uppercase(),
        Some(_) => String::new(),
    };
    match first.as_str() {
        "SELECT" | "VALUES" | "WITH" | "TABLE" => cursor.query().map(Statement::Query),
        "INSERT" => insert::read(cursor).map(Statement::Insert),
        "EXECUTE" | "BEGIN" | "END" => statement_set::read(cursor),
        "EXPLAIN" => explain::read(cursor).map(Statement::Explain),
        "CREATE" => read_create(cursor),
        "DROP" => drop::read(cursor),
        "SHOW" => show::read(cursor).map(Statement::Show),
        "DESCRIBE" | "DESC" => describe::read(cursor),
        "SET" | "RESET" => set::read(cursor),
        "USE" => read_use(cursor),
        "ALTER" => alter::read(cursor),
        "UPDATE" => change_rows::read_update(cursor).map(Statement::Update),
        "DELETE" => change_rows::read_delete(cursor).map(Statement::Delete),
        "TRUNCATE" => {
            cursor.expect_words(&["TRUNCATE", "TABLE"])?;
            cursor.path().map(Statement::Truncate)
        }
        "ANALYZE" => analyze::read(cursor).map(Statement::Analyze),
        "CALL" => session_statement::read_call(cursor),
        "LOAD" => session_statement::read_load(cursor),
        "UNLOAD" => session_statement::read_unload(cursor),
        "ADD" | "REMOVE" => session_statement::read_jar(cursor),
        "STOP" => session_statement::read_stop(cursor),
        "COMPILE" => session_statement::read_compile(cursor),
        _ => Err(cursor.expected(STATEMENTS)),
    }
}

/// What a statement can begin with, for errors.
const STATEMENTS: &str = "a statement, such as SELECT, INSERT, CREATE, ALTER, DROP, SHOW, DESCRIBE, EXPLAIN, USE, SET \
                          or EXECUTE";

fn read_create(cursor: &mut Cursor<'_>) -> Parsed<Statement> {
    cursor.expect_words(&["CREATE"])?;
    if cursor.words(&["OR", "ALTER", "MATERIALIZED", "TABLE"]) {
        return create_model::read_materialized_table(cursor, true).map(Statement::CreateMaterializedTable);
    }
    let or_replace = cursor.words(&["OR", "REPLACE"]);
    let temporary = cursor.word("TEMPORARY");
    if cursor.word("TABLE") {
        return create_table::read(cursor, temporary, or_replace).map(Statement::CreateTable);
    }
    if or_replace {
        return Err(cursor.expected("TABLE"));
    }
    if cursor.word("VIEW") {
        create_view::read(cursor, temporary).map(Statement::CreateView)
    } else if cursor.word("MODEL") {
        create_model::read_model(cursor, temporary).map(Statement::CreateModel)
    } else if cursor.at_word("FUNCTION") || (temporary && cursor.at_words(&["SYSTEM", "FUNCTION"])) {
        create_function::read(cursor, temporary).map(Statement::CreateFunction)
    } else if temporary {
        Err(cursor.expected("TABLE, VIEW, FUNCTION, SYSTEM FUNCTION or MODEL"))
    } else if cursor.word("DATABASE") {
        create_database::read(cursor).map(Statement::CreateDatabase)
    } else if cursor.word("CATALOG") {
        create_catalog::read(cursor).map(Statement::CreateCatalog)
    } else if cursor.words(&["MATERIALIZED", "TABLE"]) {
        create_model::read_materialized_table(cursor, false).map(Statement::CreateMaterializedTable)
    } else {
        Err(cursor.expected("TABLE, VIEW, FUNCTION, DATABASE, CATALOG, MODEL or MATERIALIZED TABLE"))
    }
}

fn read_use(cursor: &mut Cursor<'_>) -> Parsed<Statement> {
    cursor.expect_words(&["USE"])?;
    if cursor.word("CATALOG") {
        return Ok(Statement::UseCatalog(cursor.identifier()?.value));
    }
    if cursor.word("MODULES") {
        let mut names = vec![cursor.identifier()?.value];
        while cursor.token(&Token::Comma) {
            names.push(cursor.identifier()?.value);
        }
        return Ok(Statement::UseModules(names));
    }
    cursor.path().map(Statement::UseDatabase)
}
