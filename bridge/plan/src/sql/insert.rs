//! `INSERT INTO` and `INSERT OVERWRITE`.

use std::sync::Arc;

use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::Token;

use super::create_table::{ParsedExpression, plan_expressions};
use super::cursor::Cursor;
use super::fault::Parsed;
use super::query::{PlanContext, plan_query};
use super::statement::ParsedQuery;
use crate::catalog::{CatalogEntry, CatalogTable};
use crate::error::{PlanError, Result};
use crate::expression::ResolvedExpression;
use crate::operation::{NamedExpression, QueryOperation, expression_type, match_sink};

/// `INSERT {INTO | OVERWRITE} path [PARTITION (...)] [(columns)] query [ON CONFLICT DO ...]`.
#[derive(Debug, Clone)]
pub struct Insert {
    /// The sink's path as written.
    pub path: Vec<String>,
    /// `OVERWRITE`: whether the rows replace what is in the sink.
    pub overwrite: bool,
    /// Constants for partition columns, of `PARTITION (...)`.
    pub partition: Vec<PartitionValue>,
    /// The columns that the query fills, in its order; `None` for all.
    pub columns: Option<Vec<String>>,
    /// The query.
    pub query: ParsedQuery,
    /// What `ON CONFLICT DO` says.
    pub on_conflict: Option<ConflictStrategy>,
}

/// `column = constant` of `PARTITION (...)`; a column alone is filled by the query.
#[derive(Debug, Clone)]
pub struct PartitionValue {
    /// The column.
    pub column: String,
    /// The constant.
    pub value: Option<ParsedExpression>,
}

/// What happens to rows of equal keys: `ON CONFLICT DO ...`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConflictStrategy {
    /// The last one stays.
    Deduplicate,
    /// The first one stays.
    Nothing,
    /// The job fails.
    Error,
}

/// An insert whose query has exactly the columns of its sink.
#[derive(Debug, Clone)]
pub struct PlannedInsert {
    /// The sink.
    pub table: Arc<CatalogTable>,
    /// The rows, in the sink's columns and types.
    pub query: Arc<QueryOperation>,
}

/// Reads `INSERT ...`.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Parsed<Insert> {
    cursor.expect_words(&["INSERT"])?;
    let overwrite = cursor.word("OVERWRITE");
    if !overwrite && !cursor.word("INTO") {
        return Err(cursor.expected("INTO or OVERWRITE"));
    }
    cursor.word("TABLE");
    let path = cursor.path()?;
    let partition = match cursor.at_word("PARTITION") {
        true => read_partition(cursor)?,
        false => Vec::new(),
    };
    let columns = is_column_list(cursor)
        .then(|| cursor.list(|cursor| Ok(cursor.identifier()?.value)))
        .transpose()?;
    let query = cursor.query()?;
    let mut on_conflict = None;
    if cursor.words(&["ON", "CONFLICT"]) {
        cursor.expect_words(&["DO"])?;
        on_conflict = Some(if cursor.word("DEDUPLICATE") {
            ConflictStrategy::Deduplicate
        } else if cursor.word("NOTHING") {
            ConflictStrategy::Nothing
        } else if cursor.word("ERROR") {
            ConflictStrategy::Error
        } else {
            return Err(cursor.expected("DEDUPLICATE, NOTHING or ERROR"));
        });
    }
    Ok(Insert {
        path,
        overwrite,
        partition,
        columns,
        query,
        on_conflict,
    })
}

/// Reads `PARTITION (column [= constant], ...)`.
pub(super) fn read_partition(cursor: &mut Cursor<'_>) -> Parsed<Vec<PartitionValue>> {
    cursor.expect_words(&["PARTITION"])?;
    cursor.list(|cursor| {
        let column = cursor.identifier()?.value;
        let value = cursor
            .token(&Token::Eq)
            .then(|| cursor.expression())
            .transpose()?;
        Ok(PartitionValue { column, value })
    })
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
    ///
    /// # Errors
    /// When there is no such table, the query means nothing, or its columns do not fit.
    pub fn plan(&self, context: &PlanContext<'_>) -> Result<PlannedInsert> {
        let identifier = context.catalogs.qualify(&self.path)?;
        let table = match context.catalogs.find(&identifier)? {
            Some(CatalogEntry::Table(table)) => table.as_sink(),
            Some(CatalogEntry::View(_)) => {
                return Err(PlanError::Table {
                    message: format!("Sink '{}' does not exists", identifier.summary()),
                    hint: Some(format!("{identifier} is a view: insert into the table it reads")),
                });
            }
            None => {
                return Err(PlanError::validation(format!(
                    "Cannot find table '{identifier}' in any of the catalogs [{}], nor as a temporary table.",
                    context.catalogs.list_catalogs().join(", ")
                )));
            }
        };
        if self.overwrite {
            return Err(PlanError::validation_with_hint(
                format!(
                    "INSERT OVERWRITE requires that the underlying DynamicTableSink of table '{}' implements the \
                     SupportsOverwrite interface.",
                    identifier.summary()
                ),
                "no connector can overwrite yet: TRUNCATE TABLE, where the connector can, then INSERT INTO",
            ));
        }
        if self
            .on_conflict
            .is_some_and(|strategy| strategy != ConflictStrategy::Deduplicate)
        {
            return Err(PlanError::unsupported(
                "ON CONFLICT DO NOTHING and DO ERROR",
                "The last row of a key stays: leave the clause out, or write DO DEDUPLICATE.",
            ));
        }
        let query = plan_query(&self.query, context)?;
        let (query, columns) = self.with_partition(query, &table, context)?;
        let query = match_sink(&query, &table, columns.as_deref())?;
        Ok(PlannedInsert { table, query })
    }

    /// The query with the constants of `PARTITION (...)`, and the columns that it fills.
    fn with_partition(
        &self,
        query: Arc<QueryOperation>,
        table: &CatalogTable,
        context: &PlanContext<'_>,
    ) -> Result<(Arc<QueryOperation>, Option<Vec<String>>)> {
        let constants: Vec<(&String, &ParsedExpression)> = self
            .partition
            .iter()
            .filter_map(|part| Some((&part.column, part.value.as_ref()?)))
            .collect();
        if let Some(part) = self
            .partition
            .iter()
            .find(|part| !table.partition_keys.contains(&part.column))
        {
            return Err(PlanError::validation(format!(
                "Static partition column '{}' should be in the partition keys list [{}] for table '{}'.",
                part.column,
                table.partition_keys.join(", "),
                table.identifier.summary()
            )));
        }
        if constants.is_empty() {
            return Ok((query, self.columns.clone()));
        }
        let schema = query.schema();
        let mut projections: Vec<NamedExpression> = schema
            .columns
            .iter()
            .enumerate()
            .map(|(index, column)| NamedExpression {
                name: column.name.clone(),
                expression: ResolvedExpression::Field {
                    index,
                    name: column.name.clone(),
                    field_type: column.column_type.clone(),
                },
            })
            .collect();
        let is_constant = |name: &String| constants.iter().any(|(column, _)| *column == name);
        let mut columns = self.columns.clone().unwrap_or_else(|| {
            let names = table.schema.columns.iter().map(|column| column.name.clone());
            names.filter(|name| !is_constant(name)).collect()
        });
        let texts: Vec<&str> = constants.iter().map(|(_, value)| value.text.as_str()).collect();
        let values = plan_expressions(&texts, &[], context)?;
        for ((name, _), value) in constants.iter().zip(values) {
            let target = table.schema.columns.iter().find(|column| column.name == **name);
            projections.push(NamedExpression {
                name: (*name).clone(),
                // A partition's value is written as text as often as not, whatever the column's type.
                expression: match target {
                    Some(target) => {
                        let nullable = expression_type(&value).nullable;
                        value.cast_to(&target.column_type.with_nullable(nullable))
                    }
                    None => value,
                },
            });
            columns.push((*name).clone());
        }
        let query = Arc::new(QueryOperation::Project {
            input: query,
            projections,
        });
        Ok((query, Some(columns)))
    }
}
