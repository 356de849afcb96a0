//! `DROP TABLE`, `DROP VIEW` and `DROP FUNCTION`.

use super::cursor::Cursor;
use super::fault::Parsed;
use super::statement::Statement;
use crate::catalog::CatalogManager;
use crate::error::Result;

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

pub(super) fn read(cursor: &mut Cursor<'_>) -> Parsed<Statement> {
    cursor.expect_words(&["DROP"])?;
    let temporary = cursor.word("TEMPORARY");
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
        return Err(cursor.expected("TABLE, VIEW or FUNCTION"));
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
