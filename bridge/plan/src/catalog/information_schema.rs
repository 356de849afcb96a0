//! `information_schema`: a database in every catalog whose tables tell what the catalog holds.
//!
//! The tables have the columns that the SQL standard names and we can fill. Rows are read when a query is
//! planned.

use std::sync::Arc;

use super::details::ColumnKind;
use super::identifier::ObjectIdentifier;
use super::manager::CatalogManager;
use super::table::{Column, Schema};
use super::view::{CatalogEntry, CatalogView};
use crate::error::Result;
use crate::expression::{LiteralValue, ResolvedExpression};
use crate::operation::QueryOperation;
use crate::types::{LogicalType, TypeKind};

/// The name of the database.
pub const INFORMATION_SCHEMA: &str = "information_schema";

/// The tables with their columns; those that end in `#` are numbers.
const TABLES: [(&str, &[&str]); 7] = [
    ("CATALOGS", &["CATALOG_NAME", "CATALOG_TYPE", "CATALOG_COMMENT"]),
    (
        "COLUMNS",
        &[
            "TABLE_CATALOG",
            "TABLE_SCHEMA",
            "TABLE_NAME",
            "COLUMN_NAME",
            "ORDINAL_POSITION#",
            "IS_NULLABLE",
            "DATA_TYPE",
            "FULL_DATA_TYPE",
            "IS_GENERATED",
            "GENERATION_EXPRESSION",
            "IS_METADATA",
            "METADATA_KEY",
            "COLUMN_COMMENT",
        ],
    ),
    (
        "FUNCTIONS",
        &["FUNCTION_CATALOG", "FUNCTION_SCHEMA", "FUNCTION_NAME"],
    ),
    (
        "KEY_COLUMN_USAGE",
        &[
            "CONSTRAINT_NAME",
            "TABLE_CATALOG",
            "TABLE_SCHEMA",
            "TABLE_NAME",
            "COLUMN_NAME",
            "ORDINAL_POSITION#",
        ],
    ),
    ("SCHEMATA", &["CATALOG_NAME", "SCHEMA_NAME", "SCHEMA_COMMENT"]),
    (
        "TABLES",
        &[
            "TABLE_CATALOG",
            "TABLE_SCHEMA",
            "TABLE_NAME",
            "TABLE_TYPE",
            "CONNECTOR",
            "WATERMARK_COLUMN",
            "WATERMARK_EXPRESSION",
            "ROW_COUNT#",
            "TABLE_COMMENT",
        ],
    ),
    (
        "VIEWS",
        &["TABLE_CATALOG", "TABLE_SCHEMA", "TABLE_NAME", "VIEW_DEFINITION"],
    ),
];

/// The names of the tables.
pub(super) fn information_tables() -> Vec<String> {
    TABLES.iter().map(|(name, _)| (*name).to_owned()).collect()
}

type Cells = Vec<LiteralValue>;

/// The table of that name, with its rows as of now.
pub(super) fn information_table(
    manager: &CatalogManager,
    identifier: &ObjectIdentifier,
) -> Result<Option<CatalogEntry>> {
    let Some((name, columns)) = TABLES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(&identifier.object))
    else {
        return Ok(None);
    };
    let catalog = &identifier.catalog;
    let mut rows: Vec<Cells> = Vec::new();
    match *name {
        "CATALOGS" => {
            for name in manager.list_catalogs() {
                let found = manager.registered_catalog(&name)?;
                rows.push(vec![
                    text(&name),
                    optional(found.options.get("type").cloned()),
                    optional(found.comment.clone()),
                ]);
            }
        }
        "SCHEMATA" => {
            for database in manager.list_databases(catalog)? {
                let properties = manager.database_properties(catalog, &database)?;
                rows.push(vec![text(catalog), text(&database), optional(properties.comment)]);
            }
            rows.push(vec![text(catalog), text(INFORMATION_SCHEMA), LiteralValue::Null]);
        }
        "FUNCTIONS" => {
            for database in manager.list_databases(catalog)? {
                for function in manager.catalog(catalog)?.catalog.list_functions(&database)? {
                    rows.push(vec![text(catalog), text(&database), text(&function)]);
                }
            }
        }
        other => {
            for database in manager.list_databases(catalog)? {
                for object in manager.list_tables(catalog, &database)? {
                    let identifier = ObjectIdentifier {
                        catalog: catalog.clone(),
                        database: database.clone(),
                        object,
                    };
                    if let Some(entry) = manager.find(&identifier)? {
                        entry_rows(other, manager, &entry, &mut rows);
                    }
                }
            }
        }
    }
    let columns: Vec<Column> = columns
        .iter()
        .map(|column| {
            let kind = match column.ends_with('#') {
                true => LogicalType::nullable(TypeKind::BigInt),
                false => LogicalType::string(),
            };
            Column {
                name: column.trim_end_matches('#').to_owned(),
                column_type: kind,
                comment: None,
            }
        })
        .collect();
    let schema = Schema {
        columns,
        primary_key: Vec::new(),
    };
    let rows = rows
        .into_iter()
        .map(|row| {
            row.into_iter()
                .zip(&schema.columns)
                .map(|(value, column)| ResolvedExpression::Literal {
                    value,
                    literal_type: column.column_type.clone(),
                })
                .collect()
        })
        .collect();
    Ok(Some(CatalogEntry::View(Arc::new(CatalogView {
        identifier: identifier.clone(),
        query_text: None,
        operation: Arc::new(QueryOperation::Values {
            rows,
            schema: schema.clone(),
        }),
        schema,
        comment: None,
    }))))
}

/// The rows of `COLUMNS`, `KEY_COLUMN_USAGE`, `TABLES` or `VIEWS` about one table or view.
fn entry_rows(table_name: &str, manager: &CatalogManager, entry: &CatalogEntry, rows: &mut Vec<Cells>) {
    let identifier = entry.identifier();
    let place = || {
        vec![
            text(&identifier.catalog),
            text(&identifier.database),
            text(&identifier.object),
        ]
    };
    match (table_name, entry) {
        ("TABLES", _) => {
            let temporary = manager.is_temporary(identifier);
            let kind = match (entry.is_view(), temporary) {
                (true, false) => "VIEW",
                (true, true) => "TEMPORARY VIEW",
                (false, false) => "BASE TABLE",
                (false, true) => "LOCAL TEMPORARY",
            };
            let mut row = place();
            row.push(text(kind));
            match entry {
                CatalogEntry::Table(table) => {
                    let watermark = table.details.watermark.as_ref();
                    let row_count = table.details.statistics.as_ref().map(|found| found.row_count);
                    row.extend([
                        optional(table.options.get("connector").cloned()),
                        optional(watermark.map(|watermark| watermark.column.join("."))),
                        optional(watermark.map(|watermark| watermark.text.clone())),
                        row_count.map_or(LiteralValue::Null, number),
                        optional(table.comment.clone()),
                    ]);
                }
                CatalogEntry::View(view) => row.extend([
                    LiteralValue::Null,
                    LiteralValue::Null,
                    LiteralValue::Null,
                    LiteralValue::Null,
                    optional(view.comment.clone()),
                ]),
            }
            rows.push(row);
        }
        ("VIEWS", CatalogEntry::View(view)) => {
            let mut row = place();
            row.push(optional(view.query_text.as_ref().map(|text| text.query.clone())));
            rows.push(row);
        }
        ("COLUMNS", _) => {
            for (position, column) in entry.schema().columns.iter().enumerate() {
                let kind = match entry {
                    CatalogEntry::Table(table) => table.column_kind(position),
                    CatalogEntry::View(_) => &ColumnKind::Physical,
                };
                let (expression, is_metadata, key) = match kind {
                    ColumnKind::Physical => (None, false, None),
                    ColumnKind::Computed { text, .. } => (Some(text.clone()), false, None),
                    ColumnKind::Metadata { key, .. } => (None, true, key.clone()),
                };
                let full = column.column_type.with_nullable(true).as_summary_string();
                let short = full.split(['(', '<']).next().unwrap_or_default().to_owned();
                let mut row = place();
                row.extend([
                    text(&column.name),
                    number(position + 1),
                    text(yes_no(column.column_type.nullable)),
                    text(&short),
                    text(&full),
                    text(if expression.is_some() { "ALWAYS" } else { "NEVER" }),
                    optional(expression),
                    text(yes_no(is_metadata)),
                    optional(key),
                    optional(column.comment.clone()),
                ]);
                rows.push(row);
            }
        }
        ("KEY_COLUMN_USAGE", CatalogEntry::Table(table)) => {
            let name = table.key_name();
            for (order, position) in table.schema.primary_key.iter().enumerate() {
                let mut row = vec![text(&name)];
                row.extend(place());
                row.extend([text(&table.schema.columns[*position].name), number(order + 1)]);
                rows.push(row);
            }
        }
        _ => {}
    }
}

fn text(value: &str) -> LiteralValue {
    LiteralValue::String(value.to_owned())
}

fn optional(value: Option<String>) -> LiteralValue {
    value.map_or(LiteralValue::Null, LiteralValue::String)
}

fn number(value: impl TryInto<i64>) -> LiteralValue {
    value.try_into().map_or(LiteralValue::Null, LiteralValue::Integer)
}

const fn yes_no(value: bool) -> &'static str {
    if value { "YES" } else { "NO" }
}
