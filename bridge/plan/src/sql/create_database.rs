//! `CREATE DATABASE`.

use std::collections::BTreeMap;

use super::cursor::Cursor;
use super::fault::Parsed;
use crate::catalog::{CatalogManager, DatabaseProperties};
use crate::error::{PlanError, Result};

/// `CREATE DATABASE [IF NOT EXISTS] [catalog.]name [COMMENT ..] [WITH (properties)]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateDatabase {
    /// One or two parts.
    pub path: Vec<String>,
    /// Whether an existing database is left as it is.
    pub if_not_exists: bool,
    /// The comment.
    pub comment: Option<String>,
    /// Properties.
    pub options: BTreeMap<String, String>,
}

/// Reads what follows `CREATE DATABASE`.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Parsed<CreateDatabase> {
    Ok(CreateDatabase {
        if_not_exists: cursor.if_not_exists(),
        path: cursor.path()?,
        comment: cursor.comment()?,
        options: cursor.with_options()?,
    })
}

impl CreateDatabase {
    /// Adds the database to its catalog.
    ///
    /// # Errors
    /// When there is one of that name, or no such catalog.
    pub fn apply(&self, catalogs: &mut CatalogManager) -> Result<()> {
        let (catalog, name) = match self.path.as_slice() {
            [name] => (catalogs.current_catalog().to_owned(), name),
            [catalog, name] => (catalog.clone(), name),
            _ => return Err(PlanError::validation("Create database identifier format error")),
        };
        let properties = DatabaseProperties {
            comment: self.comment.clone(),
            options: self.options.clone(),
        };
        catalogs.create_database(&catalog, name, properties, self.if_not_exists)
    }
}
