//! The connector on SQLite files, looked at from outside by sqlx alone. The other databases are tested
//! end to end, on real servers.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use arrow::array::{AsArray, Int8Array, RecordBatch};
use arrow::array::{
    BinaryArray, BooleanArray, Date32Array, Decimal128Array, Float32Array, Float64Array, Int32Array,
    Int64Array, StringArray, Time32MillisecondArray, TimestampMicrosecondArray,
};
use arrow::datatypes::{Decimal128Type, Int64Type};
use nutkin_engine::chunk::{Chunk, RowKind};
use nutkin_engine::job::{Cancellation, JobContext, JobMetrics};
use nutkin_engine::sink::SinkWriter;
use nutkin_engine::source::SourceEvent;
use nutkin_engine::{EngineError, Result};
use nutkin_plan::catalog::{CatalogTable, Column, ObjectIdentifier, Schema};
use nutkin_plan::stream::{ChangelogMode, ConnectorTable, SinkNode, StreamNode};
use nutkin_plan::types::{TypeDialect, parse_type};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Row};

use super::runtime::runtime;
use crate::registry::{create_sink, create_source};

fn run<T>(path: &Path, work: impl AsyncFnOnce(&mut SqliteConnection) -> T) -> T {
    runtime().unwrap().block_on(async {
        let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
        let mut connection = options.connect().await.unwrap();
        work(&mut connection).await
    })
}

fn execute(path: &Path, statements: &'static str) {
    run(path, async |connection| {
        sqlx::raw_sql(statements).execute(connection).await.unwrap();
    });
}

/// The rows as SQLite prints them with `quote`.
fn rows(path: &Path, columns: &[&str], table: &str) -> Vec<String> {
    let parts: Vec<String> = columns.iter().map(|column| format!("quote({column})")).collect();
    let query = format!("SELECT {} FROM {table} ORDER BY 1", parts.join(" || '|' || "));
    run(path, async |connection| {
        let rows = sqlx::query(AssertSqlSafe(query))
            .fetch_all(connection)
            .await
            .unwrap();
        rows.iter().map(|row| row.get(0)).collect()
    })
}

fn table(path: &Path, name: &str, columns: &[(&str, &str)], more: &[(&str, &str)]) -> ConnectorTable {
    let url = format!("jdbc:sqlite:{}", path.display());
    let mut options: BTreeMap<String, String> = [("connector", "jdbc"), ("url", &url), ("table-name", name)]
        .into_iter()
        .chain(more.iter().copied())
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect();
    options.retain(|_, value| !value.is_empty());
    ConnectorTable {
        projection: (0..columns.len()).collect(),
        table: Arc::new(CatalogTable {
            identifier: ObjectIdentifier {
                catalog: "c".to_owned(),
                database: "d".to_owned(),
                object: "t".to_owned(),
            },
            schema: Schema {
                columns: columns
                    .iter()
                    .map(|(name, text)| Column {
                        name: (*name).to_owned(),
                        column_type: parse_type(text, TypeDialect::Ddl).unwrap(),
                        comment: None,
                    })
                    .collect(),
                primary_key: Vec::new(),
            },
            options,
            comment: None,
            partition_keys: Vec::new(),
            inline_data: None,
            details: nutkin_plan::catalog::TableDetails::default(),
        }),
    }
}

fn context() -> Arc<JobContext> {
    Arc::new(JobContext {
        job_name: "test".to_owned(),
        options: BTreeMap::new(),
        evaluation: nutkin_engine::job::EvaluationContext::default(),
        cancellation: Arc::new(Cancellation::default()),
        metrics: Arc::new(JobMetrics::default()),
    })
}

fn writer(target: &ConnectorTable, key: &[usize], context: &Arc<JobContext>) -> Result<Box<dyn SinkWriter>> {
    let node = SinkNode {
        input: Arc::new(StreamNode::TableSourceScan {
            source: target.clone(),
            schema: target.table.schema.clone(),
        }),
        target: target.clone(),
        changelog_mode: ChangelogMode::Upsert,
        upsert_key: key.to_vec(),
    };
    let mut writers = create_sink(&node)?.create_writers(1, context)?;
    Ok(writers.remove(0))
}

fn read(source: &ConnectorTable, parallelism: usize) -> Result<Vec<RecordBatch>> {
    let context = context();
    let readers = create_source(source)?.create_readers(parallelism, &context)?;
    assert_eq!(readers.len(), parallelism);
    let mut batches = Vec::new();
    for mut reader in readers {
        loop {
            match reader.poll(Duration::from_secs(5))? {
                SourceEvent::Chunk(chunk) => batches.push(chunk.data),
                SourceEvent::Idle => panic!("no rows for five seconds"),
                SourceEvent::Finished => break,
            }
        }
    }
    Ok(batches)
}

fn failure<T>(result: Result<T>) -> (String, String) {
    match result {
        Ok(_) => panic!("expected an error"),
        Err(error) => (error.to_string(), error.hint().unwrap_or_default().to_owned()),
    }
}

const COUNTS: &[(&str, &str)] = &[("province", "STRING"), ("visits", "BIGINT")];

fn counts(rows: &[(RowKind, Option<&str>, i64)]) -> Chunk {
    let schema = table(Path::new("x"), "t", COUNTS, &[]).table.schema.to_arrow();
    Chunk {
        data: RecordBatch::try_new(
            schema,
            vec![
                Arc::new(StringArray::from_iter(rows.iter().map(|row| row.1))),
                Arc::new(Int64Array::from_iter_values(rows.iter().map(|row| row.2))),
            ],
        )
        .unwrap(),
        kinds: Some(Int8Array::from_iter_values(rows.iter().map(|row| row.0 as i8))),
    }
}

#[test]
fn updates_and_deletes_reach_the_table() {
    use RowKind::{Delete, Insert, UpdateAfter, UpdateBefore};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    execute(
        &path,
        "CREATE TABLE t (visits BIGINT, province VARCHAR(64) PRIMARY KEY, note TEXT DEFAULT 'kept');
         INSERT INTO t VALUES (7, 'Hunan', 'mine')",
    );
    let target = table(&path, "t", COUNTS, &[("sink.buffer-flush.max-rows", "1000")]);
    let mut writer = writer(&target, &[0], &context()).unwrap();
    writer
        .write(counts(&[
            (Insert, Some("Anhui"), 1),
            (Insert, Some("Hebei"), 1),
            (UpdateAfter, Some("Hunan"), 8),
        ]))
        .unwrap();
    assert!(writer.next_flush().is_some());
    assert_eq!(
        rows(&path, &["province", "visits", "note"], "t"),
        ["'Hunan'|7|'mine'"]
    );
    writer.flush().unwrap();
    assert_eq!(writer.next_flush(), None);
    assert_eq!(
        rows(&path, &["province", "visits", "note"], "t"),
        ["'Anhui'|1|'kept'", "'Hebei'|1|'kept'", "'Hunan'|8|'mine'"]
    );
    writer
        .write(counts(&[
            (UpdateBefore, Some("Anhui"), 1),
            (UpdateAfter, Some("Anhui"), 2),
            (Delete, Some("Hebei"), 1),
            (Insert, Some("O'Brien \"`\\"), 3),
        ]))
        .unwrap();
    writer.flush().unwrap();
    writer.close().unwrap();
    assert_eq!(
        rows(&path, &["province", "visits"], "t"),
        ["'Anhui'|2", "'Hunan'|8", "'O''Brien \"`\\'|3"]
    );
}

#[test]
fn rows_without_a_key_are_added_when_the_buffer_is_full() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    execute(&path, "CREATE TABLE t (province TEXT, visits INTEGER)");
    let target = table(
        &path,
        "t",
        COUNTS,
        &[
            ("sink.buffer-flush.max-rows", "1500"),
            ("sink.buffer-flush.interval", "0"),
        ],
    );
    let mut writer = writer(&target, &[], &context()).unwrap();
    let many: Vec<(RowKind, Option<&str>, i64)> =
        (0..1_000).map(|n| (RowKind::Insert, Some("x"), n)).collect();
    writer.write(counts(&many)).unwrap();
    assert_eq!(writer.next_flush(), None);
    assert!(rows(&path, &["count(*)"], "t") == ["0"]);
    writer.write(counts(&many)).unwrap();
    assert_eq!(rows(&path, &["count(*)", "sum(visits)"], "t"), ["2000|999000"]);
}

#[test]
fn all_types_go_in_and_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    execute(
        &path,
        "CREATE TABLE t (id INTEGER PRIMARY KEY, flag BOOLEAN, small INT, price DECIMAL(10, 2), exact TEXT, f REAL,
                         d DOUBLE, name VARCHAR(10), data BLOB, day DATE, at TIME, moment TIMESTAMP)",
    );
    let columns = [
        ("id", "INT"),
        ("flag", "BOOLEAN"),
        ("small", "TINYINT"),
        ("price", "DECIMAL(10, 2)"),
        ("exact", "DECIMAL(38, 10)"),
        ("f", "FLOAT"),
        ("d", "DOUBLE"),
        ("name", "STRING"),
        ("data", "BYTES"),
        ("day", "DATE"),
        ("at", "TIME(3)"),
        ("moment", "TIMESTAMP(6)"),
    ];
    let target = table(&path, "t", &columns, &[]);
    let data = RecordBatch::try_new(
        target.table.schema.to_arrow(),
        vec![
            Arc::new(Int32Array::from(vec![1, 2])),
            Arc::new(BooleanArray::from(vec![Some(true), None])),
            Arc::new(Int8Array::from(vec![Some(-128), None])),
            Arc::new(
                Decimal128Array::from(vec![Some(1_250), None])
                    .with_precision_and_scale(10, 2)
                    .unwrap(),
            ),
            Arc::new(
                Decimal128Array::from(vec![
                    Some(-99_999_999_999_999_999_999_999_999_999_999_999_999),
                    None,
                ])
                .with_precision_and_scale(38, 10)
                .unwrap(),
            ),
            Arc::new(Float32Array::from(vec![Some(0.1), None])),
            Arc::new(Float64Array::from(vec![Some(1e300), None])),
            Arc::new(StringArray::from(vec![Some("é中🐿"), None])),
            Arc::new(BinaryArray::from_opt_vec(vec![Some(&b"\x00\xff"[..]), None])),
            Arc::new(Date32Array::from(vec![Some(18_262), None])),
            Arc::new(Time32MillisecondArray::from(vec![Some(3_723_004), None])),
            Arc::new(TimestampMicrosecondArray::from(vec![Some(-1), None])),
        ],
    )
    .unwrap();
    let mut writer = writer(&target, &[0], &context()).unwrap();
    writer.write(Chunk::inserts(data.clone())).unwrap();
    writer.flush().unwrap();
    let names: Vec<&str> = columns.iter().map(|column| column.0).collect();
    assert_eq!(
        rows(&path, &names, "t"),
        [
            "1|1|-128|12.5|'-9999999999999999999999999999.9999999999'|0.1|1.0e+300|'é中🐿'|X'00FF'|'2020-01-01'|\
             '01:02:03.004'|'1969-12-31 23:59:59.999999'",
            "2|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL"
        ]
    );
    let batches = read(&target, 1).unwrap();
    assert_eq!(batches, [data]);
}

#[test]
fn values_of_other_writers_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    execute(
        &path,
        "CREATE TABLE t (a NUMERIC, b, moment TIMESTAMP); INSERT INTO t VALUES (3, 'seven', 1500), ('4.005', 7, '1970-01-01T00:00:02')",
    );
    let source = table(
        &path,
        "t",
        &[
            ("a", "DECIMAL(6, 2)"),
            ("b", "STRING"),
            ("moment", "TIMESTAMP(3)"),
        ],
        &[],
    );
    let batches = read(&source, 1).unwrap();
    let batch = &batches[0];
    assert_eq!(
        batch.column(0).as_primitive::<Decimal128Type>().values().to_vec(),
        [300, 401]
    );
    let texts = batch.column(1).as_string::<i32>();
    assert_eq!((texts.value(0), texts.value(1)), ("seven", "7"));
    assert_eq!(
        batch
            .column(2)
            .as_primitive::<arrow::datatypes::TimestampMillisecondType>()
            .values()
            .to_vec(),
        [1_500, 2_000]
    );
    let wrong = table(&path, "t", &[("b", "INT")], &[]);
    assert_eq!(
        failure(read(&wrong, 1)).0,
        "jdbc table `c`.`d`.`t`: the value 'seven' of column 'b' does not fit into INT"
    );
}

#[test]
fn reading_is_shared_out_by_ranges_and_projected() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    execute(
        &path,
        "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT);
         WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 29999)
         INSERT INTO t SELECT i, 'n' || i FROM n",
    );
    let mut source = table(
        &path,
        "t",
        &[("name", "STRING"), ("id", "BIGINT")],
        &[
            ("scan.partition.column", "id"),
            ("scan.partition.num", "5"),
            ("scan.partition.lower-bound", "0"),
            ("scan.partition.upper-bound", "29999"),
        ],
    );
    source.projection = vec![1];
    let batches = read(&source, 2).unwrap();
    let mut ids: Vec<i64> = batches
        .iter()
        .flat_map(|batch| batch.column(0).as_primitive::<Int64Type>().values().to_vec())
        .collect();
    ids.sort_unstable();
    assert_eq!(ids, (0..30_000).collect::<Vec<i64>>());
    source.projection = Vec::new();
    let batches = read(&source, 3).unwrap();
    assert_eq!(batches.iter().map(RecordBatch::num_rows).sum::<usize>(), 30_000);
    assert_eq!(batches[0].num_columns(), 0);
}

#[test]
fn what_does_not_fit_is_refused_before_any_row() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    execute(
        &path,
        "CREATE TABLE visits (province TEXT, visits BIGINT); CREATE TABLE other (a INT, b INT, UNIQUE (b, a))",
    );
    let refusal = |name: &str, columns: &[(&str, &str)], key: &[usize]| {
        failure(writer(&table(&path, name, columns, &[]), key, &context()))
    };
    let prefix = "jdbc table `c`.`d`.`t`: ";
    assert_eq!(
        refusal("visit", COUNTS, &[]),
        (
            format!(
                "{prefix}the SQLite database '{}' has no table \"visit\"",
                path.display()
            ),
            "did you mean 'visits'?".to_owned()
        )
    );
    assert_eq!(
        refusal("visits", &[("provinces", "STRING")], &[]),
        (
            format!(
                "{prefix}the table \"visits\" has no column 'provinces'; its columns are: province, visits"
            ),
            "did you mean 'province'?".to_owned()
        )
    );
    assert_eq!(
        refusal("visits", &[("visits", "STRING")], &[]).0,
        format!("{prefix}the column 'visits' of table \"visits\" is BIGINT and cannot hold STRING")
    );
    assert_eq!(
        refusal("visits", COUNTS, &[0]),
        (
            format!(
                "{prefix}rows are updated by the key (province), which is not a primary or unique key of the \
                 table \"visits\": it has no primary key and no unique key"
            ),
            "CREATE UNIQUE INDEX ... ON \"visits\" (\"province\"), or declare the table's own key as PRIMARY KEY \
             ... NOT ENFORCED"
                .to_owned()
        )
    );
    writer(
        &table(&path, "other", &[("a", "INT"), ("b", "INT")], &[]),
        &[0, 1],
        &context(),
    )
    .unwrap();
    assert_eq!(
        refusal("visits", &[("visits", "ARRAY<INT>")], &[]).0,
        "The SQLite dialect doesn't support type: ARRAY<INT>."
    );
    let (message, _) = failure(writer(
        &table(&folder.path().join("no.db"), "t", COUNTS, &[]),
        &[],
        &context(),
    ));
    assert!(
        message.contains("no.db cannot be opened: unable to open database file"),
        "{message}"
    );
}

#[test]
fn a_row_that_the_table_refuses_is_shown_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    execute(
        &path,
        "CREATE TABLE t (province TEXT PRIMARY KEY, visits BIGINT CHECK (visits < 100))",
    );
    let mut writer = writer(&table(&path, "t", COUNTS, &[]), &[0], &context()).unwrap();
    writer
        .write(counts(&[
            (RowKind::Insert, Some("a"), 1),
            (RowKind::Insert, Some("b"), 100),
            (RowKind::Insert, Some("c"), 1),
        ]))
        .unwrap();
    assert_eq!(
        failure(writer.flush()).0,
        "jdbc table `c`.`d`.`t`: writing to table \"t\" failed: CHECK constraint failed: visits < 100 (275); the row \
         is (province = 'b', visits = 100)"
    );
    assert_eq!(rows(&path, &["count(*)"], "t"), ["0"]);
}

#[test]
fn a_locked_file_is_tried_again_and_cancelling_ends_the_wait() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    execute(&path, "CREATE TABLE t (province TEXT PRIMARY KEY, visits BIGINT)");
    let url = format!("jdbc:sqlite:{}?busy_timeout=1", path.display());
    let target = table(&path, "t", COUNTS, &[("url", &url), ("sink.max-retries", "2")]);
    let mut first = writer(&target, &[0], &context()).unwrap();
    let other = context();
    let mut second = writer(
        &table(&path, "t", COUNTS, &[("url", &url), ("sink.max-retries", "1000")]),
        &[0],
        &other,
    )
    .unwrap();
    first.write(counts(&[(RowKind::Insert, Some("a"), 1)])).unwrap();
    second.write(counts(&[(RowKind::Insert, Some("b"), 1)])).unwrap();
    run(&path, async |connection| {
        sqlx::raw_sql("BEGIN IMMEDIATE")
            .execute(&mut *connection)
            .await
            .unwrap();
        std::thread::scope(|scope| {
            let failed = scope.spawn(|| failure(first.flush()));
            let (message, _) = failed.join().unwrap();
            assert_eq!(
                message,
                "jdbc table `c`.`d`.`t`: writing 1 rows failed 3 times: database is locked (5)"
            );
            let cancelled = scope.spawn(|| second.flush());
            std::thread::sleep(Duration::from_millis(100));
            other.cancellation.cancel();
            assert!(matches!(cancelled.join().unwrap(), Err(EngineError::Cancelled)));
        });
    });
}

#[test]
fn options_that_cannot_be_honoured_are_named() {
    let refusal =
        |more: &[(&str, &str)]| failure(create_source(&table(Path::new("x.db"), "t", COUNTS, more)));
    assert_eq!(
        refusal(&[("lookup.cache.ttl", "1s")]).0,
        "The option 'lookup.cache.ttl' is not supported"
    );
    assert_eq!(
        refusal(&[("driver", "com.mysql.cj.jdbc.Driver")]),
        (
            "Invalid value for option 'driver'.\n\nThe driver 'com.mysql.cj.jdbc.Driver' is not one for the URL's \
             database."
                .to_owned(),
            "leave the option out, or use one of: org.sqlite.JDBC".to_owned()
        )
    );
    assert_eq!(
        refusal(&[("scan.partition.num", "3")]).0,
        "Either all or none of the following options should be provided:\nscan.partition.column\n\
         scan.partition.num\nscan.partition.lower-bound\nscan.partition.upper-bound"
    );
    assert_eq!(
        refusal(&[("url", "jdbc:sqlite:x.db?journal=WAL")]),
        (
            "The parameter 'journal' of the JDBC URL is not known for SQLite.".to_owned(),
            "did you mean 'journal_mode'?".to_owned()
        )
    );
    assert!(
        refusal(&[("sink.flush", "1")])
            .0
            .contains("Unsupported options found for 'jdbc'")
    );
}
