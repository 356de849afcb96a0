//! Operators as lines of text.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Root;
use super::expression::{Style, tuples, write};
use super::tree::Tree;
use crate::catalog::Column;
use crate::operation::AggregateCall;
use crate::stream::{ConnectorTable, Distribution, PythonArgument, PythonCall, StreamNode};

/// An operator in one line, with expressions in prefix form: `GroupAggregate(groupBy=[a], select=[...])`.
#[must_use]
pub fn describe(node: &StreamNode) -> String {
    line(node, Style::Prefix, "")
}

/// The tree of a plan, with expressions in prefix form.
pub(super) fn physical_tree(root: &Root, changelog_mode: bool) -> Tree {
    fn visit(node: &StreamNode, changelog_mode: bool) -> Tree {
        let suffix = if changelog_mode {
            format!(", changelogMode={}", node.change_kinds())
        } else {
            String::new()
        };
        Tree {
            line: line(node, Style::Prefix, &suffix),
            children: inputs(node)
                .into_iter()
                .map(|input| visit(input, changelog_mode))
                .collect(),
        }
    }
    let tree = visit(&root.operator, changelog_mode);
    let suffix = if changelog_mode {
        ", changelogMode=[NONE]"
    } else {
        ""
    };
    under_sink(root, tree, suffix)
}

/// The trees of a job, with operators between operands. An operator that several others read is
/// printed in full once and referred to from then on.
pub(super) fn execution_trees(roots: &[Root]) -> Vec<Tree> {
    let mut reuse = Reuse::default();
    for root in roots {
        reuse.count(&root.operator);
    }
    roots
        .iter()
        .map(|root| {
            let tree = reuse.tree(&root.operator);
            under_sink(root, tree, "")
        })
        .collect()
}

fn under_sink(root: &Root, tree: Tree, suffix: &str) -> Tree {
    match &root.sink {
        None => tree,
        Some(table) => Tree {
            line: sink_line("Sink", table, &root.operator.schema().columns, suffix),
            children: vec![tree],
        },
    }
}

/// A sink in one line, as an operator of this name.
pub(super) fn sink_line(operator: &str, table: &str, columns: &[Column], suffix: &str) -> String {
    format!("{operator}(table=[{table}], fields=[{}]{suffix})", names(columns))
}

/// How often each operator is read, and which ones were printed.
#[derive(Default)]
struct Reuse {
    readers: BTreeMap<*const StreamNode, usize>,
    numbers: BTreeMap<*const StreamNode, usize>,
}

impl Reuse {
    fn count(&mut self, node: &Arc<StreamNode>) {
        let readers = self.readers.entry(Arc::as_ptr(node)).or_default();
        *readers += 1;
        if *readers == 1 {
            for input in inputs(node) {
                self.count(input);
            }
        }
    }

    fn tree(&mut self, node: &Arc<StreamNode>) -> Tree {
        let pointer = Arc::as_ptr(node);
        if let Some(number) = self.numbers.get(&pointer) {
            return Tree {
                line: format!("Reused(reference_id=[{number}])"),
                children: Vec::new(),
            };
        }
        let mut text = line(node, Style::Infix, "");
        if self.readers.get(&pointer).is_some_and(|readers| *readers > 1) {
            let number = self.numbers.len() + 1;
            self.numbers.insert(pointer, number);
            text.push_str(&format!("(reuse_id=[{number}])"));
        }
        Tree {
            line: text,
            children: inputs(node).into_iter().map(|input| self.tree(input)).collect(),
        }
    }
}

fn inputs(node: &StreamNode) -> Vec<&Arc<StreamNode>> {
    match node {
        StreamNode::TableSourceScan { .. } | StreamNode::Values { .. } => Vec::new(),
        StreamNode::Calc { input, .. }
        | StreamNode::PythonCalc { input, .. }
        | StreamNode::Exchange { input, .. }
        | StreamNode::GroupAggregate { input, .. } => vec![input],
        StreamNode::Union { inputs, .. } => inputs.iter().collect(),
    }
}

fn line(node: &StreamNode, style: Style, suffix: &str) -> String {
    match node {
        StreamNode::TableSourceScan { source, schema } => {
            let fields = names(&schema.columns);
            format!(
                "TableSourceScan(table=[[{}]], fields=[{fields}]{suffix})",
                scanned(source, &fields)
            )
        }
        StreamNode::Values { rows, .. } => format!("Values(tuples=[{}]{suffix})", tuples(rows, style)),
        StreamNode::Calc {
            input,
            condition,
            projections,
            ..
        } => {
            let columns = &input.schema().columns;
            let select: Vec<String> = projections
                .iter()
                .map(|projection| named(write(&projection.expression, columns, style), &projection.name))
                .collect();
            let condition = condition.as_ref().map_or_else(String::new, |condition| {
                format!(", where=[{}]", write(condition, columns, style))
            });
            format!("Calc(select=[{}]{condition}{suffix})", select.join(", "))
        }
        StreamNode::PythonCalc {
            input,
            forwarded,
            calls,
            ..
        } => {
            let columns = &input.schema().columns;
            let mut select: Vec<String> = forwarded.iter().map(|column| name(columns, *column)).collect();
            for call in calls {
                select.push(named(python_call(call, columns, style), &call.name));
            }
            format!("PythonCalc(select=[{}]{suffix})", select.join(", "))
        }
        StreamNode::Exchange { input, distribution } => {
            let columns = &input.schema().columns;
            let distribution = match distribution {
                Distribution::Hash(keys) => {
                    let keys: Vec<String> = keys.iter().map(|key| name(columns, *key)).collect();
                    format!("hash[{}]", keys.join(", "))
                }
                Distribution::Single => "single".to_owned(),
            };
            format!("Exchange(distribution=[{distribution}]{suffix})")
        }
        StreamNode::GroupAggregate {
            input,
            grouping,
            aggregates,
            ..
        } => {
            let columns = &input.schema().columns;
            let keys: Vec<String> = grouping.iter().map(|key| name(columns, *key)).collect();
            let retracts = input.change_kinds().is_updating();
            let select: Vec<String> = keys
                .iter()
                .cloned()
                .chain(
                    aggregates
                        .iter()
                        .map(|call| named(aggregate_call(call, columns, retracts, style), &call.name)),
                )
                .collect();
            let group_by = if keys.is_empty() {
                String::new()
            } else {
                format!("groupBy=[{}], ", keys.join(", "))
            };
            format!("GroupAggregate({group_by}select=[{}]{suffix})", select.join(", "))
        }
        StreamNode::Union { schema, .. } => {
            format!("Union(all=[true], union=[{}]{suffix})", names(&schema.columns))
        }
    }
}

/// A table's path, with the columns read if they are not all.
fn scanned(source: &ConnectorTable, fields: &str) -> String {
    let identifier = &source.table.identifier;
    let path = format!(
        "{}, {}, {}",
        identifier.catalog, identifier.database, identifier.object
    );
    let reads_all = source
        .projection
        .iter()
        .copied()
        .eq(0..source.table.schema.columns.len());
    if reads_all {
        path
    } else {
        format!("{path}, project=[{fields}]")
    }
}

fn aggregate_call(call: &AggregateCall, columns: &[Column], retracts: bool, style: Style) -> String {
    let function = call
        .function
        .sql_name
        .unwrap_or(call.function.name)
        .to_uppercase();
    let suffix = if retracts { "_RETRACT" } else { "" };
    let distinct = if call.distinct { "DISTINCT " } else { "" };
    let arguments: Vec<String> = call
        .arguments
        .iter()
        .map(|argument| write(argument, columns, style))
        .collect();
    let arguments = if arguments.is_empty() {
        "*".to_owned()
    } else {
        arguments.join(", ")
    };
    let filter = call.filter.as_ref().map_or_else(String::new, |filter| {
        format!(" FILTER {}", write(filter, columns, style))
    });
    format!("{function}{suffix}({distinct}{arguments}){filter}")
}

fn python_call(call: &PythonCall, columns: &[Column], style: Style) -> String {
    let arguments: Vec<String> = call
        .arguments
        .iter()
        .map(|argument| match argument {
            PythonArgument::Column(column) => name(columns, *column),
            PythonArgument::Constant { value, literal_type } => write(
                &crate::expression::ResolvedExpression::Literal {
                    value: value.clone(),
                    literal_type: literal_type.clone(),
                },
                columns,
                style,
            ),
            PythonArgument::Call(call) => python_call(call, columns, style),
        })
        .collect();
    format!("{}({})", call.function.name, arguments.join(", "))
}

/// `text AS name`, unless that says the same thing twice.
fn named(text: String, name: &str) -> String {
    if text == name {
        text
    } else {
        format!("{text} AS {name}")
    }
}

fn name(columns: &[Column], position: usize) -> String {
    columns
        .get(position)
        .map_or_else(|| format!("${position}"), |column| column.name.clone())
}

fn names(columns: &[Column]) -> String {
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    names.join(", ")
}
