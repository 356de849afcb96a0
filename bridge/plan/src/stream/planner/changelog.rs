//! Which changes each node makes, and which aggregates must emit the row before an update.
//!
//! A sink either takes insertions only, or the latest row of each key, or all changes. Going down,
//! every reader says whether it needs -U: an aggregate does, to take the old row back; a sink of all
//! changes does; a sink by key does only where it could miss that a row is gone, because a filter
//! above the update lets the old row through and not the new one.

use std::collections::BTreeSet;

use super::expression::collect_fields;
use super::graph::{Graph, Node, NodeId};
use super::keys::Key;
use crate::stream::ChangelogMode;

/// What is known about the changes of a graph.
#[derive(Debug)]
pub(super) struct Changelog {
    /// Whether a node's rows are updated or deleted after they were inserted.
    updating: Vec<bool>,
    /// Whether a reader of a node needs the row before an update.
    update_before: Vec<bool>,
}

impl Changelog {
    /// Infers the changes of all nodes.
    pub(super) fn infer(
        graph: &Graph,
        roots: &[NodeId],
        accepted: &[ChangelogMode],
        keys: &[Option<Key>],
    ) -> Self {
        let updating = updating(graph);
        let mut update_before = vec![false; graph.len()];
        for (root, accepted) in roots.iter().zip(accepted) {
            if *accepted == ChangelogMode::All {
                update_before[*root] = true;
            }
        }
        for id in (0..graph.len()).rev() {
            let wanted = update_before[id];
            match graph.node(id) {
                Node::Scan { .. } | Node::Values { .. } => {}
                Node::Calc {
                    input, conditions, ..
                } => {
                    let mut fields = BTreeSet::new();
                    for condition in conditions {
                        collect_fields(condition, &mut fields);
                    }
                    let by_key = keys[*input].as_ref().is_some_and(|key| key.covers(&fields));
                    let loses_rows = !conditions.is_empty() && !by_key;
                    update_before[*input] |= wanted || loses_rows;
                }
                Node::Aggregate { input, .. } => update_before[*input] = true,
                Node::Union { inputs } => {
                    for input in inputs {
                        update_before[*input] |= wanted;
                    }
                }
            }
        }
        Self {
            updating,
            update_before,
        }
    }

    /// Whether an aggregate has to emit -U.
    pub(super) fn emits_update_before(&self, id: NodeId) -> bool {
        self.update_before[id]
    }

    /// The changes that arrive above a node.
    pub(super) fn mode(&self, graph: &Graph, id: NodeId) -> ChangelogMode {
        if !self.updating[id] {
            ChangelogMode::InsertOnly
        } else if self.carries_update_before(graph, id) {
            ChangelogMode::All
        } else {
            ChangelogMode::Upsert
        }
    }

    /// Whether -U rows reach the output of a node, wanted there or not.
    fn carries_update_before(&self, graph: &Graph, id: NodeId) -> bool {
        match graph.node(id) {
            Node::Scan { .. } | Node::Values { .. } => false,
            Node::Calc { input, .. } => self.carries_update_before(graph, *input),
            Node::Aggregate { .. } => self.update_before[id],
            Node::Union { inputs } => inputs
                .iter()
                .any(|input| self.carries_update_before(graph, *input)),
        }
    }
}

fn updating(graph: &Graph) -> Vec<bool> {
    let mut updating: Vec<bool> = Vec::with_capacity(graph.len());
    for id in 0..graph.len() {
        let changes = match graph.node(id) {
            Node::Scan { .. } | Node::Values { .. } => false,
            Node::Calc { input, .. } => updating[*input],
            Node::Aggregate { .. } => true,
            Node::Union { inputs } => inputs.iter().any(|input| updating[*input]),
        };
        updating.push(changes);
    }
    updating
}
