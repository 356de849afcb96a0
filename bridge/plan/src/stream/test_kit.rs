//! A small language for plans in tests: queries written by column names, plans compared as text.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{ChangelogMode, SinkRequest, StreamPlan, plan};
use crate::Result;
use crate::catalog::{CatalogTable, Column, ObjectIdentifier, Schema};
use crate::expression::{LiteralValue, ResolvedExpression, ResolvedFunction};
use crate::function::{BuiltInFunction, PythonFunction, PythonFunctionKind, find_built_in};
use crate::operation::{AggregateCall, NamedExpression, QueryOperation, expression_type};
use crate::types::{LogicalType, TypeDialect, TypeKind, parse_type};

/// An expression over columns by name.
#[derive(Clone)]
pub(crate) enum Text {
    Column(&'static str),
    Number(i64),
    String(&'static str),
    Call(&'static str, Vec<Text>, &'static str),
    Python(Arc<PythonFunction>, Vec<Text>),
}

pub(crate) fn column(name: &'static str) -> Text {
    Text::Column(name)
}

pub(crate) fn call(function: &'static str, arguments: &[Text], result: &'static str) -> Text {
    Text::Call(function, arguments.to_vec(), result)
}

pub(crate) fn plus(left: Text, right: Text) -> Text {
    call("plus", &[left, right], "BIGINT")
}

pub(crate) fn greater(left: Text, right: Text) -> Text {
    call("greaterThan", &[left, right], "BOOLEAN")
}

pub(crate) fn python(name: &str, result: &str) -> impl Fn(&[Text]) -> Text {
    python_function(name, result, true)
}

pub(crate) fn random_python(name: &str, result: &str) -> impl Fn(&[Text]) -> Text {
    python_function(name, result, false)
}

fn python_function(name: &str, result: &str, deterministic: bool) -> impl Fn(&[Text]) -> Text {
    let function = Arc::new(PythonFunction {
        name: name.to_owned(),
        payload: Vec::new(),
        input_types: None,
        result_type: sql_type(result),
        kind: PythonFunctionKind::General,
        deterministic,
    });
    move |arguments| Text::Python(Arc::clone(&function), arguments.to_vec())
}

fn sql_type(text: &str) -> LogicalType {
    parse_type(text, TypeDialect::Ddl).unwrap()
}

/// A table `default_catalog.default_database.NAME`; columns as `name TYPE`, key columns by name.
pub(crate) fn table(name: &str, columns: &[(&str, &str)], key: &[&str]) -> Arc<CatalogTable> {
    Arc::new(CatalogTable {
        identifier: ObjectIdentifier {
            catalog: "default_catalog".to_owned(),
            database: "default_database".to_owned(),
            object: name.to_owned(),
        },
        schema: Schema {
            columns: columns
                .iter()
                .map(|(name, column_type)| Column {
                    name: (*name).to_owned(),
                    column_type: sql_type(column_type),
                    comment: None,
                })
                .collect(),
            primary_key: key
                .iter()
                .map(|key| columns.iter().position(|(name, _)| name == key).unwrap())
                .collect(),
        },
        options: BTreeMap::new(),
        comment: None,
        partition_keys: Vec::new(),
        inline_data: None,
        details: crate::catalog::TableDetails::default(),
    })
}

/// The log of the CDN.
pub(crate) fn log() -> Query {
    Query::from(table(
        "log",
        &[
            ("uuid", "STRING"),
            ("client_ip", "STRING"),
            ("request_time", "BIGINT"),
            ("response_size", "BIGINT"),
            ("uri", "STRING"),
        ],
        &[],
    ))
}

/// The article's query.
pub(crate) fn article() -> Query {
    let ip_to_province = python("ip_to_province", "STRING");
    let double = |text| call("cast", &[text], "DOUBLE");
    log()
        .select(&[
            ("uuid", column("uuid")),
            ("province", ip_to_province(&[column("client_ip")])),
            ("response_size", column("response_size")),
            ("request_time", column("request_time")),
        ])
        .aggregate(
            &["province"],
            &[
                ("EXPR$0", "count", Some(column("uuid"))),
                ("EXPR$1", "sum", Some(column("response_size"))),
                ("EXPR$2", "sum", Some(column("request_time"))),
            ],
        )
        .select(&[
            ("province", column("province")),
            ("access_count", column("EXPR$0")),
            ("total_download", column("EXPR$1")),
            (
                "download_speed",
                call("divide", &[double(column("EXPR$1")), column("EXPR$2")], "DOUBLE"),
            ),
        ])
}

/// A query under construction.
#[derive(Clone)]
pub(crate) struct Query(pub(crate) Arc<QueryOperation>);

/// An aggregate call: its name, function and argument.
pub(crate) type Call = (&'static str, &'static str, Option<Text>);

impl Query {
    pub(crate) fn from(table: Arc<CatalogTable>) -> Self {
        Self(Arc::new(QueryOperation::Source { table }))
    }

    /// Constant rows; columns as `name TYPE`.
    pub(crate) fn values(columns: &[(&str, &str)], rows: &[Vec<Text>]) -> Self {
        let no_columns = Self::from(table("none", &[], &[]));
        Self(Arc::new(QueryOperation::Values {
            rows: rows
                .iter()
                .map(|row| row.iter().map(|text| no_columns.resolve(text)).collect())
                .collect(),
            schema: table("none", columns, &[]).schema.clone(),
        }))
    }

    pub(crate) fn select(&self, projections: &[(&str, Text)]) -> Self {
        Self(Arc::new(QueryOperation::Project {
            input: Arc::clone(&self.0),
            projections: projections
                .iter()
                .map(|(name, text)| self.named(name, text))
                .collect(),
        }))
    }

    pub(crate) fn filter(&self, condition: &Text) -> Self {
        Self(Arc::new(QueryOperation::Filter {
            input: Arc::clone(&self.0),
            condition: self.resolve(condition),
        }))
    }

    pub(crate) fn aggregate(&self, keys: &[&'static str], calls: &[Call]) -> Self {
        let keys: Vec<_> = keys.iter().map(|key| (*key, column(key))).collect();
        self.aggregate_by(&keys, calls)
    }

    pub(crate) fn aggregate_by(&self, keys: &[(&str, Text)], calls: &[Call]) -> Self {
        Self(Arc::new(QueryOperation::Aggregate {
            input: Arc::clone(&self.0),
            groupings: keys.iter().map(|(name, text)| self.named(name, text)).collect(),
            grouping_sets: Vec::new(),
            aggregates: calls.iter().map(|call| self.call(call)).collect(),
        }))
    }

    pub(crate) fn union(&self, other: &Self) -> Self {
        Self(Arc::new(QueryOperation::UnionAll {
            inputs: vec![Arc::clone(&self.0), Arc::clone(&other.0)],
            schema: self.0.schema(),
        }))
    }

    pub(crate) fn insert_into(&self, table: Arc<CatalogTable>, changelog_mode: ChangelogMode) -> SinkRequest {
        SinkRequest {
            applies_by_key: changelog_mode == ChangelogMode::Upsert,
            query: Arc::clone(&self.0),
            table,
            changelog_mode,
        }
    }

    fn call(&self, (name, function, argument): &Call) -> AggregateCall {
        let arguments: Vec<_> = argument.iter().map(|text| self.resolve(text)).collect();
        let result_type = match (*function, arguments.first()) {
            ("count", _) | (_, None) => LogicalType::not_null(TypeKind::BigInt),
            (_, Some(argument)) => expression_type(argument),
        };
        AggregateCall {
            name: (*name).to_owned(),
            function: built_in(function),
            arguments,
            distinct: false,
            filter: None,
            order_by: Vec::new(),
            result_type,
        }
    }

    fn named(&self, name: &str, text: &Text) -> NamedExpression {
        NamedExpression {
            name: name.to_owned(),
            expression: self.resolve(text),
        }
    }

    fn resolve(&self, text: &Text) -> ResolvedExpression {
        let all = |arguments: &[Text]| arguments.iter().map(|text| self.resolve(text)).collect();
        match text {
            Text::Column(name) => {
                let columns = self.0.schema().columns;
                let index = columns.iter().position(|column| column.name == *name).unwrap();
                ResolvedExpression::Field {
                    index,
                    name: (*name).to_owned(),
                    field_type: columns[index].column_type.clone(),
                }
            }
            Text::Number(number) => ResolvedExpression::Literal {
                value: LiteralValue::Integer(*number),
                literal_type: sql_type("INT NOT NULL"),
            },
            Text::String(text) => ResolvedExpression::Literal {
                value: LiteralValue::String((*text).to_owned()),
                literal_type: sql_type("STRING NOT NULL"),
            },
            Text::Call(function, arguments, result) => ResolvedExpression::Call {
                function: ResolvedFunction::BuiltIn(built_in(function)),
                arguments: all(arguments),
                result_type: sql_type(result),
            },
            Text::Python(function, arguments) => ResolvedExpression::Call {
                result_type: function.result_type.clone(),
                function: ResolvedFunction::Python(Arc::clone(function)),
                arguments: all(arguments),
            },
        }
    }
}

/// Plans sinks without options.
pub(crate) fn planned(sinks: &[SinkRequest]) -> Result<StreamPlan> {
    plan(sinks, &BTreeMap::new())
}

/// The plan of a query into a sink that accepts all changes, without the sink's own line.
pub(crate) fn operators(query: &Query) -> String {
    let columns = query.0.schema().columns;
    let columns: Vec<_> = columns
        .iter()
        .map(|column| (column.name.as_str(), "STRING"))
        .collect();
    let plan = planned(&[query.insert_into(table("sink", &columns, &[]), ChangelogMode::All)]).unwrap();
    let text = plan.to_string();
    let lines: Vec<&str> = text
        .lines()
        .skip(1)
        .map(|line| line.get(3..).unwrap_or(line))
        .collect();
    lines.join("\n")
}

fn built_in(name: &str) -> &'static BuiltInFunction {
    find_built_in(name).unwrap()
}
