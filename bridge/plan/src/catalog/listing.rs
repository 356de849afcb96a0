//! What `SHOW` and the `list_*` calls answer: names in ascending order.

use std::collections::BTreeSet;

use super::information_schema::{INFORMATION_SCHEMA, information_tables};
use super::manager::CatalogManager;
use crate::error::{PlanError, Result};

impl CatalogManager {
    /// The catalogs.
    #[must_use]
    pub fn list_catalogs(&self) -> Vec<String> {
        self.catalogs.keys().cloned().collect()
    }

    /// The databases of a catalog. The information schema, which every catalog has, is not among them.
    ///
    /// # Errors
    /// When there is no such catalog.
    pub fn list_databases(&self, catalog: &str) -> Result<Vec<String>> {
        self.catalogs
            .get(catalog)
            .ok_or_else(|| PlanError::validation(format!("Catalog {catalog} does not exist")))?
            .catalog
            .list_databases()
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
        if database == INFORMATION_SCHEMA && self.has_catalog(catalog) {
            return Ok(information_tables());
        }
        self.database(catalog, database)?;
        let permanent = self.catalog(catalog)?.catalog.list_entries(database)?;
        let permanent = permanent
            .into_iter()
            .filter(|(_, is_view)| !only_views || *is_view)
            .map(|(name, _)| name);
        let temporary = self
            .temporary_in(catalog, database)
            .filter(|entry| !only_views || entry.is_view())
            .map(|entry| entry.identifier().object.clone());
        let names: BTreeSet<String> = permanent.chain(temporary).collect();
        Ok(names.into_iter().collect())
    }

    /// Checks that there is a database.
    pub(super) fn database(&self, catalog: &str, database: &str) -> Result<()> {
        if self.has_database(catalog, database)? {
            return Ok(());
        }
        Err(PlanError::validation(format!(
            "Database '{catalog}'.'{database}' doesn't exist."
        )))
    }
}
