//! The planner: from the sinks of a job and their queries to a [`StreamPlan`].
//!
//! Passes, in order: [`convert`] makes one graph of all queries, with projections below aggregates so
//! that these only refer to fields; [`merge`] joins adjacent calcs; [`prune`] drops columns that
//! nobody reads, down to the scans; [`keys`] and [`changelog`] find what identifies a row and which
//! changes each node has to emit; [`sink`] checks that every sink can take what arrives; [`physical`]
//! makes operators, with the help of [`python`] for calcs that call Python.
//!
//! Not here: the choice between equivalent plans by cost, joins, and anything about time. What a
//! query computes never changes, only where.

mod changelog;
mod convert;
mod expression;
mod graph;
mod keys;
mod merge;
mod physical;
mod prune;
mod python;
mod refuse;
mod sink;

use std::sync::Arc;

use super::{ChangelogMode, ConnectorTable, JobOptions, SinkNode, StreamNode, StreamPlan};
use crate::Result;
use crate::catalog::CatalogTable;
use crate::operation::QueryOperation;
use changelog::Changelog;
use graph::{Graph, NodeId};
use keys::Key;

/// A query and the table that its rows go to.
#[derive(Debug, Clone)]
pub struct SinkRequest {
    /// The query, with the sink's columns and types; see [`crate::operation::match_sink`].
    pub query: Arc<QueryOperation>,
    /// The sink's table.
    pub table: Arc<CatalogTable>,
    /// The most that the sink accepts: insertions only, the latest row of each key, or all changes.
    pub changelog_mode: ChangelogMode,
    /// Whether the sink applies updates by key, and so cannot take updates without one.
    pub applies_by_key: bool,
}

/// Plans a job. Of the options it reads `table.exec.sink.upsert-materialize`.
///
/// # Errors
/// When a sink cannot take the changes of its query, or has no key to apply them by.
pub fn plan(sinks: &[SinkRequest], options: &JobOptions) -> Result<StreamPlan> {
    let queries: Vec<_> = sinks
        .iter()
        .map(|sink| (Arc::clone(&sink.query), sink.changelog_mode))
        .collect();
    let optimized = Optimized::of(&queries)?;
    let mut nodes = Vec::with_capacity(sinks.len());
    for (root, request) in optimized.roots.iter().zip(sinks) {
        let mode = optimized.changelog.mode(&optimized.graph, *root);
        let operator = &optimized.operators[*root];
        let key = optimized.keys[*root].as_ref();
        let upsert_key = sink::upsert_key(request, mode, operator, key, options)?;
        nodes.push(SinkNode {
            input: Arc::clone(operator),
            target: ConnectorTable {
                table: Arc::clone(&request.table),
                projection: (0..request.table.schema.columns.len()).collect(),
            },
            changelog_mode: mode,
            upsert_key,
        });
    }
    Ok(StreamPlan { sinks: nodes })
}

/// The operators of a query that goes nowhere: as for a reader who only wants the latest rows.
///
/// # Errors
/// When it has something that streaming does not run.
pub(super) fn optimize(query: &Arc<QueryOperation>) -> Result<Arc<StreamNode>> {
    let mut optimized = Optimized::of(&[(Arc::clone(query), ChangelogMode::Upsert)])?;
    let root = optimized.roots[0];
    Ok(optimized.operators.swap_remove(root))
}

/// What the passes find out.
struct Optimized {
    graph: Graph,
    /// The node of each query.
    roots: Vec<NodeId>,
    /// The unique key of each node.
    keys: Vec<Option<Key>>,
    changelog: Changelog,
    /// The operator of each node.
    operators: Vec<Arc<StreamNode>>,
}

impl Optimized {
    /// Runs the passes over queries, each with the most changes that its reader accepts.
    fn of(queries: &[(Arc<QueryOperation>, ChangelogMode)]) -> Result<Self> {
        let mut graph = Graph::default();
        let roots: Vec<NodeId> = queries
            .iter()
            .map(|(query, _)| convert::convert(&mut graph, query))
            .collect::<Result<_>>()?;
        let (graph, roots) = merge::merge(&graph, &roots);
        let (graph, roots) = prune::prune(&graph, &roots);
        let keys = keys::unique_keys(&graph);
        let accepted: Vec<_> = queries.iter().map(|(_, mode)| *mode).collect();
        let changelog = Changelog::infer(&graph, &roots, &accepted, &keys);
        let operators = physical::lower(&graph, &changelog);
        Ok(Self {
            graph,
            roots,
            keys,
            changelog,
            operators,
        })
    }
}

#[cfg(test)]
mod equivalence;
#[cfg(test)]
mod tests;
