//! The tree of operations as Calcite's logical nodes.

use super::ExplainTarget;
use super::expression::{Style, tuples, write};
use super::operator::sink_line;
use super::tree::Tree;
use crate::expression::ResolvedExpression;
use crate::operation::{AggregateCall, NamedExpression, QueryOperation};

/// The tree of a query, under its sink if it has one.
pub(super) fn tree(target: &ExplainTarget) -> Tree {
    match target {
        ExplainTarget::Query(query) => query_tree(query),
        ExplainTarget::Sink(sink) => Tree {
            line: sink_line(
                "LogicalSink",
                &sink.table.identifier.summary(),
                &sink.query.schema().columns,
                "",
            ),
            children: vec![query_tree(&sink.query)],
        },
    }
}

fn query_tree(operation: &QueryOperation) -> Tree {
    match operation {
        QueryOperation::Source { table } => {
            let identifier = &table.identifier;
            Tree {
                line: format!(
                    "LogicalTableScan(table=[[{}, {}, {}]])",
                    identifier.catalog, identifier.database, identifier.object
                ),
                children: Vec::new(),
            }
        }
        QueryOperation::Values { rows, .. } => Tree {
            line: format!("LogicalValues(tuples=[{}])", tuples(rows, Style::Positions)),
            children: Vec::new(),
        },
        QueryOperation::Project { input, projections } => project(projections, query_tree(input)),
        QueryOperation::Filter { input, condition } => Tree {
            line: format!("LogicalFilter(condition=[{}])", text(condition)),
            children: vec![query_tree(input)],
        },
        QueryOperation::Aggregate {
            input,
            groupings,
            aggregates,
        } => aggregate(input, groupings, aggregates),
        QueryOperation::UnionAll { inputs, .. } => Tree {
            line: "LogicalUnion(all=[true])".to_owned(),
            children: inputs.iter().map(|input| query_tree(input)).collect(),
        },
    }
}

fn project(projections: &[NamedExpression], input: Tree) -> Tree {
    let columns: Vec<String> = projections
        .iter()
        .map(|projection| format!("{}=[{}]", projection.name, text(&projection.expression)))
        .collect();
    Tree {
        line: format!("LogicalProject({})", columns.join(", ")),
        children: vec![input],
    }
}

/// An aggregate refers to columns only; where it computes, or leaves columns of its input unread,
/// a projection below it does that.
fn aggregate(input: &QueryOperation, groupings: &[NamedExpression], aggregates: &[AggregateCall]) -> Tree {
    let mut read: Vec<&ResolvedExpression> = Vec::new();
    let values = groupings.iter().map(|grouping| &grouping.expression).chain(
        aggregates
            .iter()
            .flat_map(|call| call.arguments.iter().chain(&call.filter)),
    );
    for value in values {
        if !read.contains(&value) {
            read.push(value);
        }
    }
    let width = input.schema().columns.len();
    let mut below = query_tree(input);
    let all_columns = read.is_empty()
        || (read.len() == width
            && read
                .iter()
                .all(|value| matches!(value, ResolvedExpression::Field { .. })));
    if !all_columns {
        let projections: Vec<NamedExpression> = read
            .iter()
            .enumerate()
            .map(|(place, value)| NamedExpression {
                name: match value {
                    ResolvedExpression::Field { name, .. } => name.clone(),
                    _ => format!("$f{place}"),
                },
                expression: (*value).clone(),
            })
            .collect();
        below = project(&projections, below);
    }
    let place = |value: &ResolvedExpression| match value {
        ResolvedExpression::Field { index, .. } if all_columns => *index,
        _ => read.iter().position(|other| *other == value).unwrap_or_default(),
    };
    let keys: Vec<String> = groupings
        .iter()
        .map(|grouping| place(&grouping.expression).to_string())
        .collect();
    let mut parts = vec![format!("group=[{{{}}}]", keys.join(", "))];
    for call in aggregates {
        let function = call
            .function
            .sql_name
            .unwrap_or(call.function.name)
            .to_uppercase();
        let distinct = if call.distinct { "DISTINCT " } else { "" };
        let arguments: Vec<String> = call
            .arguments
            .iter()
            .map(|argument| format!("${}", place(argument)))
            .collect();
        let filter = call
            .filter
            .as_ref()
            .map_or_else(String::new, |filter| format!(" FILTER ${}", place(filter)));
        parts.push(format!(
            "{}=[{function}({distinct}{}){filter}]",
            call.name,
            arguments.join(", ")
        ));
    }
    Tree {
        line: format!("LogicalAggregate({})", parts.join(", ")),
        children: vec![below],
    }
}

fn text(expression: &ResolvedExpression) -> String {
    write(expression, &[], Style::Positions)
}
