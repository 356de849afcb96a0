//! What `ALTER TABLE` does to a table: the declaration is changed and resolved again.
//!
//! Mirrors `SchemaConverter` of Flink's `AlterTable*Converter`s, with their messages.

use std::sync::Arc;

use super::alter_table::{AlterTable, AlterTableAction};
use super::create_table::{ColumnPosition, TableElements, resolve_elements, unresolved_elements};
use super::query::PlanContext;
use super::token::tokenize;
use crate::catalog::{
    CatalogEntry, CatalogManager, CatalogTable, DeclaredColumn, DeclaredColumnKind, TableDeclaration,
    quote_identifier, quote_path,
};
use crate::error::{PlanError, Result};

/// What is to be done to the catalogs.
#[derive(Debug)]
pub enum AlteredTable {
    /// Nothing: the table is not there, and `IF EXISTS` was said.
    Nothing,
    /// The table gets another name.
    Renamed(CatalogEntry, crate::catalog::ObjectIdentifier),
    /// The table is replaced by this one.
    Changed(Box<CatalogTable>),
}

impl AlterTable {
    /// What the statement makes of the table.
    ///
    /// # Errors
    /// When there is no such table, or it cannot be changed like that.
    pub fn plan(&self, context: &PlanContext<'_>) -> Result<AlteredTable> {
        let identifier = context.catalogs.qualify(&self.path)?;
        let missing = || {
            PlanError::validation(format!(
                "Table {identifier} doesn't exist or is a temporary table."
            ))
        };
        let found = match context.catalogs.is_temporary(&identifier) {
            true => None,
            false => context.catalogs.find_permanent(&identifier)?,
        };
        let table = match &found {
            None if self.if_exists => return Ok(AlteredTable::Nothing),
            None => return Err(missing()),
            Some(CatalogEntry::View(_)) => {
                return Err(PlanError::validation("ALTER TABLE for a view is not allowed"));
            }
            Some(CatalogEntry::Table(table)) => Arc::clone(table),
        };
        if let AlterTableAction::Rename(path) = &self.action {
            let mut target = context.catalogs.qualify(path)?;
            if path.len() == 1 {
                target.catalog.clone_from(&identifier.catalog);
                target.database.clone_from(&identifier.database);
            }
            return Ok(AlteredTable::Renamed(CatalogEntry::Table(table), target));
        }
        let mut changed = table.as_ref().clone();
        match &self.action {
            AlterTableAction::Set(options) => {
                let options = crate::catalog::legacy_options::to_present(options.clone())?;
                changed.options.extend(options);
            }
            AlterTableAction::Reset(keys) => {
                if keys.is_empty() {
                    return Err(PlanError::validation(
                        "ALTER TABLE RESET does not support empty key",
                    ));
                }
                if keys.iter().any(|key| key == "connector") {
                    return Err(PlanError::validation(
                        "ALTER TABLE RESET does not support changing 'connector'",
                    ));
                }
                changed.options.retain(|key, _| !keys.contains(key));
            }
            AlterTableAction::AddDistribution(distribution) => {
                if changed.details.distribution.is_some() {
                    return Err(PlanError::validation(format!(
                        "Distribution for table {identifier} already exists. Drop it or use MODIFY."
                    )));
                }
                changed.details.distribution = Some(distribution.to_catalog());
            }
            AlterTableAction::ModifyDistribution(distribution) => {
                if changed.details.distribution.is_none() {
                    return Err(PlanError::validation(format!(
                        "Table {identifier} does not have a distribution to modify. Use ADD DISTRIBUTION instead."
                    )));
                }
                changed.details.distribution = Some(distribution.to_catalog());
            }
            AlterTableAction::DropDistribution => {
                if changed.details.distribution.take().is_none() {
                    return Err(PlanError::validation(format!(
                        "Table {identifier} does not have a distribution to drop."
                    )));
                }
            }
            AlterTableAction::AddPartitions { .. } | AlterTableAction::DropPartitions { .. } => {
                return Err(PlanError::unsupported(
                    "ALTER TABLE ... ADD or DROP PARTITION",
                    "The folders of a filesystem table are its partitions: INSERT INTO makes them, TRUNCATE TABLE \
                     empties the table.",
                ));
            }
            AlterTableAction::Compact(_) => {
                return Err(PlanError::unsupported(
                    "ALTER TABLE ... COMPACT",
                    "No connector has managed tables; INSERT OVERWRITE writes larger files.",
                ));
            }
            action => change_schema(action, &mut changed, context)?,
        }
        Ok(AlteredTable::Changed(Box::new(changed)))
    }
}

impl AlteredTable {
    /// Changes the catalogs.
    ///
    /// # Errors
    /// When the new name is taken, or the catalog cannot be changed.
    pub fn apply(self, catalogs: &mut CatalogManager) -> Result<()> {
        match self {
            Self::Nothing => Ok(()),
            Self::Renamed(entry, target) => catalogs.rename(&entry, &target),
            Self::Changed(table) => catalogs.put_permanent(&CatalogEntry::Table(Arc::from(table))),
        }
    }
}

fn fault(message: &str) -> PlanError {
    PlanError::validation(format!("Failed to execute ALTER TABLE statement.\n{message}"))
}

fn failed_to_execute(error: PlanError) -> PlanError {
    match error {
        PlanError::Validation { message, hint } => PlanError::Validation {
            message: format!("Failed to execute ALTER TABLE statement.\n{message}"),
            hint,
        },
        PlanError::Caused { error, cause } => failed_to_execute(*error).caused_by(*cause),
        other => other,
    }
}

fn change_schema(
    action: &AlterTableAction,
    table: &mut CatalogTable,
    context: &PlanContext<'_>,
) -> Result<()> {
    let mut declaration = table.declaration();
    match action {
        AlterTableAction::Add(elements) => add(elements, &mut declaration)?,
        AlterTableAction::Modify(elements) => modify(elements, &mut declaration)?,
        AlterTableAction::DropColumns(names) => {
            drop_columns(names, &mut declaration, &table.partition_keys)?;
        }
        AlterTableAction::RenameColumn { column, name } => {
            rename_column(column, name, &mut declaration)?;
            for key in &mut table.partition_keys {
                if key == column {
                    name.clone_into(key);
                }
            }
        }
        AlterTableAction::DropWatermark => drop_watermark(&mut declaration)?,
        AlterTableAction::DropPrimaryKey => drop_key(None, &mut declaration, table)?,
        AlterTableAction::DropConstraint(name) => drop_key(Some(name), &mut declaration, table)?,
        _ => {}
    }
    let (schema, details) = resolve_elements(&declaration, context).map_err(failed_to_execute)?;
    table.schema = schema;
    table.details.columns = details.columns;
    table.details.key_name = details.key_name;
    table.details.watermark = details.watermark;
    // What was counted was counted of other columns.
    table.details.statistics = None;
    Ok(())
}

fn names(declaration: &TableDeclaration) -> Vec<String> {
    declaration
        .columns
        .iter()
        .map(|column| column.name.clone())
        .collect()
}

fn add(elements: &TableElements, declaration: &mut TableDeclaration) -> Result<()> {
    let added = unresolved_elements(elements, &names(declaration))?;
    for (column, written) in added.columns.into_iter().zip(&elements.columns) {
        if declaration.columns.iter().any(|other| other.name == column.name) {
            return Err(fault(&format!(
                "Column `{}` already exists in the table.",
                column.name
            )));
        }
        insert_at(declaration, column, written.position.as_ref())?;
    }
    if let Some(key) = added.key {
        if let Some(present) = &declaration.key {
            return Err(fault(&format!(
                "The current table has already defined the primary key constraint [{}]. You might want to drop it \
                 before adding a new one.",
                quoted(&present.columns)
            )));
        }
        declaration.key = Some(key);
    }
    if let Some(watermark) = added.watermark {
        if let Some(present) = &declaration.watermark {
            return Err(fault(&format!(
                "The current table has already defined the watermark strategy {} AS {}. You might want to drop it \
                 before adding a new one.",
                quote_path(&present.column),
                present.text
            )));
        }
        declaration.watermark = Some(watermark);
    }
    Ok(())
}

fn modify(elements: &TableElements, declaration: &mut TableDeclaration) -> Result<()> {
    let modified = unresolved_elements(elements, &names(declaration))?;
    for (column, written) in modified.columns.into_iter().zip(&elements.columns) {
        let place = declaration
            .columns
            .iter()
            .position(|other| other.name == column.name)
            .ok_or_else(|| fault(&format!("Column `{}` does not exist in the table.", column.name)))?;
        let comment = column
            .comment
            .clone()
            .or_else(|| declaration.columns[place].comment.clone());
        let column = DeclaredColumn { comment, ..column };
        if written.position.is_some() {
            declaration.columns.remove(place);
            insert_at(declaration, column, written.position.as_ref())?;
        } else {
            declaration.columns[place] = column;
        }
    }
    if let Some(key) = modified.key {
        if declaration.key.is_none() {
            return Err(fault(
                "The current table does not define any primary key constraint. You might want to add a new one.",
            ));
        }
        declaration.key = Some(key);
    }
    if let Some(watermark) = modified.watermark {
        if declaration.watermark.is_none() {
            return Err(fault(
                "The current table does not define any watermark. You might want to add a new one.",
            ));
        }
        declaration.watermark = Some(watermark);
    }
    Ok(())
}

fn insert_at(
    declaration: &mut TableDeclaration,
    column: DeclaredColumn,
    position: Option<&ColumnPosition>,
) -> Result<()> {
    match position {
        None => declaration.columns.push(column),
        Some(ColumnPosition::First) => declaration.columns.insert(0, column),
        Some(ColumnPosition::After(name)) => {
            let place = declaration.columns.iter().position(|other| other.name == *name);
            let place = place.ok_or_else(|| {
                fault(&format!(
                    "Referenced column `{name}` by 'AFTER' does not exist in the table."
                ))
            })?;
            declaration.columns.insert(place + 1, column);
        }
    }
    Ok(())
}

fn drop_columns(
    dropped: &[String],
    declaration: &mut TableDeclaration,
    partition_keys: &[String],
) -> Result<()> {
    for (index, name) in dropped.iter().enumerate() {
        if dropped[..index].contains(name) {
            return Err(fault(&format!("Duplicate column `{name}`.")));
        }
        if declaration.columns.iter().all(|column| column.name != *name) {
            return Err(fault(&format!(
                "The column `{name}` does not exist in the base table."
            )));
        }
        check_unused(name, dropped, declaration, partition_keys)?;
    }
    declaration
        .columns
        .retain(|column| !dropped.contains(&column.name));
    if declaration.columns.is_empty() {
        return Err(fault("The table must have at least one column."));
    }
    Ok(())
}

/// Refuses to take away a column that something else of the table is made of.
fn check_unused(
    name: &String,
    dropped: &[String],
    declaration: &TableDeclaration,
    partition_keys: &[String],
) -> Result<()> {
    let users: Vec<String> = declaration
        .columns
        .iter()
        .filter(|column| !dropped.contains(&column.name))
        .filter(|column| matches!(&column.kind, DeclaredColumnKind::Computed { text } if uses(text, name)))
        .map(|column| quote_identifier(&column.name))
        .collect();
    if !users.is_empty() {
        return Err(fault(&format!(
            "The column `{name}` is referenced by computed column {}.",
            users.join(", ")
        )));
    }
    if declaration
        .key
        .as_ref()
        .is_some_and(|key| key.columns.contains(name))
    {
        return Err(fault(&format!("The column `{name}` is used as the primary key.")));
    }
    if declaration
        .watermark
        .as_ref()
        .is_some_and(|watermark| watermark.column.first() == Some(name) || uses(&watermark.text, name))
    {
        return Err(fault(&format!(
            "The column `{name}` is referenced by watermark expression."
        )));
    }
    if partition_keys.contains(name) {
        return Err(fault(&format!(
            "The column `{name}` is used as the partition keys."
        )));
    }
    Ok(())
}

fn rename_column(from: &str, to: &str, declaration: &mut TableDeclaration) -> Result<()> {
    if declaration.columns.iter().all(|column| column.name != from) {
        return Err(fault(&format!(
            "The column `{from}` does not exist in the base table."
        )));
    }
    if declaration.columns.iter().any(|column| column.name == to) {
        return Err(fault(&format!(
            "The column `{to}` already existed in table schema."
        )));
    }
    let from = from.to_owned();
    check_unused(&from, &[], &without_key(declaration), &[])?;
    for column in &mut declaration.columns {
        if column.name == from {
            to.clone_into(&mut column.name);
        }
    }
    for column in declaration.key.iter_mut().flat_map(|key| &mut key.columns) {
        if *column == from {
            to.clone_into(column);
        }
    }
    Ok(())
}

/// The key follows a renamed column by itself.
fn without_key(declaration: &TableDeclaration) -> TableDeclaration {
    TableDeclaration {
        key: None,
        ..declaration.clone()
    }
}

fn drop_watermark(declaration: &mut TableDeclaration) -> Result<()> {
    match declaration.watermark.take() {
        Some(_) => Ok(()),
        None => Err(fault("The current table does not define any watermark strategy.")),
    }
}

fn drop_key(name: Option<&String>, declaration: &mut TableDeclaration, table: &CatalogTable) -> Result<()> {
    if declaration.key.take().is_none() {
        return Err(fault("The current table does not define any primary key."));
    }
    let present = table.key_name();
    match name {
        Some(name) if *name != present => Err(fault(&format!(
            "The current table does not define a primary key constraint named '{name}'. Available constraint name: \
             ['{present}']."
        ))),
        _ => Ok(()),
    }
}

/// Whether an expression of the catalog names a column.
fn uses(text: &str, column: &str) -> bool {
    tokenize(text).is_ok_and(|tokens| {
        tokens.iter().any(|token| {
            matches!(&token.token, sqlparser::tokenizer::Token::Word(word)
                if word.quote_style == Some('`') && word.value == column)
        })
    })
}

fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| quote_identifier(name)).collect();
    names.join(", ")
}
