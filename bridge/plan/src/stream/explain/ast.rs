//! The tree of operations as Calcite's logical nodes.

use super::ExplainTarget;
use super::expression::{Style, tuples, write};
use super::operator::sink_line;
use super::tree::Tree;
use crate::expression::ResolvedExpression;
use crate::operation::{
    AggregateCall, CorrelateSource, JoinKind, NamedExpression, QueryOperation, SetKind, SortKey,
};

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
            ..
        } => aggregate(input, groupings, aggregates),
        QueryOperation::UnionAll { inputs, .. } => Tree {
            line: "LogicalUnion(all=[true])".to_owned(),
            children: inputs.iter().map(|input| query_tree(input)).collect(),
        },
        QueryOperation::SetOperation {
            kind,
            all,
            left,
            right,
            ..
        } => {
            let name = match kind {
                SetKind::Union => "LogicalUnion",
                SetKind::Intersect => "LogicalIntersect",
                SetKind::Minus => "LogicalMinus",
            };
            Tree {
                line: format!("{name}(all=[{all}])"),
                children: vec![query_tree(left), query_tree(right)],
            }
        }
        QueryOperation::Sort {
            input,
            keys,
            offset,
            fetch,
        } => sort(input, keys, *offset, *fetch),
        QueryOperation::Join(join) => {
            let kind = match join.kind {
                JoinKind::Inner => "inner",
                JoinKind::LeftOuter => "left",
                JoinKind::RightOuter => "right",
                JoinKind::FullOuter => "full",
            };
            let condition = join.condition.as_ref().map_or_else(|| "true".to_owned(), text);
            Tree {
                line: format!("LogicalJoin(condition=[{condition}], joinType=[{kind}])"),
                children: vec![query_tree(&join.left), query_tree(&join.right)],
            }
        }
        QueryOperation::Correlate(correlate) => {
            let kind = if correlate.kind == JoinKind::Inner {
                "inner"
            } else {
                "left"
            };
            let right = match &correlate.right {
                CorrelateSource::Query(query) => query_tree(query),
                CorrelateSource::Unnest { collection, .. } => {
                    leaf(format!("Uncollect({})", text(collection)))
                }
                CorrelateSource::Function { function, arguments } => {
                    let arguments: Vec<String> = arguments.iter().map(text).collect();
                    leaf(format!(
                        "LogicalTableFunctionScan(invocation=[{}({})])",
                        function.name(),
                        arguments.join(", ")
                    ))
                }
            };
            Tree {
                line: format!("LogicalCorrelate(joinType=[{kind}])"),
                children: vec![query_tree(&correlate.input), right],
            }
        }
        QueryOperation::Over { input, calls, .. } => {
            let calls: Vec<String> = calls
                .iter()
                .map(|call| {
                    let arguments: Vec<String> = call.arguments.iter().map(text).collect();
                    let name = call.function.sql_name.unwrap_or(call.function.name);
                    format!("{}=[{name}({}) OVER]", call.name, arguments.join(", "))
                })
                .collect();
            Tree {
                line: format!("LogicalWindow({})", calls.join(", ")),
                children: vec![query_tree(input)],
            }
        }
        QueryOperation::WindowTableFunction(function) => Tree {
            line: format!(
                "LogicalTableFunctionScan(invocation=[{:?}(${})])",
                function.window, function.time_column
            ),
            children: vec![query_tree(&function.input)],
        },
        QueryOperation::WindowAggregate(aggregate) => Tree {
            line: format!(
                "LogicalWindowAggregate(window=[{:?}], time=[{}])",
                aggregate.window,
                text(&aggregate.time)
            ),
            children: vec![query_tree(&aggregate.input)],
        },
        QueryOperation::MatchRecognize(recognize) => Tree {
            line: format!("LogicalMatch(pattern=[{:?}])", recognize.pattern),
            children: vec![query_tree(&recognize.input)],
        },
    }
}

fn leaf(line: String) -> Tree {
    Tree {
        line,
        children: Vec::new(),
    }
}

fn sort(input: &QueryOperation, keys: &[SortKey], offset: u64, fetch: Option<u64>) -> Tree {
    let mut parts: Vec<String> = keys
        .iter()
        .enumerate()
        .map(|(place, key)| format!("sort{place}=[{}]", text(&key.expression)))
        .collect();
    parts.extend(keys.iter().enumerate().map(|(place, key)| {
        let direction = if key.ascending { "ASC" } else { "DESC" };
        let nulls = if key.nulls_first { "FIRST" } else { "LAST" };
        format!("dir{place}=[{direction}-nulls-{}]", nulls.to_lowercase())
    }));
    if offset > 0 {
        parts.push(format!("offset=[{offset}]"));
    }
    parts.extend(fetch.map(|fetch| format!("fetch=[{fetch}]")));
    Tree {
        line: format!("LogicalSort({})", parts.join(", ")),
        children: vec![query_tree(input)],
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
