//! Every construct of Flink SQL against the tree that it is read as.
//!
//! Each file beside this one holds blocks of a name, the SQL and the tree, parted by lines of `---`. The tree
//! is the statement's `Debug` text without what is absent and without places ([`super::tree_text`]). After a
//! change, `UPDATE_TREES=1 cargo test -p nutkin-plan constructs` writes the files anew: read the difference
//! before it is kept, for nothing else says that a tree is right.

use std::path::{Path, PathBuf};

use super::tree_text::tree_text;
use crate::Result;
use crate::sql::parse_statements;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/sql/tests/constructs")
}

fn io_error(error: &std::io::Error) -> crate::PlanError {
    crate::PlanError::validation(error.to_string())
}

/// Reads the blocks of a file, and gives how many there are and those whose tree is another one.
fn check(file: &str) -> Result<(usize, Vec<String>)> {
    let path = folder().join(file);
    let text = std::fs::read_to_string(&path).map_err(|error| io_error(&error))?;
    let mut faults = Vec::new();
    let mut written = String::new();
    let mut count = 0;
    for block in text.split("\n===\n").filter(|block| !block.trim().is_empty()) {
        let mut parts = block.splitn(3, "\n---\n");
        let name = parts.next().unwrap_or_default().trim();
        let sql = parts.next().unwrap_or_default().trim();
        let expected = parts.next().unwrap_or_default().trim_end();
        let tree = match parse_statements(sql) {
            Ok(statements) => {
                let trees: Vec<String> = statements
                    .iter()
                    .map(|statement| tree_text(&format!("{statement:?}")))
                    .collect();
                trees.join("\n;\n")
            }
            Err(error) => format!("error: {error}"),
        };
        if tree.trim_end() != expected {
            faults.push(format!(
                "{name}\n{sql}\n--- expected\n{expected}\n--- found\n{tree}"
            ));
        }
        count += 1;
        written.push_str(&format!("{name}\n---\n{sql}\n---\n{}\n===\n", tree.trim_end()));
    }
    if std::env::var_os("UPDATE_TREES").is_some() {
        std::fs::write(&path, written).map_err(|error| io_error(&error))?;
        faults.clear();
    }
    Ok((count, faults))
}

#[test]
fn constructs_have_their_trees() -> Result<()> {
    let mut count = 0;
    for file in ["ddl.txt", "dml.txt", "utility.txt"] {
        let (found, faults) = check(file)?;
        count += found;
        assert!(
            faults.is_empty(),
            "{} of {file}:\n{}",
            faults.len(),
            faults.join("\n\n")
        );
    }
    assert!(count >= 90, "only {count} constructs");
    Ok(())
}
