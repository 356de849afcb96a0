//! Columns and types of batch queries against those that Apache Flink gave, and that both find a fault
//! (`tests/differential` of the repository; rows are compared where jobs run).

use std::collections::BTreeMap;

use super::{plan, run};
use crate::catalog::{CatalogManager, quote_identifier};
use crate::{PlanError, Result};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/differential");

fn read(path: &str) -> Result<String> {
    std::fs::read_to_string(format!("{FOLDER}/{path}"))
        .map_err(|error| PlanError::validation(format!("{path}: {error}")))
}

fn parse(path: &str) -> Result<BTreeMap<String, serde_json::Value>> {
    serde_json::from_str(&read(path)?).map_err(|error| PlanError::validation(format!("{path}: {error}")))
}

/// The catalogs after the head of a file.
fn head(topic: &str) -> Result<CatalogManager> {
    let mut catalogs = CatalogManager::default();
    let text = read(&format!("cases/batch_queries/{topic}.sql"))?;
    let text: Vec<&str> = text.lines().filter(|line| !line.starts_with("--")).collect();
    for block in text.join("\n").split("\n\n") {
        if block.trim_start().starts_with("CREATE ") {
            run(block, &mut catalogs)?;
        }
    }
    Ok(catalogs)
}

fn columns(sql: &str, catalogs: &CatalogManager) -> Result<String> {
    let operation = plan(sql, catalogs)?;
    let columns: Vec<String> = operation
        .schema()
        .columns
        .iter()
        .map(|column| format!("  {} {}", quote_identifier(&column.name), column.column_type))
        .collect();
    Ok(format!("(\n{}\n)", columns.join(",\n")))
}

#[test]
fn columns_are_those_of_flink() -> Result<()> {
    let known = parse("differences/batch_queries.json")?;
    let mut faults = Vec::new();
    let mut compared = 0;
    for topic in [
        "ctes",
        "grouping",
        "joins",
        "match_recognize",
        "order_limit",
        "over",
        "set_operations",
        "subqueries",
        "temporal",
        "top_n",
        "unnest_lateral",
        "windows",
    ] {
        let catalogs = head(topic)?;
        for (sql, recorded) in parse(&format!("recorded/batch_queries/{topic}.json"))? {
            if known.contains_key(&sql) {
                continue;
            }
            compared += 1;
            let ours = columns(&sql, &catalogs);
            let theirs = recorded["columns"].as_str();
            match (&ours, theirs) {
                (Ok(ours), Some(theirs)) if ours == theirs => {}
                // What Flink finds while running is nothing to plan for.
                (Ok(_), None) if recorded["error"] == "running" => {}
                (Err(PlanError::Unsupported { .. }), _) => faults.push(format!("{sql}\n  ours   {ours:?}")),
                (Err(_), None) => {}
                _ => faults.push(format!("{sql}\n  ours   {ours:?}\n  Flink's {recorded}")),
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{} of {compared}:\n{}",
        faults.len(),
        faults.join("\n")
    );
    assert!(compared > 250, "only {compared} queries were compared");
    Ok(())
}
