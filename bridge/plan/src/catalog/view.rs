//! Views: named queries.

use std::sync::Arc;

use super::identifier::ObjectIdentifier;
use super::manager::CatalogManager;
use super::table::Schema;
use crate::error::Result;
use crate::operation::QueryOperation;

/// A view: a query under a name. Mirrors `ResolvedCatalogView` and `QueryOperationCatalogView`.
#[derive(Debug, Clone)]
pub struct CatalogView {
    /// Where the view is registered.
    pub identifier: ObjectIdentifier,
    /// The query's SQL text; `None` for a view made of a Table API object, which has none.
    pub query_text: Option<ViewText>,
    /// What the query means, as of the view's creation.
    pub operation: Arc<QueryOperation>,
    /// The columns, under the view's own names.
    pub schema: Schema,
    /// The comment given in DDL.
    pub comment: Option<String>,
}

/// The text of a view, and where its names are looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewText {
    /// The query.
    pub query: String,
    /// The catalog that was current when the view was made.
    pub catalog: String,
    /// The database that was current when the view was made.
    pub database: String,
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

    /// The same under another name.
    #[must_use]
    pub fn renamed(&self, identifier: ObjectIdentifier) -> Self {
        match self {
            Self::Table(table) => Self::Table(Arc::new(super::CatalogTable {
                identifier,
                ..table.as_ref().clone()
            })),
            Self::View(view) => Self::View(Arc::new(CatalogView {
                identifier,
                ..view.as_ref().clone()
            })),
        }
    }

    /// The rows of the table or view. A view of SQL text means what its text means now.
    ///
    /// # Errors
    /// When a view's text means nothing any more.
    pub fn scan(&self, catalogs: &CatalogManager) -> Result<Arc<QueryOperation>> {
        match self {
            Self::Table(table) => Ok(table.scan()),
            Self::View(view) => match &view.query_text {
                Some(text) => crate::sql::plan_view_text(text, &view.schema, catalogs),
                None => Ok(Arc::clone(&view.operation)),
            },
        }
    }
}
