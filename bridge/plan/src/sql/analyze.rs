//! `ANALYZE TABLE`.

use super::cursor::Cursor;
use super::fault::Parsed;
use super::insert::{PartitionValue, read_partition};

/// `ANALYZE TABLE path [PARTITION (...)] COMPUTE STATISTICS [FOR {ALL COLUMNS | COLUMNS a, b}]`.
#[derive(Debug, Clone)]
pub struct Analyze {
    /// The table's path as written.
    pub path: Vec<String>,
    /// The partitions that are looked at; empty is all.
    pub partition: Vec<PartitionValue>,
    /// The columns that are looked at.
    pub columns: AnalyzedColumns,
}

/// Which columns get statistics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnalyzedColumns {
    /// None: rows are counted.
    None,
    /// All.
    All,
    /// These.
    Named(Vec<String>),
}

/// Reads `ANALYZE ...`.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Parsed<Analyze> {
    cursor.expect_words(&["ANALYZE", "TABLE"])?;
    let path = cursor.path()?;
    let partition = match cursor.at_word("PARTITION") {
        true => read_partition(cursor)?,
        false => Vec::new(),
    };
    cursor.expect_words(&["COMPUTE", "STATISTICS"])?;
    let columns = if cursor.words(&["FOR", "ALL", "COLUMNS"]) {
        AnalyzedColumns::All
    } else if cursor.words(&["FOR", "COLUMNS"]) {
        let mut names = vec![cursor.identifier()?.value];
        while cursor.token(&sqlparser::tokenizer::Token::Comma) {
            names.push(cursor.identifier()?.value);
        }
        AnalyzedColumns::Named(names)
    } else {
        AnalyzedColumns::None
    };
    Ok(Analyze {
        path,
        partition,
        columns,
    })
}
