//! Whole programs, from rows to results. Expected rows are worked out by hand.

use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use nutkin_gateway::Gateway;
use nutkin_gateway::serve::{ServeOptions, serve};
use nutkin_protocol::Value;
use nutkin_protocol::client::{Client, ClientOptions};

use crate::program::{EXPRESSIONS, Object, Program, arguments, stream};

fn people() -> Value {
    let names: ArrayRef = Arc::new(StringArray::from(vec![
        Some("Ann"),
        Some("Bob"),
        None,
        Some("Ann"),
    ]));
    let ages: ArrayRef = Arc::new(Int64Array::from(vec![30, 41, 7, 5]));
    stream(&RecordBatch::try_from_iter_with_nullable([("name", names, true), ("age", ages, true)]).unwrap())
}

fn people_table(program: &mut Program, environment: Object) -> Object {
    let row_type = "ROW<`name` STRING, `age` BIGINT>";
    program.object(environment, "fromArrow", arguments![people(), row_type])
}

/// The same program in every door: expressions, aggregates and changes.
fn expressions_and_changes(mut program: Program) {
    let environment = program.environment();
    let table = people_table(&mut program, environment);
    let age = program.column("age");
    let name = program.column("name");
    let older = program.object(age, "isGreater", arguments![6]);
    let next_year = program.object(age, "plus", arguments![1]);
    let next_year = program.object(next_year, "as", arguments!["next"]);
    let filtered = program.object(table, "filter", arguments![older]);
    let selected = program.object(filtered, "select", arguments![name, next_year]);
    let result = program.object(selected, "execute", arguments![]);
    assert_eq!(
        program.rows(result),
        ["+I[Ann, 31]", "+I[Bob, 42]", "+I[null, 8]"]
    );

    let grouped = program.object(table, "groupBy", arguments![name]);
    let sum = program.object(age, "sum", arguments![]);
    let sum = program.object(sum, "as", arguments!["total"]);
    let totals = program.object(grouped, "select", arguments![name, sum]);
    let result = program.object(totals, "execute", arguments![]);
    assert_eq!(
        program.rows(result),
        [
            "+I[Ann, 30]",
            "+I[Bob, 41]",
            "+I[null, 7]",
            "-U[Ann, 30]",
            "+U[Ann, 35]"
        ]
    );
}

#[test]
fn embedded() {
    expressions_and_changes(Program::in_process(&Arc::new(Gateway::new(None))));
}

#[test]
fn remote() {
    let folder = tempfile::tempdir().unwrap();
    let options = ServeOptions {
        unix: Some(folder.path().join("gateway.sock")),
        ..ServeOptions::default()
    };
    let serving = serve(Arc::new(Gateway::new(None)), options).unwrap();
    for address in serving.addresses() {
        let options = ClientOptions {
            token: serving.token().map(str::to_owned),
            ..ClientOptions::default()
        };
        expressions_and_changes(Program::remote(Client::connect(address, &options).unwrap()));
    }
}

#[test]
fn results_print_as_flink_prints_them() {
    let (mut program, environment) = Program::start();
    let table = people_table(&mut program, environment);
    program.value(environment, "createTemporaryView", arguments!["people", table]);
    let result = program.sql(
        environment,
        "SELECT name, COUNT(*) AS n FROM people WHERE age > 20 OR name IS NULL GROUP BY name",
    );
    assert_eq!(
        program.printed(result),
        "\
+----+--------------------------------+----------------------+
| op |                           name |                    n |
+----+--------------------------------+----------------------+
| +I |                            Ann |                    1 |
| +I |                            Bob |                    1 |
| +I |                         <NULL> |                    1 |
+----+--------------------------------+----------------------+
3 rows in set
"
    );
    let result = program.sql(environment, "SELECT name FROM people WHERE age > 100");
    assert_eq!(program.printed(result), "Empty set\n");
    let result = program.sql(environment, "SHOW TABLES");
    assert_eq!(
        program.printed(result),
        "\
+------------+
| table name |
+------------+
|     people |
+------------+
1 row in set
"
    );
    let result = program.sql(
        environment,
        "CREATE TABLE t (a INT) WITH ('connector' = 'blackhole')",
    );
    assert_eq!(program.text(result, "getResultKind", arguments![]), "SUCCESS");
    assert_eq!(program.value(result, "getJobClient", arguments![]), Value::Null);
    assert_eq!(program.printed(result), "OK\n");
    assert_eq!(program.rows(result), Vec::<String>::new());
}

#[test]
fn schemas_show_columns_types_and_key() {
    let (mut program, environment) = Program::start();
    let table = people_table(&mut program, environment);
    let schema = program.object(table, "getResolvedSchema", arguments![]);
    assert_eq!(
        program.text(schema, "toString", arguments![]),
        "(\n  `name` STRING,\n  `age` BIGINT\n)"
    );
    program.sql(
        environment,
        "CREATE TABLE keyed (a INT, b DECIMAL(10, 2), PRIMARY KEY (a) NOT ENFORCED) WITH ('connector' = 'blackhole')",
    );
    let keyed = program.object(environment, "from", arguments!["keyed"]);
    let schema = program.object(keyed, "getResolvedSchema", arguments![]);
    let list = |values: &[&str]| {
        Value::List(
            values
                .iter()
                .map(|value| Value::String((*value).to_owned()))
                .collect(),
        )
    };
    assert_eq!(
        program.value(schema, "getColumnNames", arguments![]),
        list(&["a", "b"])
    );
    assert_eq!(
        program.value(schema, "getColumnDataTypes", arguments![]),
        list(&["INT NOT NULL", "DECIMAL(10, 2)"])
    );
    assert_eq!(program.value(schema, "getPrimaryKey", arguments![]), list(&["a"]));
    assert_eq!(
        program.text(schema, "toString", arguments![]),
        "(\n  `a` INT NOT NULL,\n  `b` DECIMAL(10, 2),\n  CONSTRAINT `PK_a` PRIMARY KEY (`a`) NOT ENFORCED\n)"
    );
}

/// Source and sink in files, as the article's program has them in Kafka and MySQL.
fn file_tables(folder: &std::path::Path) -> (String, String) {
    std::fs::create_dir(folder.join("in")).unwrap();
    std::fs::write(folder.join("in/a.csv"), "x,1\ny,20\nx,300\n").unwrap();
    let table = |name: &str, columns: &str, path: &str| {
        format!(
            "CREATE TABLE {name} ({columns}) WITH ('connector' = 'filesystem', 'path' = '{}', 'format' = 'csv')",
            folder.join(path).display()
        )
    };
    (
        table("source", "k STRING, v BIGINT", "in"),
        table("sink", "k STRING, doubled BIGINT", "out"),
    )
}

/// The lines that a sink wrote, sorted.
fn written(folder: &std::path::Path) -> Vec<String> {
    let mut lines: Vec<String> = std::fs::read_dir(folder.join("out"))
        .unwrap()
        .flat_map(|file| {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            text.lines().map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    lines.sort();
    lines
}

#[test]
fn an_insert_is_a_job_with_figures() {
    let folder = tempfile::tempdir().unwrap();
    let (source, sink) = file_tables(folder.path());
    let (mut program, environment) = Program::start();
    program.sql(environment, &source);
    program.sql(environment, &sink);
    let table = program.object(
        environment,
        "sqlQuery",
        arguments!["SELECT k, v * 2 AS d FROM source"],
    );
    let result = program.object(table, "executeInsert", arguments!["sink"]);
    let client = program.object(result, "getJobClient", arguments![]);
    program.wait(result);
    assert_eq!(written(folder.path()), ["x,2", "x,600", "y,40"]);
    assert_eq!(program.text(client, "getJobStatus", arguments![]), "FINISHED");
    assert_eq!(program.text(client, "getJobID", arguments![]).len(), 32);
    assert_eq!(
        program.text(client, "getJobName", arguments![]),
        "insert-into_default_catalog.default_database.sink"
    );
    let Value::Map(metrics) = program.value(client, "getMetrics", arguments![]) else {
        panic!("no map");
    };
    let metric = |name: &str| {
        let key = Value::String(name.to_owned());
        metrics.iter().find(|(known, _)| *known == key).unwrap().1.clone()
    };
    assert_eq!(metric("rows_in"), Value::Long(3));
    assert_eq!(metric("rows_out"), Value::Long(3));
    assert_eq!(metric("parse_errors"), Value::Long(0));
    assert_eq!(metric("lag"), Value::Null);
    let Value::Long(first_row) = metric("first_row_micros") else {
        panic!("no first row");
    };
    let Value::Long(elapsed) = metric("elapsed_micros") else {
        panic!("no time");
    };
    assert!(0 < first_row && first_row <= elapsed, "{first_row} {elapsed}");
    assert_eq!(program.rows(result), ["+I[-1]"]);
}

#[test]
fn the_api_of_old_buffers_inserts_until_execute() {
    let folder = tempfile::tempdir().unwrap();
    let (source, sink) = file_tables(folder.path());
    let (mut program, environment) = Program::start();
    let nothing = program.error(environment, "execute", arguments!["job"]);
    assert_eq!(nothing.class, "java.lang.IllegalStateException");
    assert_eq!(
        nothing.message,
        "No operators defined in streaming topology. Cannot execute."
    );

    program.value(environment, "sqlUpdate", arguments![source.as_str()]);
    program.value(environment, "sqlUpdate", arguments![sink.as_str()]);
    let table = program.object(environment, "scan", arguments!["source"]);
    let filtered = program.object(table, "filter", arguments!["v > 1"]);
    let selected = program.object(filtered, "select", arguments!["k, v * 2 as d"]);
    program.value(selected, "insertInto", arguments!["sink"]);
    program.value(
        environment,
        "sqlUpdate",
        arguments!["INSERT INTO sink SELECT 'sql', 1 FROM source WHERE v = 1"],
    );
    assert!(!folder.path().join("out").exists());
    let plan = program.text(environment, "explain", arguments![]);
    assert_eq!(
        plan.matches("LogicalSink(table=[default_catalog.default_database.sink]")
            .count(),
        2,
        "{plan}"
    );

    let client = program.object(environment, "execute", arguments!["the job"]);
    assert_eq!(
        program.value(client, "awaitTermination", arguments![20_000]),
        Value::Boolean(true)
    );
    assert_eq!(program.text(client, "getJobName", arguments![]), "the job");
    assert_eq!(written(folder.path()), ["sql,1", "x,600", "y,40"]);
    assert_eq!(
        program.error(environment, "execute", arguments!["again"]).message,
        nothing.message
    );
    let query = program.error(environment, "sqlUpdate", arguments!["SELECT 1"]);
    assert!(
        query
            .message
            .starts_with("Unsupported SQL query! sqlUpdate() only accepts a single"),
        "{}",
        query.message
    );
}

#[test]
fn a_statement_set_is_one_job() {
    let folder = tempfile::tempdir().unwrap();
    let (source, sink) = file_tables(folder.path());
    let (mut program, environment) = Program::start();
    program.sql(environment, &source);
    program.sql(environment, &sink);
    program.sql(
        environment,
        "CREATE TABLE hole (k STRING) WITH ('connector' = 'blackhole')",
    );
    let set = program.object(environment, "createStatementSet", arguments![]);
    let empty = program.error(set, "execute", arguments![]);
    assert_eq!(
        empty.message,
        "No operators defined in streaming topology. Cannot execute."
    );
    program.value(
        set,
        "addInsertSql",
        arguments!["INSERT INTO sink SELECT k, v FROM source"],
    );
    let table = program.object(environment, "sqlQuery", arguments!["SELECT k FROM source"]);
    program.value(set, "addInsert", arguments!["hole", table]);
    let result = program.object(set, "execute", arguments![]);
    program.wait(result);
    assert_eq!(written(folder.path()), ["x,1", "x,300", "y,20"]);
    assert_eq!(program.rows(result), ["+I[-1, -1]"]);
    // The same between BEGIN and END.
    program.sql(environment, "BEGIN STATEMENT SET");
    program.sql(environment, "INSERT INTO hole SELECT k FROM source");
    let refused = program.error(environment, "executeSql", arguments!["SHOW TABLES"]);
    assert!(
        refused.message.starts_with("Only INSERT statements are allowed"),
        "{}",
        refused.message
    );
    let result = program.sql(environment, "END");
    program.wait(result);
    assert_eq!(program.rows(result), ["+I[-1]"]);
}

#[test]
fn faults_are_raised_at_the_call_in_flinks_words() {
    let (mut program, environment) = Program::start();
    let table = people_table(&mut program, environment);
    program.sql(
        environment,
        "CREATE TABLE hole (a INT) WITH ('connector' = 'blackhole')",
    );
    let nosuch = program.column("nosuch");
    let validation = "org.apache.flink.table.api.ValidationException";
    for (object, method, arguments, message) in [
        (
            table,
            "select",
            arguments![nosuch],
            "Cannot resolve field [nosuch], input field list:[name, age].",
        ),
        (
            table,
            "select",
            arguments!["nosuch"],
            "Cannot resolve field [nosuch], input field list:[name, age].",
        ),
        (
            environment,
            "from",
            arguments!["nosuch"],
            "Table `nosuch` was not found.",
        ),
        (
            table,
            "executeInsert",
            arguments!["hole"],
            "Column types of query result and sink for 'default_catalog.default_database.hole' do not match.",
        ),
    ] {
        let fault = program.error(object, method, arguments);
        assert_eq!(fault.class, validation, "{}", fault.message);
        assert!(fault.message.starts_with(message), "{}", fault.message);
    }
    let syntax = program.error(environment, "executeSql", arguments!["SELEKT 1"]);
    assert_eq!(syntax.class, "org.apache.flink.table.api.SqlParserException");
    let grammar = program.error(table, "select", arguments!["name,,"]);
    assert_eq!(
        grammar.class,
        "org.apache.flink.table.api.ExpressionParserException"
    );
    program.sql(
        environment,
        "CREATE TABLE odd (a INT) WITH ('connector' = 'blackhol')",
    );
    let connector = program.error(environment, "executeSql", arguments!["INSERT INTO odd SELECT 1"]);
    assert!(
        connector
            .message
            .starts_with("Could not find any factory for identifier 'blackhol'"),
        "{}",
        connector.message
    );
    assert_eq!(connector.hint.as_deref(), Some("did you mean 'blackhole'?"));
    let twice = program.error(
        environment,
        "executeSql",
        arguments!["CREATE TABLE hole (a INT) WITH ('connector' = 'blackhole')"],
    );
    assert_eq!(
        twice.cause.unwrap().class,
        "org.apache.flink.table.catalog.exceptions.TableAlreadyExistException"
    );
    // The environment goes on.
    let result = program.object(table, "execute", arguments![]);
    assert_eq!(program.rows(result).len(), 4);
}

#[test]
fn what_is_not_there_is_refused_by_name() {
    let (mut program, environment) = Program::start();
    let table = people_table(&mut program, environment);
    let age = program.column("age");
    for (object, method, arguments, what) in [
        (
            table,
            "flatMap",
            arguments![age],
            "Table.flatMap is not supported.",
        ),
        (
            table,
            "explain",
            arguments!["ESTIMATED_COST"],
            "ExplainDetail.ESTIMATED_COST is not supported",
        ),
        (
            table,
            "executeInsert",
            arguments!["x", true],
            "INSERT OVERWRITE is not supported",
        ),
    ] {
        let refusal = program.error(object, method, arguments);
        assert_eq!(refusal.class, "java.lang.UnsupportedOperationException");
        assert_eq!(refusal.message, what);
        assert!(refusal.hint.is_some_and(|hint| !hint.is_empty()), "{what}");
    }
    let unknown = program.object_of_class(EXPRESSIONS, "pi", arguments![]);
    let unknown = program.object(unknown, "bitmapBuild", arguments![]);
    let refusal = program.error(table, "select", arguments![unknown]);
    assert_eq!(refusal.message, "The function 'BITMAP_BUILD' is not supported");
}

#[test]
fn configuration_is_checked_and_followed() {
    let (mut program, environment) = Program::start();
    let config = program.object(environment, "getConfig", arguments![]);
    assert_eq!(
        program.value(config, "get", arguments!["pipeline.name"]),
        Value::Null
    );
    assert_eq!(
        program.text(config, "get", arguments!["pipeline.name", "none"]),
        "none"
    );
    program.value(config, "set", arguments!["pipeline.name", "named"]);
    let refusal = program.error(
        config,
        "set",
        arguments!["execution.checkpointing.interval", "1 s"],
    );
    assert_eq!(
        refusal.message,
        "The option 'execution.checkpointing.interval' is not supported"
    );
    let text = |text: &str| Value::String(text.to_owned());
    assert_eq!(
        program.value(config, "toMap", arguments![]),
        Value::Map(vec![
            (text("parallelism.default"), text("1")),
            (text("pipeline.name"), text("named"))
        ])
    );
    let result = program.sql(environment, "SELECT 1");
    let client = program.object(result, "getJobClient", arguments![]);
    assert_eq!(program.text(client, "getJobName", arguments![]), "named");
    let result = program.sql(environment, "SET");
    assert_eq!(
        program.rows(result),
        ["+I[parallelism.default, 1]", "+I[pipeline.name, named]"]
    );
    assert_eq!(
        program.value(config, "remove", arguments!["pipeline.name"]),
        Value::Boolean(true)
    );
    program.sql(environment, "RESET");
    assert_eq!(program.value(config, "toMap", arguments![]), Value::Map(vec![]));
}

#[test]
fn rows_must_be_of_their_type() {
    let (mut program, environment) = Program::start();
    for (row_type, message) in [
        (
            "ROW<name STRING, age INT>",
            "The values of column 'age' are of the Arrow type Int64, but INT needs Int32.",
        ),
        (
            "ROW<name STRING>",
            "The rows have 2 columns, but their type has 1.",
        ),
        ("BIGINT", "The rows of a table are of a ROW type, not BIGINT."),
    ] {
        let fault = program.error(environment, "fromArrow", arguments![people(), row_type]);
        assert_eq!(fault.message, message);
    }
    let garbage = Value::Bytes(vec![1, 2, 3, 4, 5, 6, 7, 8, 9]);
    program.error(environment, "fromArrow", arguments![garbage, "ROW<a INT>"]);
}
