//! What `ALTER VIEW`, `ALTER DATABASE` and `ALTER CATALOG` do.

use std::sync::Arc;

use super::alter::{AlterCatalog, AlterCatalogAction, AlterDatabase, AlterView, AlterViewAction};
use super::create_view::view_text;
use super::query::{PlanContext, plan_query};
use crate::catalog::{CatalogEntry, CatalogManager, CatalogView, ObjectIdentifier, quote_string};
use crate::error::{PlanError, Result};

/// What is to be done to the catalogs.
#[derive(Debug)]
pub enum AlteredView {
    /// Nothing: the view is not there, and `IF EXISTS` was said.
    Nothing,
    /// The view gets another name.
    Renamed(CatalogEntry, ObjectIdentifier),
    /// The view is replaced by this one.
    Changed(CatalogEntry),
}

impl AlterView {
    /// What the statement makes of the view.
    ///
    /// # Errors
    /// When there is no such view, or the new query means nothing.
    pub fn plan(&self, context: &PlanContext<'_>) -> Result<AlteredView> {
        let identifier = context.catalogs.qualify(&self.path)?;
        let found = match context.catalogs.is_temporary(&identifier) {
            true => None,
            false => context.catalogs.find_permanent(&identifier)?,
        };
        let view = match found {
            None if self.if_exists => return Ok(AlteredView::Nothing),
            None => {
                return Err(PlanError::validation(format!(
                    "View {identifier} doesn't exist or is a temporary view."
                )));
            }
            Some(CatalogEntry::Table(_)) => {
                return Err(PlanError::validation("ALTER VIEW for a table is not allowed"));
            }
            Some(CatalogEntry::View(view)) => view,
        };
        match &self.action {
            AlterViewAction::Rename(path) => {
                let mut target = context.catalogs.qualify(path)?;
                if path.len() == 1 {
                    target.catalog.clone_from(&identifier.catalog);
                    target.database.clone_from(&identifier.database);
                }
                Ok(AlteredView::Renamed(CatalogEntry::View(view), target))
            }
            AlterViewAction::As(query) => {
                let operation = plan_query(query, context)?;
                Ok(AlteredView::Changed(CatalogEntry::View(Arc::new(CatalogView {
                    identifier,
                    query_text: Some(view_text(query, context.catalogs)),
                    schema: operation.schema(),
                    operation,
                    comment: view.comment.clone(),
                }))))
            }
        }
    }
}

impl AlteredView {
    /// Changes the catalogs.
    ///
    /// # Errors
    /// When the new name is taken, or the catalog cannot be changed.
    pub fn apply(self, catalogs: &mut CatalogManager) -> Result<()> {
        match self {
            Self::Nothing => Ok(()),
            Self::Renamed(entry, target) => catalogs.rename(&entry, &target),
            Self::Changed(entry) => catalogs.put_permanent(&entry),
        }
    }
}

impl AlterDatabase {
    /// Changes the database's properties.
    ///
    /// # Errors
    /// When there is no such database.
    pub fn apply(&self, catalogs: &mut CatalogManager) -> Result<()> {
        let (catalog, name) = match self.path.as_slice() {
            [name] => (catalogs.current_catalog().to_owned(), name),
            [catalog, name] => (catalog.clone(), name),
            _ => return Err(PlanError::validation("Alter database identifier format error")),
        };
        catalogs.alter_database(&catalog, name, &self.options)
    }
}

impl AlterCatalog {
    /// Changes what is known of the catalog. What it holds stays, as in Flink; the new options are for the
    /// next time it is opened.
    ///
    /// # Errors
    /// When there is no such catalog, or its kind is to be changed.
    pub fn apply(&self, catalogs: &mut CatalogManager) -> Result<()> {
        let name = &self.name;
        match &self.action {
            AlterCatalogAction::Set(options) => {
                if options.contains_key("type") {
                    return Err(PlanError::validation(
                        "ALTER CATALOG SET does not support changing 'type'",
                    ));
                }
                let settings: Vec<String> = options
                    .iter()
                    .map(|(key, value)| format!("  SET {} = {}", quote_string(key), quote_string(value)))
                    .collect();
                let statement = format!("ALTER CATALOG {name}\n{}", settings.join(",\n"));
                catalogs.alter_catalog(name, &statement, |catalog| {
                    let options = options.iter().map(|(key, value)| (key.clone(), value.clone()));
                    catalog.options.extend(options);
                })
            }
            AlterCatalogAction::Reset(keys) => {
                if keys.is_empty() {
                    return Err(PlanError::validation(
                        "ALTER CATALOG RESET does not support empty key",
                    ));
                }
                if keys.iter().any(|key| key == "type") {
                    return Err(PlanError::validation(
                        "ALTER CATALOG RESET does not support changing 'type'",
                    ));
                }
                let settings: Vec<String> = keys
                    .iter()
                    .map(|key| format!("  RESET {}", quote_string(key)))
                    .collect();
                let statement = format!("ALTER CATALOG {name}\n{}", settings.join(",\n"));
                catalogs.alter_catalog(name, &statement, |catalog| {
                    catalog.options.retain(|key, _| !keys.contains(key));
                })
            }
            AlterCatalogAction::Comment(comment) => {
                let statement = format!("ALTER CATALOG {name} COMMENT {}", quote_string(comment));
                catalogs.alter_catalog(name, &statement, |catalog| {
                    catalog.comment = Some(comment.clone());
                })
            }
        }
    }
}
