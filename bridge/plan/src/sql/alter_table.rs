//! `ALTER TABLE`: its text. What it does to a table is in [`super::alter_table_apply`].

use std::collections::BTreeMap;

use sqlparser::tokenizer::Token;

use super::create_table::{Distribution, TableElements, read_distribution, read_element, read_elements};
use super::cursor::Cursor;
use super::fault::Parsed;
use super::insert::{PartitionValue, read_partition};

/// `ALTER TABLE [IF EXISTS] path action`.
#[derive(Debug, Clone)]
pub struct AlterTable {
    /// The table's path as written.
    pub path: Vec<String>,
    /// Whether a missing table is no error.
    pub if_exists: bool,
    /// What is to be done.
    pub action: AlterTableAction,
}

/// What `ALTER TABLE` does.
#[derive(Debug, Clone)]
pub enum AlterTableAction {
    /// `RENAME TO path`.
    Rename(Vec<String>),
    /// `RENAME column TO name`.
    RenameColumn {
        /// The column.
        column: String,
        /// Its new name.
        name: String,
    },
    /// `SET (options)`.
    Set(BTreeMap<String, String>),
    /// `RESET (keys)`.
    Reset(Vec<String>),
    /// `ADD element` or `ADD (element, ...)`.
    Add(TableElements),
    /// `MODIFY element` or `MODIFY (element, ...)`.
    Modify(TableElements),
    /// `DROP column` or `DROP (column, ...)`.
    DropColumns(Vec<String>),
    /// `DROP WATERMARK`.
    DropWatermark,
    /// `DROP PRIMARY KEY`.
    DropPrimaryKey,
    /// `DROP CONSTRAINT name`.
    DropConstraint(String),
    /// `DROP DISTRIBUTION`.
    DropDistribution,
    /// `ADD DISTRIBUTION ...`.
    AddDistribution(Distribution),
    /// `MODIFY DISTRIBUTION ...`.
    ModifyDistribution(Distribution),
    /// `ADD [IF NOT EXISTS] PARTITION (...) [WITH (options)] ...`.
    AddPartitions {
        /// Whether existing partitions are left as they are.
        if_not_exists: bool,
        /// The partitions with their properties.
        partitions: Vec<(Vec<PartitionValue>, BTreeMap<String, String>)>,
    },
    /// `DROP [IF EXISTS] PARTITION (...), PARTITION (...)`.
    DropPartitions {
        /// Whether missing partitions are no error.
        if_exists: bool,
        /// The partitions.
        partitions: Vec<Vec<PartitionValue>>,
    },
    /// `[PARTITION (...)] COMPACT`.
    Compact(Vec<PartitionValue>),
}

/// Reads what follows `ALTER TABLE`.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Parsed<AlterTable> {
    let if_exists = cursor.if_exists();
    let path = cursor.path()?;
    let action = if cursor.word("RENAME") {
        read_rename(cursor)?
    } else if cursor.word("SET") {
        AlterTableAction::Set(cursor.options()?)
    } else if cursor.word("RESET") {
        AlterTableAction::Reset(cursor.keys()?)
    } else if cursor.word("ADD") {
        read_add(cursor)?
    } else if cursor.word("MODIFY") {
        match read_distribution_of_alter(cursor)? {
            Some(distribution) => AlterTableAction::ModifyDistribution(distribution),
            None => AlterTableAction::Modify(elements(cursor)?),
        }
    } else if cursor.word("DROP") {
        read_drop(cursor)?
    } else if cursor.at_word("PARTITION") {
        let partition = read_partition(cursor)?;
        cursor.expect_words(&["COMPACT"])?;
        AlterTableAction::Compact(partition)
    } else if cursor.word("COMPACT") {
        AlterTableAction::Compact(Vec::new())
    } else {
        return Err(cursor.expected("RENAME, SET, RESET, ADD, MODIFY, DROP, PARTITION or COMPACT"));
    };
    Ok(AlterTable {
        path,
        if_exists,
        action,
    })
}

fn read_rename(cursor: &mut Cursor<'_>) -> Parsed<AlterTableAction> {
    if cursor.word("TO") {
        return Ok(AlterTableAction::Rename(cursor.path()?));
    }
    let column = cursor.path()?.join(".");
    cursor.expect_words(&["TO"])?;
    Ok(AlterTableAction::RenameColumn {
        column,
        name: cursor.identifier()?.value,
    })
}

fn elements(cursor: &mut Cursor<'_>) -> Parsed<TableElements> {
    if cursor.at_token(&Token::LParen) {
        return read_elements(cursor, true);
    }
    let mut elements = TableElements::default();
    read_element(cursor, &mut elements, true)?;
    Ok(elements)
}

/// Flink writes `ADD DISTRIBUTION BY ...` here, where `CREATE TABLE` has `DISTRIBUTED BY`.
fn read_distribution_of_alter(cursor: &mut Cursor<'_>) -> Parsed<Option<Distribution>> {
    if cursor.at_words(&["DISTRIBUTION", "BY"]) || cursor.at_words(&["DISTRIBUTION", "INTO"]) {
        cursor.parser.advance_token();
        return read_distribution(cursor, true);
    }
    Ok(None)
}

fn read_add(cursor: &mut Cursor<'_>) -> Parsed<AlterTableAction> {
    if let Some(distribution) = read_distribution_of_alter(cursor)? {
        return Ok(AlterTableAction::AddDistribution(distribution));
    }
    let if_not_exists = cursor.if_not_exists();
    if if_not_exists || cursor.at_words(&["PARTITION"]) && !is_column_definition(cursor) {
        let mut partitions = Vec::new();
        while cursor.at_word("PARTITION") {
            let partition = read_partition(cursor)?;
            partitions.push((partition, cursor.with_options()?));
        }
        if partitions.is_empty() {
            return Err(cursor.expected("PARTITION"));
        }
        return Ok(AlterTableAction::AddPartitions {
            if_not_exists,
            partitions,
        });
    }
    Ok(AlterTableAction::Add(elements(cursor)?))
}

/// Whether `PARTITION` is the name of a column here: a partition's values are in parentheses.
fn is_column_definition(cursor: &Cursor<'_>) -> bool {
    cursor.parser.peek_nth_token_ref(1).token != Token::LParen
}

fn read_drop(cursor: &mut Cursor<'_>) -> Parsed<AlterTableAction> {
    let if_exists = cursor.if_exists();
    if if_exists || (cursor.at_word("PARTITION") && !is_column_definition(cursor)) {
        let mut partitions = Vec::new();
        loop {
            if !cursor.at_word("PARTITION") {
                return Err(cursor.expected("PARTITION"));
            }
            partitions.push(read_partition(cursor)?);
            if !cursor.token(&Token::Comma) {
                break;
            }
        }
        return Ok(AlterTableAction::DropPartitions {
            if_exists,
            partitions,
        });
    }
    if cursor.words(&["PRIMARY", "KEY"]) {
        return Ok(AlterTableAction::DropPrimaryKey);
    }
    if cursor.word("CONSTRAINT") {
        return Ok(AlterTableAction::DropConstraint(cursor.identifier()?.value));
    }
    if cursor.word("WATERMARK") {
        return Ok(AlterTableAction::DropWatermark);
    }
    if cursor.word("DISTRIBUTION") {
        return Ok(AlterTableAction::DropDistribution);
    }
    if cursor.at_token(&Token::LParen) {
        return Ok(AlterTableAction::DropColumns(
            cursor.list(|cursor| Ok(cursor.path()?.join(".")))?,
        ));
    }
    Ok(AlterTableAction::DropColumns(vec![cursor.path()?.join(".")]))
}
