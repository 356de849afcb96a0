//! Views: named queries.

use std::sync::Arc;

use super::identifier::ObjectIdentifier;
use super::table::Schema;
use crate::operation::QueryOperation;

/// A view: a query under a name. Mirrors `ResolvedCatalogView` and `QueryOperationCatalogView`.
#[derive(Debug, Clone)]
pub struct CatalogView {
    /// Where the view is registered.
    pub identifier: ObjectIdentifier,
    /// The query's SQL text; `None` for a view made of a Table API object, which has none.
    pub query_text: Option<String>,
    /// What the query means, as of the view's creation.
    pub operation: Arc<QueryOperation>,
    /// The columns, under the view's own names.
    pub schema: Schema,
    /// The comment given in DDL.
    pub comment: Option<String>,
}

/// What a table path can name.
#[derive(Debug, Clone)]
pub enum CatalogEntry {
    /// A table with a connector, or with rows of its own.
    Table(Arc<super::CatalogTable>),
    /// A view.
    View(Arc<CatalogView>),
}

impl CatalogEntry {
    /// The columns of the table or view.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        match self {
            Self::Table(table) => &table.schema,
            Self::View(view) => &view.schema,
        }
    }

    /// Where the table or view is registered.
    #[must_use]
    pub fn identifier(&self) -> &ObjectIdentifier {
        match self {
            Self::Table(table) => &table.identifier,
            Self::View(view) => &view.identifier,
        }
    }

    /// Whether this is a view.
    #[must_use]
    pub const fn is_view(&self) -> bool {
        matches!(self, Self::View(_))
    }
}
