//! Jobs that do not end by themselves: cancelled, failed, panicked, refused.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use nutkin_engine::EngineError;
use nutkin_engine::chunk::Chunk;
use nutkin_engine::job::{JobHandle, JobStatus, collect_sink, submit};
use nutkin_plan::stream::{ChangelogMode, StreamPlan};

use crate::job::start;
use crate::kit::{
    Endless, MemorySink, OneChunk, TestEnvironment, chunk, count_star, exchange, group, scan, sink, wait,
};

const HEADER: &str = "k:STRING v:BIGINT";

fn rows() -> Chunk {
    chunk("op k:STRING v:BIGINT\n+I a 1\n+I b 2\n+I c 3")
}

fn endless() -> Endless {
    Endless {
        chunk: rows(),
        fail_after: None,
        panic_after: None,
    }
}

/// An endless source, grouped, into the sink.
fn counting(source: Endless, kept: &MemorySink) -> JobHandle {
    let scanned = scan("t", HEADER);
    let output = "k:STRING n:BIGINT";
    let grouped = group(&exchange(&scanned, &[0]), &[0], vec![count_star()], output, false);
    let environment = TestEnvironment::default()
        .source("t", source)
        .sink("s", kept.clone());
    start(
        vec![sink("s", &grouped, output, ChangelogMode::Upsert, &[0])],
        environment,
        "2",
    )
}

fn ended_within_a_second(job: &JobHandle, since: Instant) -> EngineError {
    let error = wait(job).unwrap_err();
    assert!(since.elapsed() < Duration::from_secs(1), "{:?}", since.elapsed());
    error
}

#[test]
fn cancelling_ends_an_endless_job_with_a_slow_sink() {
    let kept = MemorySink {
        delay: Some(Duration::from_millis(200)),
        ..MemorySink::default()
    };
    let job = counting(endless(), &kept);
    while kept.rows().is_empty() {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(job.status(), JobStatus::Running);
    assert!(job.wait(Some(Duration::from_millis(1))).is_none());
    let asked = Instant::now();
    job.cancel();
    assert!(matches!(
        ended_within_a_second(&job, asked),
        EngineError::Cancelled
    ));
    assert_eq!(job.status(), JobStatus::Canceled);
    // Writers are closed, but the result is not made final.
    let (_, closes, finishes) = kept.calls();
    assert_eq!((closes, finishes), (2, 0));
    // A second request changes nothing.
    job.cancel();
    assert_eq!(job.status(), JobStatus::Canceled);
}

#[test]
fn the_error_of_one_task_ends_the_job_with_that_error() {
    let kept = MemorySink::default();
    let job = counting(
        Endless {
            fail_after: Some(20),
            ..endless()
        },
        &kept,
    );
    let error = wait(&job).unwrap_err();
    assert_eq!(error.to_string(), "test: line 7 is no CSV");
    assert_eq!(error.hint(), Some("set 'csv.ignore-parse-errors'"));
    assert_eq!(
        error.java_class(),
        "org.apache.flink.runtime.client.JobExecutionException"
    );
    assert_eq!(job.status(), JobStatus::Failed);
    let (_, closes, finishes) = kept.calls();
    assert_eq!((closes, finishes), (2, 0));
    // Cancelling a job that has failed does not hide why.
    job.cancel();
    assert_eq!(job.status(), JobStatus::Failed);
}

#[test]
fn the_error_of_a_sink_is_not_mistaken_for_what_it_causes() {
    for _ in 0..50 {
        let kept = MemorySink {
            broken: true,
            ..MemorySink::default()
        };
        let job = counting(endless(), &kept);
        let error = wait(&job).unwrap_err();
        assert_eq!(error.to_string(), "test: the table is gone");
        assert_eq!(job.status(), JobStatus::Failed);
    }
}

#[test]
fn a_panic_is_the_error_of_its_task() {
    let job = counting(
        Endless {
            panic_after: Some(3),
            ..endless()
        },
        &MemorySink::default(),
    );
    let error = wait(&job).unwrap_err();
    assert_eq!(
        error.to_string(),
        "task nutkin-source-0 panicked: a bug of the reader"
    );
    assert_eq!(job.status(), JobStatus::Failed);
}

#[test]
fn dropping_the_reader_of_a_query_cancels_it() {
    let scanned = scan("t", HEADER);
    let (collecting, reader) = collect_sink(2);
    let mut environment = TestEnvironment::default().source("t", endless());
    environment.sinks.insert("s".to_owned(), collecting);
    let job = start(
        vec![sink("s", &scanned, HEADER, ChangelogMode::InsertOnly, &[])],
        environment,
        "2",
    );
    assert!(reader.next_batch(Duration::from_secs(5)).is_some());
    assert!(!reader.has_ended());
    let dropped = Instant::now();
    drop(reader);
    assert!(matches!(
        ended_within_a_second(&job, dropped),
        EngineError::Cancelled
    ));
    assert_eq!(job.status(), JobStatus::Canceled);
}

#[test]
fn a_sink_is_flushed_in_time_although_no_row_follows() {
    let scanned = scan("t", HEADER);
    let output = "k:STRING n:BIGINT";
    let grouped = group(&exchange(&scanned, &[0]), &[0], vec![count_star()], output, false);
    let kept = MemorySink {
        interval: Some(Duration::from_millis(30)),
        ..MemorySink::default()
    };
    let environment = TestEnvironment::default()
        .source("t", OneChunk(rows()))
        .sink("s", kept.clone());
    let job = start(
        vec![sink("s", &grouped, output, ChangelogMode::Upsert, &[0])],
        environment,
        "1",
    );
    let started = Instant::now();
    while kept.calls().0 == 0 {
        assert!(started.elapsed() < Duration::from_secs(5), "no flush");
        std::thread::sleep(Duration::from_millis(2));
    }
    assert_eq!(kept.sorted_rows(), ["+I a 1", "+I b 1", "+I c 1"]);
    // One flush for one write: the timer does not fire again without rows.
    std::thread::sleep(Duration::from_millis(100));
    assert_eq!(kept.calls().0, 1);
    job.cancel();
    assert!(wait(&job).is_err());
}

#[test]
fn the_parallelism_of_tables_goes_first() {
    for (of_tables, expected) in [("3", 3), ("-1", 2)] {
        let scanned = scan("t", HEADER);
        let output = "k:STRING n:BIGINT";
        let grouped = group(&exchange(&scanned, &[0]), &[0], vec![count_star()], output, false);
        let kept = MemorySink::default();
        let environment = TestEnvironment::default()
            .source("t", OneChunk(rows()))
            .sink("s", kept.clone());
        let options = BTreeMap::from([
            ("parallelism.default".to_owned(), "2".to_owned()),
            (
                "table.exec.resource.default-parallelism".to_owned(),
                of_tables.to_owned(),
            ),
        ]);
        let plan = StreamPlan {
            sinks: vec![sink("s", &grouped, output, ChangelogMode::Upsert, &[0])],
        };
        let job = submit(plan, Arc::new(environment), "test", options).unwrap();
        while kept.sorted_rows().len() < 3 {
            std::thread::sleep(Duration::from_millis(2));
        }
        assert_eq!(kept.rows_by_writer().len(), expected);
        job.cancel();
        assert!(wait(&job).is_err());
    }
}

#[test]
fn a_wrong_parallelism_is_refused_at_once() {
    for value in ["0", "many", "129"] {
        let scanned = scan("t", HEADER);
        let environment = TestEnvironment::default()
            .source("t", endless())
            .sink("s", MemorySink::default());
        let options = BTreeMap::from([("parallelism.default".to_owned(), value.to_owned())]);
        let plan = StreamPlan {
            sinks: vec![sink("s", &scanned, HEADER, ChangelogMode::InsertOnly, &[])],
        };
        let error = submit(plan, Arc::new(environment), "test", options).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("Could not parse value '{value}' for key 'parallelism.default'.")
        );
    }
}
