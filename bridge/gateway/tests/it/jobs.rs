//! The life of jobs: cancelled, failed, ended with their session, or detached from it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use nutkin_gateway::Gateway;
use nutkin_protocol::Value;

use crate::program::{GATEWAY, Object, Program, arguments};
use crate::support::eventually;

const ENDLESS: &str =
    "CREATE TABLE endless (n BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '100')";
const HOLE: &str = "CREATE TABLE hole (n BIGINT) WITH ('connector' = 'blackhole')";
const INSERT: &str = "INSERT INTO hole SELECT n FROM endless";

/// Starts a job that does not end by itself, and waits until it runs.
fn endless(program: &mut Program, environment: Object) -> (Object, Object) {
    program.sql(environment, ENDLESS);
    program.sql(environment, HOLE);
    let result = program.sql(environment, INSERT);
    let client = program.object(result, "getJobClient", arguments![]);
    assert!(eventually(
        || program.text(client, "getJobStatus", arguments![]) == "RUNNING"
    ));
    (result, client)
}

fn running(program: &mut Program) -> usize {
    match program.value_of_class(GATEWAY, "listJobs", arguments![]) {
        Value::List(jobs) => jobs.len(),
        other => panic!("listJobs gave {other:?}"),
    }
}

#[test]
fn a_cancelled_job_ends_within_a_second() {
    let (mut program, environment) = Program::start();
    let (result, client) = endless(&mut program, environment);
    assert_eq!(
        program.value(client, "awaitTermination", arguments![30]),
        Value::Boolean(false)
    );
    let started = Instant::now();
    program.value(client, "cancel", arguments![]);
    let error = program.error(client, "awaitTermination", arguments![5_000]);
    assert!(
        started.elapsed() < Duration::from_secs(1),
        "{:?}",
        started.elapsed()
    );
    assert_eq!(
        error.class,
        "org.apache.flink.runtime.client.JobCancellationException"
    );
    assert_eq!(
        error.message,
        "Job 'insert-into_default_catalog.default_database.hole' was cancelled."
    );
    assert_eq!(program.text(client, "getJobStatus", arguments![]), "CANCELED");
    assert_eq!(program.error(result, "await", arguments![]).class, error.class);
}

#[test]
fn a_failed_job_says_why() {
    let (mut program, environment) = Program::start();
    let query = "SELECT 10 / n FROM (VALUES (5), (0)) AS t(n)";
    let result = program.sql(environment, query);
    let error = loop {
        match program.fetch(result) {
            Ok(Value::Null) => panic!("the query ended well"),
            Ok(_) => {}
            Err(error) => break error,
        }
    };
    assert_eq!(
        error.class,
        "org.apache.flink.runtime.client.JobExecutionException"
    );
    assert!(
        error.message.starts_with("Job 'collect' failed: "),
        "{}",
        error.message
    );
    let cause = error.cause.unwrap();
    assert_eq!(cause.class, "java.lang.ArithmeticException");
    assert_eq!(cause.message, "/ by zero");
}

#[test]
fn jobs_end_with_their_session() {
    let gateway = Arc::new(Gateway::new(None));
    let mut other = Program::in_process(&gateway);
    let (mut program, environment) = Program::with_environment(&gateway);
    endless(&mut program, environment);
    assert_eq!(running(&mut other), 1);
    let started = Instant::now();
    drop(program);
    assert!(
        started.elapsed() < Duration::from_secs(1),
        "{:?}",
        started.elapsed()
    );
    assert_eq!(running(&mut other), 0);
}

#[test]
fn a_detached_insert_outlives_its_session_and_can_be_cancelled_from_another() {
    let gateway = Arc::new(Gateway::new(None));
    let mut other = Program::in_process(&gateway);
    let (mut program, environment) = Program::with_environment(&gateway);
    program.sql(environment, "SET 'execution.attached' = 'false'");
    let (_, client) = endless(&mut program, environment);
    let id = program.text(client, "getJobID", arguments![]);
    // A query serves its reader and is never detached.
    program.sql(environment, "SELECT n FROM endless");
    assert!(eventually(|| running(&mut other) == 2));
    drop(program);
    assert!(eventually(|| running(&mut other) == 1));
    let client = other.object_of_class(GATEWAY, "getJobClient", arguments![id.as_str()]);
    assert_eq!(other.text(client, "getJobStatus", arguments![]), "RUNNING");
    other.value(client, "cancel", arguments![]);
    assert!(eventually(|| running(&mut other) == 0));
    let unknown = other.error_of_class(GATEWAY, "getJobClient", arguments!["0"]);
    assert_eq!(unknown.message, "There is no job 0 in this gateway.");
}

#[test]
fn a_query_ends_when_nobody_can_read_it() {
    let (mut program, environment) = Program::start();
    program.sql(environment, ENDLESS);
    let closed = program.sql(environment, "SELECT n FROM endless");
    let released = program.sql(environment, "SELECT n FROM endless");
    assert!(eventually(|| running(&mut program) == 2));
    assert!(eventually(|| !program.some_rows(closed).is_empty()));
    program.value(closed, "close", arguments![]);
    assert!(eventually(|| running(&mut program) == 1));
    program.release(released);
    assert!(eventually(|| running(&mut program) == 0));
}

#[test]
fn rows_come_in_batches_of_at_most_the_size_asked_for() {
    let (mut program, environment) = Program::start();
    program.sql(
        environment,
        "CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen', 'number-of-rows' = '10000', \
         'fields.n.kind' = 'sequence', 'fields.n.start' = '1', 'fields.n.end' = '10000')",
    );
    let result = program.sql(environment, "SELECT n FROM numbers");
    let mut rows = Vec::new();
    loop {
        match program.value(result, "fetch", arguments![3000, 1000]) {
            Value::Null => break,
            Value::Arrow(stream) => {
                let some = crate::program::show(&stream);
                assert!(some.len() <= 3000, "{}", some.len());
                rows.extend(some);
            }
            other => panic!("fetch gave {other:?}"),
        }
    }
    let expected: Vec<String> = (1..=10_000).map(|n| format!("+I[{n}]")).collect();
    assert_eq!(rows, expected);
}
