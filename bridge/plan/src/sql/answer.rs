//! The rows that `SHOW` and `DESCRIBE` answer with, under Flink's column names.

use super::describe::Describe;
use super::show::{LikePattern, Show, ShowTarget};
use crate::catalog::{
    CatalogEntry, CatalogManager, Column, column_extras, create_catalog_statement, create_statement,
    create_view_statement, quote_path,
};
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
    /// Answers the statement. Jobs and files are the business of whoever runs the session.
    ///
    /// # Errors
    /// When what is named is not there, or is of a kind that there is none of.
    pub fn answer(&self, catalogs: &CatalogManager) -> Result<Answer> {
        let like = self.like.as_ref();
        match &self.target {
            ShowTarget::Catalogs => Ok(names("catalog name", catalogs.list_catalogs(), like)),
            ShowTarget::CurrentCatalog => Ok(one("current catalog name", catalogs.current_catalog())),
            ShowTarget::CurrentDatabase => Ok(one("current database name", catalogs.current_database())),
            ShowTarget::Databases { catalog } => {
                let catalog = catalog.as_deref().unwrap_or_else(|| catalogs.current_catalog());
                let found = catalogs.list_databases(catalog)?;
                Ok(names("database name", found, like))
            }
            ShowTarget::Tables { database } => {
                let (catalog, database) = complete(database.as_deref(), catalogs)?;
                let found = catalogs.list_tables(&catalog, &database)?;
                Ok(names("table name", found, like))
            }
            ShowTarget::Views { database } => {
                let (catalog, database) = complete(database.as_deref(), catalogs)?;
                let found = catalogs.list_views(&catalog, &database)?;
                Ok(names("view name", found, like))
            }
            ShowTarget::MaterializedTables { database } => {
                complete(database.as_deref(), catalogs)?;
                Ok(names("materialized table name", Vec::new(), like))
            }
            ShowTarget::Models { database } => {
                complete(database.as_deref(), catalogs)?;
                Ok(names("model name", Vec::new(), like))
            }
            ShowTarget::Procedures { .. } => Err(PlanError::unsupported(
                "SHOW PROCEDURES",
                "Procedures are of catalogs in a JVM; no catalog here has any.",
            )),
            ShowTarget::Functions { only_user, database } => {
                let found = functions(*only_user, database.as_deref(), catalogs)?;
                Ok(names("function name", found, like))
            }
            ShowTarget::Columns(path) => {
                let mut answer = describe_table(path, catalogs)?;
                answer.rows.retain(|row| {
                    let accepts = |name: &str| like.is_none_or(|like| like.accepts(name));
                    matches!(row.first(), Some(LiteralValue::String(name)) if accepts(name))
                });
                Ok(answer)
            }
            ShowTarget::Modules { full: false } => Ok(names("module name", catalogs.list_modules(), None)),
            ShowTarget::Modules { full: true } => Ok(Answer {
                columns: vec![
                    string_column("module name"),
                    Column {
                        column_type: LogicalType::nullable(TypeKind::Boolean),
                        ..string_column("used")
                    },
                ],
                rows: catalogs
                    .list_full_modules()
                    .into_iter()
                    .map(|(name, used)| vec![string(name), LiteralValue::Boolean(used)])
                    .collect(),
            }),
            ShowTarget::Jars => Ok(names("jars", Vec::new(), None)),
            ShowTarget::CreateTable(path) => create_table(path, catalogs),
            ShowTarget::CreateView(path) => create_view(path, catalogs),
            ShowTarget::CreateCatalog(name) => {
                let catalog = catalogs.registered_catalog(name)?;
                Ok(one("result", &create_catalog_statement(name, catalog)))
            }
            ShowTarget::CreateMaterializedTable(_) => Err(PlanError::unsupported(
                "SHOW CREATE MATERIALIZED TABLE",
                "There are no materialized tables; SHOW CREATE TABLE shows tables.",
            )),
            ShowTarget::CreateModel(_) => Err(PlanError::unsupported(
                "SHOW CREATE MODEL",
                "There are no models; a Python function can call one.",
            )),
            ShowTarget::Partitions { path, .. } => show_partitions(path, catalogs),
            ShowTarget::Jobs => Err(PlanError::unsupported(
                "SHOW JOBS without a session",
                "Run it by executeSql.",
            )),
        }
    }
}

impl Describe {
    /// Answers the statement. Jobs are the business of whoever runs the session.
    ///
    /// # Errors
    /// When what is named is not there, or is of a kind that there is none of.
    pub fn answer(&self, catalogs: &CatalogManager) -> Result<Answer> {
        match self {
            Self::Table { path, .. } => describe_table(path, catalogs),
            Self::Catalog { name, extended } => describe_catalog(name, *extended, catalogs),
            Self::Database { path, extended } => describe_database(path, *extended, catalogs),
            Self::Function { path, extended } => describe_function(path, *extended, catalogs),
            Self::Model(_) => Err(PlanError::unsupported(
                "DESCRIBE MODEL",
                "There are no models; a Python function can call one.",
            )),
            Self::Job(_) => Err(PlanError::unsupported(
                "DESCRIBE JOB without a session",
                "Run it by executeSql.",
            )),
        }
    }
}

/// Catalogs keep no partitions: a connector finds them where the data is.
fn show_partitions(path: &[String], catalogs: &CatalogManager) -> Result<Answer> {
    let identifier = catalogs.qualify(path)?;
    find(path, catalogs, "SHOW PARTITIONS")?;
    Err(PlanError::Table {
        message: format!("Could not execute SHOW PARTITIONS {}", identifier.summary()),
        hint: Some(
            "the folders of a filesystem table are its partitions; SELECT DISTINCT lists their values"
                .to_owned(),
        ),
    })
}

fn functions(only_user: bool, database: Option<&[String]>, catalogs: &CatalogManager) -> Result<Vec<String>> {
    let mut found = match database {
        None => catalogs.list_user_functions(),
        Some(_) => {
            let (catalog, database) = complete(database, catalogs)?;
            catalogs.list_catalog_functions(&catalog, &database)?
        }
    };
    if !only_user && catalogs.list_modules().iter().any(|name| name == "core") {
        found.extend(definitions::all().filter_map(|function| {
            let name = function.sql_name?;
            let is_word = name.starts_with(|first: char| first.is_ascii_alphabetic());
            (is_word && !name.contains(' ')).then(|| name.to_lowercase())
        }));
        found.sort();
        found.dedup();
    }
    Ok(found)
}

fn describe_catalog(name: &str, extended: bool, catalogs: &CatalogManager) -> Result<Answer> {
    let catalog = catalogs.registered_catalog(name)?;
    let text = |value: Option<&String>| value.map_or(LiteralValue::Null, string);
    let mut rows = vec![
        vec![string("name"), string(name)],
        vec![string("type"), text(catalog.options.get("type"))],
        vec![string("comment"), text(catalog.comment.as_ref())],
    ];
    if extended {
        rows.extend(
            catalog
                .options
                .iter()
                .filter(|(key, _)| *key != "type")
                .map(|(key, value)| vec![string(format!("option:{key}")), string(value)]),
        );
    }
    Ok(info_rows("info", rows))
}

/// Flink 2.3 reads this statement and then fails; the columns are those of its other `DESCRIBE`s.
fn describe_database(path: &[String], extended: bool, catalogs: &CatalogManager) -> Result<Answer> {
    let (catalog, name) = complete(Some(path), catalogs)?;
    let properties = catalogs.database_properties(&catalog, &name)?;
    let mut rows = vec![
        vec![string("catalog"), string(catalog)],
        vec![string("database"), string(name)],
        vec![
            string("comment"),
            properties
                .comment
                .map_or(LiteralValue::Null, LiteralValue::String),
        ],
    ];
    if extended {
        rows.extend(
            properties
                .options
                .iter()
                .map(|(key, value)| vec![string(format!("option:{key}")), string(value)]),
        );
    }
    Ok(info_rows("info", rows))
}

fn describe_function(path: &[String], extended: bool, catalogs: &CatalogManager) -> Result<Answer> {
    let system = match path {
        [name] => catalogs.temporary_system_function(name).cloned(),
        _ => None,
    };
    let is_system = system.is_some();
    let Some(function) = system.or_else(|| catalogs.catalog_function(path)) else {
        let is_built_in = match path {
            [name] => definitions::all().any(|function| {
                function
                    .sql_name
                    .is_some_and(|sql_name| sql_name.eq_ignore_ascii_case(name))
            }),
            _ => false,
        };
        if !is_built_in {
            return Err(PlanError::validation(format!(
                "Function with the identifier '{}' doesn't exist.",
                path.join(".")
            )));
        }
        let rows = [("is system function", "true"), ("is temporary", "false")];
        return Ok(info_rows(
            "info",
            rows.map(|(name, value)| vec![string(name), string(value)])
                .to_vec(),
        ));
    };
    let permanent = catalogs
        .qualify(path)
        .and_then(|found| catalogs.has_catalog_function(&found));
    let is_temporary = is_system || !permanent.unwrap_or(false);
    let mut rows = vec![
        vec![string("is system function"), string(is_system.to_string())],
        vec![string("is temporary"), string(is_temporary.to_string())],
        vec![string("class name"), string(&function.name)],
        vec![string("function language"), string("PYTHON")],
    ];
    if extended {
        let arguments = function.input_types.as_ref().map(|types| {
            let types: Vec<String> = types.iter().map(LogicalType::as_summary_string).collect();
            format!("({})", types.join(", "))
        });
        rows.extend([
            vec![string("kind"), string(format!("{:?}", function.kind))],
            vec![
                string("is deterministic"),
                string(function.deterministic.to_string()),
            ],
            vec![
                string("signature"),
                string(format!(
                    "{} => {}",
                    arguments.unwrap_or_else(|| "(...)".to_owned()),
                    function.result_type.as_summary_string()
                )),
            ],
        ]);
    }
    Ok(info_rows("info", rows))
}

fn info_rows(what: &str, rows: Vec<Vec<LiteralValue>>) -> Answer {
    Answer {
        columns: vec![
            string_column(&format!("{what} name")),
            string_column(&format!("{what} value")),
        ],
        rows,
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

fn find(path: &[String], catalogs: &CatalogManager, what: &str) -> Result<CatalogEntry> {
    let identifier = catalogs.qualify(path)?;
    catalogs.find(&identifier)?.ok_or_else(|| {
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
            Ok(one("result", &create_statement(&table, temporary)))
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
            let temporary = catalogs.is_temporary(&view.identifier);
            match create_view_statement(&view, temporary) {
                Some(statement) => Ok(one("result", &statement)),
                None => Err(PlanError::Table {
                    message: format!(
                        "SHOW CREATE VIEW is not supported for {}: it has no SQL text.",
                        view.identifier
                    ),
                    hint: None,
                }),
            }
        }
    }
}

fn describe_table(path: &[String], catalogs: &CatalogManager) -> Result<Answer> {
    let identifier = catalogs.qualify(path)?;
    let entry = catalogs.find(&identifier)?.ok_or_else(|| {
        PlanError::validation(format!(
            "Tables or views with the identifier '{}' doesn't exist.",
            identifier.summary()
        ))
    })?;
    let schema = entry.schema();
    let table = match &entry {
        CatalogEntry::Table(table) => Some(table),
        CatalogEntry::View(_) => None,
    };
    let watermark = table.and_then(|table| table.details.watermark.as_ref());
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
            let watermark = watermark.filter(|watermark| watermark.column == [column.name.clone()]);
            let rowtime = if watermark.is_some() { " *ROWTIME*" } else { "" };
            let extras = table.and_then(|table| column_extras(table.column_kind(position)));
            let mut row = vec![
                string(&column.name),
                string(format!(
                    "{}{rowtime}",
                    column.column_type.with_nullable(true).as_summary_string()
                )),
                LiteralValue::Boolean(column.column_type.nullable),
                if is_key { string(&key) } else { LiteralValue::Null },
                extras.map_or(LiteralValue::Null, string),
                watermark.map_or(LiteralValue::Null, |watermark| string(&watermark.text)),
            ];
            if has_comments {
                row.push(column.comment.as_ref().map_or(LiteralValue::Null, string));
            }
            row
        })
        .collect();
    Ok(Answer { columns, rows })
}
