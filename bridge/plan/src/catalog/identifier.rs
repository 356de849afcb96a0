//! Names of objects in catalogs.

use std::fmt;

/// The full name of a table, view or function. Mirrors `ObjectIdentifier`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectIdentifier {
    /// The catalog.
    pub catalog: String,
    /// The database in the catalog.
    pub database: String,
    /// The object in the database.
    pub object: String,
}

impl fmt::Display for ObjectIdentifier {
    /// Prints `` `catalog`.`database`.`object` `` as Flink's `asSerializableString` does.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quote = |part: &str| format!("`{}`", part.replace('`', "``"));
        write!(
            formatter,
            "{}.{}.{}",
            quote(&self.catalog),
            quote(&self.database),
            quote(&self.object)
        )
    }
}
