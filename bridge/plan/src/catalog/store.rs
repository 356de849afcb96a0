//! The permanent objects: catalogs, their databases, and what these hold. All in memory.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::view::CatalogEntry;
use crate::function::PythonFunction;

/// A catalog. Mirrors `GenericInMemoryCatalog`.
#[derive(Debug, Default)]
pub(super) struct Catalog {
    /// The databases by name.
    pub(super) databases: BTreeMap<String, Database>,
    /// The database that `USE CATALOG` makes current.
    pub(super) default_database: String,
}

impl Catalog {
    /// A catalog with one empty database.
    pub(super) fn with_default_database(name: &str) -> Self {
        Self {
            databases: BTreeMap::from([(name.to_owned(), Database::default())]),
            default_database: name.to_owned(),
        }
    }
}

/// A database.
#[derive(Debug, Default)]
pub(super) struct Database {
    /// Tables and views share one name space.
    pub(super) entries: BTreeMap<String, CatalogEntry>,
    /// Functions by lower-case name.
    pub(super) functions: BTreeMap<String, Arc<PythonFunction>>,
}
