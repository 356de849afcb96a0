//! A plan means what its query means: random queries, computed once as written and once as planned.
//!
//! Both are computed by a few lines over whole tables of small numbers. The engine is not involved, so
//! a difference is a fault of a pass.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::expression::{LiteralValue, ResolvedExpression};
use crate::function::PythonFunction;
use crate::operation::{AggregateCall, QueryOperation};
use crate::stream::test_kit::{Call, Query, Text, call, column, greater, planned, plus, python, table};
use crate::stream::{ChangelogMode, PythonArgument, PythonCall, StreamNode};

type Row = Vec<i64>;

const NAMES: [&str; 5] = ["a", "b", "c", "d", "e"];
const CALLS: [&str; 3] = ["x", "y", "z"];

/// Twelve rows of small numbers, so that groups and filters have something to do.
fn rows() -> Vec<Row> {
    (0..12i64)
        .map(|row| (1..=5).map(|column| (row * column * 7 + column) % 5).collect())
        .collect()
}

fn function(name: &str, arguments: &[i64]) -> i64 {
    match (name, arguments) {
        ("plus", [left, right]) => left + right,
        ("greaterThan", [left, right]) => i64::from(left > right),
        ("and", [left, right]) => left * right,
        ("f", [argument]) => argument * 3 + 1,
        ("g", [left, right]) => left * 2 - right,
        ("odd", [argument]) => argument.rem_euclid(2),
        _ => panic!("unexpected call of {name}"),
    }
}

fn evaluate(expression: &ResolvedExpression, row: &Row) -> i64 {
    match expression {
        ResolvedExpression::Field { index, .. } => row[*index],
        ResolvedExpression::Literal { value, .. } => constant(value),
        other @ (ResolvedExpression::Symbol { .. }
        | ResolvedExpression::OuterField { .. }
        | ResolvedExpression::PatternField { .. }
        | ResolvedExpression::Subquery(_)) => panic!("{other} has no value of a row"),
        ResolvedExpression::Call {
            function: called,
            arguments,
            ..
        } => {
            let arguments: Vec<i64> = arguments.iter().map(|argument| evaluate(argument, row)).collect();
            function(called.name(), &arguments)
        }
    }
}

fn constant(value: &LiteralValue) -> i64 {
    match value {
        LiteralValue::Integer(value) => *value,
        other => panic!("unexpected constant {other:?}"),
    }
}

fn constant_rows(rows: &[Vec<ResolvedExpression>]) -> Vec<Row> {
    let no_columns = Row::new();
    rows.iter()
        .map(|row| row.iter().map(|value| evaluate(value, &no_columns)).collect())
        .collect()
}

fn aggregated(rows: Vec<Row>, keys: impl Fn(&Row) -> Row, calls: &[AggregateCall]) -> Vec<Row> {
    let mut groups: BTreeMap<Row, Vec<Row>> = BTreeMap::new();
    for row in rows {
        groups.entry(keys(&row)).or_default().push(row);
    }
    groups
        .into_iter()
        .map(|(key, rows)| {
            let results = calls.iter().map(|call| {
                let values = rows.iter().map(|row| {
                    call.arguments
                        .first()
                        .map_or(1, |argument| evaluate(argument, row))
                });
                match call.function.name {
                    "count" => rows.len() as i64,
                    "sum" => values.sum(),
                    "max" => values.max().unwrap(),
                    other => panic!("unexpected aggregate {other}"),
                }
            });
            key.iter().copied().chain(results).collect()
        })
        .collect()
}

/// The result of a query as written.
fn as_written(operation: &QueryOperation) -> Vec<Row> {
    match operation {
        QueryOperation::Source { .. } => rows(),
        QueryOperation::Values { rows, .. } => constant_rows(rows),
        QueryOperation::Project { input, projections } => as_written(input)
            .iter()
            .map(|row| {
                projections
                    .iter()
                    .map(|projection| evaluate(&projection.expression, row))
                    .collect()
            })
            .collect(),
        QueryOperation::Filter { input, condition } => as_written(input)
            .into_iter()
            .filter(|row| evaluate(condition, row) != 0)
            .collect(),
        QueryOperation::Aggregate {
            input,
            groupings,
            aggregates,
            ..
        } => {
            let keys = |row: &Row| {
                groupings
                    .iter()
                    .map(|grouping| evaluate(&grouping.expression, row))
                    .collect()
            };
            aggregated(as_written(input), keys, aggregates)
        }
        QueryOperation::UnionAll { inputs, .. } => {
            inputs.iter().flat_map(|input| as_written(input)).collect()
        }
        other => unreachable!("streaming refuses {other:?}"),
    }
}

/// The result of an operator, with a look at what the engine relies on.
fn as_planned(node: &StreamNode) -> Vec<Row> {
    let result: Vec<Row> = match node {
        StreamNode::TableSourceScan { source, .. } => {
            assert!(source.projection.is_sorted());
            rows()
                .iter()
                .map(|row| source.projection.iter().map(|column| row[*column]).collect())
                .collect()
        }
        StreamNode::Values { rows, .. } => constant_rows(rows),
        StreamNode::Calc {
            input,
            condition,
            projections,
            ..
        } => {
            for expression in projections.iter().map(|named| &named.expression).chain(condition) {
                assert!(!expression.contains_python());
            }
            as_planned(input)
                .into_iter()
                .filter(|row| {
                    condition
                        .as_ref()
                        .is_none_or(|condition| evaluate(condition, row) != 0)
                })
                .map(|row| {
                    projections
                        .iter()
                        .map(|named| evaluate(&named.expression, &row))
                        .collect()
                })
                .collect()
        }
        StreamNode::PythonCalc {
            input,
            forwarded,
            calls,
            ..
        } => as_planned(input)
            .iter()
            .map(|row| {
                let kept = forwarded.iter().map(|column| row[*column]);
                kept.chain(calls.iter().map(|call| python_call(call, row)))
                    .collect()
            })
            .collect(),
        StreamNode::Exchange { input, .. } => as_planned(input),
        StreamNode::GroupAggregate {
            input,
            grouping,
            aggregates,
            ..
        } => {
            assert!(matches!(input.as_ref(), StreamNode::Exchange { .. }));
            for argument in aggregates.iter().flat_map(|call| &call.arguments) {
                assert!(matches!(argument, ResolvedExpression::Field { .. }));
            }
            let keys = |row: &Row| grouping.iter().map(|column| row[*column]).collect();
            aggregated(as_planned(input), keys, aggregates)
        }
        StreamNode::Union { inputs, .. } => inputs.iter().flat_map(|input| as_planned(input)).collect(),
    };
    let width = node.schema().columns.len();
    assert!(width > 0);
    assert!(result.iter().all(|row| row.len() == width));
    result
}

fn python_call(call: &PythonCall, row: &Row) -> i64 {
    let arguments: Vec<i64> = call
        .arguments
        .iter()
        .map(|argument| match argument {
            PythonArgument::Column(column) => row[*column],
            PythonArgument::Constant { value, .. } => constant(value),
            PythonArgument::Call(call) => python_call(call, row),
        })
        .collect();
    function(&call.function.name, &arguments)
}

/// Random numbers that are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        ((self.0 >> 33) % limit as u64) as usize
    }
}

struct Generator {
    random: Random,
    python: [Arc<PythonFunction>; 3],
}

impl Generator {
    fn new(seed: u64) -> Self {
        let function = |name: &str, result: &str| match python(name, result)(&[]) {
            Text::Python(function, _) => function,
            _ => panic!("a Python function"),
        };
        Self {
            random: Random(seed),
            python: [
                function("f", "BIGINT"),
                function("g", "BIGINT"),
                function("odd", "BOOLEAN"),
            ],
        }
    }

    fn columns(query: &Query) -> Vec<&'static str> {
        let known = NAMES.iter().chain(&CALLS);
        query
            .0
            .schema()
            .columns
            .iter()
            .map(|column| *known.clone().find(|name| **name == column.name).unwrap())
            .collect()
    }

    fn number(&mut self, columns: &[&'static str], depth: usize) -> Text {
        let choice = if depth == 0 {
            self.random.below(4)
        } else {
            self.random.below(9)
        };
        match choice {
            0..3 => column(columns[self.random.below(columns.len())]),
            3 => Text::Number(self.random.below(4) as i64),
            4..6 => plus(self.number(columns, depth - 1), self.number(columns, depth - 1)),
            6..8 => Text::Python(Arc::clone(&self.python[0]), vec![self.number(columns, depth - 1)]),
            _ => Text::Python(
                Arc::clone(&self.python[1]),
                vec![self.number(columns, depth - 1), self.number(columns, depth - 1)],
            ),
        }
    }

    fn condition(&mut self, columns: &[&'static str]) -> Text {
        match self.random.below(4) {
            0 => call(
                "and",
                &[self.condition(columns), self.condition(columns)],
                "BOOLEAN",
            ),
            1 => Text::Python(Arc::clone(&self.python[2]), vec![self.number(columns, 2)]),
            _ => greater(self.number(columns, 2), self.number(columns, 1)),
        }
    }

    fn select(&mut self, query: &Query, width: usize) -> Query {
        let columns = Self::columns(query);
        let projections: Vec<(&str, Text)> = NAMES
            .iter()
            .take(width)
            .map(|name| (*name, self.number(&columns, 2)))
            .collect();
        query.select(&projections)
    }

    fn query(&mut self, sources: &[Query], depth: usize) -> Query {
        if depth == 0 {
            return sources[self.random.below(sources.len())].clone();
        }
        let input = self.query(sources, depth - 1);
        let columns = Self::columns(&input);
        match self.random.below(8) {
            0..3 => {
                let width = 1 + self.random.below(4);
                self.select(&input, width)
            }
            3..5 => input.filter(&self.condition(&columns)),
            5..7 => {
                let keys: Vec<(&str, Text)> = NAMES
                    .iter()
                    .take(self.random.below(3))
                    .map(|name| (*name, self.number(&columns, 1)))
                    .collect();
                let names = CALLS.iter().take(1 + self.random.below(3));
                let calls: Vec<Call> = names
                    .map(|name| match self.random.below(4) {
                        0 => (*name, "count", None),
                        1 => (*name, "max", Some(self.number(&columns, 1))),
                        _ => (*name, "sum", Some(self.number(&columns, 1))),
                    })
                    .collect();
                input.aggregate_by(&keys, &calls)
            }
            _ => {
                let width = 1 + self.random.below(3);
                let other = self.query(sources, depth - 1);
                self.select(&input, width).union(&self.select(&other, width))
            }
        }
    }
}

#[test]
fn plans_mean_what_queries_mean() {
    let types: Vec<(&str, &str)> = NAMES.iter().map(|name| (*name, "BIGINT")).collect();
    let source = Query::from(table("t", &types, &[]));
    let constants: Vec<Vec<Text>> = (0..3)
        .map(|row| {
            (0..5)
                .map(|column| plus(Text::Number(row), Text::Number(column)))
                .collect()
        })
        .collect();
    let leaves = [source, Query::values(&types, &constants)];
    let mut operators = 0;
    for seed in 0..3000 {
        let mut generator = Generator::new(seed);
        // Both sinks may read the same view.
        let view = generator.query(&leaves, 2);
        let sources = [leaves[0].clone(), leaves[1].clone(), view];
        let queries: Vec<Query> = (0..2).map(|_| generator.query(&sources, 3)).collect();
        let requests: Vec<_> = queries
            .iter()
            .map(|query| query.insert_into(table("sink", &types, &[]), ChangelogMode::All))
            .collect();
        let plan = planned(&requests).unwrap();
        for (query, sink) in queries.iter().zip(&plan.sinks) {
            let mut expected = as_written(&query.0);
            let mut found = as_planned(&sink.input);
            expected.sort();
            found.sort();
            assert_eq!(found, expected, "seed {seed}\n{plan}");
        }
        operators += plan.to_string().lines().count();
    }
    // The queries are not trivial.
    assert!(operators > 20_000, "{operators}");
}
