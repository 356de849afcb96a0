//! The catalogs of a session: creating, altering and dropping them, and choosing the current one.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::identifier::quote_path;
use super::keeper::Catalog;
use super::manager::CatalogManager;
use crate::error::{PlanError, Result};

/// A catalog with what `CREATE CATALOG` said of it.
#[derive(Debug, Clone)]
pub struct RegisteredCatalog {
    /// The catalog.
    pub catalog: Arc<dyn Catalog>,
    /// The comment.
    pub comment: Option<String>,
    /// The options, `type` among them.
    pub options: BTreeMap<String, String>,
}

impl CatalogManager {
    /// Whether there is a catalog of that name.
    #[must_use]
    pub fn has_catalog(&self, name: &str) -> bool {
        self.catalogs.contains_key(name)
    }

    /// Adds a catalog.
    ///
    /// # Errors
    /// When there is one of that name.
    pub fn register_catalog(&mut self, name: &str, catalog: RegisteredCatalog) -> Result<()> {
        if self.has_catalog(name) {
            let options: Vec<String> = catalog
                .options
                .iter()
                .map(|(key, value)| format!("{key}={value}"))
                .collect();
            return Err(PlanError::validation(format!(
                "Could not execute CREATE CATALOG: (catalogName: [{name}], properties: [{{{}}}], ignoreIfExists: \
                 [false])",
                options.join(", ")
            ))
            .caused_by(catalog_error(format!("Catalog {name} already exists."))));
        }
        self.catalogs.insert(name.to_owned(), catalog);
        Ok(())
    }

    /// The catalog of that name, as `SHOW CREATE CATALOG` and `DESCRIBE CATALOG` see it.
    ///
    /// # Errors
    /// When there is none.
    pub fn registered_catalog(&self, name: &str) -> Result<&RegisteredCatalog> {
        self.catalogs.get(name).ok_or_else(|| {
            PlanError::validation(format!("Cannot obtain metadata information from Catalog {name}."))
        })
    }

    /// Changes the comment or the options of a catalog; what it holds stays.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn alter_catalog(
        &mut self,
        name: &str,
        statement: &str,
        change: impl FnOnce(&mut RegisteredCatalog),
    ) -> Result<()> {
        let catalog = self.catalogs.get_mut(name).ok_or_else(|| {
            PlanError::validation(format!("Could not execute {statement}")).caused_by(catalog_error(format!(
                "Catalog {name} does not exist in the catalog store."
            )))
        })?;
        change(catalog);
        Ok(())
    }

    /// Forgets a catalog. What it keeps outside of the session stays there.
    ///
    /// # Errors
    /// When there is none of that name, or it is the current one.
    pub fn drop_catalog(&mut self, name: &str, if_exists: bool) -> Result<()> {
        let fault = |message: String| {
            PlanError::validation(format!("Could not execute DROP CATALOG: (catalogName: [{name}])"))
                .caused_by(catalog_error(message))
        };
        if !self.has_catalog(name) {
            return match if_exists {
                true => Ok(()),
                false => Err(fault(format!("Catalog {name} does not exist."))),
            };
        }
        if self.current_catalog() == name {
            return Err(fault(
                "Cannot drop a catalog which is currently in use.".to_owned(),
            ));
        }
        self.catalogs.remove(name);
        Ok(())
    }

    /// Makes a catalog current, and its default database with it.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn use_catalog(&mut self, name: &str) -> Result<()> {
        let catalog = self
            .catalogs
            .get(name)
            .ok_or_else(|| catalog_error(format!("A catalog with name [{name}] does not exist.")))?;
        if self.current_catalog != name {
            self.current_database = catalog.catalog.default_database();
            name.clone_into(&mut self.current_catalog);
        }
        Ok(())
    }

    /// Makes a database of the current catalog current.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn use_database(&mut self, name: &str) -> Result<()> {
        if !self.has_database(&self.current_catalog, name)? {
            return Err(catalog_error(format!(
                "A database with name [{name}] does not exist in the catalog: [{}].",
                self.current_catalog
            )));
        }
        name.clone_into(&mut self.current_database);
        Ok(())
    }

    /// Runs `USE [catalog.]database`.
    ///
    /// # Errors
    /// When there is no such catalog or database; then the current ones stay.
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
}

fn catalog_error(message: String) -> PlanError {
    PlanError::Catalog {
        class: "CatalogException",
        message,
    }
}
