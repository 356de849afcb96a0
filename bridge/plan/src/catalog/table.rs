//! Tables of a catalog: their schema and options, resolved.

use std::collections::BTreeMap;

use super::identifier::ObjectIdentifier;
use crate::types::LogicalType;

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The column's name.
    pub name: String,
    /// The column's type.
    pub column_type: LogicalType,
    /// The comment given in DDL.
    pub comment: Option<String>,
}

/// The columns and primary key of a table or a query. Mirrors `ResolvedSchema`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schema {
    /// The columns in order.
    pub columns: Vec<Column>,
    /// Positions of the primary key's columns; empty if there is none.
    pub primary_key: Vec<usize>,
}

/// A table in a catalog, with options already in their present names (no `connector.*` keys of old).
/// Mirrors `ResolvedCatalogTable`.
#[derive(Debug, Clone, PartialEq)]
pub struct CatalogTable {
    /// Where the table is registered.
    pub identifier: ObjectIdentifier,
    /// Columns and primary key.
    pub schema: Schema,
    /// Options of the `WITH` clause, keys as Flink 2.x spells them.
    pub options: BTreeMap<String, String>,
    /// The comment given in DDL.
    pub comment: Option<String>,
    /// Columns of `PARTITIONED BY`.
    pub partition_keys: Vec<String>,
    /// Rows held by the table itself (`from_elements`, `from_pandas`, `VALUES`): Arrow IPC stream bytes.
    pub inline_data: Option<std::sync::Arc<Vec<u8>>>,
    /// Columns that are not physical, the watermark, the distribution and statistics.
    pub details: super::TableDetails,
}
