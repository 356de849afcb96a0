//! Whether a sink can take what its query emits, and by which key.

use super::SinkRequest;
use super::keys::Key;
use crate::catalog::Column;
use crate::stream::{ChangelogMode, JobOptions, StreamNode};
use crate::{PlanError, Result};

/// The positions of the columns by which a sink applies updates: its primary key, else the query's.
pub(super) fn upsert_key(
    request: &SinkRequest,
    mode: ChangelogMode,
    input: &StreamNode,
    query_key: Option<&Key>,
    options: &JobOptions,
) -> Result<Vec<usize>> {
    let materialize = materialization(options)?;
    let primary_key = &request.table.schema.primary_key;
    let is_updated = mode != ChangelogMode::InsertOnly;
    match request.changelog_mode {
        ChangelogMode::InsertOnly if is_updated => Err(updates_refused(request, input)),
        ChangelogMode::Upsert if is_updated && request.applies_by_key => {
            let by_query = query_key.filter(|key| !key.positions().is_empty());
            if primary_key.is_empty() {
                return by_query.map(Key::positions).ok_or_else(|| no_key(request));
            }
            let same_key = query_key.is_some_and(|key| key.is_within(primary_key));
            if same_key && materialize != Materialization::Force || materialize == Materialization::None {
                Ok(primary_key.clone())
            } else {
                Err(other_key(request, query_key))
            }
        }
        _ => Ok(primary_key.clone()),
    }
}

/// Whether to restore the order of updates before a sink whose key is not the query's.
/// Mirrors `ExecutionConfigOptions.UpsertMaterialize`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Materialization {
    /// Never: the user answers for the order.
    None,
    /// Where it is needed.
    Auto,
    /// Always.
    Force,
}

fn materialization(options: &JobOptions) -> Result<Materialization> {
    const KEY: &str = "table.exec.sink.upsert-materialize";
    let Some(value) = options.get(KEY) else {
        return Ok(Materialization::Auto);
    };
    match value.to_uppercase().as_str() {
        "NONE" => Ok(Materialization::None),
        "AUTO" => Ok(Materialization::Auto),
        "FORCE" => Ok(Materialization::Force),
        _ => Err(PlanError::validation_with_hint(
            format!("Could not parse value '{value}' for key '{KEY}'."),
            "one of NONE, AUTO, FORCE",
        )),
    }
}

fn updates_refused(request: &SinkRequest, input: &StreamNode) -> PlanError {
    let (changes, node) = updating_node(input).unwrap_or(("update", String::new()));
    PlanError::Table {
        message: format!(
            "Table sink '{}' doesn't support consuming {changes} changes which is produced by node {node}",
            request.table.identifier.summary()
        ),
        hint: Some(
            "write to a table with a connector that takes updates, such as jdbc with a primary key or print"
                .to_owned(),
        ),
    }
}

/// The highest operator that makes updates, and which changes besides insertions it makes.
fn updating_node(node: &StreamNode) -> Option<(&'static str, String)> {
    match node {
        StreamNode::TableSourceScan { .. } | StreamNode::Values { .. } => None,
        StreamNode::Calc { input, .. }
        | StreamNode::PythonCalc { input, .. }
        | StreamNode::Exchange { input, .. } => updating_node(input),
        StreamNode::GroupAggregate { .. } => {
            let changes = if node.change_kinds().delete {
                "update and delete"
            } else {
                "update"
            };
            Some((changes, crate::stream::explain::describe(node)))
        }
        StreamNode::Union { inputs, .. } => inputs.iter().find_map(|input| updating_node(input)),
    }
}

fn no_key(request: &SinkRequest) -> PlanError {
    PlanError::Table {
        message: format!(
            "Table sink '{}' requires that the query has a full primary key if it is updated",
            request.table.identifier.summary()
        ),
        hint: Some(
            "declare PRIMARY KEY (...) NOT ENFORCED in the sink's DDL, or keep the GROUP BY columns in the select list"
                .to_owned(),
        ),
    }
}

fn other_key(request: &SinkRequest, query_key: Option<&Key>) -> PlanError {
    let columns = &request.table.schema.columns;
    let names = |positions: &[usize]| {
        let names: Vec<&str> = positions
            .iter()
            .filter_map(|position| columns.get(*position))
            .map(|column: &Column| column.name.as_str())
            .collect();
        names.join(", ")
    };
    let primary_key = names(&request.table.schema.primary_key);
    let query = query_key.map_or_else(
        || "the query has no unique key".to_owned(),
        |key| format!("the query is unique by [{}]", names(&key.positions())),
    );
    PlanError::Table {
        message: format!(
            "Table sink '{}' has the primary key [{primary_key}], but {query}: upsert materialization is not supported",
            request.table.identifier.summary()
        ),
        hint: Some(
            "use the query's GROUP BY columns as the primary key of the sink, or set \
             table.exec.sink.upsert-materialize to NONE if the order of updates does not matter"
                .to_owned(),
        ),
    }
}
