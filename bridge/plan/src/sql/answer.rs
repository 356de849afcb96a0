//! The rows that `SHOW` and `DESCRIBE` answer with, under Flink's column names.

use super::show::{LikePattern, Show};
use crate::catalog::{CatalogEntry, CatalogManager, Column, create_statement, quote_path};
use crate::error::{PlanError, Result};
use crate::expression::LiteralValue;
use crate::function::definitions;
use crate::types::{LogicalType, TypeKind};

/// A small table of constants.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each with a value a column.
    pub rows: Vec<Vec<LiteralValue>>,
}

impl Show {
    /// Answers the statement.
    pub fn answer(&self, catalogs: &CatalogManager) -> Result<Answer> {
        match self {
            Self::Catalogs(like) => Ok(names("catalog name", catalogs.list_catalogs(), like.as_ref())),
            Self::CurrentCatalog => Ok(one("current catalog name", catalogs.current_catalog())),
            Self::CurrentDatabase => Ok(one("current database name", catalogs.current_database())),
            Self::Databases { catalog, like } => {
                let catalog = catalog.as_deref().unwrap_or_else(|| catalogs.current_catalog());
                let found = catalogs.list_databases(catalog)?;
                Ok(names("database name", found, like.as_ref()))
            }
            Self::Tables { database, like } => {
                let (catalog, database) = complete(database.as_deref(), catalogs)?;
                let found = catalogs.list_tables(&catalog, &database)?;
                Ok(names("table name", found, like.as_ref()))
            }
            Self::Views { database, like } => {
                let (catalog, database) = complete(database.as_deref(), catalogs)?;
                let found = catalogs.list_views(&catalog, &database)?;
                Ok(names("view name", found, like.as_ref()))
            }
            Self::Functions { only_user, like } => {
                let mut found = catalogs.list_user_functions();
                if !only_user {
                    found.extend(definitions::all().filter_map(|function| {
                        let name = function.sql_name?;
                        let is_word = name.starts_with(|first: char| first.is_ascii_alphabetic());
                        (is_word && !name.contains(' ')).then(|| name.to_lowercase())
                    }));
                    found.sort();
                    found.dedup();
                }
                Ok(names("function name", found, like.as_ref()))
            }
            Self::CreateTable(path) => create_table(path, catalogs),
            Self::CreateView(path) => create_view(path, catalogs),
            Self::Describe(path) => describe(path, catalogs),
        }
    }
}

fn complete(database: Option<&[String]>, catalogs: &CatalogManager) -> Result<(String, String)> {
    let current = catalogs.current_catalog().to_owned();
    match database {
        None => Ok((current, catalogs.current_database().to_owned())),
        Some([database]) => Ok((current, database.clone())),
        Some([catalog, database]) => Ok((catalog.clone(), database.clone())),
        Some(path) => Err(PlanError::validation(format!(
            "Show tables from/in identifier [ {} ] format error",
            quote_path(path)
        ))),
    }
}

fn string_column(name: &str) -> Column {
    Column {
        name: name.to_owned(),
        column_type: LogicalType::string(),
        comment: None,
    }
}

fn string(text: impl Into<String>) -> LiteralValue {
    LiteralValue::String(text.into())
}

fn one(column: &str, value: &str) -> Answer {
    Answer {
        columns: vec![string_column(column)],
        rows: vec![vec![string(value)]],
    }
}

fn names(column: &str, names: Vec<String>, like: Option<&LikePattern>) -> Answer {
    Answer {
        columns: vec![string_column(column)],
        rows: names
            .into_iter()
            .filter(|name| like.is_none_or(|like| like.accepts(name)))
            .map(|name| vec![string(name)])
            .collect(),
    }
}

fn find<'a>(path: &[String], catalogs: &'a CatalogManager, what: &str) -> Result<&'a CatalogEntry> {
    let identifier = catalogs.qualify(path)?;
    catalogs.find(&identifier).ok_or_else(|| {
        PlanError::validation(format!(
            "Could not execute {what}. {} with identifier {identifier} does not exist.",
            if what.ends_with("VIEW") { "View" } else { "Table" }
        ))
    })
}

fn create_table(path: &[String], catalogs: &CatalogManager) -> Result<Answer> {
    match find(path, catalogs, "SHOW CREATE TABLE")? {
        CatalogEntry::Table(table) => {
            let temporary = catalogs.is_temporary(&table.identifier);
            Ok(one("result", &create_statement(table, temporary)))
        }
        CatalogEntry::View(view) => Err(PlanError::Table {
            message: format!(
                "SHOW CREATE TABLE is only supported for tables, but {} is a view. Please use SHOW CREATE VIEW \
                 instead.",
                view.identifier
            ),
            hint: None,
        }),
    }
}

fn create_view(path: &[String], catalogs: &CatalogManager) -> Result<Answer> {
    match find(path, catalogs, "SHOW CREATE VIEW")? {
        CatalogEntry::Table(table) => Err(PlanError::Table {
            message: format!(
                "SHOW CREATE VIEW is only supported for views, but {} is a table. Please use SHOW CREATE TABLE \
                 instead.",
                table.identifier
            ),
            hint: None,
        }),
        CatalogEntry::View(view) => {
            let Some(query) = &view.query_text else {
                return Err(PlanError::Table {
                    message: format!(
                        "SHOW CREATE VIEW is not supported for {}: it has no SQL text.",
                        view.identifier
                    ),
                    hint: None,
                });
            };
            let temporary = catalogs.is_temporary(&view.identifier);
            let columns: Vec<String> = view
                .schema
                .columns
                .iter()
                .map(|column| format!("  {}", quote_path(std::slice::from_ref(&column.name))))
                .collect();
            let statement = format!(
                "CREATE {}VIEW {} (\n{}\n)\nAS {query}\n",
                if temporary { "TEMPORARY " } else { "" },
                view.identifier,
                columns.join(",\n")
            );
            Ok(one("result", &statement))
        }
    }
}

fn describe(path: &[String], catalogs: &CatalogManager) -> Result<Answer> {
    let identifier = catalogs.qualify(path)?;
    let schema = catalogs
        .find(&identifier)
        .ok_or_else(|| {
            PlanError::validation(format!(
                "Tables or views with the identifier '{}' doesn't exist",
                identifier.summary()
            ))
        })?
        .schema();
    let key_columns: Vec<&str> = schema
        .primary_key
        .iter()
        .map(|position| schema.columns[*position].name.as_str())
        .collect();
    let key = format!("PRI({})", key_columns.join(", "));
    let has_comments = schema.columns.iter().any(|column| column.comment.is_some());

    let mut columns: Vec<Column> = ["name", "type", "null", "key", "extras", "watermark"]
        .into_iter()
        .map(string_column)
        .collect();
    columns[2].column_type = LogicalType::nullable(TypeKind::Boolean);
    if has_comments {
        columns.push(string_column("comment"));
    }
    let rows = schema
        .columns
        .iter()
        .enumerate()
        .map(|(position, column)| {
            let is_key = schema.primary_key.contains(&position);
            let mut row = vec![
                string(&column.name),
                string(column.column_type.with_nullable(true).as_summary_string()),
                LiteralValue::Boolean(column.column_type.nullable),
                if is_key { string(&key) } else { LiteralValue::Null },
                LiteralValue::Null,
                LiteralValue::Null,
            ];
            if has_comments {
                row.push(column.comment.as_ref().map_or(LiteralValue::Null, string));
            }
            row
        })
        .collect();
    Ok(Answer { columns, rows })
}
