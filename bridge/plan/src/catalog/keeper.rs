//! What a catalog is: databases, and in each of them tables, views and functions under names.
//!
//! Mirrors `org.apache.flink.table.catalog.Catalog`. Whether something exists already is asked by
//! [`super::CatalogManager`], which knows Flink's messages; a catalog only keeps and finds.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::identifier::ObjectIdentifier;
use super::manager::CatalogManager;
use super::view::CatalogEntry;
use crate::error::{PlanError, Result};
use crate::function::PythonFunction;

/// The comment and the properties of a database.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DatabaseProperties {
    /// The comment.
    pub comment: Option<String>,
    /// Properties by key.
    pub options: BTreeMap<String, String>,
}

/// A function of a catalog.
#[derive(Debug, Clone)]
pub struct CatalogFunction {
    /// What `AS '...'` names: `module.object`.
    pub class_name: String,
    /// What is called.
    pub function: Arc<PythonFunction>,
}

/// A catalog.
pub trait Catalog: fmt::Debug + Send + Sync {
    /// The database that `USE CATALOG` makes current.
    fn default_database(&self) -> String;

    /// The databases, in ascending order.
    ///
    /// # Errors
    /// When the catalog cannot be reached.
    fn list_databases(&self) -> Result<Vec<String>>;

    /// What is known of a database; `None` if there is none of that name.
    ///
    /// # Errors
    /// When the catalog cannot be reached.
    fn database(&self, name: &str) -> Result<Option<DatabaseProperties>>;

    /// Makes a database, or gives one other properties.
    ///
    /// # Errors
    /// When the catalog cannot be changed.
    fn put_database(&self, name: &str, properties: &DatabaseProperties) -> Result<()>;

    /// Drops a database with everything in it.
    ///
    /// # Errors
    /// When the catalog cannot be changed.
    fn remove_database(&self, name: &str) -> Result<()>;

    /// The names of tables and views, in ascending order, each with whether it is a view.
    ///
    /// # Errors
    /// When the catalog cannot be reached.
    fn list_entries(&self, database: &str) -> Result<Vec<(String, bool)>>;

    /// The table or view of a name. `manager` holds what its expressions and queries can refer to.
    ///
    /// # Errors
    /// When the catalog cannot be reached, or its definition means nothing any more.
    fn entry(&self, identifier: &ObjectIdentifier, manager: &CatalogManager) -> Result<Option<CatalogEntry>>;

    /// Keeps a table or view under the name it carries, in place of one of that name.
    ///
    /// # Errors
    /// When the catalog cannot be changed.
    fn put_entry(&self, entry: &CatalogEntry) -> Result<()>;

    /// Forgets a table or view.
    ///
    /// # Errors
    /// When the catalog cannot be changed.
    fn remove_entry(&self, identifier: &ObjectIdentifier) -> Result<()>;

    /// The names of functions, in ascending order and lower case.
    ///
    /// # Errors
    /// When the catalog cannot be reached.
    fn list_functions(&self, database: &str) -> Result<Vec<String>>;

    /// The function of a name in lower case.
    ///
    /// # Errors
    /// When the catalog cannot be reached.
    fn function(&self, database: &str, name: &str) -> Result<Option<CatalogFunction>>;

    /// Keeps a function under a name in lower case, in place of one of that name.
    ///
    /// # Errors
    /// When the catalog cannot be changed.
    fn put_function(&self, database: &str, name: &str, function: &CatalogFunction) -> Result<()>;

    /// Forgets a function.
    ///
    /// # Errors
    /// When the catalog cannot be changed.
    fn remove_function(&self, database: &str, name: &str) -> Result<()>;
}

/// The error of a catalog that is read only.
#[must_use]
pub fn read_only(what: &str) -> PlanError {
    PlanError::unsupported(
        format!("{what} in a JDBC catalog"),
        "Change the database in its own client; the catalog shows what is there.",
    )
}
