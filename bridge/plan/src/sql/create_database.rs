//! `CREATE DATABASE`.

use super::cursor::Cursor;
use super::fault::Parsed;
use crate::catalog::CatalogManager;
use crate::error::{PlanError, Result};

/// `CREATE DATABASE [IF NOT EXISTS] [catalog.]name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateDatabase {
    /// One or two parts.
    pub path: Vec<String>,
    /// Whether an existing database is left as it is.
    pub if_not_exists: bool,
}

pub(super) fn read(cursor: &mut Cursor<'_>) -> Parsed<CreateDatabase> {
    let if_not_exists = cursor.if_not_exists();
    let path = cursor.path()?;
    if cursor.at_word("COMMENT") || cursor.at_word("WITH") {
        return Err(cursor.refuse(
            "COMMENT or WITH of CREATE DATABASE",
            "A database is a name for tables and has no properties.",
        ));
    }
    Ok(CreateDatabase { path, if_not_exists })
}

impl CreateDatabase {
    /// Adds the database to its catalog.
    pub fn apply(&self, catalogs: &mut CatalogManager) -> Result<()> {
        match self.path.as_slice() {
            [name] => {
                let catalog = catalogs.current_catalog().to_owned();
                catalogs.create_database(&catalog, name, self.if_not_exists)
            }
            [catalog, name] => catalogs.create_database(catalog, name, self.if_not_exists),
            _ => Err(PlanError::validation("Create database identifier format error")),
        }
    }
}
