//! `DROP`.

use super::cursor::Cursor;
use super::fault::Parsed;
use super::statement::Statement;
use crate::catalog::CatalogManager;
use crate::error::{PlanError, Result};

/// `DROP [TEMPORARY] {TABLE | VIEW} [IF EXISTS] path`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropTable {
    /// The path as written.
    pub path: Vec<String>,
    /// Whether a temporary object is meant.
    pub temporary: bool,
    /// Whether a missing object is no error.
    pub if_exists: bool,
}

/// `DROP [TEMPORARY [SYSTEM]] FUNCTION [IF EXISTS] path`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropFunction {
    /// The path as written.
    pub path: Vec<String>,
    /// Whether a temporary function is meant.
    pub temporary: bool,
    /// Whether a system function is meant.
    pub system: bool,
    /// Whether a missing function is no error.
    pub if_exists: bool,
}

/// `DROP DATABASE [IF EXISTS] [catalog.]name [RESTRICT | CASCADE]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropDatabase {
    /// One or two parts.
    pub path: Vec<String>,
    /// Whether a missing database is no error.
    pub if_exists: bool,
    /// Whether what is in the database goes with it.
    pub cascade: bool,
}

/// `DROP CATALOG [IF EXISTS] name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropCatalog {
    /// The catalog.
    pub name: String,
    /// Whether a missing catalog is no error.
    pub if_exists: bool,
}

/// Reads `DROP ...`.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Parsed<Statement> {
    cursor.expect_words(&["DROP"])?;
    if cursor.word("CATALOG") {
        return Ok(Statement::DropCatalog(DropCatalog {
            if_exists: cursor.if_exists(),
            name: cursor.identifier()?.value,
        }));
    }
    if cursor.word("DATABASE") {
        let if_exists = cursor.if_exists();
        let path = cursor.path()?;
        let cascade = cursor.word("CASCADE");
        if !cascade {
            cursor.word("RESTRICT");
        }
        return Ok(Statement::DropDatabase(DropDatabase {
            path,
            if_exists,
            cascade,
        }));
    }
    if cursor.words(&["MATERIALIZED", "TABLE"]) {
        let if_exists = cursor.if_exists();
        return Ok(Statement::DropMaterializedTable {
            path: cursor.path()?,
            if_exists,
        });
    }
    let temporary = cursor.word("TEMPORARY");
    if cursor.word("MODEL") {
        let if_exists = cursor.if_exists();
        return Ok(Statement::DropModel {
            path: cursor.path()?,
            temporary,
            if_exists,
        });
    }
    let system = temporary && cursor.words(&["SYSTEM"]);
    if system || cursor.at_word("FUNCTION") {
        cursor.expect_words(&["FUNCTION"])?;
        return Ok(Statement::DropFunction(DropFunction {
            if_exists: cursor.if_exists(),
            path: cursor.path()?,
            temporary,
            system,
        }));
    }
    let is_table = cursor.word("TABLE");
    if !is_table && !cursor.word("VIEW") {
        return Err(cursor.expected("TABLE, VIEW, FUNCTION, DATABASE, CATALOG, MODEL or MATERIALIZED TABLE"));
    }
    let dropped = DropTable {
        if_exists: cursor.if_exists(),
        path: cursor.path()?,
        temporary,
    };
    Ok(if is_table {
        Statement::DropTable(dropped)
    } else {
        Statement::DropView(dropped)
    })
}

impl DropTable {
    /// Drops the table.
    ///
    /// # Errors
    /// When there is none.
    pub fn apply_to_table(&self, catalogs: &mut CatalogManager) -> Result<()> {
        let identifier = catalogs.qualify(&self.path)?;
        if self.temporary {
            catalogs.drop_temporary_table(&identifier, self.if_exists)?;
        } else {
            catalogs.drop_table(&identifier, self.if_exists)?;
        }
        Ok(())
    }

    /// Drops the view.
    ///
    /// # Errors
    /// When there is none.
    pub fn apply_to_view(&self, catalogs: &mut CatalogManager) -> Result<()> {
        let identifier = catalogs.qualify(&self.path)?;
        if self.temporary {
            catalogs.drop_temporary_view(&identifier, self.if_exists)?;
        } else {
            catalogs.drop_view(&identifier, self.if_exists)?;
        }
        Ok(())
    }
}

impl DropFunction {
    /// Drops the function.
    ///
    /// # Errors
    /// When there is none.
    pub fn apply(&self, catalogs: &mut CatalogManager) -> Result<()> {
        if self.system {
            let name = self.path.join(".");
            catalogs.drop_temporary_system_function(&name, self.if_exists)?;
            return Ok(());
        }
        let identifier = catalogs.qualify(&self.path)?;
        if self.temporary {
            catalogs.drop_temporary_function(&identifier, self.if_exists)?;
        } else {
            catalogs.drop_function(&identifier, self.if_exists)?;
        }
        Ok(())
    }
}

impl DropDatabase {
    /// Drops the database.
    ///
    /// # Errors
    /// When there is none, or it is not empty and `CASCADE` was not said.
    pub fn apply(&self, catalogs: &mut CatalogManager) -> Result<()> {
        let (catalog, name) = match self.path.as_slice() {
            [name] => (catalogs.current_catalog().to_owned(), name),
            [catalog, name] => (catalog.clone(), name),
            _ => return Err(PlanError::validation("Drop database identifier format error")),
        };
        catalogs.drop_database(&catalog, name, self.if_exists, self.cascade)
    }
}
