//! `CREATE VIEW`.

use std::sync::Arc;

use super::cursor::Cursor;
use super::fault::Parsed;
use super::parse::parse_statements;
use super::query::{PlanContext, plan_query};
use super::statement::{ParsedQuery, Statement};
use crate::catalog::{CatalogEntry, CatalogManager, CatalogView, Schema, ViewText};
use crate::error::{PlanError, Result};
use crate::expression::ResolvedExpression;
use crate::operation::{NamedExpression, QueryOperation};
use crate::stream::JobOptions;

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
    pub columns: Vec<ViewColumn>,
    /// The comment.
    pub comment: Option<String>,
    /// The query.
    pub query: ParsedQuery,
}

/// A column of a view's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewColumn {
    /// The name.
    pub name: String,
    /// The comment.
    pub comment: Option<String>,
}

/// Reads what follows `CREATE [TEMPORARY] VIEW`.
pub(super) fn read(cursor: &mut Cursor<'_>, temporary: bool) -> Parsed<CreateView> {
    let if_not_exists = cursor.if_not_exists();
    let path = cursor.path()?;
    let columns = if cursor.parser.peek_token_ref().token == sqlparser::tokenizer::Token::LParen {
        cursor.list(|cursor| {
            Ok(ViewColumn {
                name: cursor.identifier()?.value,
                comment: cursor.comment()?,
            })
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
        let names: Vec<String> = self.columns.iter().map(|column| column.name.clone()).collect();
        let mut operation = planned;
        if !names.is_empty() {
            operation = rename(operation, &names)?;
        }
        Ok(CatalogView {
            identifier: context.catalogs.qualify(&self.path)?,
            query_text: Some(view_text(&self.query, context.catalogs)),
            schema: self.with_comments(operation.schema()),
            operation,
            comment: self.comment.clone(),
        })
    }

    fn with_comments(&self, mut schema: Schema) -> Schema {
        for (column, listed) in schema.columns.iter_mut().zip(&self.columns) {
            column.comment.clone_from(&listed.comment);
        }
        schema
    }

    /// Registers the planned view.
    pub fn apply(&self, view: CatalogView, catalogs: &mut CatalogManager) -> Result<()> {
        if self.temporary {
            return catalogs.create_temporary(CatalogEntry::View(Arc::new(view)), self.if_not_exists);
        }
        catalogs.create_view(view, self.if_not_exists)
    }
}

/// The text of a view's query with the place where its names are looked up.
pub(super) fn view_text(query: &ParsedQuery, catalogs: &CatalogManager) -> ViewText {
    ViewText {
        query: query.text.clone(),
        catalog: catalogs.current_catalog().to_owned(),
        database: catalogs.current_database().to_owned(),
    }
}

/// What the text of a view means now, under the names that its columns were given.
///
/// # Errors
/// When it means nothing any more.
pub fn plan_view_text(
    text: &ViewText,
    schema: &Schema,
    catalogs: &CatalogManager,
) -> Result<Arc<QueryOperation>> {
    let names: Vec<String> = schema.columns.iter().map(|column| column.name.clone()).collect();
    plan_renamed_text(text, &names, catalogs)
}

/// What a query means where it was written, its columns under these names.
///
/// # Errors
/// When it means nothing, or has another number of columns.
pub fn plan_renamed_text(
    text: &ViewText,
    names: &[String],
    catalogs: &CatalogManager,
) -> Result<Arc<QueryOperation>> {
    let catalogs = catalogs.at(&text.catalog, &text.database);
    let options = JobOptions::default();
    let context = PlanContext {
        catalogs: &catalogs,
        options: &options,
    };
    let statements = parse_statements(&text.query)?;
    let [Statement::Query(query)] = statements.as_slice() else {
        return Err(PlanError::validation(format!(
            "The text of a view is no query: {}",
            text.query
        )));
    };
    let operation = plan_query(query, &context)?;
    let same = operation
        .schema()
        .columns
        .iter()
        .map(|column| &column.name)
        .eq(names.iter());
    if same {
        Ok(operation)
    } else {
        rename(operation, names)
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
