//! `CREATE MODEL` and `CREATE MATERIALIZED TABLE`: read, and refused when they are run.

use std::collections::BTreeMap;

use super::create_table::{Distribution, ParsedExpression, TableElements, read_distribution, read_elements};
use super::cursor::Cursor;
use super::fault::Parsed;
use super::statement::ParsedQuery;

/// `CREATE [TEMPORARY] MODEL [IF NOT EXISTS] path [INPUT (...)] [OUTPUT (...)] [COMMENT ..] [WITH (...)]`.
#[derive(Debug, Clone)]
pub struct CreateModel {
    /// The model's path as written.
    pub path: Vec<String>,
    /// Whether the model is temporary.
    pub temporary: bool,
    /// Whether an existing model is left as it is.
    pub if_not_exists: bool,
    /// Columns that the model takes.
    pub input: TableElements,
    /// Columns that the model gives.
    pub output: TableElements,
    /// The comment.
    pub comment: Option<String>,
    /// Options.
    pub options: BTreeMap<String, String>,
    /// The query of `AS`.
    pub query: Option<ParsedQuery>,
}

/// `CREATE [OR ALTER] MATERIALIZED TABLE path ... AS query`.
#[derive(Debug, Clone)]
pub struct CreateMaterializedTable {
    /// The table's path as written.
    pub path: Vec<String>,
    /// `OR ALTER`.
    pub or_alter: bool,
    /// Columns, key and watermark.
    pub elements: TableElements,
    /// The comment.
    pub comment: Option<String>,
    /// `DISTRIBUTED BY ...`.
    pub distribution: Option<Distribution>,
    /// Columns of `PARTITIONED BY`.
    pub partition_keys: Vec<String>,
    /// Options.
    pub options: BTreeMap<String, String>,
    /// `FRESHNESS = INTERVAL ...`.
    pub freshness: Option<ParsedExpression>,
    /// `REFRESH_MODE = FULL | CONTINUOUS`.
    pub refresh_mode: Option<String>,
    /// The query.
    pub query: ParsedQuery,
}

/// Reads what follows `CREATE [TEMPORARY] MODEL`.
pub(super) fn read_model(cursor: &mut Cursor<'_>, temporary: bool) -> Parsed<CreateModel> {
    let if_not_exists = cursor.if_not_exists();
    let path = cursor.path()?;
    let input = match cursor.word("INPUT") {
        true => read_elements(cursor, false)?,
        false => TableElements::default(),
    };
    let output = match cursor.word("OUTPUT") {
        true => read_elements(cursor, false)?,
        false => TableElements::default(),
    };
    Ok(CreateModel {
        path,
        temporary,
        if_not_exists,
        input,
        output,
        comment: cursor.comment()?,
        options: cursor.with_options()?,
        query: cursor.word("AS").then(|| cursor.query()).transpose()?,
    })
}

/// Reads what follows `CREATE [OR ALTER] MATERIALIZED TABLE`.
pub(super) fn read_materialized_table(
    cursor: &mut Cursor<'_>,
    or_alter: bool,
) -> Parsed<CreateMaterializedTable> {
    let path = cursor.path()?;
    let elements = match cursor.at_token(&sqlparser::tokenizer::Token::LParen) {
        true => read_elements(cursor, false)?,
        false => TableElements::default(),
    };
    let comment = cursor.comment()?;
    let distribution = read_distribution(cursor, false)?;
    let mut partition_keys = Vec::new();
    if cursor.words(&["PARTITIONED", "BY"]) {
        partition_keys = cursor.list(|cursor| Ok(cursor.identifier()?.value))?;
    }
    let options = cursor.with_options()?;
    let mut freshness = None;
    if cursor.word("FRESHNESS") {
        cursor.expect_token(&sqlparser::tokenizer::Token::Eq)?;
        freshness = Some(cursor.expression()?);
    }
    let mut refresh_mode = None;
    if cursor.word("REFRESH_MODE") {
        cursor.expect_token(&sqlparser::tokenizer::Token::Eq)?;
        let found = ["FULL", "CONTINUOUS"].into_iter().find(|mode| cursor.word(mode));
        let Some(mode) = found else {
            return Err(cursor.expected("FULL or CONTINUOUS"));
        };
        refresh_mode = Some(mode.to_owned());
    }
    cursor.expect_words(&["AS"])?;
    Ok(CreateMaterializedTable {
        path,
        or_alter,
        elements,
        comment,
        distribution,
        partition_keys,
        options,
        freshness,
        refresh_mode,
        query: cursor.query()?,
    })
}
