//! What a table has beside physical columns, options and comment; and tables as they are declared.

use std::collections::BTreeMap;

use sqlparser::tokenizer::Location;

use super::table::{CatalogTable, Column, Schema};
use crate::expression::ResolvedExpression;
use crate::types::LogicalType;

/// What a table has beside its schema. A table of physical columns alone has nothing here.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TableDetails {
    /// Where the values of each column of the schema come from; empty if all are physical.
    pub columns: Vec<ColumnKind>,
    /// The name of the primary key's constraint, if it was given.
    pub key_name: Option<String>,
    /// The watermark.
    pub watermark: Option<Watermark>,
    /// `DISTRIBUTED BY`.
    pub distribution: Option<TableDistribution>,
    /// What `ANALYZE TABLE` found.
    pub statistics: Option<TableStatistics>,
}

/// Where the values of a column come from.
#[derive(Debug, Clone, PartialEq)]
pub enum ColumnKind {
    /// From the records of the connector.
    Physical,
    /// From what the connector knows beside the records.
    Metadata {
        /// The connector's key; the column's name if `None`.
        key: Option<String>,
        /// Whether the column is left out when the table is written to.
        is_virtual: bool,
    },
    /// From other columns.
    Computed {
        /// The expression as SQL, names in back-ticks.
        text: String,
        /// The expression over the physical and metadata columns in their order.
        expression: ResolvedExpression,
    },
}

/// `WATERMARK FOR column AS expression`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watermark {
    /// The column, with the fields that lead into it.
    pub column: Vec<String>,
    /// The expression as SQL, names in back-ticks.
    pub text: String,
}

/// `DISTRIBUTED BY`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableDistribution {
    /// `HASH` or `RANGE`, if one was written.
    pub kind: Option<String>,
    /// The columns.
    pub columns: Vec<String>,
    /// The number of buckets.
    pub buckets: Option<u32>,
}

/// What `ANALYZE TABLE` found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TableStatistics {
    /// The number of rows.
    pub row_count: u64,
    /// Columns that were looked at.
    pub columns: BTreeMap<String, ColumnStatistics>,
}

/// What `ANALYZE TABLE` found in a column. Values are texts as `CAST(... AS STRING)` gives them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ColumnStatistics {
    /// How many different values there are.
    pub distinct_count: u64,
    /// How many values are NULL.
    pub null_count: u64,
    /// The least value.
    pub minimum: Option<String>,
    /// The greatest value.
    pub maximum: Option<String>,
}

/// A table's columns, key and watermark before types and expressions are looked at.
#[derive(Debug, Clone, Default)]
pub struct TableDeclaration {
    /// The columns in order.
    pub columns: Vec<DeclaredColumn>,
    /// The primary key.
    pub key: Option<DeclaredKey>,
    /// The watermark.
    pub watermark: Option<Watermark>,
    /// Where the watermark's column is in the statement, if there is one.
    pub watermark_place: Option<Location>,
}

/// A column of a declaration.
#[derive(Debug, Clone)]
pub struct DeclaredColumn {
    /// The name.
    pub name: String,
    /// Where values come from.
    pub kind: DeclaredColumnKind,
    /// The comment.
    pub comment: Option<String>,
}

/// Where the values of a declared column come from.
#[derive(Debug, Clone)]
pub enum DeclaredColumnKind {
    /// From the records of the connector.
    Physical {
        /// The type.
        data_type: LogicalType,
    },
    /// From other columns.
    Computed {
        /// The expression as SQL, names in back-ticks.
        text: String,
    },
    /// From what the connector knows beside the records.
    Metadata {
        /// The type.
        data_type: LogicalType,
        /// The connector's key; the column's name if `None`.
        key: Option<String>,
        /// Whether the column is left out when the table is written to.
        is_virtual: bool,
    },
}

/// The primary key of a declaration.
#[derive(Debug, Clone)]
pub struct DeclaredKey {
    /// The name of the constraint, if it was given.
    pub name: Option<String>,
    /// The columns.
    pub columns: Vec<String>,
    /// Where the columns are in the statement; empty if there is none.
    pub places: Vec<Location>,
}

impl CatalogTable {
    /// A table that has nothing but columns.
    #[must_use]
    pub fn of_columns(identifier: super::ObjectIdentifier, columns: Vec<Column>) -> Self {
        Self {
            identifier,
            schema: Schema {
                columns,
                primary_key: Vec::new(),
            },
            options: BTreeMap::new(),
            comment: None,
            partition_keys: Vec::new(),
            inline_data: None,
            details: TableDetails::default(),
        }
    }

    /// Where the values of a column come from.
    #[must_use]
    pub fn column_kind(&self, position: usize) -> &ColumnKind {
        self.details
            .columns
            .get(position)
            .unwrap_or(&ColumnKind::Physical)
    }

    /// The table as it was declared, to be changed and resolved again.
    #[must_use]
    pub fn declaration(&self) -> TableDeclaration {
        let columns = self
            .schema
            .columns
            .iter()
            .enumerate()
            .map(|(position, column)| DeclaredColumn {
                name: column.name.clone(),
                kind: match self.column_kind(position) {
                    ColumnKind::Physical => DeclaredColumnKind::Physical {
                        data_type: column.column_type.clone(),
                    },
                    ColumnKind::Metadata { key, is_virtual } => DeclaredColumnKind::Metadata {
                        data_type: column.column_type.clone(),
                        key: key.clone(),
                        is_virtual: *is_virtual,
                    },
                    ColumnKind::Computed { text, .. } => DeclaredColumnKind::Computed { text: text.clone() },
                },
                comment: column.comment.clone(),
            })
            .collect();
        let key = (!self.schema.primary_key.is_empty()).then(|| DeclaredKey {
            name: self.details.key_name.clone(),
            columns: self
                .schema
                .primary_key
                .iter()
                .map(|position| self.schema.columns[*position].name.clone())
                .collect(),
            places: Vec::new(),
        });
        TableDeclaration {
            columns,
            key,
            watermark: self.details.watermark.clone(),
            watermark_place: None,
        }
    }
}
