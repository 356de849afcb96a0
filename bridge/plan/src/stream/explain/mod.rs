//! `EXPLAIN`: plans as text, in the form that Flink prints them.
//!
//! Three sections: the tree of operations as the program built it, the operators with the expressions
//! in prefix form (and, if asked for, the changes each emits), and the operators as they run, with
//! expressions as one would write them and shared parts printed once.

mod ast;
mod expression;
mod operator;
mod tree;

use std::fmt;
use std::sync::Arc;

use super::planner::{SinkRequest, optimize, plan};
use super::{ChangelogMode, JobOptions, SinkNode, StreamNode, StreamPlan};
use crate::Result;
use crate::operation::QueryOperation;
pub use operator::describe;
use tree::Tree;

/// What to explain.
#[derive(Debug, Clone)]
pub enum ExplainTarget {
    /// A query whose rows go nowhere yet.
    Query(Arc<QueryOperation>),
    /// A query with its sink.
    Sink(SinkRequest),
}

/// What to print besides the plan. Mirrors `ExplainDetail`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ExplainDetails {
    /// `CHANGELOG_MODE`: the changes that each operator emits.
    pub changelog_mode: bool,
}

/// Explains queries and sinks that would run together.
///
/// # Errors
/// When the sinks cannot be planned; see [`plan`].
pub fn explain(targets: &[ExplainTarget], options: &JobOptions, details: ExplainDetails) -> Result<String> {
    let syntax: Vec<Tree> = targets.iter().map(ast::tree).collect();
    let roots = operators(targets, options)?;
    let physical: Vec<Tree> = roots
        .iter()
        .map(|root| operator::physical_tree(root, details.changelog_mode))
        .collect();
    let execution = operator::execution_trees(&roots);
    let mut text = String::new();
    for (title, trees) in [
        ("Abstract Syntax Tree", syntax),
        ("Optimized Physical Plan", physical),
        ("Optimized Execution Plan", execution),
    ] {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&format!("== {title} ==\n"));
        let trees: Vec<String> = trees.iter().map(Tree::to_string).collect();
        text.push_str(&trees.join("\n"));
    }
    Ok(text)
}

/// The operations of a target as the program built them: the first section.
#[must_use]
pub fn syntax_tree(target: &ExplainTarget) -> String {
    ast::tree(target).to_string()
}

/// The operators under a sink, or under nothing.
struct Root {
    /// The sink's table, as `catalog.database.table`.
    sink: Option<String>,
    operator: Arc<StreamNode>,
}

impl Root {
    fn of(sink: &SinkNode) -> Self {
        Self {
            sink: Some(sink.target.table.identifier.summary()),
            operator: Arc::clone(&sink.input),
        }
    }
}

fn operators(targets: &[ExplainTarget], options: &JobOptions) -> Result<Vec<Root>> {
    let sinks: Vec<SinkRequest> = targets
        .iter()
        .filter_map(|target| match target {
            ExplainTarget::Sink(sink) => Some(sink.clone()),
            ExplainTarget::Query(_) => None,
        })
        .collect();
    let planned = plan(&sinks, options)?;
    let mut planned = planned.sinks.iter();
    let roots = targets.iter().filter_map(|target| match target {
        ExplainTarget::Query(query) => Some(optimize(query).map(|operator| Root { sink: None, operator })),
        ExplainTarget::Sink(_) => planned.next().map(|sink| Ok(Root::of(sink))),
    });
    roots.collect()
}

impl fmt::Display for StreamPlan {
    /// Prints the operators as they run, and below each other the sinks with what arrives at them.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let roots: Vec<Root> = self.sinks.iter().map(Root::of).collect();
        for (sink, mut tree) in self.sinks.iter().zip(operator::execution_trees(&roots)) {
            let columns = &sink.target.table.schema.columns;
            let key: Vec<&str> = sink
                .upsert_key
                .iter()
                .filter_map(|position| columns.get(*position))
                .map(|column| column.name.as_str())
                .collect();
            let arriving = match sink.changelog_mode {
                ChangelogMode::InsertOnly => "[I]",
                ChangelogMode::Upsert => "[I,UA,D]",
                ChangelogMode::All => "[I,UB,UA,D]",
            };
            tree.line = format!("{} accepts={arriving} upsertKey=[{}]", tree.line, key.join(", "));
            write!(formatter, "{tree}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
