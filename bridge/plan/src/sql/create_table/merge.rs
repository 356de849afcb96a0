//! Applying `LIKE`: what the other table gives, and what the new one declares, become one declaration.

use std::collections::BTreeMap;

use super::like::{LikeClause, LikeFeature, MergingStrategy};
use crate::catalog::{CatalogTable, DeclaredColumn, DeclaredColumnKind, TableDeclaration, TableDistribution};
use crate::error::{PlanError, Result};

/// Everything of a table but its name and comment.
#[derive(Debug, Clone)]
pub(super) struct TableParts {
    pub(super) declaration: TableDeclaration,
    pub(super) distribution: Option<TableDistribution>,
    pub(super) partition_keys: Vec<String>,
    pub(super) options: BTreeMap<String, String>,
}

/// What `own` declares on top of what the clause takes from `other`.
pub(super) fn merge(like: &LikeClause, other: &CatalogTable, own: TableParts) -> Result<TableParts> {
    let included = |feature| like.strategy(feature) != MergingStrategy::Excluding;
    let mut base = other.declaration();

    base.columns.retain(|column| match column.kind {
        DeclaredColumnKind::Physical { .. } => true,
        DeclaredColumnKind::Computed { .. } => included(LikeFeature::Generated),
        DeclaredColumnKind::Metadata { .. } => included(LikeFeature::Metadata),
    });
    for column in own.declaration.columns {
        add_column(like, &mut base.columns, column)?;
    }
    if !included(LikeFeature::Constraints) {
        base.key = None;
    }
    if let Some(key) = own.declaration.key {
        if base.key.is_some() {
            return Err(PlanError::validation(
                "The base table already has a primary key. You might want to specify EXCLUDING CONSTRAINTS.",
            ));
        }
        base.key = Some(key);
    }
    if !included(LikeFeature::Watermarks) {
        base.watermark = None;
    }
    if let Some(watermark) = own.declaration.watermark {
        if base.watermark.is_some() && like.strategy(LikeFeature::Watermarks) != MergingStrategy::Overwriting
        {
            return Err(PlanError::validation(format!(
                "There already exists a watermark spec for column '{}' in the base table. You might want to \
                 specify EXCLUDING WATERMARKS or OVERWRITING WATERMARKS.",
                watermark.column.join(".")
            )));
        }
        base.watermark = Some(watermark);
    }
    Ok(TableParts {
        declaration: base,
        distribution: merge_distribution(like, other, own.distribution)?,
        partition_keys: merge_partitions(like, other, own.partition_keys)?,
        options: merge_options(like, other, own.options)?,
    })
}

fn add_column(like: &LikeClause, columns: &mut Vec<DeclaredColumn>, added: DeclaredColumn) -> Result<()> {
    let Some(place) = columns.iter().position(|column| column.name == added.name) else {
        columns.push(added);
        return Ok(());
    };
    let name = &added.name;
    let kind = |column: &DeclaredColumn| std::mem::discriminant(&column.kind);
    match &added.kind {
        DeclaredColumnKind::Physical { .. } => Err(PlanError::validation(format!(
            "A column named '{name}' already exists in the base table."
        ))),
        _ if kind(&columns[place]) != kind(&added) => {
            let what = match added.kind {
                DeclaredColumnKind::Computed { .. } => "generated",
                _ => "metadata",
            };
            Err(PlanError::validation(format!(
                "A column named '{name}' already exists in the table. Duplicate columns exist in the \
                 {what} column and the base table's other columns."
            )))
        }
        DeclaredColumnKind::Computed { .. }
            if like.strategy(LikeFeature::Generated) != MergingStrategy::Overwriting =>
        {
            Err(PlanError::validation(format!(
                "A generated column named '{name}' already exists in the base table. You might want to \
                 specify EXCLUDING GENERATED or OVERWRITING GENERATED."
            )))
        }
        DeclaredColumnKind::Metadata { .. }
            if like.strategy(LikeFeature::Metadata) != MergingStrategy::Overwriting =>
        {
            Err(PlanError::validation(format!(
                "A metadata column named '{name}' already exists in the base table. You might want to \
                 specify EXCLUDING METADATA or OVERWRITING METADATA."
            )))
        }
        _ => {
            columns[place] = added;
            Ok(())
        }
    }
}

fn merge_distribution(
    like: &LikeClause,
    other: &CatalogTable,
    own: Option<TableDistribution>,
) -> Result<Option<TableDistribution>> {
    let base = other
        .details
        .distribution
        .clone()
        .filter(|_| like.strategy(LikeFeature::Distribution) != MergingStrategy::Excluding);
    match (base, own) {
        (Some(_), Some(_)) => Err(PlanError::validation(
            "The base table already has a distribution defined. You might want to specify EXCLUDING \
             DISTRIBUTION.",
        )),
        (base, own) => Ok(own.or(base)),
    }
}

fn merge_partitions(like: &LikeClause, other: &CatalogTable, own: Vec<String>) -> Result<Vec<String>> {
    // Flink 2.3 takes the partitions over even where they are excluded, unless there are own ones.
    let base = other.partition_keys.clone();
    let excluded = like.strategy(LikeFeature::Partitions) == MergingStrategy::Excluding;
    if !excluded && !base.is_empty() && !own.is_empty() {
        return Err(PlanError::validation(
            "The base table already has partitions defined. You might want to specify EXCLUDING PARTITIONS.",
        ));
    }
    Ok(if own.is_empty() { base } else { own })
}

fn merge_options(
    like: &LikeClause,
    other: &CatalogTable,
    own: BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>> {
    let strategy = like.strategy(LikeFeature::Options);
    let mut options = match strategy {
        MergingStrategy::Excluding => BTreeMap::new(),
        _ => other.options.clone(),
    };
    for (key, value) in own {
        if strategy == MergingStrategy::Including && options.contains_key(&key) {
            return Err(PlanError::validation(format!(
                "There already exists an option ['{key}' -> '{}']  in the base table. You might want to \
                 specify EXCLUDING OPTIONS or OVERWRITING OPTIONS.",
                options[&key]
            )));
        }
        options.insert(key, value);
    }
    Ok(options)
}
