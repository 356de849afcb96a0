//! Whole jobs that end by themselves.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use nutkin_engine::chunk::Chunk;
use nutkin_engine::job::{JobHandle, JobStatus, collect_sink, submit};
use nutkin_plan::function::definitions::SUM;
use nutkin_plan::stream::{ChangelogMode, SinkNode, StreamPlan};

use crate::kit::{
    MemorySink, MemorySource, TestEnvironment, aggregate, calc, chunk, column, count_star, exchange, group,
    project, scan, schema_of, show, single, sink, union, wait,
};

const HEADER: &str = "k:STRING v:BIGINT";

pub(crate) fn start(sinks: Vec<SinkNode>, environment: TestEnvironment, parallelism: &str) -> JobHandle {
    let options = BTreeMap::from([("parallelism.default".to_owned(), parallelism.to_owned())]);
    submit(StreamPlan { sinks }, Arc::new(environment), "test", options).unwrap()
}

/// `count` rows with ten keys; the values are 0, 1, 2, ...
fn numbers(count: usize, rows_a_chunk: usize) -> Vec<Chunk> {
    let rows: Vec<usize> = (0..count).collect();
    rows.chunks(rows_a_chunk)
        .map(|rows| {
            let lines: String = rows
                .iter()
                .map(|row| format!("+I k{} {row}\n", row % 10))
                .collect();
            chunk(&format!("op {HEADER}\n{lines}"))
        })
        .collect()
}

/// For each of ten keys, the count and sum of its numbers below `count`.
fn totals(count: usize) -> Vec<String> {
    (0..10)
        .map(|key| {
            let values: Vec<usize> = (0..count).filter(|row| row % 10 == key).collect();
            format!("k{key} {} {}", values.len(), values.iter().sum::<usize>())
        })
        .collect()
}

/// The last row of each key.
fn last_rows(rows: &[String]) -> Vec<String> {
    let mut table = BTreeMap::new();
    for row in rows {
        let (key, values) = row[3..].split_once(' ').unwrap();
        table.insert(key.to_owned(), values.to_owned());
    }
    table
        .into_iter()
        .map(|(key, values)| format!("{key} {values}"))
        .collect()
}

#[test]
fn grouping_is_the_same_with_any_parallelism() {
    for parallelism in ["1", "2", "5"] {
        for most in [None, Some(1), Some(2)] {
            let source = scan("t", HEADER);
            let keyed = exchange(&source, &[0]);
            let sums = aggregate(&SUM, column(&schema_of(HEADER), "v"), "BIGINT");
            let output = "k:STRING n:BIGINT s:BIGINT";
            let grouped = group(&keyed, &[0], vec![count_star(), sums], output, false);
            let kept = MemorySink {
                most,
                ..MemorySink::default()
            };
            let splits = numbers(3_000, 100).chunks(6).map(<[Chunk]>::to_vec).collect();
            let environment = TestEnvironment::default()
                .source("t", MemorySource { splits })
                .sink("s", kept.clone());
            let job = start(
                vec![sink("s", &grouped, output, ChangelogMode::Upsert, &[0])],
                environment,
                parallelism,
            );
            let result = wait(&job).unwrap();
            assert_eq!(last_rows(&kept.rows()), totals(3_000), "{parallelism} {most:?}");
            assert_eq!(job.status(), JobStatus::Finished);
            assert_eq!(result.metrics.rows_in, 3_000);
            assert_eq!(result.metrics.rows_out, kept.rows().len() as u64);
            assert!(result.metrics.first_row.is_some());
            // Every writer was flushed at the end and closed, then the sink finished once.
            let writers = kept.rows_by_writer();
            let expected = most.map_or(parallelism.parse().unwrap(), |most: usize| {
                most.min(parallelism.parse().unwrap())
            });
            assert_eq!(writers.len(), expected);
            let (flushes, closes, finishes) = kept.calls();
            assert_eq!((flushes, closes, finishes), (expected as u64, expected as u64, 1));
            // All changes of a key are at one writer.
            let mut keys: Vec<&str> = Vec::new();
            for rows in &writers {
                let mut own: Vec<&str> = rows.iter().map(|row| &row[3..5]).collect();
                own.sort_unstable();
                own.dedup();
                keys.extend(own);
            }
            assert_eq!(keys.len(), 10);
        }
    }
}

#[test]
fn a_job_id_is_flinks() {
    let source = scan("t", HEADER);
    let environment = TestEnvironment::default()
        .source(
            "t",
            MemorySource {
                splits: vec![numbers(1, 1)],
            },
        )
        .sink("s", MemorySink::default());
    let job = start(
        vec![sink("s", &source, HEADER, ChangelogMode::InsertOnly, &[])],
        environment,
        "1",
    );
    let id = job.id().to_string();
    assert_eq!(id.len(), 32);
    assert!(id.bytes().all(|byte| b"0123456789abcdef".contains(&byte)));
    wait(&job).unwrap();
}

#[test]
fn a_shared_part_runs_once_and_feeds_several_sinks() {
    let source = scan("t", HEADER);
    let schema = schema_of(HEADER);
    let swapped = calc(
        &source,
        None,
        vec![
            project("v", column(&schema, "v")),
            project("k", column(&schema, "k")),
        ],
        "v:BIGINT k:STRING",
    );
    let total = group(
        &single(&swapped),
        &[],
        vec![aggregate(&SUM, column(swapped.schema(), "v"), "BIGINT")],
        "s:BIGINT",
        true,
    );
    let (rows, sums) = (MemorySink::default(), MemorySink::default());
    let environment = TestEnvironment::default()
        .source(
            "t",
            MemorySource {
                splits: vec![numbers(3, 3)],
            },
        )
        .sink("rows", rows.clone())
        .sink("sums", sums.clone());
    let job = start(
        vec![
            sink(
                "rows",
                &swapped,
                "v:BIGINT k:STRING",
                ChangelogMode::InsertOnly,
                &[],
            ),
            sink("sums", &total, "s:BIGINT", ChangelogMode::All, &[]),
        ],
        environment,
        "2",
    );
    let result = wait(&job).unwrap();
    assert_eq!(rows.sorted_rows(), ["+I 0 k0", "+I 1 k1", "+I 2 k2"]);
    assert_eq!(sums.rows(), ["+I 0", "-U 0", "+U 1", "-U 1", "+U 3"]);
    // Read once, although two sinks got the rows.
    assert_eq!(result.metrics.rows_in, 3);
}

#[test]
fn a_union_has_all_rows_also_of_the_same_input_twice() {
    let (left, right) = (scan("l", HEADER), scan("r", HEADER));
    let all = union(&[&left, &right, &left]);
    let kept = MemorySink::default();
    let environment = TestEnvironment::default()
        .source(
            "l",
            MemorySource {
                splits: vec![numbers(2, 1)],
            },
        )
        .source(
            "r",
            MemorySource {
                splits: vec![numbers(1, 1), numbers(1, 1)],
            },
        )
        .sink("s", kept.clone());
    let job = start(
        vec![sink("s", &all, HEADER, ChangelogMode::InsertOnly, &[])],
        environment,
        "2",
    );
    wait(&job).unwrap();
    assert_eq!(
        kept.sorted_rows(),
        ["+I k0 0", "+I k0 0", "+I k0 0", "+I k0 0", "+I k1 1", "+I k1 1"]
    );
}

#[test]
fn collected_rows_are_read_as_they_come() {
    let source = scan("t", HEADER);
    let (collecting, rows) = collect_sink(1);
    let mut environment = TestEnvironment::default().source(
        "t",
        MemorySource {
            splits: vec![numbers(6, 1)],
        },
    );
    environment.sinks.insert("s".to_owned(), collecting);
    let job = start(
        vec![sink("s", &source, HEADER, ChangelogMode::InsertOnly, &[])],
        environment,
        "1",
    );
    let mut collected = Vec::new();
    while !rows.has_ended() {
        if let Some(chunk) = rows.next_batch(Duration::from_millis(50)) {
            collected.extend(show(&chunk));
        }
    }
    let expected: Vec<String> = (0..6).map(|row| format!("+I k{row} {row}")).collect();
    assert_eq!(collected, expected);
    wait(&job).unwrap();
}
