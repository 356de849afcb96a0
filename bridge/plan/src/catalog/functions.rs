//! The functions of a session and the order in which a name finds one.
//!
//! Mirrors `org.apache.flink.table.catalog.FunctionCatalog`. Names have no case. A name of one part
//! is looked up among temporary system functions, then built-in functions, then temporary catalog
//! functions, then functions of the current database; a longer path among the last two only.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::identifier::ObjectIdentifier;
use super::manager::CatalogManager;
use crate::error::{PlanError, Result};
use crate::function::PythonFunction;

/// The functions that are in no catalog.
#[derive(Debug, Default)]
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
    pub fn create_function(
        &mut self,
        identifier: &ObjectIdentifier,
        function: Arc<PythonFunction>,
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
        let functions = self
            .catalogs
            .get_mut(&identifier.catalog)
            .and_then(|catalog| catalog.databases.get_mut(&identifier.database))
            .map(|database| &mut database.functions);
        if let Some(functions) = functions {
            if functions.contains_key(&key.object) {
                if if_not_exists {
                    return Ok(());
                }
                return Err(PlanError::validation(format!(
                    "Could not register catalog function. A function '{}' does already exist.",
                    identifier.summary()
                )));
            }
            functions.insert(key.object, function);
        }
        Ok(())
    }

    /// Drops a function of a database. Says whether there was one.
    pub fn drop_function(&mut self, identifier: &ObjectIdentifier, if_exists: bool) -> Result<bool> {
        let key = normalize(identifier);
        if self.functions.temporary_catalog.contains_key(&key) {
            return Err(PlanError::validation(format!(
                "Could not drop catalog function. A temporary function '{}' does already exist. \
                 Please drop the temporary function first.",
                identifier.summary()
            )));
        }
        let found = self
            .catalogs
            .get_mut(&identifier.catalog)
            .and_then(|catalog| catalog.databases.get_mut(&identifier.database))
            .and_then(|database| database.functions.remove(&key.object))
            .is_some();
        if !found && !if_exists {
            return Err(PlanError::validation(format!(
                "Could not drop catalog function. A function '{}' doesn't exist.",
                identifier.summary()
            )));
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
    pub fn catalog_function(&self, path: &[String]) -> Option<&Arc<PythonFunction>> {
        let identifier = normalize(&self.qualify(path).ok()?);
        self.functions.temporary_catalog.get(&identifier).or_else(|| {
            self.catalogs
                .get(&identifier.catalog)?
                .databases
                .get(&identifier.database)?
                .functions
                .get(&identifier.object)
        })
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
        if let Ok(found) = self.database(catalog, database) {
            names.extend(found.functions.keys().cloned());
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
