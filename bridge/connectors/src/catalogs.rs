//! The kinds of catalogs: what `'type'` of `CREATE CATALOG` can be.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use nutkin_engine::Result;
use nutkin_plan::PlanError;
use nutkin_plan::catalog::{Catalog, FilesystemCatalog, InMemoryCatalog};

use crate::options::nearest;

/// Every kind of catalog.
const TYPES: [&str; 2] = ["filesystem", "generic_in_memory"];

/// Makes the catalog that options describe. Nothing is registered yet.
///
/// # Errors
/// In Flink's words when there is no such kind, or an option is missing or unknown.
pub fn create_catalog(name: &str, options: &BTreeMap<String, String>) -> Result<Arc<dyn Catalog>> {
    make(name, options).map_err(|cause| {
        let listed: Vec<String> = options
            .iter()
            .map(|(key, value)| {
                let shown = if key == "password" { "******" } else { value };
                format!("'{key}'='{shown}'")
            })
            .collect();
        let message = format!(
            "Unable to create catalog '{name}'.\n\nCatalog options are:\n{}",
            listed.join("\n")
        );
        let outer = match cause.hint() {
            Some(hint) => PlanError::validation_with_hint(message, hint),
            None => PlanError::validation(message),
        };
        outer.caused_by(cause).into()
    })
}

fn make(name: &str, options: &BTreeMap<String, String>) -> Result<Arc<dyn Catalog>, PlanError> {
    let option = |key: &str| options.get(key).map(String::as_str);
    match option("type") {
        None => Err(PlanError::validation_with_hint(
            "Catalog options do not contain an option key 'type' for discovering a catalog.",
            format!("add 'type' = '...'; there are {}", TYPES.join(", ")),
        )),
        Some("generic_in_memory") => {
            check_keys(options, &["default-database"])?;
            let database = option("default-database").unwrap_or("default");
            Ok(Arc::new(InMemoryCatalog::new(database)))
        }
        Some("filesystem") => {
            check_keys(options, &["default-database", "path"])?;
            let path = option("path").ok_or_else(|| missing(&["path"]))?;
            let path = path.strip_prefix("file://").unwrap_or(path);
            let database = option("default-database").unwrap_or("default");
            Ok(Arc::new(FilesystemCatalog::open(
                name,
                Path::new(path),
                database,
            )?))
        }
        Some(other) => Err(PlanError::Validation {
            message: format!(
                "Could not find any factory for identifier '{other}' that implements \
                 'org.apache.flink.table.factories.CatalogFactory' in the classpath.\n\nAvailable factory \
                 identifiers are:\n\n{}",
                TYPES.join("\n")
            ),
            hint: nearest(other, TYPES).map(|near| format!("did you mean '{near}'?")),
        }),
    }
}

fn missing(keys: &[&str]) -> PlanError {
    PlanError::validation(format!(
        "One or more required options are missing.\n\nMissing required options are:\n\n{}",
        keys.join("\n")
    ))
}

fn check_keys(options: &BTreeMap<String, String>, known: &[&str]) -> Result<(), PlanError> {
    let known: Vec<&str> = ["type", "property-version"]
        .iter()
        .chain(known)
        .copied()
        .collect();
    let unknown: Vec<&str> = options
        .keys()
        .map(String::as_str)
        .filter(|key| !known.contains(key))
        .collect();
    let Some(first) = unknown.first() else {
        return Ok(());
    };
    Err(PlanError::Validation {
        message: format!(
            "Unsupported options found for catalog.\n\nUnsupported options:\n\n{}\n\nSupported options:\n\n{}",
            unknown.join("\n"),
            known.join("\n")
        ),
        hint: nearest(first, known.iter().copied()).map(|near| format!("did you mean '{near}'?")),
    })
}
