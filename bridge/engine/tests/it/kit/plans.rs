//! Plans in a few words.

use std::collections::BTreeMap;
use std::sync::Arc;

use nutkin_plan::catalog::{CatalogTable, ObjectIdentifier, Schema};
use nutkin_plan::expression::ResolvedExpression;
use nutkin_plan::function::BuiltInFunction;
use nutkin_plan::function::definitions::COUNT;
use nutkin_plan::operation::{AggregateCall, NamedExpression};
use nutkin_plan::stream::{ChangelogMode, ConnectorTable, Distribution, SinkNode, StreamNode};
use nutkin_plan::types::{TypeDialect, parse_type};

use super::schema_of;

/// A table with all its columns in use.
pub(crate) fn table(name: &str, header: &str) -> ConnectorTable {
    let schema = schema_of(header);
    ConnectorTable {
        projection: (0..schema.columns.len()).collect(),
        table: Arc::new(CatalogTable {
            identifier: ObjectIdentifier {
                catalog: "default_catalog".to_owned(),
                database: "default_database".to_owned(),
                object: name.to_owned(),
            },
            schema,
            options: BTreeMap::new(),
            comment: None,
            partition_keys: Vec::new(),
            inline_data: None,
            details: nutkin_plan::catalog::TableDetails::default(),
        }),
    }
}

pub(crate) fn scan(name: &str, header: &str) -> Arc<StreamNode> {
    Arc::new(StreamNode::TableSourceScan {
        source: table(name, header),
        schema: schema_of(header),
    })
}

pub(crate) fn exchange(input: &Arc<StreamNode>, columns: &[usize]) -> Arc<StreamNode> {
    Arc::new(StreamNode::Exchange {
        input: Arc::clone(input),
        distribution: Distribution::Hash(columns.to_vec()),
    })
}

pub(crate) fn single(input: &Arc<StreamNode>) -> Arc<StreamNode> {
    Arc::new(StreamNode::Exchange {
        input: Arc::clone(input),
        distribution: Distribution::Single,
    })
}

pub(crate) fn union(inputs: &[&Arc<StreamNode>]) -> Arc<StreamNode> {
    Arc::new(StreamNode::Union {
        schema: inputs[0].schema().clone(),
        inputs: inputs.iter().map(|input| Arc::clone(input)).collect(),
    })
}

pub(crate) fn column(schema: &Schema, name: &str) -> ResolvedExpression {
    let index = schema
        .columns
        .iter()
        .position(|column| column.name == name)
        .unwrap();
    ResolvedExpression::Field {
        index,
        name: name.to_owned(),
        field_type: schema.columns[index].column_type.clone(),
    }
}

pub(crate) fn project(name: &str, expression: ResolvedExpression) -> NamedExpression {
    NamedExpression {
        name: name.to_owned(),
        expression,
    }
}

pub(crate) fn calc(
    input: &Arc<StreamNode>,
    condition: Option<ResolvedExpression>,
    projections: Vec<NamedExpression>,
    header: &str,
) -> Arc<StreamNode> {
    Arc::new(StreamNode::Calc {
        input: Arc::clone(input),
        condition,
        projections,
        schema: schema_of(header),
    })
}

/// `function(argument)` with a result of the given type.
pub(crate) fn aggregate(
    function: &'static BuiltInFunction,
    argument: ResolvedExpression,
    result_type: &str,
) -> AggregateCall {
    AggregateCall {
        name: function.name.to_owned(),
        function,
        arguments: vec![argument],
        distinct: false,
        filter: None,
        order_by: Vec::new(),
        result_type: parse_type(result_type, TypeDialect::Ddl).unwrap(),
    }
}

pub(crate) fn count_star() -> AggregateCall {
    AggregateCall {
        name: "count".to_owned(),
        function: &COUNT,
        arguments: Vec::new(),
        distinct: false,
        filter: None,
        order_by: Vec::new(),
        result_type: parse_type("BIGINT NOT NULL", TypeDialect::Ddl).unwrap(),
    }
}

pub(crate) fn group(
    input: &Arc<StreamNode>,
    grouping: &[usize],
    aggregates: Vec<AggregateCall>,
    header: &str,
    emit_update_before: bool,
) -> Arc<StreamNode> {
    Arc::new(StreamNode::GroupAggregate {
        input: Arc::clone(input),
        grouping: grouping.to_vec(),
        aggregates,
        schema: schema_of(header),
        emit_update_before,
    })
}

pub(crate) fn sink(
    name: &str,
    input: &Arc<StreamNode>,
    header: &str,
    changelog_mode: ChangelogMode,
    upsert_key: &[usize],
) -> SinkNode {
    SinkNode {
        input: Arc::clone(input),
        target: table(name, header),
        changelog_mode,
        upsert_key: upsert_key.to_vec(),
    }
}
