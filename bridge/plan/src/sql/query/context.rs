//! What a query can refer to.

use crate::catalog::CatalogManager;
use crate::stream::JobOptions;

/// The catalogs, with their functions, and the options of a session.
#[derive(Debug, Clone, Copy)]
pub struct PlanContext<'a> {
    /// Tables, views and functions.
    pub catalogs: &'a CatalogManager,
    /// The session's configuration, of which queries depend on `table.sql-dialect`.
    pub options: &'a JobOptions,
}
