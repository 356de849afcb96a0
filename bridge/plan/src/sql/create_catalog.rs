//! `CREATE CATALOG`.

use std::collections::BTreeMap;

use super::cursor::Cursor;
use super::fault::Parsed;

/// `CREATE CATALOG [IF NOT EXISTS] name [COMMENT ..] [WITH (options)]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateCatalog {
    /// The catalog's name.
    pub name: String,
    /// Whether an existing catalog is left as it is.
    pub if_not_exists: bool,
    /// The comment.
    pub comment: Option<String>,
    /// What kind of catalog it is, and where.
    pub options: BTreeMap<String, String>,
}

/// Reads what follows `CREATE CATALOG`.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Parsed<CreateCatalog> {
    Ok(CreateCatalog {
        if_not_exists: cursor.if_not_exists(),
        name: cursor.identifier()?.value,
        comment: cursor.comment()?,
        options: cursor.with_options()?,
    })
}
