//! `INSERT INTO`.

use std::sync::Arc;

use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::Token;

use super::cursor::Cursor;
use super::fault::Parsed;
use super::query::{PlanContext, plan_query};
use super::statement::ParsedQuery;
use crate::catalog::{CatalogEntry, CatalogTable, quote_path};
use crate::error::{PlanError, Result};
use crate::operation::{QueryOperation, match_sink};

/// `INSERT INTO path [(columns)] query`.
#[derive(Debug, Clone)]
pub struct Insert {
    /// The sink's path as written.
    pub path: Vec<String>,
    /// The columns that the query fills, in its order; `None` for all.
    pub columns: Option<Vec<String>>,
    /// The query.
    pub query: ParsedQuery,
}

/// An insert whose query has exactly the columns of its sink.
#[derive(Debug, Clone)]
pub struct PlannedInsert {
    /// The sink.
    pub table: Arc<CatalogTable>,
    /// The rows, in the sink's columns and types.
    pub query: Arc<QueryOperation>,
}

pub(super) fn read(cursor: &mut Cursor<'_>) -> Parsed<Insert> {
    cursor.expect_words(&["INSERT"])?;
    if cursor.at_word("OVERWRITE") {
        return Err(cursor.refuse("INSERT OVERWRITE", "INSERT INTO adds rows."));
    }
    cursor.expect_words(&["INTO"])?;
    cursor.word("TABLE");
    let path = cursor.path()?;
    if cursor.at_word("PARTITION") {
        return Err(cursor.refuse(
            "PARTITION of INSERT INTO",
            "Select the partition's value as a column.",
        ));
    }
    let columns = is_column_list(cursor)
        .then(|| cursor.list(|cursor| Ok(cursor.identifier()?.value)))
        .transpose()?;
    let query = cursor.query()?;
    if cursor.at_words(&["ON", "CONFLICT"]) {
        return Err(cursor.refuse(
            "ON CONFLICT",
            "The sink's primary key decides which row is replaced.",
        ));
    }
    Ok(Insert { path, columns, query })
}

/// Whether a parenthesis opens a list of columns, and not a query.
fn is_column_list(cursor: &Cursor<'_>) -> bool {
    let [first, second] = cursor.parser.peek_tokens_ref();
    let starts_query = matches!(&second.token, Token::Word(word)
        if matches!(word.keyword, Keyword::SELECT | Keyword::WITH | Keyword::VALUES));
    first.token == Token::LParen && !starts_query && second.token != Token::LParen
}

impl Insert {
    /// Plans the query and fits it to the sink.
    pub fn plan(&self, context: &PlanContext<'_>) -> Result<PlannedInsert> {
        let identifier = context.catalogs.qualify(&self.path)?;
        let table = match context.catalogs.find(&identifier) {
            Some(CatalogEntry::Table(table)) => Arc::clone(table),
            Some(CatalogEntry::View(_)) => {
                return Err(PlanError::validation(format!(
                    "Cannot insert into {identifier}: it is a view."
                )));
            }
            None => {
                return Err(PlanError::validation(format!(
                    "SQL validation failed. Cannot find table '{}' in any of the catalogs [{}], nor as a \
                     temporary table.",
                    quote_path(&[identifier.catalog, identifier.database, identifier.object]),
                    context.catalogs.list_catalogs().join(", ")
                )));
            }
        };
        let query = plan_query(&self.query, context)?;
        let query = match_sink(&query, &table, self.columns.as_deref())?;
        Ok(PlannedInsert { table, query })
    }
}
