//! Rows that the gateway pushes over a connection.

use std::sync::Arc;

use arrow::array::AsArray;
use arrow::datatypes::Int32Type;
use arrow::ipc::reader::StreamReader;
use nutkin_gateway::Gateway;
use nutkin_gateway::serve::{ServeOptions, Serving, serve};
use nutkin_protocol::client::{Client, ClientOptions, RowStream, RowStreamError};

use crate::program::{Program, arguments};

fn start() -> (Serving, Client, Client) {
    let serving = serve(Arc::new(Gateway::new(None)), ServeOptions::default()).unwrap();
    let connect = || {
        let options = ClientOptions {
            token: serving.token().map(str::to_owned),
            ..ClientOptions::default()
        };
        Client::connect(&serving.addresses()[0], &options).unwrap()
    };
    let (first, second) = (connect(), connect());
    (serving, first, second)
}

/// The numbers of the column after the row kinds, and how many pieces they came in.
fn numbers(stream: &mut RowStream) -> (Vec<i32>, usize) {
    let mut numbers = Vec::new();
    let mut pieces = 0;
    while let Some(rows) = stream.next(&mut || true).unwrap() {
        pieces += 1;
        for batch in StreamReader::try_new(rows.as_slice(), None).unwrap() {
            numbers.extend(batch.unwrap().column(1).as_primitive::<Int32Type>().values());
        }
    }
    (numbers, pieces)
}

const NUMBERS: &str = "CREATE TABLE numbers (n INT) WITH ('connector' = 'datagen', 'number-of-rows' = '100000', \
                       'fields.n.kind' = 'sequence', 'fields.n.start' = '1', 'fields.n.end' = '100000')";

#[test]
fn all_rows_arrive_whatever_the_credit() {
    let (_serving, client, _) = start();
    let mut program = Program::remote(client);
    let environment = program.environment();
    program.sql(environment, NUMBERS);
    // The smallest credit lets one piece through at a time.
    for credit in [1, 100_000, u64::MAX] {
        let result = program.sql(environment, "SELECT n FROM numbers");
        let (found, pieces) = numbers(&mut program.rows_of(result, credit));
        let expected: Vec<i32> = (1..=100_000).collect();
        assert_eq!(found, expected);
        assert!(pieces > 1);
    }
}

#[test]
fn a_stream_that_is_not_read_stops_and_is_given_up() {
    let (_serving, client, _) = start();
    let mut program = Program::remote(client);
    let environment = program.environment();
    program.sql(
        environment,
        "CREATE TABLE endless (n INT) WITH ('connector' = 'datagen', 'rows-per-second' = '1000000')",
    );
    let result = program.sql(environment, "SELECT n FROM endless");
    let mut stream = program.rows_of(result, 1000);
    assert!(stream.next(&mut || true).unwrap().is_some());
    drop(stream);
    // The connection serves other calls meanwhile and afterwards.
    let job = program.object(result, "getJobClient", arguments![]);
    assert_eq!(program.text(job, "getJobStatus", arguments![]), "RUNNING");
    program.value(result, "close", arguments![]);
}

#[test]
fn what_is_wrong_is_told_by_the_stream() {
    let (_serving, client, other) = start();
    let mut program = Program::remote(client);
    let environment = program.environment();
    let mut no_rows = program.rows_of(environment, 1000);
    let Err(RowStreamError::Failed(error)) = no_rows.next(&mut || true) else {
        panic!("an environment has no rows");
    };
    assert!(error.message.contains("has no rows"), "{}", error.message);
    // Objects of other sessions do not exist.
    let mut foreign = other.rows(1, 1000).unwrap();
    let Err(RowStreamError::Failed(error)) = foreign.next(&mut || true) else {
        panic!("an object of another session");
    };
    assert_eq!(error.message, "There is no object 1 in this session.");
    let result = program.sql(environment, "SELECT CAST('x' AS INT)");
    let mut failing = program.rows_of(result, 1000);
    let Err(RowStreamError::Failed(error)) = failing.next(&mut || true) else {
        panic!("the query fails");
    };
    assert_eq!(
        error.class,
        "org.apache.flink.runtime.client.JobExecutionException"
    );
    assert!(failing.next(&mut || true).unwrap().is_none());
}
