//! The catalog manager of a session: which tables and views there are and which name means which.
//!
//! Mirrors `org.apache.flink.table.catalog.CatalogManager`. Temporary objects hide permanent ones of
//! the same path and live outside catalogs, so their catalog or database need not exist. Functions
//! are in [`super::functions`].

use std::collections::BTreeMap;
use std::sync::Arc;

use super::functions::FunctionRegistry;
use super::identifier::{ObjectIdentifier, quote_path};
use super::store::{Catalog, Database};
use super::table::CatalogTable;
use super::view::{CatalogEntry, CatalogView};
use crate::error::{PlanError, Result};

/// The catalog that every session starts with.
pub const DEFAULT_CATALOG: &str = "default_catalog";
/// The database that every session starts with.
pub const DEFAULT_DATABASE: &str = "default_database";

/// The tables, views and functions of a session.
#[derive(Debug)]
pub struct CatalogManager {
    pub(super) catalogs: BTreeMap<String, Catalog>,
    current_catalog: String,
    current_database: String,
    temporary_entries: BTreeMap<ObjectIdentifier, CatalogEntry>,
    pub(super) functions: FunctionRegistry,
}

impl Default for CatalogManager {
    fn default() -> Self {
        Self::new(DEFAULT_CATALOG, DEFAULT_DATABASE)
    }
}

impl CatalogManager {
    /// A manager with one catalog that holds one empty database; both are current.
    #[must_use]
    pub fn new(catalog: &str, database: &str) -> Self {
        Self {
            catalogs: BTreeMap::from([(catalog.to_owned(), Catalog::with_default_database(database))]),
            current_catalog: catalog.to_owned(),
            current_database: database.to_owned(),
            temporary_entries: BTreeMap::new(),
            functions: FunctionRegistry::default(),
        }
    }

    /// The current catalog.
    #[must_use]
    pub fn current_catalog(&self) -> &str {
        &self.current_catalog
    }

    /// The current database.
    #[must_use]
    pub fn current_database(&self) -> &str {
        &self.current_database
    }

    /// Makes a catalog current, and its default database with it.
    pub fn use_catalog(&mut self, name: &str) -> Result<()> {
        let catalog = self.catalogs.get(name).ok_or_else(|| PlanError::Catalog {
            class: "CatalogNotExistException",
            message: format!("A catalog with name [{name}] does not exist."),
        })?;
        if self.current_catalog != name {
            self.current_database.clone_from(&catalog.default_database);
            name.clone_into(&mut self.current_catalog);
        }
        Ok(())
    }

    /// Makes a database of the current catalog current.
    pub fn use_database(&mut self, name: &str) -> Result<()> {
        let exists = self
            .catalogs
            .get(&self.current_catalog)
            .is_some_and(|catalog| catalog.databases.contains_key(name));
        if !exists {
            return Err(PlanError::Catalog {
                class: "CatalogException",
                message: format!(
                    "A database with name [{name}] does not exist in the catalog: [{}].",
                    self.current_catalog
                ),
            });
        }
        name.clone_into(&mut self.current_database);
        Ok(())
    }

    /// Runs `USE [catalog.]database`.
    pub fn use_path(&mut self, path: &[String]) -> Result<()> {
        match path {
            [database] => self.use_database(database),
            [catalog, database] => {
                let previous = (self.current_catalog.clone(), self.current_database.clone());
                self.use_catalog(catalog)?;
                self.use_database(database).inspect_err(|_| {
                    (self.current_catalog, self.current_database) = previous;
                })
            }
            _ => Err(PlanError::validation(format!(
                "use database identifier format error: {}",
                quote_path(path)
            ))),
        }
    }

    /// Adds an empty database to a catalog.
    pub fn create_database(&mut self, catalog: &str, name: &str, if_not_exists: bool) -> Result<()> {
        let databases = &mut self.catalog_mut(catalog)?.databases;
        if databases.contains_key(name) {
            if if_not_exists {
                return Ok(());
            }
            let class = "DatabaseAlreadyExistException";
            let message = format!("Database {name} already exists in Catalog {catalog}.");
            return Err(PlanError::validation("Could not execute CREATE DATABASE")
                .caused_by(PlanError::Catalog { class, message }));
        }
        databases.insert(name.to_owned(), Database::default());
        Ok(())
    }

    /// Completes a path of one to three parts with the current catalog and database.
    pub fn qualify(&self, path: &[String]) -> Result<ObjectIdentifier> {
        let (catalog, database, object) = match path {
            [object] => (&self.current_catalog, &self.current_database, object),
            [database, object] => (&self.current_catalog, database, object),
            [catalog, database, object] => (catalog, database, object),
            _ => {
                return Err(PlanError::validation(format!(
                    "Invalid identifier {}: a path has one to three parts, \
                     [[catalog.]database.]object",
                    quote_path(path)
                )));
            }
        };
        Ok(ObjectIdentifier {
            catalog: catalog.clone(),
            database: database.clone(),
            object: object.clone(),
        })
    }

    /// Finds the table or view of that identifier; a temporary one first.
    #[must_use]
    pub fn find(&self, identifier: &ObjectIdentifier) -> Option<&CatalogEntry> {
        self.temporary_entries
            .get(identifier)
            .or_else(|| self.find_permanent(identifier))
    }

    /// Finds what a path names. Mirrors `TableEnvironment.from`.
    pub fn from_path(&self, path: &[String]) -> Result<&CatalogEntry> {
        let identifier = self.qualify(path)?;
        self.find(&identifier)
            .ok_or_else(|| PlanError::validation(format!("Table {} was not found.", quote_path(path))))
    }

    /// Whether the identifier names a temporary table or view.
    #[must_use]
    pub fn is_temporary(&self, identifier: &ObjectIdentifier) -> bool {
        self.temporary_entries.contains_key(identifier)
    }

    /// Registers a permanent table under the identifier it carries.
    pub fn create_table(&mut self, table: CatalogTable, if_not_exists: bool) -> Result<()> {
        let identifier = table.identifier.clone();
        self.create_permanent(identifier, CatalogEntry::Table(Arc::new(table)), if_not_exists)
    }

    /// Registers a permanent view under the identifier it carries.
    pub fn create_view(&mut self, view: CatalogView, if_not_exists: bool) -> Result<()> {
        let identifier = view.identifier.clone();
        self.create_permanent(identifier, CatalogEntry::View(Arc::new(view)), if_not_exists)
    }

    /// Registers a temporary table or view under the identifier it carries.
    pub fn create_temporary(&mut self, entry: CatalogEntry, if_not_exists: bool) -> Result<()> {
        let identifier = entry.identifier().clone();
        if self.temporary_entries.contains_key(&identifier) {
            if if_not_exists {
                return Ok(());
            }
            return Err(PlanError::validation(format!(
                "Temporary table '{identifier}' already exists"
            )));
        }
        self.temporary_entries.insert(identifier, entry);
        Ok(())
    }

    /// Registers a temporary table or view in place of one of that name: `register_table` and the
    /// other calls of old that never refused.
    pub fn replace_temporary(&mut self, entry: CatalogEntry) {
        self.temporary_entries.insert(entry.identifier().clone(), entry);
    }

    /// Drops a permanent table.
    pub fn drop_table(&mut self, identifier: &ObjectIdentifier, if_exists: bool) -> Result<bool> {
        self.drop_permanent(identifier, if_exists, false)
    }

    /// Drops a permanent view.
    pub fn drop_view(&mut self, identifier: &ObjectIdentifier, if_exists: bool) -> Result<bool> {
        self.drop_permanent(identifier, if_exists, true)
    }

    /// Drops a temporary table. Says whether there was one.
    pub fn drop_temporary_table(&mut self, identifier: &ObjectIdentifier, if_exists: bool) -> Result<bool> {
        self.drop_temporary(identifier, if_exists, false)
    }

    /// Drops a temporary view. Says whether there was one.
    pub fn drop_temporary_view(&mut self, identifier: &ObjectIdentifier, if_exists: bool) -> Result<bool> {
        self.drop_temporary(identifier, if_exists, true)
    }

    fn find_permanent(&self, identifier: &ObjectIdentifier) -> Option<&CatalogEntry> {
        self.catalogs
            .get(&identifier.catalog)?
            .databases
            .get(&identifier.database)?
            .entries
            .get(&identifier.object)
    }

    fn catalog_mut(&mut self, name: &str) -> Result<&mut Catalog> {
        self.catalogs
            .get_mut(name)
            .ok_or_else(|| PlanError::validation(format!("Catalog {name} does not exist.")))
    }

    fn create_permanent(
        &mut self,
        identifier: ObjectIdentifier,
        entry: CatalogEntry,
        if_not_exists: bool,
    ) -> Result<()> {
        let fault = |class, message| {
            PlanError::validation(format!("Could not execute CreateTable in path {identifier}"))
                .caused_by(PlanError::Catalog { class, message })
        };
        let catalog = self.catalog_mut(&identifier.catalog)?;
        let Some(database) = catalog.databases.get_mut(&identifier.database) else {
            return Err(fault(
                "DatabaseNotExistException",
                format!(
                    "Database {} does not exist in Catalog {}.",
                    identifier.database, identifier.catalog
                ),
            ));
        };
        if database.entries.contains_key(&identifier.object) {
            if if_not_exists {
                return Ok(());
            }
            return Err(fault(
                "TableAlreadyExistException",
                format!(
                    "Table (or view) {}.{} already exists in Catalog {}.",
                    identifier.database, identifier.object, identifier.catalog
                ),
            ));
        }
        database.entries.insert(identifier.object, entry);
        Ok(())
    }

    fn drop_permanent(
        &mut self,
        identifier: &ObjectIdentifier,
        if_exists: bool,
        is_view: bool,
    ) -> Result<bool> {
        let (lower, upper) = kind_words(is_view);
        if let Some(entry) = self.temporary_entries.get(identifier)
            && entry.is_view() == is_view
        {
            return Err(PlanError::validation(format!(
                "Temporary {lower} with identifier '{identifier}' exists. \
                 Drop it first before removing the permanent {lower}."
            )));
        }
        let found = self
            .find_permanent(identifier)
            .is_some_and(|entry| entry.is_view() == is_view);
        if found {
            if let Some(database) = self
                .catalogs
                .get_mut(&identifier.catalog)
                .and_then(|catalog| catalog.databases.get_mut(&identifier.database))
            {
                database.entries.remove(&identifier.object);
            }
            return Ok(true);
        }
        if if_exists {
            return Ok(false);
        }
        Err(PlanError::validation(format!(
            "{upper} with identifier '{}' does not exist.",
            identifier.summary()
        )))
    }

    fn drop_temporary(
        &mut self,
        identifier: &ObjectIdentifier,
        if_exists: bool,
        is_view: bool,
    ) -> Result<bool> {
        let found = self
            .temporary_entries
            .get(identifier)
            .is_some_and(|entry| entry.is_view() == is_view);
        if found {
            self.temporary_entries.remove(identifier);
        } else if !if_exists {
            let (lower, _) = kind_words(is_view);
            return Err(PlanError::validation(format!(
                "Temporary {lower} with identifier '{}' does not exist.",
                identifier.summary()
            )));
        }
        Ok(found)
    }

    /// The temporary tables and views of one database, for listing.
    pub(super) fn temporary_in<'a>(
        &'a self,
        catalog: &'a str,
        database: &'a str,
    ) -> impl Iterator<Item = &'a CatalogEntry> {
        self.temporary_entries.values().filter(move |entry| {
            entry.identifier().catalog == catalog && entry.identifier().database == database
        })
    }
}

const fn kind_words(is_view: bool) -> (&'static str, &'static str) {
    if is_view {
        ("view", "View")
    } else {
        ("table", "Table")
    }
}
