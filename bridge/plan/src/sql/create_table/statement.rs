//! The statement `CREATE TABLE` in all its forms, as written.

use std::collections::BTreeMap;

use sqlparser::tokenizer::Token;

use super::super::cursor::Cursor;
use super::super::fault::{Fault, Parsed};
use super::super::statement::ParsedQuery;
use super::definition::{TableElements, read_elements};
use super::like::{LikeClause, read_like};
use super::validate_error;

/// `CREATE [OR REPLACE] [TEMPORARY] TABLE [IF NOT EXISTS] path [(elements)] ... [LIKE ... | AS query]`.
#[derive(Debug, Clone)]
pub struct CreateTable {
    /// The table's path as written.
    pub path: Vec<String>,
    /// Whether the table is temporary.
    pub temporary: bool,
    /// Whether an existing table is left as it is.
    pub if_not_exists: bool,
    /// `OR REPLACE`: whether an existing table is replaced.
    pub or_replace: bool,
    /// Columns, key and watermark.
    pub elements: TableElements,
    /// The names of `CREATE TABLE t (a, b) ... AS SELECT`, which order the query's columns.
    pub column_names: Vec<String>,
    /// The comment.
    pub comment: Option<String>,
    /// `DISTRIBUTED BY ...`.
    pub distribution: Option<Distribution>,
    /// Columns of `PARTITIONED BY`.
    pub partition_keys: Vec<String>,
    /// Options as written; those of old keep their old names here.
    pub options: BTreeMap<String, String>,
    /// `LIKE table (...)`.
    pub like: Option<LikeClause>,
    /// The query whose rows fill the table.
    pub query: Option<ParsedQuery>,
}

/// `DISTRIBUTED BY [HASH | RANGE] (columns) [INTO n BUCKETS]` or `DISTRIBUTED INTO n BUCKETS`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distribution {
    /// `HASH` or `RANGE`, if one was written.
    pub kind: Option<String>,
    /// The columns.
    pub columns: Vec<String>,
    /// The number of buckets.
    pub buckets: Option<u32>,
}

/// Reads what follows `CREATE [OR REPLACE] [TEMPORARY] TABLE`.
pub(in super::super) fn read(
    cursor: &mut Cursor<'_>,
    temporary: bool,
    or_replace: bool,
) -> Parsed<CreateTable> {
    let if_not_exists = cursor.if_not_exists();
    let path = cursor.path()?;
    let mut column_names = Vec::new();
    let elements = if cursor.at_token(&Token::LParen) {
        if is_name_list(cursor) {
            column_names = cursor.list(|cursor| Ok(cursor.identifier()?.value))?;
            TableElements::default()
        } else {
            read_elements(cursor, false)?
        }
    } else {
        TableElements::default()
    };
    let mut table = CreateTable {
        path,
        temporary,
        if_not_exists,
        or_replace,
        elements,
        column_names,
        comment: cursor.comment()?,
        distribution: read_distribution(cursor, false)?,
        partition_keys: Vec::new(),
        options: BTreeMap::new(),
        like: None,
        query: None,
    };
    if cursor.words(&["PARTITIONED", "BY"]) {
        table.partition_keys = cursor.list(|cursor| Ok(cursor.identifier()?.value))?;
    }
    if cursor.word("WITH") {
        table.options = cursor.options()?;
    }
    if cursor.word("LIKE") {
        table.like = Some(read_like(cursor)?);
    } else if cursor.word("AS") {
        table.query = Some(cursor.query()?);
    }
    check(&table, cursor)?;
    Ok(table)
}

/// Whether the parentheses hold nothing but names.
fn is_name_list(cursor: &Cursor<'_>) -> bool {
    let second = &cursor.parser.peek_nth_token_ref(2).token;
    matches!(cursor.parser.peek_nth_token_ref(1).token, Token::Word(_))
        && matches!(second, Token::Comma | Token::RParen)
}

/// Combinations that Flink refuses while it parses.
fn check(table: &CreateTable, cursor: &Cursor<'_>) -> Parsed<()> {
    let refuse = |message: &str| Err(Fault::Refused(validate_error(message.to_owned())));
    if !table.column_names.is_empty() && table.query.is_none() {
        return Err(cursor.expected("AS SELECT ... after a list of names without types"));
    }
    if table.query.is_some() && table.temporary {
        return refuse("CREATE TABLE AS SELECT syntax does not support to create temporary table yet.");
    }
    if table.or_replace && table.query.is_none() && table.like.is_some() {
        return Err(cursor.expected("AS SELECT ... after CREATE OR REPLACE TABLE"));
    }
    if table.or_replace && table.if_not_exists {
        return refuse("IF NOT EXISTS and OR REPLACE exclude one another.");
    }
    Ok(())
}

/// Reads a distribution if one is next; of `ALTER TABLE`, where another word begins it, the rest of one.
pub(in super::super) fn read_distribution(
    cursor: &mut Cursor<'_>,
    has_begun: bool,
) -> Parsed<Option<Distribution>> {
    if !has_begun && !cursor.word("DISTRIBUTED") {
        return Ok(None);
    }
    let mut distribution = Distribution {
        kind: None,
        columns: Vec::new(),
        buckets: None,
    };
    if cursor.word("BY") {
        distribution.kind = ["HASH", "RANGE"]
            .into_iter()
            .find(|kind| cursor.word(kind))
            .map(str::to_owned);
        distribution.columns = cursor.list(|cursor| Ok(cursor.identifier()?.value))?;
    } else if !cursor.at_word("INTO") {
        return Err(cursor.expected("BY or INTO"));
    }
    if cursor.word("INTO") {
        distribution.buckets = Some(cursor.unsigned()?);
        cursor.expect_words(&["BUCKETS"])?;
    }
    Ok(Some(distribution))
}
