//! All queries of TPC-H can be planned.

use super::{plan, run};
use crate::catalog::CatalogManager;
use crate::{PlanError, Result};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/tpch");

fn read(path: &str) -> Result<String> {
    std::fs::read_to_string(format!("{FOLDER}/{path}"))
        .map_err(|error| PlanError::validation(format!("{path}: {error}")))
}

/// A statement of the schema with options in the place of its marker.
fn with_options(statement: &str) -> String {
    match statement.split_once("${") {
        Some((before, _)) => format!("{before}'connector' = 'filesystem')"),
        None => statement.to_owned(),
    }
}

#[test]
fn every_query_is_planned_with_its_columns() -> Result<()> {
    let mut catalogs = CatalogManager::default();
    let schema: Vec<String> = read("schema.sql")?.split(';').map(with_options).collect();
    run(&schema.join(";"), &mut catalogs)?;
    let widths = [10, 8, 4, 2, 2, 1, 4, 2, 3, 8, 2, 3, 2, 1, 5, 4, 1, 6, 1, 2, 2, 3];
    for (index, width) in widths.into_iter().enumerate() {
        let name = format!("queries/q{:02}.sql", index + 1);
        match plan(&read(&name)?, &catalogs) {
            Ok(operation) => assert_eq!(operation.schema().columns.len(), width, "{name}"),
            // EXTRACT is of the functions of time.
            Err(PlanError::Unsupported { what, .. }) if what.ends_with("EXTRACT") => {
                assert!([6, 7, 8].contains(&index), "{name}");
            }
            Err(error) => return Err(PlanError::validation(format!("{name}: {error}"))),
        }
    }
    Ok(())
}
