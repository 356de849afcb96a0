//! The functions of a session and the order in which a name finds one.
//!
//! Mirrors `org.apache.flink.table.catalog.FunctionCatalog`. Names have no case. A name of one part
//! is looked up among temporary system functions, then built-in functions, then temporary catalog
//! functions, then functions of the current database; a longer path among the last two only.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::identifier::ObjectIdentifier;
use super::keeper::CatalogFunction;
use super::manager::CatalogManager;
use crate::error::{PlanError, Result};
use crate::function::PythonFunction;

/// The functions that are in no catalog.
#[derive(Debug, Clone, Default)]
pub(super) struct FunctionRegistry {
    temporary_system: BTreeMap<String, Arc<PythonFunction>>,
    temporary_catalog: BTreeMap<ObjectIdentifier, Arc<PythonFunction>>,
}

impl CatalogManager {
    /// Registers a temporary system function: `create_temporary_system_function`.
    pub fn create_temporary_system_function(
        &mut self,
        name: &str,
        function: Arc<PythonFunction>,
        if_not_exists: bool,
    ) -> Result<()> {
        let functions = &mut self.functions.temporary_system;
        if functions.contains_key(&name.to_lowercase()) {
            if if_not_exists {
                return Ok(());
            }
            return Err(PlanError::validation(format!(
                "Could not register temporary system function. A function named '{name}' does already exist."
            )));
        }
        functions.insert(name.to_lowercase(), function);
        Ok(())
    }

    /// Registers a temporary system function in place of one of that name: `register_function`, which
    /// never refused.
    pub fn replace_temporary_system_function(&mut self, name: &str, function: Arc<PythonFunction>) {
        self.functions
            .temporary_system
            .insert(name.to_lowercase(), function);
    }

    /// Drops a temporary system function. Says whether there was one.
    pub fn drop_temporary_system_function(&mut self, name: &str, if_exists: bool) -> Result<bool> {
        let found = self
            .functions
            .temporary_system
            .remove(&name.to_lowercase())
            .is_some();
        if !found && !if_exists {
            return Err(PlanError::validation(format!(
                "Could not drop temporary system function. A function named '{name}' doesn't exist."
            )));
        }
        Ok(found)
    }

    /// Registers a temporary catalog function: `create_temporary_function`.
    pub fn create_temporary_function(
        &mut self,
        identifier: &ObjectIdentifier,
        function: Arc<PythonFunction>,
        if_not_exists: bool,
    ) -> Result<()> {
        let functions = &mut self.functions.temporary_catalog;
        if functions.contains_key(&normalize(identifier)) {
            if if_not_exists {
                return Ok(());
            }
            return Err(PlanError::validation(format!(
                "Could not register temporary catalog function. A function '{}' does already exist.",
                identifier.summary()
            )));
        }
        functions.insert(normalize(identifier), function);
        Ok(())
    }

    /// Drops a temporary catalog function. Says whether there was one.
    pub fn drop_temporary_function(
        &mut self,
        identifier: &ObjectIdentifier,
        if_exists: bool,
    ) -> Result<bool> {
        let found = self
            .functions
            .temporary_catalog
            .remove(&normalize(identifier))
            .is_some();
        if !found && !if_exists {
            return Err(PlanError::validation(format!(
                "Temporary catalog function {identifier} doesn't exist"
            )));
        }
        Ok(found)
    }

    /// Registers a function in a database.
    ///
    /// # Errors
    /// When there is one of that name, or no such database.
    pub fn create_function(
        &mut self,
        identifier: &ObjectIdentifier,
        function: CatalogFunction,
        if_not_exists: bool,
    ) -> Result<()> {
        let key = normalize(identifier);
        if self.functions.temporary_catalog.contains_key(&key) {
            if if_not_exists {
                return Ok(());
            }
            return Err(PlanError::validation(format!(
                "Could not register catalog function. A temporary function '{}' does already exist. \
                 Please drop the temporary function first.",
                identifier.summary()
            )));
        }
        self.database(&identifier.catalog, &identifier.database)?;
        let catalog = &self.catalog(&identifier.catalog)?.catalog;
        if catalog.function(&key.database, &key.object)?.is_some() {
            if if_not_exists {
                return Ok(());
            }
            return Err(PlanError::validation(format!(
                "Could not register catalog function. A function '{}' does already exist.",
                identifier.summary()
            )));
        }
        catalog.put_function(&key.database, &key.object, &function)
    }

    /// Replaces a function of a database.
    ///
    /// # Errors
    /// When there is none.
    pub fn alter_function(
        &mut self,
        identifier: &ObjectIdentifier,
        function: CatalogFunction,
        if_exists: bool,
    ) -> Result<()> {
        let key = normalize(identifier);
        let catalog = &self.catalog(&identifier.catalog)?.catalog;
        if catalog.function(&key.database, &key.object)?.is_none() {
            return match if_exists {
                true => Ok(()),
                false => Err(not_exists(identifier)),
            };
        }
        catalog.put_function(&key.database, &key.object, &function)
    }

    /// Whether a database has a function of that name.
    ///
    /// # Errors
    /// When the catalog cannot be reached.
    pub fn has_catalog_function(&self, identifier: &ObjectIdentifier) -> Result<bool> {
        let key = normalize(identifier);
        Ok(self
            .catalog(&identifier.catalog)?
            .catalog
            .function(&key.database, &key.object)?
            .is_some())
    }

    /// Drops a function of a database. Says whether there was one.
    ///
    /// # Errors
    /// When there is none, or a temporary one hides it.
    pub fn drop_function(&mut self, identifier: &ObjectIdentifier, if_exists: bool) -> Result<bool> {
        let key = normalize(identifier);
        if self.functions.temporary_catalog.contains_key(&key) {
            return Err(PlanError::validation(format!(
                "Could not drop catalog function. A temporary function '{}' does already exist. \
                 Please drop the temporary function first.",
                identifier.summary()
            )));
        }
        let catalog = &self.catalog(&identifier.catalog)?.catalog;
        let found = catalog.function(&key.database, &key.object)?.is_some();
        if found {
            catalog.remove_function(&key.database, &key.object)?;
        } else if !if_exists {
            return Err(not_exists(identifier));
        }
        Ok(found)
    }

    /// The temporary system function of that name, which hides a built-in one.
    #[must_use]
    pub fn temporary_system_function(&self, name: &str) -> Option<&Arc<PythonFunction>> {
        self.functions.temporary_system.get(&name.to_lowercase())
    }

    /// The temporary or permanent catalog function that a path names; a built-in function hides one
    /// of a single part.
    #[must_use]
    pub fn catalog_function(&self, path: &[String]) -> Option<Arc<PythonFunction>> {
        let identifier = normalize(&self.qualify(path).ok()?);
        if let Some(function) = self.functions.temporary_catalog.get(&identifier) {
            return Some(Arc::clone(function));
        }
        // A catalog that cannot be reached has no functions: the query says which one it misses.
        let catalog = &self.catalogs.get(&identifier.catalog)?.catalog;
        let found = catalog.function(&identifier.database, &identifier.object);
        found.ok().flatten().map(|found| found.function)
    }

    /// The functions of a database, in ascending order, temporary ones among them.
    ///
    /// # Errors
    /// When there is no such database.
    pub fn list_catalog_functions(&self, catalog: &str, database: &str) -> Result<Vec<String>> {
        self.database(catalog, database)?;
        let mut names = self.catalog(catalog)?.catalog.list_functions(database)?;
        names.extend(
            self.functions
                .temporary_catalog
                .keys()
                .filter(|identifier| identifier.catalog == catalog && identifier.database == database)
                .map(|identifier| identifier.object.clone()),
        );
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// The functions of users that a name of one part can reach, in ascending order.
    #[must_use]
    pub fn list_user_functions(&self) -> Vec<String> {
        let (catalog, database) = (self.current_catalog(), self.current_database());
        let mut names: Vec<String> = self
            .functions
            .temporary_system
            .keys()
            .cloned()
            .chain(
                self.functions
                    .temporary_catalog
                    .keys()
                    .filter(|identifier| identifier.catalog == catalog && identifier.database == database)
                    .map(|identifier| identifier.object.clone()),
            )
            .collect();
        if let Ok(found) = self.catalog(catalog) {
            names.extend(found.catalog.list_functions(database).unwrap_or_default());
        }
        names.sort();
        names.dedup();
        names
    }
}

/// Function names have no case; names of catalogs and databases do.
fn normalize(identifier: &ObjectIdentifier) -> ObjectIdentifier {
    ObjectIdentifier {
        object: identifier.object.to_lowercase(),
        ..identifier.clone()
    }
}

fn not_exists(identifier: &ObjectIdentifier) -> PlanError {
    let message = format!(
        "Function {}.{} does not exist in Catalog {}.",
        identifier.database, identifier.object, identifier.catalog
    );
    PlanError::validation(message.clone()).caused_by(PlanError::Catalog {
        class: "FunctionNotExistException",
        message,
    })
}
