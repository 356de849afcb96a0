//! A catalog of files that survives restarts: `CREATE CATALOG ... WITH ('type' = 'filesystem', 'path' = '...')`.
//!
//! ```text
//! path/DATABASE/database.json          comment and properties
//! path/DATABASE/tables/TABLE.sql       a CREATE TABLE statement
//! path/DATABASE/statistics/TABLE.json  what ANALYZE TABLE found
//! path/DATABASE/views/VIEW.json        query, names of columns, where its names are looked up
//! path/DATABASE/functions/FUNCTION.json
//! ```
//!
//! Files are read each time, so several processes can share a catalog. A file is written beside its place,
//! brought to the disk and then renamed ([`files`]): whoever reads sees the old or the new one, whole.

mod files;
mod function;
mod statistics;
mod table;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::identifier::ObjectIdentifier;
use super::keeper::{Catalog, CatalogFunction, DatabaseProperties};
use super::manager::CatalogManager;
use super::view::CatalogEntry;
use crate::error::{PlanError, Result};
use files::{decode_name, encode_name, list_files, read_optional, remove_optional, write_whole};

/// A catalog of files.
#[derive(Debug)]
pub struct FilesystemCatalog {
    /// The name under which the session knows the catalog.
    name: String,
    root: PathBuf,
    default_database: String,
}

impl FilesystemCatalog {
    /// Opens the catalog in a folder, which is made if it is not there.
    ///
    /// # Errors
    /// When the folder cannot be made or read.
    pub fn open(name: &str, root: &Path, default_database: &str) -> Result<Self> {
        let catalog = Self {
            name: name.to_owned(),
            root: root.to_owned(),
            default_database: default_database.to_owned(),
        };
        if catalog.database(default_database)?.is_none() {
            catalog.put_database(default_database, &DatabaseProperties::default())?;
        }
        Ok(catalog)
    }

    fn folder(&self, database: &str) -> PathBuf {
        self.root.join(encode_name(database))
    }

    fn file(&self, database: &str, kind: &str, name: &str, extension: &str) -> PathBuf {
        self.folder(database)
            .join(kind)
            .join(format!("{}.{extension}", encode_name(name)))
    }
}

impl Catalog for FilesystemCatalog {
    fn default_database(&self) -> String {
        self.default_database.clone()
    }

    fn list_databases(&self) -> Result<Vec<String>> {
        let entries = fs::read_dir(&self.root).map_err(|error| files::failed("read", &self.root, &error))?;
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|error| files::failed("read", &self.root, &error))?;
            if entry.path().join("database.json").is_file()
                && let Some(name) = entry.file_name().to_str()
            {
                names.push(decode_name(name));
            }
        }
        names.sort();
        Ok(names)
    }

    fn database(&self, name: &str) -> Result<Option<DatabaseProperties>> {
        let path = self.folder(name).join("database.json");
        let Some(text) = read_optional(&path)? else {
            return Ok(None);
        };
        let value = parse_json(&path, &text)?;
        Ok(Some(DatabaseProperties {
            comment: value.get("comment").and_then(Value::as_str).map(str::to_owned),
            options: value
                .get("options")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
                .filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())))
                .collect(),
        }))
    }

    fn put_database(&self, name: &str, properties: &DatabaseProperties) -> Result<()> {
        let options: Map<String, Value> = properties
            .options
            .iter()
            .map(|(key, value)| (key.clone(), Value::String(value.clone())))
            .collect();
        let value = json!({"version": 1, "comment": properties.comment, "options": options});
        write_whole(&self.folder(name).join("database.json"), &pretty(&value))
    }

    fn remove_database(&self, name: &str) -> Result<()> {
        let folder = self.folder(name);
        // Without this file the folder is no database, even if what follows is cut short.
        remove_optional(&folder.join("database.json"))?;
        fs::remove_dir_all(&folder).map_err(|error| files::failed("remove", &folder, &error))
    }

    fn list_entries(&self, database: &str) -> Result<Vec<(String, bool)>> {
        let folder = self.folder(database);
        let tables = list_files(&folder.join("tables"), "sql")?;
        let views = list_files(&folder.join("views"), "json")?;
        let mut names: Vec<(String, bool)> = tables
            .into_iter()
            .map(|name| (name, false))
            .chain(views.into_iter().map(|name| (name, true)))
            .collect();
        names.sort();
        Ok(names)
    }

    fn entry(&self, identifier: &ObjectIdentifier, manager: &CatalogManager) -> Result<Option<CatalogEntry>> {
        let (database, object) = (&identifier.database, &identifier.object);
        let path = self.file(database, "tables", object, "sql");
        if let Some(text) = read_optional(&path)? {
            let mut table = table::read_table(&text, identifier, manager)?;
            let statistics = self.file(database, "statistics", object, "json");
            if let Some(text) = read_optional(&statistics)? {
                table.details.statistics = Some(statistics::read(&parse_json(&statistics, &text)?));
            }
            return Ok(Some(CatalogEntry::Table(std::sync::Arc::new(table))));
        }
        let path = self.file(database, "views", object, "json");
        match read_optional(&path)? {
            Some(text) => {
                let view = table::read_view(&parse_json(&path, &text)?, &self.name, identifier, manager)?;
                Ok(Some(CatalogEntry::View(std::sync::Arc::new(view))))
            }
            None => Ok(None),
        }
    }

    fn put_entry(&self, entry: &CatalogEntry) -> Result<()> {
        let identifier = entry.identifier();
        let (database, object) = (&identifier.database, &identifier.object);
        match entry {
            CatalogEntry::Table(found) => {
                write_whole(
                    &self.file(database, "tables", object, "sql"),
                    &table::table_text(found)?,
                )?;
                let path = self.file(database, "statistics", object, "json");
                match &found.details.statistics {
                    Some(found) => write_whole(&path, &pretty(&statistics::write(found))),
                    None => remove_optional(&path),
                }
            }
            CatalogEntry::View(view) => write_whole(
                &self.file(database, "views", object, "json"),
                &pretty(&table::view_value(view, &self.name)?),
            ),
        }
    }

    fn remove_entry(&self, identifier: &ObjectIdentifier) -> Result<()> {
        let (database, object) = (&identifier.database, &identifier.object);
        remove_optional(&self.file(database, "tables", object, "sql"))?;
        remove_optional(&self.file(database, "statistics", object, "json"))?;
        remove_optional(&self.file(database, "views", object, "json"))
    }

    fn list_functions(&self, database: &str) -> Result<Vec<String>> {
        list_files(&self.folder(database).join("functions"), "json")
    }

    fn function(&self, database: &str, name: &str) -> Result<Option<CatalogFunction>> {
        let path = self.file(database, "functions", name, "json");
        match read_optional(&path)? {
            Some(text) => function::read(&parse_json(&path, &text)?, &path).map(Some),
            None => Ok(None),
        }
    }

    fn put_function(&self, database: &str, name: &str, function: &CatalogFunction) -> Result<()> {
        let path = self.file(database, "functions", name, "json");
        write_whole(&path, &pretty(&function::write(function)?))
    }

    fn remove_function(&self, database: &str, name: &str) -> Result<()> {
        remove_optional(&self.file(database, "functions", name, "json"))
    }
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

fn parse_json(path: &Path, text: &str) -> Result<Value> {
    serde_json::from_str(text).map_err(|error| unreadable(path, &error.to_string()))
}

/// The error for a file that is not what the catalog wrote.
fn unreadable(path: &Path, why: &str) -> PlanError {
    PlanError::Catalog {
        class: "CatalogException",
        message: format!("The file {} of the catalog cannot be read: {why}", path.display()),
    }
}
