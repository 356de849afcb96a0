//! `CREATE VIEW`.

use std::sync::Arc;

use super::cursor::Cursor;
use super::fault::Parsed;
use super::query::{PlanContext, plan_query};
use super::statement::ParsedQuery;
use crate::catalog::{CatalogEntry, CatalogManager, CatalogView};
use crate::error::{PlanError, Result};
use crate::expression::ResolvedExpression;
use crate::operation::{NamedExpression, QueryOperation};

/// `CREATE [TEMPORARY] VIEW [IF NOT EXISTS] path [(columns)] [COMMENT ..] AS query`.
#[derive(Debug, Clone)]
pub struct CreateView {
    /// The view's path as written.
    pub path: Vec<String>,
    /// Whether the view is temporary.
    pub temporary: bool,
    /// Whether an existing view is left as it is.
    pub if_not_exists: bool,
    /// Names of the columns; empty for the query's own.
    pub columns: Vec<String>,
    /// The comment.
    pub comment: Option<String>,
    /// The query.
    pub query: ParsedQuery,
}

pub(super) fn read(cursor: &mut Cursor<'_>, temporary: bool) -> Parsed<CreateView> {
    let if_not_exists = cursor.if_not_exists();
    let path = cursor.path()?;
    let columns = if cursor.parser.peek_token_ref().token == sqlparser::tokenizer::Token::LParen {
        cursor.list(|cursor| {
            let name = cursor.identifier()?;
            if cursor.at_word("COMMENT") {
                return Err(cursor.refuse(
                    "COMMENT of a view's column",
                    "The view itself can have a comment.",
                ));
            }
            Ok(name.value)
        })?
    } else {
        Vec::new()
    };
    let comment = cursor.comment()?;
    cursor.expect_words(&["AS"])?;
    Ok(CreateView {
        path,
        temporary,
        if_not_exists,
        columns,
        comment,
        query: cursor.query()?,
    })
}

impl CreateView {
    /// Plans the query and gives the view to register.
    pub fn plan(&self, context: &PlanContext<'_>) -> Result<CatalogView> {
        let planned = plan_query(&self.query, context)?;
        let operation = if self.columns.is_empty() {
            planned
        } else {
            rename(planned, &self.columns)?
        };
        Ok(CatalogView {
            identifier: context.catalogs.qualify(&self.path)?,
            query_text: Some(self.query.text.clone()),
            schema: operation.schema(),
            operation,
            comment: self.comment.clone(),
        })
    }

    /// Registers the planned view.
    pub fn apply(&self, view: CatalogView, catalogs: &mut CatalogManager) -> Result<()> {
        if self.temporary {
            return catalogs.create_temporary(CatalogEntry::View(Arc::new(view)), self.if_not_exists);
        }
        catalogs.create_view(view, self.if_not_exists)
    }
}

fn rename(operation: Arc<QueryOperation>, names: &[String]) -> Result<Arc<QueryOperation>> {
    let schema = operation.schema();
    if schema.columns.len() != names.len() {
        let fields: Vec<&str> = schema.columns.iter().map(|column| column.name.as_str()).collect();
        return Err(PlanError::validation(format!(
            "VIEW definition and input fields not match:\n\tDef fields: [{}].\n\tInput fields: [{}].",
            names.join(", "),
            fields.join(", ")
        )));
    }
    if let Some(twice) = names
        .iter()
        .enumerate()
        .find(|(index, name)| names[..*index].contains(name))
    {
        return Err(PlanError::validation(format!(
            "Duplicate field name '{}' in the column list of the view",
            twice.1
        )));
    }
    let projections = schema
        .columns
        .into_iter()
        .zip(names)
        .enumerate()
        .map(|(index, (column, name))| NamedExpression {
            name: name.clone(),
            expression: ResolvedExpression::Field {
                index,
                name: column.name,
                field_type: column.column_type,
            },
        })
        .collect();
    Ok(Arc::new(QueryOperation::Project {
        input: operation,
        projections,
    }))
}
