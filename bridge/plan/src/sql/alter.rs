//! `ALTER` of everything but tables.

use std::collections::BTreeMap;

use super::alter_table;
use super::create_function::{FunctionBody, read_body};
use super::cursor::Cursor;
use super::fault::Parsed;
use super::statement::{ParsedQuery, Statement};

/// `ALTER VIEW [IF EXISTS] path {RENAME TO path | AS query}`.
#[derive(Debug, Clone)]
pub struct AlterView {
    /// The view's path as written.
    pub path: Vec<String>,
    /// Whether a missing view is no error.
    pub if_exists: bool,
    /// What is to be done.
    pub action: AlterViewAction,
}

/// What `ALTER VIEW` does.
#[derive(Debug, Clone)]
pub enum AlterViewAction {
    /// `RENAME TO path`.
    Rename(Vec<String>),
    /// `AS query`.
    As(ParsedQuery),
}

/// `ALTER DATABASE path SET (options)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterDatabase {
    /// One or two parts.
    pub path: Vec<String>,
    /// Properties to set.
    pub options: BTreeMap<String, String>,
}

/// `ALTER CATALOG name action`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterCatalog {
    /// The catalog.
    pub name: String,
    /// What is to be done.
    pub action: AlterCatalogAction,
}

/// What `ALTER CATALOG` does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AlterCatalogAction {
    /// `SET (options)`.
    Set(BTreeMap<String, String>),
    /// `RESET (keys)`.
    Reset(Vec<String>),
    /// `COMMENT 'text'`.
    Comment(String),
}

/// `ALTER [TEMPORARY [SYSTEM]] FUNCTION [IF EXISTS] path AS 'name' [LANGUAGE ...]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterFunction {
    /// The function's path as written.
    pub path: Vec<String>,
    /// Whether a temporary function is meant.
    pub temporary: bool,
    /// Whether a system function is meant.
    pub system: bool,
    /// Whether a missing function is no error.
    pub if_exists: bool,
    /// What the function becomes.
    pub body: FunctionBody,
}

/// Reads `ALTER ...`.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Parsed<Statement> {
    cursor.expect_words(&["ALTER"])?;
    if cursor.word("TABLE") {
        return alter_table::read(cursor).map(Statement::AlterTable);
    }
    if cursor.word("VIEW") {
        return read_view(cursor).map(Statement::AlterView);
    }
    if cursor.word("DATABASE") {
        let path = cursor.path()?;
        cursor.expect_words(&["SET"])?;
        let options = cursor.options()?;
        return Ok(Statement::AlterDatabase(AlterDatabase { path, options }));
    }
    if cursor.word("CATALOG") {
        return read_catalog(cursor).map(Statement::AlterCatalog);
    }
    if cursor.words(&["MATERIALIZED", "TABLE"]) {
        let path = cursor.path()?;
        let action = cursor.rest();
        return Ok(Statement::AlterMaterializedTable { path, action });
    }
    if cursor.word("MODEL") {
        cursor.if_exists();
        let path = cursor.path()?;
        let action = cursor.rest();
        return Ok(Statement::AlterModel { path, action });
    }
    let temporary = cursor.word("TEMPORARY");
    let system = temporary && cursor.word("SYSTEM");
    if cursor.word("FUNCTION") {
        return Ok(Statement::AlterFunction(AlterFunction {
            if_exists: cursor.if_exists(),
            path: cursor.path()?,
            temporary,
            system,
            body: read_body(cursor)?,
        }));
    }
    Err(cursor.expected("TABLE, VIEW, DATABASE, CATALOG, FUNCTION, MODEL or MATERIALIZED TABLE"))
}

fn read_view(cursor: &mut Cursor<'_>) -> Parsed<AlterView> {
    let if_exists = cursor.if_exists();
    let path = cursor.path()?;
    let action = if cursor.words(&["RENAME", "TO"]) {
        AlterViewAction::Rename(cursor.path()?)
    } else if cursor.word("AS") {
        AlterViewAction::As(cursor.query()?)
    } else {
        return Err(cursor.expected("RENAME TO or AS"));
    };
    Ok(AlterView {
        path,
        if_exists,
        action,
    })
}

fn read_catalog(cursor: &mut Cursor<'_>) -> Parsed<AlterCatalog> {
    let name = cursor.identifier()?.value;
    let action = if cursor.word("SET") {
        AlterCatalogAction::Set(cursor.options()?)
    } else if cursor.word("RESET") {
        AlterCatalogAction::Reset(cursor.keys()?)
    } else if let Some(comment) = cursor.comment()? {
        AlterCatalogAction::Comment(comment)
    } else {
        return Err(cursor.expected("SET, RESET or COMMENT"));
    };
    Ok(AlterCatalog { name, action })
}
