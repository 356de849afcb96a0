//! Plans compared with those of Flink 2.2.1 for the same queries, unless a test says otherwise.

use crate::stream::test_kit::{
    Query, Text, article, call, column, greater, log, operators, planned, plus, python, random_python, table,
};
use crate::stream::{ChangelogMode, StreamNode};

/// Flink reads all columns here, because its datagen connector cannot leave any out; ours always can.
#[test]
fn the_article() {
    assert_eq!(
        operators(&article()),
        "\
Calc(select=[province, EXPR$0 AS access_count, EXPR$1 AS total_download, (CAST(EXPR$1 AS DOUBLE) / EXPR$2) AS download_speed])
+- GroupAggregate(groupBy=[province], select=[province, COUNT(uuid) AS EXPR$0, SUM(response_size) AS EXPR$1, SUM(request_time) AS EXPR$2])
   +- Exchange(distribution=[hash[province]])
      +- Calc(select=[uuid, f0 AS province, response_size, request_time])
         +- PythonCalc(select=[uuid, request_time, response_size, ip_to_province(client_ip) AS f0])
            +- TableSourceScan(table=[[default_catalog, default_database, log, project=[uuid, client_ip, request_time, response_size]]], fields=[uuid, client_ip, request_time, response_size])"
    );
}

#[test]
fn equal_aggregate_calls_are_computed_once() {
    let query = log().aggregate(
        &["uri"],
        &[
            ("a", "sum", Some(column("response_size"))),
            ("b", "sum", Some(column("response_size"))),
            ("c", "max", Some(column("response_size"))),
        ],
    );
    assert_eq!(
        operators(&query),
        "\
Calc(select=[uri, a, a AS b, c])
+- GroupAggregate(groupBy=[uri], select=[uri, SUM(response_size) AS a, MAX(response_size) AS c])
   +- Exchange(distribution=[hash[uri]])
      +- Calc(select=[uri, response_size])
         +- TableSourceScan(table=[[default_catalog, default_database, log, project=[response_size, uri]]], fields=[response_size, uri])"
    );
}

#[test]
fn an_aggregate_call_nobody_reads_is_not_computed() {
    let query = log()
        .aggregate(
            &["uri"],
            &[
                ("a", "sum", Some(column("response_size"))),
                ("b", "count", Some(column("client_ip"))),
            ],
        )
        .select(&[("b", column("b"))]);
    assert_eq!(
        operators(&query),
        "\
Calc(select=[b])
+- GroupAggregate(groupBy=[uri], select=[uri, COUNT(client_ip) AS b])
   +- Exchange(distribution=[hash[uri]])
      +- TableSourceScan(table=[[default_catalog, default_database, log, project=[client_ip, uri]]], fields=[client_ip, uri])"
    );
}

/// The narrowest column is read, so that there are rows to count.
#[test]
fn counting_rows_reads_one_column() {
    let query = log().aggregate(&[], &[("EXPR$0", "count", None)]);
    assert_eq!(
        operators(&query),
        "\
GroupAggregate(select=[COUNT(*) AS EXPR$0])
+- Exchange(distribution=[single])
   +- TableSourceScan(table=[[default_catalog, default_database, log, project=[request_time]]], fields=[request_time])"
    );
}

#[test]
fn counting_filtered_rows_reads_what_the_filter_reads() {
    let query = log()
        .filter(&call("equals", &[column("uri"), Text::String("a")], "BOOLEAN"))
        .aggregate(&[], &[("EXPR$0", "count", Some(Text::Number(1)))]);
    assert_eq!(
        operators(&query),
        "\
GroupAggregate(select=[COUNT(*) AS EXPR$0])
+- Exchange(distribution=[single])
   +- Calc(select=[0 AS $f0], where=[(uri = 'a')])
      +- TableSourceScan(table=[[default_catalog, default_database, log, project=[uri]]], fields=[uri])"
    );
}

/// As Flink, but for the native condition, which goes below Python instead of waiting for it.
#[test]
fn python_in_a_filter_runs_before_python_in_the_select_list() {
    let check = python("b", "BOOLEAN");
    let number = python("p", "BIGINT");
    let text = python("f", "STRING");
    let query = log()
        .filter(&call(
            "and",
            &[
                check(&[column("uuid")]),
                greater(column("request_time"), Text::Number(3)),
            ],
            "BOOLEAN",
        ))
        .select(&[
            ("_c0", number(&[column("uri")])),
            ("_c1", number(&[text(&[column("uri")])])),
            ("uuid", column("uuid")),
        ]);
    assert_eq!(
        operators(&query),
        "\
Calc(select=[f0 AS _c0, f1 AS _c1, uuid])
+- PythonCalc(select=[uuid, p(uri) AS f0, p(f(uri)) AS f1])
   +- Calc(select=[uuid, uri], where=[f0])
      +- PythonCalc(select=[uuid, uri, b(uuid) AS f0])
         +- Calc(select=[uuid, uri], where=[(request_time > 3)])
            +- TableSourceScan(table=[[default_catalog, default_database, log, project=[uuid, request_time, uri]]], fields=[uuid, request_time, uri])"
    );
}

#[test]
fn native_expressions_around_and_inside_python() {
    let number = python("p", "BIGINT");
    let query = log().select(&[
        ("_c0", number(&[plus(column("request_time"), Text::Number(1))])),
        (
            "_c1",
            number(&[plus(number(&[column("request_time")]), Text::Number(1))]),
        ),
        ("_c2", number(&[Text::Number(3)])),
        ("_c3", call("upper", &[column("uuid")], "STRING")),
    ]);
    assert_eq!(
        operators(&query),
        "\
Calc(select=[f0 AS _c0, f1 AS _c1, f2 AS _c2, UPPER(uuid) AS _c3])
+- PythonCalc(select=[uuid, p(f0) AS f0, p(f1) AS f1, p(3) AS f2])
   +- Calc(select=[uuid, (request_time + 1) AS f0, (f0 + 1) AS f1])
      +- PythonCalc(select=[uuid, request_time, p(request_time) AS f0])
         +- TableSourceScan(table=[[default_catalog, default_database, log, project=[uuid, request_time]]], fields=[uuid, request_time])"
    );
}

#[test]
fn equal_python_calls_are_made_once_if_deterministic() {
    let same = python("f", "BIGINT");
    let random = random_python("r", "BIGINT");
    let query = log().select(&[
        ("a", same(&[column("uri")])),
        ("b", plus(same(&[column("uri")]), Text::Number(1))),
        ("c", same(&[same(&[column("uri")])])),
        ("d", random(&[column("uri")])),
        ("e", random(&[column("uri")])),
    ]);
    // c is made of a, so that comes first.
    assert_eq!(
        operators(&query),
        "\
Calc(select=[f0 AS a, (f0 + 1) AS b, f1 AS c, f2 AS d, f3 AS e])
+- PythonCalc(select=[f0, f(f0) AS f1, r(uri) AS f2, r(uri) AS f3])
   +- PythonCalc(select=[uri, f(uri) AS f0])
      +- TableSourceScan(table=[[default_catalog, default_database, log, project=[uri]]], fields=[uri])"
    );
}

/// A function that is not deterministic is called once a row, however often its column is used.
#[test]
fn random_columns_are_not_computed_again() {
    let random = random_python("r", "BIGINT");
    let query = log()
        .select(&[("x", random(&[column("uri")]))])
        .select(&[("a", column("x")), ("b", column("x"))]);
    assert_eq!(
        operators(&query),
        "\
Calc(select=[x AS a, x AS b])
+- Calc(select=[f0 AS x])
   +- PythonCalc(select=[r(uri) AS f0])
      +- TableSourceScan(table=[[default_catalog, default_database, log, project=[uri]]], fields=[uri])"
    );
}

#[test]
fn adjacent_projections_and_filters_become_one_calc() {
    let query = log()
        .filter(&greater(column("request_time"), Text::Number(1)))
        .select(&[
            ("size", plus(column("response_size"), Text::Number(1))),
            ("uri", column("uri")),
        ])
        .filter(&greater(column("uri"), Text::String("m")))
        .select(&[("size", column("size"))]);
    assert_eq!(
        operators(&query),
        "\
Calc(select=[(response_size + 1) AS size], where=[((request_time > 1) AND (uri > 'm'))])
+- TableSourceScan(table=[[default_catalog, default_database, log, project=[request_time, response_size, uri]]], fields=[request_time, response_size, uri])"
    );
}

#[test]
fn an_aggregate_over_an_aggregate_retracts() {
    let query = log().aggregate(&["uuid"], &[("c", "count", None)]).aggregate(
        &["c"],
        &[("EXPR$1", "count", None), ("EXPR$2", "max", Some(column("c")))],
    );
    let sink = table(
        "sink",
        &[("c", "BIGINT"), ("n", "BIGINT"), ("m", "BIGINT")],
        &["c"],
    );
    let plan = planned(&[query.insert_into(sink, ChangelogMode::Upsert)]).unwrap();
    assert_eq!(
        plan.to_string(),
        "\
Sink(table=[default_catalog.default_database.sink], fields=[c, EXPR$1, EXPR$2]) accepts=[I,UA,D] upsertKey=[c]
+- GroupAggregate(groupBy=[c], select=[c, COUNT_RETRACT(*) AS EXPR$1, MAX_RETRACT(c) AS EXPR$2])
   +- Exchange(distribution=[hash[c]])
      +- GroupAggregate(groupBy=[uuid], select=[uuid, COUNT(*) AS c])
         +- Exchange(distribution=[hash[uuid]])
            +- TableSourceScan(table=[[default_catalog, default_database, log, project=[uuid]]], fields=[uuid])
"
    );
    let StreamNode::GroupAggregate {
        input,
        emit_update_before,
        ..
    } = plan.sinks[0].input.as_ref()
    else {
        panic!("the sink reads the aggregate");
    };
    assert!(!emit_update_before);
    assert_eq!(plan.sinks[0].input.change_kinds().to_string(), "[I,UA,D]");
    assert_eq!(input.change_kinds().to_string(), "[I,UB,UA]");
}

#[test]
fn an_upsert_sink_without_a_key_takes_the_key_of_the_query() {
    let sink = table(
        "sink",
        &[
            ("province", "STRING"),
            ("access_count", "BIGINT"),
            ("total_download", "BIGINT"),
            ("download_speed", "DOUBLE"),
        ],
        &[],
    );
    let plan = planned(&[article().insert_into(sink, ChangelogMode::Upsert)]).unwrap();
    assert_eq!(plan.sinks[0].upsert_key, [0]);
    assert_eq!(plan.sinks[0].changelog_mode, ChangelogMode::Upsert);
    assert_eq!(plan.sinks[0].input.change_kinds().to_string(), "[I,UA]");
}

#[test]
fn a_filter_above_an_aggregate_needs_the_row_before() {
    let counted = log().aggregate(&["uri"], &[("n", "count", None)]);
    let sink = || table("sink", &[("uri", "STRING"), ("n", "BIGINT")], &["uri"]);
    let mode = |query: &Query| {
        let plan = planned(&[query.insert_into(sink(), ChangelogMode::Upsert)]).unwrap();
        (plan.sinks[0].changelog_mode, plan.sinks[0].upsert_key.clone())
    };
    let by_count = counted.filter(&greater(Text::Number(10), column("n")));
    assert_eq!(mode(&by_count), (ChangelogMode::All, vec![0]));
    let by_key = counted.filter(&greater(column("uri"), Text::String("m")));
    assert_eq!(mode(&by_key), (ChangelogMode::Upsert, vec![0]));
}

#[test]
fn sinks_that_cannot_take_the_changes() {
    let counted = log().aggregate(&["uuid"], &[("EXPR$1", "count", None)]);
    let message = |query: &Query, key: &[&str], mode| {
        let columns = query.0.schema().columns;
        let columns: Vec<_> = columns
            .iter()
            .map(|column| (column.name.as_str(), "BIGINT"))
            .collect();
        let error = planned(&[query.insert_into(table("fsink", &columns, key), mode)]).unwrap_err();
        assert_eq!(error.java_class(), "org.apache.flink.table.api.TableException");
        error.to_string()
    };
    assert_eq!(
        message(&counted, &[], ChangelogMode::InsertOnly),
        "Table sink 'default_catalog.default_database.fsink' doesn't support consuming update changes which is produced by node GroupAggregate(groupBy=[uuid], select=[uuid, COUNT(*) AS EXPR$1])"
    );
    let twice = counted.aggregate(&["EXPR$1"], &[("n", "count", None)]);
    assert_eq!(
        message(&twice, &[], ChangelogMode::InsertOnly),
        "Table sink 'default_catalog.default_database.fsink' doesn't support consuming update and delete changes which is produced by node GroupAggregate(groupBy=[EXPR$1], select=[EXPR$1, COUNT_RETRACT(*) AS n])"
    );
    let without_key = counted.select(&[("EXPR$1", column("EXPR$1"))]);
    assert!(
        message(&without_key, &[], ChangelogMode::Upsert)
            .contains("requires that the query has a full primary key")
    );
    assert!(
        message(&counted, &["EXPR$1"], ChangelogMode::Upsert)
            .contains("has the primary key [EXPR$1], but the query is unique by [uuid]")
    );
}

/// Two sinks on one view: the function is called once for both.
#[test]
fn sinks_share_what_they_have_in_common() {
    let ip_to_province = python("ip_to_province", "STRING");
    let view = log().select(&[
        ("province", ip_to_province(&[column("client_ip")])),
        ("request_time", column("request_time")),
        ("uri", column("uri")),
    ]);
    let first = view.select(&[("province", column("province"))]);
    let second = view
        .filter(&greater(column("uri"), Text::String("m")))
        .select(&[("uri", column("uri"))]);
    let one = || table("one", &[("a", "STRING")], &[]);
    let two = || table("two", &[("a", "STRING")], &[]);
    let plan = planned(&[
        first.insert_into(one(), ChangelogMode::InsertOnly),
        second.insert_into(two(), ChangelogMode::InsertOnly),
    ])
    .unwrap();
    assert_eq!(
        plan.to_string(),
        "\
Sink(table=[default_catalog.default_database.one], fields=[province]) accepts=[I] upsertKey=[]
+- Calc(select=[province])
   +- Calc(select=[f0 AS province, uri])(reuse_id=[1])
      +- PythonCalc(select=[uri, ip_to_province(client_ip) AS f0])
         +- TableSourceScan(table=[[default_catalog, default_database, log, project=[client_ip, uri]]], fields=[client_ip, uri])
Sink(table=[default_catalog.default_database.two], fields=[uri]) accepts=[I] upsertKey=[]
+- Calc(select=[uri], where=[(uri > 'm')])
   +- Reused(reference_id=[1])
"
    );
}

#[test]
fn union_keeps_the_same_columns_of_all_inputs() {
    let left = log().select(&[("uuid", column("uuid")), ("uri", column("uri"))]);
    let right = log().select(&[("uri", column("uri")), ("client_ip", column("client_ip"))]);
    let query = left.union(&right).select(&[("uuid", column("uuid"))]);
    assert_eq!(
        operators(&query),
        "\
Union(all=[true], union=[uuid])
:- Calc(select=[uuid])
:  +- TableSourceScan(table=[[default_catalog, default_database, log, project=[uuid, uri]]], fields=[uuid, uri])(reuse_id=[1])
+- Calc(select=[uri])
   +- Reused(reference_id=[1])"
    );
}

/// Equal rows are made once, however they came to be equal; a count of rows reads no column of them.
#[test]
fn constant_rows_are_pruned_and_shared() {
    let types = [("a", "INT NOT NULL"), ("b", "INT NOT NULL")];
    let rows = [
        vec![Text::Number(1), Text::Number(2)],
        vec![Text::Number(3), Text::Number(4)],
    ];
    let other_rows = [
        vec![Text::Number(5), Text::Number(2)],
        vec![Text::Number(6), Text::Number(4)],
    ];
    let left = Query::values(&types, &rows).select(&[("b", column("b"))]);
    let right = Query::values(&types, &other_rows).select(&[("b", column("b"))]);
    assert_eq!(
        operators(&left.union(&right)),
        "\
Union(all=[true], union=[b])
:- Values(tuples=[[{ 2 }, { 4 }]])(reuse_id=[1])
+- Reused(reference_id=[1])"
    );
    let count = Query::values(&types, &rows).aggregate(&[], &[("n", "count", None)]);
    assert_eq!(
        operators(&count),
        "\
GroupAggregate(select=[COUNT(*) AS n])
+- Exchange(distribution=[single])
   +- Values(tuples=[[{ 0 }, { 0 }]])"
    );
}
