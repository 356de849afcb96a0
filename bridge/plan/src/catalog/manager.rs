//! The catalog manager of a session: which tables and views there are and which name means which.
//!
//! Mirrors `org.apache.flink.table.catalog.CatalogManager`. Temporary objects hide permanent ones of
//! the same path and live outside catalogs, so their catalog or database need not exist. Functions
//! are in [`super::functions`], the catalogs themselves in [`super::registered`].

use std::collections::BTreeMap;
use std::sync::Arc;

use super::functions::FunctionRegistry;
use super::identifier::{ObjectIdentifier, quote_path};
use super::in_memory::InMemoryCatalog;
use super::information_schema::{INFORMATION_SCHEMA, information_table};
use super::keeper::DatabaseProperties;
use super::modules::Modules;
use super::registered::RegisteredCatalog;
use super::table::CatalogTable;
use super::view::{CatalogEntry, CatalogView};
use crate::error::{PlanError, Result};

/// The catalog that every session starts with.
pub const DEFAULT_CATALOG: &str = "default_catalog";
/// The database that every session starts with.
pub const DEFAULT_DATABASE: &str = "default_database";

/// The tables, views and functions of a session.
#[derive(Debug, Clone)]
pub struct CatalogManager {
    pub(super) catalogs: BTreeMap<String, RegisteredCatalog>,
    pub(super) current_catalog: String,
    pub(super) current_database: String,
    temporary_entries: BTreeMap<ObjectIdentifier, CatalogEntry>,
    pub(super) functions: FunctionRegistry,
    pub(super) modules: Modules,
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
            catalogs: BTreeMap::from([(
                catalog.to_owned(),
                RegisteredCatalog {
                    catalog: Arc::new(InMemoryCatalog::new(database)),
                    comment: None,
                    options: BTreeMap::from([
                        ("default-database".to_owned(), database.to_owned()),
                        ("type".to_owned(), "generic_in_memory".to_owned()),
                    ]),
                },
            )]),
            current_catalog: catalog.to_owned(),
            current_database: database.to_owned(),
            temporary_entries: BTreeMap::new(),
            functions: FunctionRegistry::default(),
            modules: Modules::default(),
        }
    }

    /// This manager with another catalog and database current, for names that were written there.
    #[must_use]
    pub fn at(&self, catalog: &str, database: &str) -> Self {
        Self {
            current_catalog: catalog.to_owned(),
            current_database: database.to_owned(),
            ..self.clone()
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

    /// Whether a catalog has a database of that name.
    ///
    /// # Errors
    /// When the catalog cannot be reached.
    pub fn has_database(&self, catalog: &str, name: &str) -> Result<bool> {
        match self.catalogs.get(catalog) {
            Some(found) => Ok(found.catalog.database(name)?.is_some()),
            None => Ok(false),
        }
    }

    /// Adds an empty database to a catalog.
    ///
    /// # Errors
    /// When there is one of that name, or no such catalog.
    pub fn create_database(
        &mut self,
        catalog: &str,
        name: &str,
        properties: DatabaseProperties,
        if_not_exists: bool,
    ) -> Result<()> {
        let description = format!(
            "Could not execute CREATE DATABASE: (catalogDatabase: [{{}}], catalogName: [{catalog}], databaseName: \
             [{name}], ignoreIfExists: [{if_not_exists}])"
        );
        let Some(found) = self.catalogs.get(catalog) else {
            return Err(PlanError::Table {
                message: description,
                hint: Some(format!("there is no catalog '{catalog}'")),
            });
        };
        if name == INFORMATION_SCHEMA || found.catalog.database(name)?.is_some() {
            if if_not_exists {
                return Ok(());
            }
            let class = "DatabaseAlreadyExistException";
            let message = format!("Database {name} already exists in Catalog {catalog}.");
            return Err(PlanError::validation(description).caused_by(PlanError::Catalog { class, message }));
        }
        found.catalog.put_database(name, &properties)
    }

    /// Changes the properties of a database.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn alter_database(
        &mut self,
        catalog: &str,
        name: &str,
        options: &BTreeMap<String, String>,
    ) -> Result<()> {
        let found = self.catalog(catalog)?;
        let Some(mut properties) = found.catalog.database(name)? else {
            return Err(
                PlanError::validation(format!("Database {name} not exists")).caused_by(PlanError::Catalog {
                    class: "DatabaseNotExistException",
                    message: format!("Database {name} does not exist in Catalog {catalog}."),
                }),
            );
        };
        properties
            .options
            .extend(options.iter().map(|(key, value)| (key.clone(), value.clone())));
        found.catalog.put_database(name, &properties)
    }

    /// What is known of a database.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn database_properties(&self, catalog: &str, name: &str) -> Result<DatabaseProperties> {
        self.catalog(catalog)?
            .catalog
            .database(name)?
            .ok_or_else(|| PlanError::Catalog {
                class: "DatabaseNotExistException",
                message: format!("Database {name} does not exist in Catalog {catalog}."),
            })
    }

    /// Drops a database; one that is not empty only with `cascade`.
    ///
    /// # Errors
    /// When there is none of that name, it is in use or not empty.
    pub fn drop_database(&mut self, catalog: &str, name: &str, if_exists: bool, cascade: bool) -> Result<()> {
        let description = format!(
            "Could not execute DROP DATABASE {}{catalog}.{name} {}",
            if if_exists { "IF EXISTS " } else { "" },
            if cascade { "CASCADE" } else { "RESTRICT" }
        );
        if catalog == self.current_catalog && name == self.current_database {
            return Err(PlanError::Table {
                message: description,
                hint: Some("a database in use cannot be dropped: USE another one first".to_owned()),
            });
        }
        let fault = |class, message| {
            PlanError::validation(description).caused_by(PlanError::Catalog { class, message })
        };
        let found = self.catalog(catalog)?;
        if found.catalog.database(name)?.is_none() {
            if if_exists {
                return Ok(());
            }
            let message = format!("Database {name} does not exist in Catalog {catalog}.");
            return Err(fault("DatabaseNotExistException", message));
        }
        let is_empty =
            found.catalog.list_entries(name)?.is_empty() && found.catalog.list_functions(name)?.is_empty();
        if !cascade && !is_empty {
            let message = format!("Database {name} in catalog {catalog} is not empty.");
            return Err(fault("DatabaseNotEmptyException", message));
        }
        found.catalog.remove_database(name)
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
    ///
    /// # Errors
    /// When the catalog cannot be reached, or the definition means nothing any more.
    pub fn find(&self, identifier: &ObjectIdentifier) -> Result<Option<CatalogEntry>> {
        match self.temporary_entries.get(identifier) {
            Some(entry) => Ok(Some(entry.clone())),
            None => self.find_permanent(identifier),
        }
    }

    /// Finds what a path names. Mirrors `TableEnvironment.from`.
    ///
    /// # Errors
    /// When it names nothing.
    pub fn from_path(&self, path: &[String]) -> Result<CatalogEntry> {
        let identifier = self.qualify(path)?;
        self.find(&identifier)?
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

    /// Finds the permanent table or view of that identifier.
    ///
    /// # Errors
    /// As [`Self::find`].
    pub fn find_permanent(&self, identifier: &ObjectIdentifier) -> Result<Option<CatalogEntry>> {
        let Some(found) = self.catalogs.get(&identifier.catalog) else {
            return Ok(None);
        };
        if identifier.database == INFORMATION_SCHEMA {
            return information_table(self, identifier);
        }
        found.catalog.entry(identifier, self)
    }

    /// The catalog of that name.
    pub(super) fn catalog(&self, name: &str) -> Result<&RegisteredCatalog> {
        self.catalogs
            .get(name)
            .ok_or_else(|| PlanError::validation(format!("Catalog {name} does not exist.")))
    }

    /// Keeps a table or view in its catalog in place of the one of its name.
    ///
    /// # Errors
    /// When the catalog cannot be changed.
    pub fn put_permanent(&mut self, entry: &CatalogEntry) -> Result<()> {
        self.catalog(&entry.identifier().catalog)?
            .catalog
            .put_entry(entry)
    }

    /// Makes a permanent table, or replaces the one of its name.
    ///
    /// # Errors
    /// When there is a view or no database of that name.
    pub fn replace_table(&mut self, table: CatalogTable) -> Result<()> {
        let entry = CatalogEntry::Table(Arc::new(table));
        match self.find_permanent(entry.identifier())? {
            Some(CatalogEntry::Table(_)) => self.put_permanent(&entry),
            _ => self.create_permanent(entry.identifier().clone(), entry, false),
        }
    }

    /// Gives a permanent table or view another name.
    ///
    /// # Errors
    /// When the name is taken, or the catalog cannot be changed.
    pub fn rename(&mut self, entry: &CatalogEntry, target: &ObjectIdentifier) -> Result<()> {
        if self.find_permanent(target)?.is_some() {
            let kind = if entry.is_view() { "VIEW" } else { "TABLE" };
            return Err(PlanError::validation(format!(
                "Could not execute ALTER {kind} {} RENAME TO {}",
                entry.identifier().summary(),
                target.summary()
            ))
            .caused_by(already_exists(target)));
        }
        let catalog = Arc::clone(&self.catalog(&target.catalog)?.catalog);
        catalog.put_entry(&entry.renamed(target.clone()))?;
        catalog.remove_entry(entry.identifier())
    }

    fn create_permanent(
        &mut self,
        identifier: ObjectIdentifier,
        entry: CatalogEntry,
        if_not_exists: bool,
    ) -> Result<()> {
        let fault = |cause| {
            PlanError::validation(format!("Could not execute CreateTable in path {identifier}"))
                .caused_by(cause)
        };
        let found = self.catalog(&identifier.catalog)?;
        if identifier.database == INFORMATION_SCHEMA {
            return Err(PlanError::validation(format!(
                "The database '{INFORMATION_SCHEMA}' shows what is in the catalog; nothing can be created in it."
            )));
        }
        if found.catalog.database(&identifier.database)?.is_none() {
            return Err(fault(PlanError::Catalog {
                class: "DatabaseNotExistException",
                message: format!(
                    "Database {} does not exist in Catalog {}.",
                    identifier.database, identifier.catalog
                ),
            }));
        }
        let taken = found
            .catalog
            .list_entries(&identifier.database)?
            .iter()
            .any(|(name, _)| *name == identifier.object);
        if taken {
            if if_not_exists {
                return Ok(());
            }
            return Err(fault(already_exists(&identifier)));
        }
        found.catalog.put_entry(&entry)
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
        if let Some(found) = self.catalogs.get(&identifier.catalog)
            && identifier.database != INFORMATION_SCHEMA
            && found
                .catalog
                .list_entries(&identifier.database)?
                .iter()
                .any(|(name, view)| *name == identifier.object && *view == is_view)
        {
            found.catalog.remove_entry(identifier)?;
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
            return Err(PlanError::validation(format!(
                "Temporary table or view with identifier '{}' does not exist.",
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

fn already_exists(identifier: &ObjectIdentifier) -> PlanError {
    PlanError::Catalog {
        class: "TableAlreadyExistException",
        message: format!(
            "Table (or view) {}.{} already exists in Catalog {}.",
            identifier.database, identifier.object, identifier.catalog
        ),
    }
}
