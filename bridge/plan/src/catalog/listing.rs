//! What `SHOW` and the `list_*` calls answer: names in ascending order.

use std::collections::BTreeSet;

use super::manager::CatalogManager;
use super::store::Database;
use crate::error::{PlanError, Result};

impl CatalogManager {
    /// The catalogs.
    #[must_use]
    pub fn list_catalogs(&self) -> Vec<String> {
        self.catalogs.keys().cloned().collect()
    }

    /// The databases of a catalog.
    pub fn list_databases(&self, catalog: &str) -> Result<Vec<String>> {
        let found = self.catalogs.get(catalog).ok_or_else(|| PlanError::Catalog {
            class: "CatalogNotExistException",
            message: format!("Catalog {catalog} does not exist"),
        })?;
        Ok(found.databases.keys().cloned().collect())
    }

    /// The tables and views of a database, temporary ones among them. Flink lists views as tables too.
    pub fn list_tables(&self, catalog: &str, database: &str) -> Result<Vec<String>> {
        self.list_entries(catalog, database, false)
    }

    /// The views of a database, temporary ones among them.
    pub fn list_views(&self, catalog: &str, database: &str) -> Result<Vec<String>> {
        self.list_entries(catalog, database, true)
    }

    /// The temporary tables and views of the current database.
    #[must_use]
    pub fn list_temporary_tables(&self) -> Vec<String> {
        self.list_temporary(false)
    }

    /// The temporary views of the current database.
    #[must_use]
    pub fn list_temporary_views(&self) -> Vec<String> {
        self.list_temporary(true)
    }

    fn list_temporary(&self, only_views: bool) -> Vec<String> {
        self.temporary_in(self.current_catalog(), self.current_database())
            .filter(|entry| !only_views || entry.is_view())
            .map(|entry| entry.identifier().object.clone())
            .collect()
    }

    fn list_entries(&self, catalog: &str, database: &str, only_views: bool) -> Result<Vec<String>> {
        let permanent = &self.database(catalog, database)?.entries;
        let names: BTreeSet<String> = permanent
            .values()
            .chain(self.temporary_in(catalog, database))
            .filter(|entry| !only_views || entry.is_view())
            .map(|entry| entry.identifier().object.clone())
            .collect();
        Ok(names.into_iter().collect())
    }

    pub(super) fn database(&self, catalog: &str, database: &str) -> Result<&Database> {
        self.catalogs
            .get(catalog)
            .and_then(|found| found.databases.get(database))
            .ok_or_else(|| {
                PlanError::validation(format!(
                    "Database '{database}' does not exist in the catalog '{catalog}'."
                ))
            })
    }
}
