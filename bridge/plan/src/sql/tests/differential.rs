//! Columns, types and errors against those that Apache Flink gave to the same statements
//! (`tests/differential` of the repository; values are compared where jobs run).

use std::collections::BTreeMap;

use super::{catalogs, plan};
use crate::catalog::quote_identifier;

const EXPRESSIONS: &str = include_str!("../../../../../tests/differential/recorded/expressions.json");
const QUERIES: &str = include_str!("../../../../../tests/differential/recorded/queries.json");

/// Where we differ, with the reason.
const KNOWN: &[(&str, &str)] = &[(
    "SELEC 1",
    "Flink reads a bare word and a number as an expression, and complains about that.",
)];

#[derive(Debug, PartialEq, Eq)]
enum Given {
    Columns(String),
    Error(String),
}

fn ours(sql: &str) -> crate::Result<Given> {
    Ok(match plan(sql, &catalogs()?) {
        Ok(operation) => {
            let columns: Vec<String> = operation
                .schema()
                .columns
                .iter()
                .map(|column| format!("  {} {}", quote_identifier(&column.name), column.column_type))
                .collect();
            Given::Columns(format!("(\n{}\n)", columns.join(",\n")))
        }
        Err(error) => {
            // The recorder keeps the first line of a message.
            let first = error.to_string().lines().next().unwrap_or_default().to_owned();
            Given::Error(format!("{}: {first}", error.java_class()))
        }
    })
}

fn theirs(recorded: &serde_json::Value) -> Given {
    let text = |key: &str| recorded[key].as_str().unwrap_or_default().to_owned();
    if text("error") == "planning" {
        let first = text("text").lines().next().unwrap_or_default().to_owned();
        return Given::Error(first.trim_start_matches(": ").to_owned());
    }
    Given::Columns(text("columns"))
}

#[test]
fn statements_mean_what_they_mean_to_flink() -> Result<(), Box<dyn std::error::Error>> {
    let mut compared = 0;
    let mut faults = Vec::new();
    for recorded in [EXPRESSIONS, QUERIES] {
        let statements: BTreeMap<String, serde_json::Value> = serde_json::from_str(recorded)?;
        for (sql, recorded) in &statements {
            // Statements that failed when they ran have no columns on record.
            if recorded["error"] == "running" || KNOWN.iter().any(|(known, _)| known == sql) {
                continue;
            }
            compared += 1;
            let (ours, theirs) = (ours(sql)?, theirs(recorded));
            if ours != theirs {
                faults.push(format!("{sql}\n  ours   {ours:?}\n  Flink's {theirs:?}"));
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{} of {compared}:\n{}",
        faults.len(),
        faults.join("\n")
    );
    assert!(compared > 180, "only {compared} statements were compared");
    Ok(())
}
