//! Explanations compared with those that Flink 2.2.1 prints for the same queries. The scans differ: the
//! connector used there cannot leave columns out.

use std::collections::BTreeMap;

use super::{ExplainDetails, ExplainTarget, explain};
use crate::stream::ChangelogMode;
use crate::stream::test_kit::{Query, Text, article, call, column, greater, log, plus, table};

fn explained(targets: &[ExplainTarget], changelog_mode: bool) -> String {
    explain(targets, &BTreeMap::new(), ExplainDetails { changelog_mode }).unwrap()
}

fn query(query: &Query) -> String {
    explained(&[ExplainTarget::Query(query.0.clone())], true)
}

#[test]
fn the_article_with_its_sink() {
    let columns = [
        ("province", "STRING"),
        ("access_count", "BIGINT"),
        ("total_download", "BIGINT"),
        ("download_speed", "DOUBLE"),
    ];
    let sink = article().insert_into(table("sink", &columns, &[]), ChangelogMode::All);
    assert_eq!(
        explained(&[ExplainTarget::Sink(sink)], true),
        "\
== Abstract Syntax Tree ==
LogicalSink(table=[default_catalog.default_database.sink], fields=[province, access_count, total_download, download_speed])
+- LogicalProject(province=[$0], access_count=[$1], total_download=[$2], download_speed=[/(CAST($2):DOUBLE, $3)])
   +- LogicalAggregate(group=[{1}], EXPR$0=[COUNT($0)], EXPR$1=[SUM($2)], EXPR$2=[SUM($3)])
      +- LogicalProject(uuid=[$0], province=[ip_to_province($1)], response_size=[$3], request_time=[$2])
         +- LogicalTableScan(table=[[default_catalog, default_database, log]])

== Optimized Physical Plan ==
Sink(table=[default_catalog.default_database.sink], fields=[province, access_count, total_download, download_speed], changelogMode=[NONE])
+- Calc(select=[province, EXPR$0 AS access_count, EXPR$1 AS total_download, /(CAST(EXPR$1 AS DOUBLE), EXPR$2) AS download_speed], changelogMode=[I,UB,UA])
   +- GroupAggregate(groupBy=[province], select=[province, COUNT(uuid) AS EXPR$0, SUM(response_size) AS EXPR$1, SUM(request_time) AS EXPR$2], changelogMode=[I,UB,UA])
      +- Exchange(distribution=[hash[province]], changelogMode=[I])
         +- Calc(select=[uuid, f0 AS province, response_size, request_time], changelogMode=[I])
            +- PythonCalc(select=[uuid, request_time, response_size, ip_to_province(client_ip) AS f0], changelogMode=[I])
               +- TableSourceScan(table=[[default_catalog, default_database, log, project=[uuid, client_ip, request_time, response_size]]], fields=[uuid, client_ip, request_time, response_size], changelogMode=[I])

== Optimized Execution Plan ==
Sink(table=[default_catalog.default_database.sink], fields=[province, access_count, total_download, download_speed])
+- Calc(select=[province, EXPR$0 AS access_count, EXPR$1 AS total_download, (CAST(EXPR$1 AS DOUBLE) / EXPR$2) AS download_speed])
   +- GroupAggregate(groupBy=[province], select=[province, COUNT(uuid) AS EXPR$0, SUM(response_size) AS EXPR$1, SUM(request_time) AS EXPR$2])
      +- Exchange(distribution=[hash[province]])
         +- Calc(select=[uuid, f0 AS province, response_size, request_time])
            +- PythonCalc(select=[uuid, request_time, response_size, ip_to_province(client_ip) AS f0])
               +- TableSourceScan(table=[[default_catalog, default_database, log, project=[uuid, client_ip, request_time, response_size]]], fields=[uuid, client_ip, request_time, response_size])
"
    );
}

#[test]
fn aggregate_over_aggregate() {
    let of_counts = log().aggregate(&["uuid"], &[("c", "count", None)]).aggregate(
        &["c"],
        &[("EXPR$1", "count", None), ("EXPR$2", "max", Some(column("c")))],
    );
    assert_eq!(
        query(&of_counts),
        "\
== Abstract Syntax Tree ==
LogicalAggregate(group=[{0}], EXPR$1=[COUNT()], EXPR$2=[MAX($0)])
+- LogicalProject(c=[$1])
   +- LogicalAggregate(group=[{0}], c=[COUNT()])
      +- LogicalProject(uuid=[$0])
         +- LogicalTableScan(table=[[default_catalog, default_database, log]])

== Optimized Physical Plan ==
GroupAggregate(groupBy=[c], select=[c, COUNT_RETRACT(*) AS EXPR$1, MAX_RETRACT(c) AS EXPR$2], changelogMode=[I,UA,D])
+- Exchange(distribution=[hash[c]], changelogMode=[I,UB,UA])
   +- GroupAggregate(groupBy=[uuid], select=[uuid, COUNT(*) AS c], changelogMode=[I,UB,UA])
      +- Exchange(distribution=[hash[uuid]], changelogMode=[I])
         +- TableSourceScan(table=[[default_catalog, default_database, log, project=[uuid]]], fields=[uuid], changelogMode=[I])

== Optimized Execution Plan ==
GroupAggregate(groupBy=[c], select=[c, COUNT_RETRACT(*) AS EXPR$1, MAX_RETRACT(c) AS EXPR$2])
+- Exchange(distribution=[hash[c]])
   +- GroupAggregate(groupBy=[uuid], select=[uuid, COUNT(*) AS c])
      +- Exchange(distribution=[hash[uuid]])
         +- TableSourceScan(table=[[default_catalog, default_database, log, project=[uuid]]], fields=[uuid])
"
    );
}

#[test]
fn union_and_conditions() {
    let left = log().select(&[("uuid", column("uuid"))]);
    let right = log()
        .filter(&call(
            "and",
            &[
                greater(column("request_time"), Text::Number(1)),
                call("isNotNull", &[column("uri")], "BOOLEAN NOT NULL"),
            ],
            "BOOLEAN",
        ))
        .select(&[("uri", column("uri"))]);
    assert_eq!(
        query(&left.union(&right)),
        "\
== Abstract Syntax Tree ==
LogicalUnion(all=[true])
:- LogicalProject(uuid=[$0])
:  +- LogicalTableScan(table=[[default_catalog, default_database, log]])
+- LogicalProject(uri=[$4])
   +- LogicalFilter(condition=[AND(>($2, 1), IS NOT NULL($4))])
      +- LogicalTableScan(table=[[default_catalog, default_database, log]])

== Optimized Physical Plan ==
Union(all=[true], union=[uuid], changelogMode=[I])
:- Calc(select=[uuid], changelogMode=[I])
:  +- TableSourceScan(table=[[default_catalog, default_database, log, project=[uuid, request_time, uri]]], fields=[uuid, request_time, uri], changelogMode=[I])
+- Calc(select=[uri], where=[AND(>(request_time, 1), IS NOT NULL(uri))], changelogMode=[I])
   +- TableSourceScan(table=[[default_catalog, default_database, log, project=[uuid, request_time, uri]]], fields=[uuid, request_time, uri], changelogMode=[I])

== Optimized Execution Plan ==
Union(all=[true], union=[uuid])
:- Calc(select=[uuid])
:  +- TableSourceScan(table=[[default_catalog, default_database, log, project=[uuid, request_time, uri]]], fields=[uuid, request_time, uri])(reuse_id=[1])
+- Calc(select=[uri], where=[((request_time > 1) AND uri IS NOT NULL)])
   +- Reused(reference_id=[1])
"
    );
}

/// Rows of constants are one operator. Columns that nobody reads go, and text has no character set.
#[test]
fn values() {
    let row = |key, number| vec![Text::String(key), number, Text::Number(7)];
    let sum = plus(Text::Number(1), Text::Number(2));
    let rows = [row("a", Text::Number(1)), row("b", sum)];
    let types = [
        ("k", "STRING NOT NULL"),
        ("v", "BIGINT NOT NULL"),
        ("w", "INT NOT NULL"),
    ];
    let counts = Query::values(&types, &rows).aggregate(&["k"], &[("s", "sum", Some(column("v")))]);
    assert_eq!(
        query(&counts),
        "\
== Abstract Syntax Tree ==
LogicalAggregate(group=[{0}], s=[SUM($1)])
+- LogicalProject(k=[$0], v=[$1])
   +- LogicalValues(tuples=[[{ 'a', 1, 7 }, { 'b', +(1, 2), 7 }]])

== Optimized Physical Plan ==
GroupAggregate(groupBy=[k], select=[k, SUM(v) AS s], changelogMode=[I,UA])
+- Exchange(distribution=[hash[k]], changelogMode=[I])
   +- Values(tuples=[[{ 'a', 1 }, { 'b', +(1, 2) }]], changelogMode=[I])

== Optimized Execution Plan ==
GroupAggregate(groupBy=[k], select=[k, SUM(v) AS s])
+- Exchange(distribution=[hash[k]])
   +- Values(tuples=[[{ 'a', 1 }, { 'b', (1 + 2) }]])
"
    );
}

/// As in `ValuesTest` of Flink's planner.
#[test]
fn values_of_a_single_row() {
    let types = [("a", "INT"), ("b", "INT"), ("c", "INT")];
    let rows = [vec![Text::Number(1), Text::Number(2), Text::Number(3)]];
    let text = explained(&[ExplainTarget::Query(Query::values(&types, &rows).0)], false);
    assert!(text.ends_with("== Optimized Execution Plan ==\nValues(tuples=[[{ 1, 2, 3 }]])\n"));
}

#[test]
fn details_are_left_out_unless_asked_for() {
    let text = explained(&[ExplainTarget::Query(article().0)], false);
    assert!(!text.contains("changelogMode"));
}

/// An aggregate over expressions shows the projection that computes them.
#[test]
fn aggregates_of_expressions() {
    let sums = log().aggregate_by(
        &[("k", plus(column("request_time"), Text::Number(1)))],
        &[("s", "sum", Some(column("response_size")))],
    );
    assert!(query(&sums).starts_with(
        "\
== Abstract Syntax Tree ==
LogicalAggregate(group=[{0}], s=[SUM($1)])
+- LogicalProject($f0=[+($2, 1)], response_size=[$3])
   +- LogicalTableScan(table=[[default_catalog, default_database, log]])
"
    ));
}
