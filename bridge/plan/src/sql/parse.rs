//! Scripts to statements.
//!
//! Data flow: text -> tokens ([`super::token`], which refuses what tokens alone show) -> one reader a
//! kind of statement, chosen by the first words. Statements end at semicolons between tokens, so
//! quotes, comments and statement sets need no care.

use std::sync::Arc;

use sqlparser::parser::Parser;
use sqlparser::tokenizer::Token;

use super::cursor::Cursor;
use super::dialect::FlinkDialect;
use super::fault::{Fault, Parsed};
use super::source::SqlSource;
use super::statement::Statement;
use super::token::{check, tokenize};
use super::{
    create_database, create_function, create_table, create_view, drop, explain, insert, set, show,
    statement_set,
};
use crate::error::Result;

/// Statements of Flink that are refused, by their first words, with what works instead.
const REFUSED: &[(&[&str], &str, &str)] = &[
    (&["ALTER"], "ALTER", "Drop the object and create it anew."),
    (&["ANALYZE"], "ANALYZE", "Plans do not depend on statistics."),
    (&["CALL"], "CALL", "Procedures are of catalogs in a JVM."),
    (&["COMPILE"], "COMPILE PLAN", "EXPLAIN shows the plan."),
    (
        &["CREATE", "CATALOG"],
        "CREATE CATALOG",
        "default_catalog holds tables in memory.",
    ),
    (
        &["CREATE", "MATERIALIZED"],
        "CREATE MATERIALIZED TABLE",
        "CREATE TABLE and INSERT INTO run continuously.",
    ),
    (
        &["CREATE", "MODEL"],
        "CREATE MODEL",
        "A Python function can call a model.",
    ),
    (
        &["CREATE", "OR"],
        "CREATE OR REPLACE / OR ALTER",
        "DROP the object, then CREATE it.",
    ),
    (&["DELETE"], "DELETE", "Sinks are changed by INSERT INTO."),
    (
        &["DESCRIBE", "CATALOG"],
        "DESCRIBE CATALOG",
        "SHOW DATABASES lists what a catalog holds.",
    ),
    (
        &["DESCRIBE", "FUNCTION"],
        "DESCRIBE FUNCTION",
        "SHOW FUNCTIONS lists functions.",
    ),
    (
        &["DESCRIBE", "JOB"],
        "DESCRIBE JOB",
        "The job's client tells its state.",
    ),
    (
        &["DROP", "CATALOG"],
        "DROP CATALOG",
        "default_catalog stays for the session.",
    ),
    (
        &["DROP", "DATABASE"],
        "DROP DATABASE",
        "Databases stay for the session.",
    ),
    (&["EXECUTE", "PLAN"], "EXECUTE PLAN", "Run the statement itself."),
    (&["LOAD"], "LOAD MODULE", "Built-in functions are always there."),
    (
        &["UNLOAD"],
        "UNLOAD MODULE",
        "Built-in functions are always there.",
    ),
    (
        &["ADD"],
        "ADD JAR",
        "Connectors are built in; add Python files by add_python_file.",
    ),
    (&["REMOVE"], "REMOVE JAR", "Connectors are built in."),
    (&["STOP"], "STOP JOB", "The job's client cancels it."),
    (
        &["TRUNCATE"],
        "TRUNCATE TABLE",
        "Empty the table in its own system.",
    ),
    (&["UPDATE"], "UPDATE", "Sinks are changed by INSERT INTO."),
    (
        &["USE", "MODULES"],
        "USE MODULES",
        "Built-in functions are always there.",
    ),
];

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
        source: Arc::new(SqlSource::new(text, tokens.clone())),
        parser: Parser::new(&FlinkDialect).with_tokens_with_locations(tokens),
    })
}

fn parse(text: &str) -> Parsed<Vec<Statement>> {
    check(&tokenize(text)?)?;
    let mut cursor = open(text)?;
    let mut statements = Vec::new();
    loop {
        while cursor.token(&Token::SemiColon) {}
        if cursor.parser.peek_token_ref().token == Token::EOF {
            return Ok(statements);
        }
        statements.push(read_statement(&mut cursor)?);
        if !cursor.at_end() {
            return Err(cursor.expected("the end of the statement"));
        }
    }
}

/// Reads one statement, up to its semicolon.
pub(super) fn read_statement(cursor: &mut Cursor<'_>) -> Parsed<Statement> {
    for (words, name, hint) in REFUSED {
        if cursor.at_words(words) {
            return Err(cursor.refuse(name, hint));
        }
    }
    let Token::Word(word) = &cursor.parser.peek_token_ref().token else {
        // A query in parentheses, or a fault that the query's reader explains.
        return cursor.query().map(Statement::Query);
    };
    let first = match word.quote_style {
        None => word.value.to_uppercase(),
        Some(_) => String::new(),
    };
    match first.as_str() {
        "SELECT" | "VALUES" | "WITH" => cursor.query().map(Statement::Query),
        "INSERT" => insert::read(cursor).map(Statement::Insert),
        "EXECUTE" | "BEGIN" | "END" => statement_set::read(cursor),
        "EXPLAIN" => explain::read(cursor).map(Statement::Explain),
        "CREATE" => read_create(cursor),
        "DROP" => drop::read(cursor),
        "SHOW" | "DESCRIBE" | "DESC" => show::read(cursor).map(Statement::Show),
        "SET" | "RESET" => set::read(cursor),
        "USE" => read_use(cursor),
        _ => Err(cursor.expected("a statement")),
    }
}

fn read_create(cursor: &mut Cursor<'_>) -> Parsed<Statement> {
    cursor.expect_words(&["CREATE"])?;
    let temporary = cursor.word("TEMPORARY");
    if cursor.word("TABLE") {
        create_table::read(cursor, temporary).map(Statement::CreateTable)
    } else if cursor.word("VIEW") {
        create_view::read(cursor, temporary).map(Statement::CreateView)
    } else if !temporary && cursor.word("DATABASE") {
        create_database::read(cursor).map(Statement::CreateDatabase)
    } else if cursor.at_word("FUNCTION") || (temporary && cursor.at_words(&["SYSTEM", "FUNCTION"])) {
        create_function::read(cursor, temporary).map(Statement::CreateFunction)
    } else {
        Err(cursor.expected("TABLE, VIEW, FUNCTION or DATABASE"))
    }
}

fn read_use(cursor: &mut Cursor<'_>) -> Parsed<Statement> {
    cursor.expect_words(&["USE"])?;
    if cursor.word("CATALOG") {
        return Ok(Statement::UseCatalog(cursor.identifier()?.value));
    }
    cursor.path().map(Statement::UseDatabase)
}
