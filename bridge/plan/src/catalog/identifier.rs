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

impl ObjectIdentifier {
    /// The parts joined by dots without quotes, as Flink's `asSummaryString` does.
    #[must_use]
    pub fn summary(&self) -> String {
        format!("{}.{}.{}", self.catalog, self.database, self.object)
    }
}

impl fmt::Display for ObjectIdentifier {
    /// Prints `` `catalog`.`database`.`object` `` as Flink's `asSerializableString` does.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{}.{}.{}",
            quote_identifier(&self.catalog),
            quote_identifier(&self.database),
            quote_identifier(&self.object)
        )
    }
}

/// The name in back-ticks, with back-ticks inside it doubled.
#[must_use]
pub fn quote_identifier(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

/// A path as a program wrote it, every part in back-ticks: `` `database`.`table` ``.
#[must_use]
pub fn quote_path(path: &[String]) -> String {
    path.iter()
        .map(|part| quote_identifier(part))
        .collect::<Vec<_>>()
        .join(".")
}

#[cfg(test)]
mod tests {
    use super::{ObjectIdentifier, quote_path};

    #[test]
    fn quoted_and_plain_names() {
        let identifier = ObjectIdentifier {
            catalog: "c".to_owned(),
            database: "d".to_owned(),
            object: "odd`name".to_owned(),
        };
        assert_eq!(identifier.to_string(), "`c`.`d`.`odd``name`");
        assert_eq!(identifier.summary(), "c.d.odd`name");
        assert_eq!(quote_path(&["d".to_owned(), "t".to_owned()]), "`d`.`t`");
    }
}
