//! A catalog that lives as long as its session. Mirrors `GenericInMemoryCatalog`.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::identifier::ObjectIdentifier;
use super::keeper::{Catalog, CatalogFunction, DatabaseProperties};
use super::manager::CatalogManager;
use super::view::CatalogEntry;
use crate::error::Result;

/// A catalog in memory.
#[derive(Debug)]
pub struct InMemoryCatalog {
    default_database: String,
    databases: RwLock<BTreeMap<String, Database>>,
}

#[derive(Debug, Default)]
struct Database {
    properties: DatabaseProperties,
    /// Tables and views share one name space.
    entries: BTreeMap<String, CatalogEntry>,
    functions: BTreeMap<String, CatalogFunction>,
}

impl InMemoryCatalog {
    /// A catalog with one empty database.
    #[must_use]
    pub fn new(default_database: &str) -> Self {
        Self {
            default_database: default_database.to_owned(),
            databases: RwLock::new(BTreeMap::from([(
                default_database.to_owned(),
                Database::default(),
            )])),
        }
    }

    fn read(&self) -> RwLockReadGuard<'_, BTreeMap<String, Database>> {
        self.databases.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, BTreeMap<String, Database>> {
        self.databases.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Catalog for InMemoryCatalog {
    fn default_database(&self) -> String {
        self.default_database.clone()
    }

    fn list_databases(&self) -> Result<Vec<String>> {
        Ok(self.read().keys().cloned().collect())
    }

    fn database(&self, name: &str) -> Result<Option<DatabaseProperties>> {
        Ok(self.read().get(name).map(|database| database.properties.clone()))
    }

    fn put_database(&self, name: &str, properties: &DatabaseProperties) -> Result<()> {
        self.write().entry(name.to_owned()).or_default().properties = properties.clone();
        Ok(())
    }

    fn remove_database(&self, name: &str) -> Result<()> {
        self.write().remove(name);
        Ok(())
    }

    fn list_entries(&self, database: &str) -> Result<Vec<(String, bool)>> {
        Ok(self.read().get(database).map_or_else(Vec::new, |database| {
            database
                .entries
                .iter()
                .map(|(name, entry)| (name.clone(), entry.is_view()))
                .collect()
        }))
    }

    fn entry(&self, identifier: &ObjectIdentifier, _: &CatalogManager) -> Result<Option<CatalogEntry>> {
        Ok(self
            .read()
            .get(&identifier.database)
            .and_then(|database| database.entries.get(&identifier.object))
            .cloned())
    }

    fn put_entry(&self, entry: &CatalogEntry) -> Result<()> {
        let identifier = entry.identifier();
        if let Some(database) = self.write().get_mut(&identifier.database) {
            database.entries.insert(identifier.object.clone(), entry.clone());
        }
        Ok(())
    }

    fn remove_entry(&self, identifier: &ObjectIdentifier) -> Result<()> {
        if let Some(database) = self.write().get_mut(&identifier.database) {
            database.entries.remove(&identifier.object);
        }
        Ok(())
    }

    fn list_functions(&self, database: &str) -> Result<Vec<String>> {
        Ok(self
            .read()
            .get(database)
            .map_or_else(Vec::new, |database| database.functions.keys().cloned().collect()))
    }

    fn function(&self, database: &str, name: &str) -> Result<Option<CatalogFunction>> {
        Ok(self
            .read()
            .get(database)
            .and_then(|database| database.functions.get(name))
            .cloned())
    }

    fn put_function(&self, database: &str, name: &str, function: &CatalogFunction) -> Result<()> {
        if let Some(database) = self.write().get_mut(database) {
            database.functions.insert(name.to_owned(), function.clone());
        }
        Ok(())
    }

    fn remove_function(&self, database: &str, name: &str) -> Result<()> {
        if let Some(database) = self.write().get_mut(database) {
            database.functions.remove(name);
        }
        Ok(())
    }
}
