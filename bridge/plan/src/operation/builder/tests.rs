//! Names, types and errors compared with those of Flink 2.2.1 for the same calls.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::OperationBuilder;
use crate::Result;
use crate::catalog::{CatalogTable, Column, ObjectIdentifier, Schema};
use crate::expression::{Expression, LiteralValue};
use crate::operation::{QueryOperation, SetKind};
use crate::types::{LogicalType, TypeDialect, TypeKind, parse_type};

const BUILDER: OperationBuilder<'static> = OperationBuilder {
    functions: &(),
    is_streaming: false,
};

fn log() -> Arc<QueryOperation> {
    let columns = [
        ("uuid", "STRING"),
        ("client_ip", "STRING"),
        ("request_time", "BIGINT"),
        ("response_size", "BIGINT"),
        ("uri", "STRING"),
    ];
    Arc::new(QueryOperation::Source {
        table: Arc::new(CatalogTable {
            identifier: ObjectIdentifier {
                catalog: "default_catalog".to_owned(),
                database: "default_database".to_owned(),
                object: "log".to_owned(),
            },
            schema: Schema {
                columns: columns
                    .iter()
                    .map(|(name, column_type)| Column {
                        name: (*name).to_owned(),
                        column_type: parse_type(column_type, TypeDialect::Ddl).unwrap(),
                        comment: None,
                    })
                    .collect(),
                primary_key: Vec::new(),
            },
            options: BTreeMap::new(),
            comment: None,
            partition_keys: Vec::new(),
            inline_data: None,
            details: crate::catalog::TableDetails::default(),
        }),
    })
}

fn col(name: &str) -> Expression {
    Expression::column(name)
}

fn lit(value: i64) -> Expression {
    Expression::literal(LiteralValue::Integer(value))
}

fn call(name: &str, arguments: &[Expression]) -> Expression {
    Expression::call_by_name(name, arguments.to_vec())
}

fn plus(left: Expression, right: Expression) -> Expression {
    call("plus", &[left, right])
}

fn sum(column: &str) -> Expression {
    call("sum", &[col(column)])
}

fn count(column: &str) -> Expression {
    call("count", &[col(column)])
}

fn named(expression: Expression, name: &str) -> Expression {
    let name = Expression::literal(LiteralValue::String(name.to_owned()));
    call("as", &[expression, name])
}

/// `name TYPE, ...` of the result, or the error.
fn shown(result: Result<Arc<QueryOperation>>) -> String {
    match result {
        Ok(operation) => {
            let columns: Vec<String> = operation
                .schema()
                .columns
                .iter()
                .map(|column| format!("{} {}", column.name, column.column_type.with_nullable(true)))
                .collect();
            columns.join(", ")
        }
        Err(error) => format!("{}: {error}", error.java_class().rsplit('.').next().unwrap()),
    }
}

fn select(expressions: &[Expression]) -> String {
    shown(BUILDER.select(&log(), expressions))
}

fn grouped(groupings: &[Expression], expressions: &[Expression]) -> String {
    shown(BUILDER.select_grouped(&log(), groupings, expressions))
}

#[test]
fn unnamed_columns() {
    assert_eq!(
        select(&[
            plus(col("request_time"), lit(1)),
            col("uuid"),
            lit(3),
            call("upperCase", &[col("uuid")])
        ]),
        "_c0 BIGINT, uuid STRING, _c2 INT, _c3 STRING"
    );
    let to_int = |expression| {
        let int = Expression::TypeLiteral(LogicalType::nullable(TypeKind::Int));
        call("cast", &[expression, int])
    };
    assert_eq!(
        select(&[
            to_int(col("request_time")),
            to_int(plus(col("request_time"), lit(1)))
        ]),
        "request_time-INT INT, _c1 INT"
    );
    assert_eq!(
        select(&[col("*"), named(col("uuid"), "z")]),
        "uuid STRING, client_ip STRING, request_time BIGINT, response_size BIGINT, uri STRING, z STRING"
    );
    assert_eq!(
        select(&[col("uuid"), col("uuid")]),
        "ValidationException: Ambiguous column name: uuid"
    );
}

#[test]
fn global_aggregates() {
    assert_eq!(
        select(&[named(sum("request_time"), "a"), named(sum("request_time"), "b")]),
        "a BIGINT, b BIGINT"
    );
    assert_eq!(
        select(&[
            sum("request_time"),
            plus(sum("request_time"), lit(1)),
            count("uuid")
        ]),
        "EXPR$0 BIGINT, _c1 BIGINT, EXPR$1 BIGINT"
    );
    assert_eq!(
        select(&[sum("request_time"), sum("request_time")]),
        "ValidationException: Ambiguous column name: EXPR$0"
    );
    assert_eq!(
        select(&[sum("request_time"), col("uuid")]),
        "ValidationException: Cannot resolve field [uuid], input field list:[EXPR$0]."
    );
    assert_eq!(
        select(&[call("sum", &[sum("request_time")])]),
        "ValidationException: It's not allowed to use an aggregate function as input of another aggregate function"
    );
    assert_eq!(select(&[call("distinct", &[count("uuid")])]), "EXPR$0 BIGINT");
}

/// `sum(response_size)` is written twice, in two ways, and computed once.
#[test]
fn equal_aggregates_are_one_call() {
    let upper_case = call("SUM", &[col("response_size")]);
    let query = BUILDER
        .select_grouped(
            &log(),
            &[col("uri")],
            &[
                col("uri"),
                sum("response_size"),
                named(call("divide", &[upper_case, sum("request_time")]), "speed"),
            ],
        )
        .unwrap();
    let QueryOperation::Project { input, .. } = query.as_ref() else {
        panic!("a select list is a projection");
    };
    let QueryOperation::Aggregate { aggregates, .. } = input.as_ref() else {
        panic!("over an aggregate");
    };
    let names: Vec<&str> = aggregates.iter().map(|call| call.name.as_str()).collect();
    assert_eq!(names, ["EXPR$0", "EXPR$1"]);
    assert_eq!(shown(Ok(query)), "uri STRING, EXPR$0 BIGINT, speed BIGINT");
}

#[test]
fn groups() {
    assert_eq!(
        grouped(&[col("uuid")], &[col("uuid"), sum("request_time")]),
        "uuid STRING, EXPR$0 BIGINT"
    );
    assert_eq!(
        grouped(&[col("uuid")], &[col("uri"), sum("request_time")]),
        "ValidationException: Cannot resolve field [uri], input field list:[uuid, EXPR$0]."
    );
    let key = plus(col("request_time"), lit(1));
    assert_eq!(
        grouped(std::slice::from_ref(&key), &[key.clone(), count("uuid")]),
        "ValidationException: Cannot resolve field [request_time], input field list:[plus(request_time, 1), EXPR$0]."
    );
    assert_eq!(
        grouped(&[named(key, "k")], &[col("k"), count("uuid")]),
        "k BIGINT, EXPR$0 BIGINT"
    );
    assert_eq!(grouped(&[col("uuid")], &[col("uuid")]), "uuid STRING");
    assert_eq!(grouped(&[], &[count("uuid")]), "EXPR$0 BIGINT");
}

#[test]
fn filters() {
    let filter = |condition: &Expression| shown(BUILDER.filter(&log(), condition));
    assert_eq!(
        filter(&call("greaterThan", &[col("request_time"), lit(1)])),
        "uuid STRING, client_ip STRING, request_time BIGINT, response_size BIGINT, uri STRING"
    );
    assert_eq!(
        filter(&col("request_time")),
        "ValidationException: Filter operator requires a boolean expression as input, but $condition is of type BIGINT"
    );
    // Flink fails at planning only, with an error of Calcite.
    assert_eq!(
        filter(&call("greaterThan", &[sum("request_time"), lit(1)])),
        "ValidationException: The aggregate function 'sum' cannot be used in a filter condition."
    );
}

#[test]
fn unknown_names() {
    assert_eq!(
        select(&[col("nope")]),
        "ValidationException: Cannot resolve field [nope], input field list:[uuid, client_ip, request_time, response_size, uri]."
    );
    assert_eq!(
        select(&[call("nofn", &[col("uuid")])]),
        "ValidationException: Undefined function: nofn"
    );
}

#[test]
fn new_names_for_columns() {
    let alias = |names: &[Expression]| shown(BUILDER.alias(&log(), names));
    assert_eq!(
        alias(&[
            col("a"),
            Expression::literal(LiteralValue::String("b".to_owned()))
        ]),
        "a STRING, b STRING, request_time BIGINT, response_size BIGINT, uri STRING"
    );
    assert_eq!(
        alias(&["a", "b", "c", "d", "e", "f"].map(col)),
        "ValidationException: Aliasing more fields than we actually have."
    );
    assert_eq!(
        alias(&[col("*")]),
        "ValidationException: Alias can not accept '*' as name."
    );
    assert_eq!(
        alias(&[col("uuid"), col("uuid")]),
        "ValidationException: Ambiguous column name: uuid"
    );
    let rename = |renamings: &[Expression]| shown(BUILDER.rename_columns(&log(), renamings));
    assert_eq!(
        rename(&[named(col("uuid"), "u")]),
        "u STRING, client_ip STRING, request_time BIGINT, response_size BIGINT, uri STRING"
    );
    assert_eq!(
        rename(&[named(col("nope"), "u")]),
        "ValidationException: Cannot resolve field [nope], input field list:[uuid, client_ip, request_time, response_size, uri]."
    );
    assert_eq!(
        rename(&[col("uuid")]),
        "ValidationException: Invalid alias for a renaming column operation. Renaming must add an alias to anexisting field. E.g.: 'a as a1'. But was: uuid"
    );
    assert_eq!(
        rename(&[named(col("uuid"), "uri")]),
        "ValidationException: Ambiguous column name: uri"
    );
}

#[test]
fn columns_added_and_dropped() {
    let add = |columns: &[Expression]| shown(BUILDER.add_columns(&log(), columns));
    assert_eq!(
        add(&[plus(col("request_time"), lit(1)), named(col("uuid"), "z")]),
        "uuid STRING, client_ip STRING, request_time BIGINT, response_size BIGINT, uri STRING, _c5 BIGINT, z STRING"
    );
    assert_eq!(
        add(&[named(col("request_time"), "uuid")]),
        "ValidationException: Ambiguous column name: uuid"
    );
    assert_eq!(
        add(&[named(sum("request_time"), "q")]),
        "ValidationException: The added field expression cannot be an aggregation, found: as(sum(request_time), 'EXPR$0')"
    );
    let replace = |columns: &[Expression]| shown(BUILDER.add_or_replace_columns(&log(), columns));
    assert_eq!(
        replace(&[named(col("request_time"), "uuid"), named(col("uuid"), "z")]),
        "uuid BIGINT, client_ip STRING, request_time BIGINT, response_size BIGINT, uri STRING, z STRING"
    );
    assert_eq!(
        replace(&[plus(col("request_time"), lit(1))]),
        "uuid STRING, client_ip STRING, request_time BIGINT, response_size BIGINT, uri STRING, _c5 BIGINT"
    );
    let drop = |columns: &[Expression]| shown(BUILDER.drop_columns(&log(), columns));
    assert_eq!(
        drop(&[col("uuid"), col("uri")]),
        "client_ip STRING, request_time BIGINT, response_size BIGINT"
    );
    assert_eq!(
        drop(&[col("nope")]),
        "ValidationException: Field nope does not exist in source table"
    );
    assert_eq!(
        drop(&[plus(col("uuid"), lit(1))]),
        "ValidationException: Unexpected drop column expression: plus(uuid, 1)"
    );
}

#[test]
fn sets() {
    assert_eq!(
        shown(Ok(BUILDER.distinct(&log()))),
        "uuid STRING, client_ip STRING, request_time BIGINT, response_size BIGINT, uri STRING"
    );
    let of = |expressions: &[Expression]| BUILDER.select(&log(), expressions).unwrap();
    let union = |left: &[Expression], right: &[Expression]| {
        shown(BUILDER.set_operation(&of(left), &of(right), SetKind::Union, true))
    };
    assert_eq!(
        union(
            &[col("uuid"), col("request_time")],
            &[named(col("uri"), "x"), col("response_size")]
        ),
        "uuid STRING, request_time BIGINT"
    );
    assert_eq!(
        union(&[col("uuid")], &[col("uri"), col("response_size")]),
        "ValidationException: The union operation on two tables of different column sizes: 1 and 2 is not supported"
    );
    assert_eq!(
        union(&[col("uuid")], &[col("response_size")]),
        "ValidationException: Incompatible types for union operation. Could not find a common type at position 0 for 'STRING' and 'BIGINT'."
    );
    let text = Expression::literal(LiteralValue::String("a".to_owned()));
    assert_eq!(union(&[named(text, "a")], &[col("uuid")]), "a STRING");
    // A cast makes the BIGINT of an INT.
    assert_eq!(union(&[named(lit(1), "a")], &[col("response_size")]), "a BIGINT");
}

mod sink {
    use super::{
        BUILDER, CatalogTable, LogicalType, QueryOperation, Result, TypeKind, call, col, log, named, shown,
    };
    use crate::expression::Expression;
    use crate::operation::match_sink;
    use std::sync::Arc;

    /// The sink `default_catalog.default_database.fsink`.
    fn sink(columns: &[(&str, LogicalType)]) -> CatalogTable {
        let QueryOperation::Source { table } = log().as_ref().clone() else {
            panic!("the log is a table");
        };
        let mut sink = table.as_ref().clone();
        sink.identifier.object = "fsink".to_owned();
        sink.schema.columns.truncate(columns.len());
        for (column, (name, column_type)) in sink.schema.columns.iter_mut().zip(columns) {
            column.name = (*name).to_owned();
            column.column_type = column_type.clone();
        }
        sink
    }

    fn counts() -> CatalogTable {
        sink(&[
            ("province", LogicalType::string()),
            ("access_count", LogicalType::nullable(TypeKind::BigInt)),
        ])
    }

    fn select(expressions: &[Expression]) -> Arc<QueryOperation> {
        BUILDER.select(&log(), expressions).unwrap()
    }

    fn matched(
        query: &Arc<QueryOperation>,
        sink: &CatalogTable,
        names: Option<&[&str]>,
    ) -> Result<Arc<QueryOperation>> {
        let names: Option<Vec<String>> =
            names.map(|names| names.iter().map(|name| (*name).to_owned()).collect());
        match_sink(query, sink, names.as_deref())
    }

    #[test]
    fn mismatches() {
        assert_eq!(
            shown(matched(&log(), &counts(), None)),
            "ValidationException: Column types of query result and sink for 'default_catalog.default_database.fsink' do not match.\n\
             Cause: Different number of columns.\n\n\
             Query schema: [uuid: STRING, client_ip: STRING, request_time: BIGINT, response_size: BIGINT, uri: STRING]\n\
             Sink schema:  [province: STRING, access_count: BIGINT]"
        );
        assert_eq!(
            shown(matched(&select(&[col("uuid"), col("uri")]), &counts(), None)),
            "ValidationException: Column types of query result and sink for 'default_catalog.default_database.fsink' do not match.\n\
             Cause: Incompatible types for sink column 'access_count' at position 1.\n\n\
             Query schema: [uuid: STRING, uri: STRING]\n\
             Sink schema:  [province: STRING, access_count: BIGINT]"
        );
    }

    #[test]
    fn casts_where_nothing_is_lost() {
        let query = select(&[col("uuid"), col("request_time")]);
        assert!(Arc::ptr_eq(&matched(&query, &counts(), None).unwrap(), &query));
        let to_int = Expression::TypeLiteral(LogicalType::nullable(TypeKind::Int));
        let narrow = select(&[
            col("uuid"),
            named(call("cast", &[col("request_time"), to_int]), "n"),
        ]);
        let matched = matched(&narrow, &counts(), None).unwrap();
        assert_eq!(
            shown(Ok(Arc::clone(&matched))),
            "province STRING, access_count BIGINT"
        );
        let QueryOperation::Project { projections, .. } = matched.as_ref() else {
            panic!("the cast is a projection");
        };
        assert_eq!(projections[1].expression.to_string(), "cast(n, BIGINT)");
    }

    #[test]
    fn column_lists() {
        let query = select(&[col("request_time")]);
        let filled = matched(&query, &counts(), Some(&["access_count"])).unwrap();
        assert_eq!(
            shown(Ok(Arc::clone(&filled))),
            "province STRING, access_count BIGINT"
        );
        let QueryOperation::Project { projections, .. } = filled.as_ref() else {
            panic!("the columns are placed by a projection");
        };
        assert_eq!(projections[0].expression.to_string(), "null");
        assert_eq!(projections[1].expression.to_string(), "request_time");
        let message = |names: &[&str]| shown(matched(&query, &counts(), Some(names)));
        assert_eq!(
            message(&["access_count", "province"]),
            "ValidationException: Number of INSERT target columns (2) does not equal number of source items (1)"
        );
        assert_eq!(
            message(&["nope"]),
            "ValidationException: Unknown target column 'nope'"
        );
        let strict = sink(&[
            ("province", LogicalType::string().with_nullable(false)),
            ("access_count", LogicalType::nullable(TypeKind::BigInt)),
        ]);
        assert_eq!(
            shown(matched(&query, &strict, Some(&["access_count"]))),
            "ValidationException: Column 'province' has no default value and does not allow NULLs"
        );
    }
}
