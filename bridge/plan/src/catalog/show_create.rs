//! DDL from what is in a catalog: what `SHOW CREATE ...` prints. Mirrors `ShowCreateUtil`.

use super::details::{ColumnKind, TableDistribution};
use super::identifier::{quote_identifier, quote_path};
use super::registered::RegisteredCatalog;
use super::table::CatalogTable;
use super::view::CatalogView;

impl CatalogTable {
    /// The name of the primary key's constraint: the given one, or one made of the columns.
    #[must_use]
    pub fn key_name(&self) -> String {
        self.details.key_name.clone().unwrap_or_else(|| {
            let columns: Vec<&str> = self
                .schema
                .primary_key
                .iter()
                .map(|position| self.schema.columns[*position].name.as_str())
                .collect();
            format!("PK_{}", columns.join("_"))
        })
    }
}

/// The `CREATE TABLE` statement that makes such a table.
#[must_use]
pub fn create_statement(table: &CatalogTable, temporary: bool) -> String {
    let schema = &table.schema;
    let mut lines: Vec<String> = schema
        .columns
        .iter()
        .enumerate()
        .map(|(position, column)| {
            let comment = column.comment.as_ref().map_or_else(String::new, |comment| {
                format!(" COMMENT {}", quote_string(comment))
            });
            let name = quote_identifier(&column.name);
            let data_type = column.column_type.as_serializable_string();
            match table.column_kind(position) {
                ColumnKind::Computed { text, .. } => format!("  {name} AS {text}{comment}"),
                kind => match extras(kind) {
                    Some(extras) => format!("  {name} {data_type} {extras}{comment}"),
                    None => format!("  {name} {data_type}{comment}"),
                },
            }
        })
        .collect();
    if let Some(watermark) = &table.details.watermark {
        lines.push(format!(
            "  WATERMARK FOR {} AS {}",
            quote_path(&watermark.column),
            watermark.text
        ));
    }
    if !schema.primary_key.is_empty() {
        let quoted: Vec<String> = schema
            .primary_key
            .iter()
            .map(|position| quote_identifier(&schema.columns[*position].name))
            .collect();
        lines.push(format!(
            "  CONSTRAINT {} PRIMARY KEY ({}) NOT ENFORCED",
            quote_identifier(&table.key_name()),
            quoted.join(", ")
        ));
    }
    let temporary = if temporary { "TEMPORARY " } else { "" };
    let mut text = format!(
        "CREATE {temporary}TABLE {} (\n{}\n)\n",
        table.identifier,
        lines.join(",\n")
    );
    if let Some(comment) = &table.comment {
        text.push_str(&format!("COMMENT {}\n", quote_string(comment)));
    }
    if let Some(distribution) = &table.details.distribution {
        text.push_str(&distribution_clause(distribution));
    }
    if !table.partition_keys.is_empty() {
        let keys: Vec<String> = table
            .partition_keys
            .iter()
            .map(|key| quote_identifier(key))
            .collect();
        text.push_str(&format!("PARTITIONED BY ({})\n", keys.join(", ")));
    }
    text.push_str(&with_clause(&table.options));
    text
}

/// What is behind a column's type, and in the column `extras` of `DESCRIBE`.
pub(crate) fn extras(kind: &ColumnKind) -> Option<String> {
    match kind {
        ColumnKind::Physical => None,
        ColumnKind::Computed { text, .. } => Some(format!("AS {text}")),
        ColumnKind::Metadata { key, is_virtual } => {
            let from = key
                .as_ref()
                .map_or_else(String::new, |key| format!(" FROM {}", quote_string(key)));
            let is_virtual = if *is_virtual { " VIRTUAL" } else { "" };
            Some(format!("METADATA{from}{is_virtual}"))
        }
    }
}

fn distribution_clause(distribution: &TableDistribution) -> String {
    let columns: Vec<String> = distribution
        .columns
        .iter()
        .map(|column| quote_identifier(column))
        .collect();
    let mut text = "DISTRIBUTED".to_owned();
    if !columns.is_empty() {
        let kind = distribution.kind.as_deref().unwrap_or_default();
        text.push_str(&format!(" BY {kind}({})", columns.join(", ")));
    }
    if let Some(buckets) = distribution.buckets {
        text.push_str(&format!(" INTO {buckets} BUCKETS"));
    }
    text.push('\n');
    text
}

/// The `CREATE VIEW` statement that makes such a view; `None` if it has no SQL text.
#[must_use]
pub fn create_view_statement(view: &CatalogView, temporary: bool) -> Option<String> {
    let text = view.query_text.as_ref()?;
    let columns: Vec<String> = view
        .schema
        .columns
        .iter()
        .map(|column| format!("  {}", quote_identifier(&column.name)))
        .collect();
    let comment = view.comment.as_ref().map_or_else(String::new, |comment| {
        format!("COMMENT {}\n", quote_string(comment))
    });
    Some(format!(
        "CREATE {}VIEW {} (\n{}\n)\n{comment}AS {}\n",
        if temporary { "TEMPORARY " } else { "" },
        view.identifier,
        columns.join(",\n"),
        text.query
    ))
}

/// The `CREATE CATALOG` statement that makes such a catalog.
#[must_use]
pub fn create_catalog_statement(name: &str, catalog: &RegisteredCatalog) -> String {
    let comment = catalog.comment.as_ref().map_or_else(String::new, |comment| {
        format!("COMMENT {}\n", quote_string(comment))
    });
    format!(
        "CREATE CATALOG {}\n{comment}{}",
        quote_identifier(name),
        with_clause(&catalog.options)
    )
}

fn with_clause(options: &std::collections::BTreeMap<String, String>) -> String {
    if options.is_empty() {
        return String::new();
    }
    let options: Vec<String> = options
        .iter()
        .map(|(key, value)| format!("  {} = {}", quote_string(key), quote_string(value)))
        .collect();
    format!("WITH (\n{}\n)\n", options.join(",\n"))
}

pub(crate) fn quote_string(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
