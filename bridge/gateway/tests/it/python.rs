//! Python functions as far as the gateway takes part: asking for them, their files, and the runtime
//! that it is handed. The runtime here is in Rust; the real one is tested with the Python client.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use arrow::array::{ArrayRef, AsArray, RecordBatch, StringArray};
use arrow::datatypes::SchemaRef;
use nutkin_engine::Result;
use nutkin_engine::job::Cancellation;
use nutkin_engine::operator::OperatorContext;
use nutkin_engine::python::{PythonEvaluator, PythonRuntime, PythonRuntimeFactory};
use nutkin_gateway::Gateway;
use nutkin_plan::stream::{PythonArgument, PythonCall};
use nutkin_protocol::Value;

use crate::program::{EXPRESSIONS, Object, PYTHON_FUNCTION, Program, arguments};
use crate::support::eventually;

/// What the gateway handed over.
#[derive(Default)]
struct Shouting {
    options: Mutex<BTreeMap<String, String>>,
    cancellation: Mutex<Option<Arc<Cancellation>>>,
}

impl PythonRuntimeFactory for Shouting {
    fn create(
        &self,
        options: &BTreeMap<String, String>,
        cancellation: Arc<Cancellation>,
    ) -> Result<Arc<dyn PythonRuntime>> {
        *self.options.lock().unwrap() = options.clone();
        *self.cancellation.lock().unwrap() = Some(cancellation);
        Ok(Arc::new(ShoutingRuntime))
    }
}

struct ShoutingRuntime;

impl PythonRuntime for ShoutingRuntime {
    fn open(
        &self,
        calls: &[PythonCall],
        _input: SchemaRef,
        _context: &OperatorContext,
    ) -> Result<Box<dyn PythonEvaluator>> {
        let columns = calls
            .iter()
            .map(|call| match call.arguments.as_slice() {
                [PythonArgument::Column(column)] => *column,
                other => panic!("the test's functions take one column, not {other:?}"),
            })
            .collect();
        Ok(Box::new(ShoutingEvaluator { columns }))
    }
}

/// Calls a function on the text of one column each: `name!`.
struct ShoutingEvaluator {
    columns: Vec<usize>,
}

impl PythonEvaluator for ShoutingEvaluator {
    fn evaluate(&mut self, input: &RecordBatch) -> Result<Vec<ArrayRef>> {
        let shout = |column: &usize| {
            let texts = input.column(*column).as_string::<i32>();
            let shouted: StringArray = texts
                .iter()
                .map(|text| text.map(|text| format!("{text}!")))
                .collect();
            Arc::new(shouted) as ArrayRef
        };
        Ok(self.columns.iter().map(shout).collect())
    }

    fn close(&mut self) -> Result<()> {
        Ok(())
    }
}

fn shout(program: &mut Program) -> Object {
    let input_types = Value::List(vec![Value::String("STRING".to_owned())]);
    let payload = Value::Bytes(vec![1]);
    program.new_object(
        PYTHON_FUNCTION,
        arguments!["shout", payload, input_types, "STRING", true],
    )
}

#[test]
fn functions_are_called_by_the_runtime_that_was_handed_over() {
    let factory = Arc::new(Shouting::default());
    let python: Arc<dyn PythonRuntimeFactory> = Arc::clone(&factory) as _;
    let (mut program, environment) = Program::with_environment(&Arc::new(Gateway::new(Some(python))));
    let function = shout(&mut program);
    program.value(
        environment,
        "createTemporarySystemFunction",
        arguments!["shout", function],
    );
    let result = program.sql(
        environment,
        "SELECT SHOUT(w) FROM (VALUES ('hey'), ('you')) AS t(w)",
    );
    assert_eq!(program.rows(result), ["+I[hey!]", "+I[you!]"]);
    assert_eq!(factory.options.lock().unwrap()["parallelism.default"], "1");

    // Inline, without a name.
    let table = program.object(
        environment,
        "sqlQuery",
        arguments!["SELECT w FROM (VALUES ('ho'), ('hi')) AS t(w)"],
    );
    let word = program.column("w");
    let called = program.object_of_class(EXPRESSIONS, "call", arguments![function, word]);
    let table = program.object(table, "select", arguments![called]);
    let result = program.object(table, "execute", arguments![]);
    assert_eq!(program.rows(result), ["+I[ho!]", "+I[hi!]"]);

    // One cancellation for the job and its functions.
    program.sql(
        environment,
        "CREATE TABLE endless (w STRING) WITH ('connector' = 'datagen', 'rows-per-second' = '10')",
    );
    let result = program.sql(environment, "SELECT shout(w) FROM endless");
    let cancellation = factory.cancellation.lock().unwrap().clone().unwrap();
    assert!(!cancellation.is_cancelled());
    program.value(result, "close", arguments![]);
    assert!(eventually(|| cancellation.is_cancelled()));
}

#[test]
fn a_gateway_without_python_says_so_only_when_it_is_needed() {
    let (mut program, environment) = Program::start();
    let function = shout(&mut program);
    program.value(environment, "registerFunction", arguments!["shout", function]);
    // Registering replaces, as it did of old.
    program.value(environment, "registerFunction", arguments!["shout", function]);
    let result = program.sql(environment, "SELECT 'no function'");
    assert_eq!(program.rows(result), ["+I[no function]"]);
    let error = program.error(environment, "executeSql", arguments!["SELECT shout('a')"]);
    assert_eq!(error.message, "this gateway was started without Python");
}

/// Answers every question with a function, and notes what was asked.
struct Functions {
    function: Value,
    asked: Vec<Value>,
}

impl nutkin_protocol::client::Caller for Functions {
    fn go_on(&mut self) -> bool {
        true
    }

    fn call_back(&mut self, callback: nutkin_protocol::Callback) -> nutkin_protocol::Reply {
        assert_eq!(callback.function, "getPythonFunction");
        self.asked.extend(callback.arguments);
        nutkin_protocol::Reply::Value(self.function.clone())
    }
}

#[test]
fn create_function_asks_the_client_for_the_function() {
    let (mut program, environment) = Program::start();
    let statement = "CREATE TEMPORARY FUNCTION s AS 'my.module.shout' LANGUAGE PYTHON";
    let refused = program.error(environment, "executeSql", arguments![statement]);
    assert_eq!(
        refused.message,
        "this client does not answer the callback 'getPythonFunction'"
    );
    let mut functions = Functions {
        function: crate::program::IntoValue::into_value(shout(&mut program)),
        asked: Vec::new(),
    };
    crate::support::value(program.reply_with(
        environment,
        "executeSql",
        arguments![statement],
        &mut functions,
    ));
    let names = Value::List(vec![Value::String("s".to_owned())]);
    assert_eq!(
        program.value(environment, "listUserDefinedFunctions", arguments![]),
        names
    );
    // What was provided served one statement; the next may mean a newer object.
    let again = "CREATE TEMPORARY FUNCTION s2 AS 'my.module.shout' LANGUAGE PYTHON";
    crate::support::value(program.reply_with(environment, "executeSql", arguments![again], &mut functions));
    let path = Value::String("my.module.shout".to_owned());
    assert_eq!(functions.asked, [path.clone(), path]);
    program.value(environment, "dropTemporaryFunction", arguments!["s2"]);
    assert_eq!(
        program.value(environment, "dropTemporaryFunction", arguments!["s"]),
        Value::Boolean(true)
    );
    assert_eq!(
        program.value(environment, "dropTemporaryFunction", arguments!["s"]),
        Value::Boolean(false)
    );
}

#[test]
fn files_are_found_where_functions_run() {
    let (mut program, environment) = Program::start();
    let config = program.object(environment, "getConfig", arguments![]);
    let missing = program.error(environment, "addPythonFile", arguments!["/no/such/file.py"]);
    assert_eq!(
        missing.message,
        "The Python file '/no/such/file.py' does not exist on the machine of the gateway."
    );
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    program.value(environment, "addPythonFile", arguments![path]);
    let content = Value::Bytes(b"x = 1\n".to_vec());
    program.value(
        environment,
        "addPythonFileContent",
        arguments!["helper.py", content.clone()],
    );
    let files = program.text(config, "get", arguments!["python.files"]);
    let (uploaded, first) = files.split_once(',').unwrap();
    assert_eq!(first, path);
    assert!(uploaded.ends_with("/helper.py"), "{uploaded}");
    assert_eq!(std::fs::read_to_string(uploaded).unwrap(), "x = 1\n");
    for name in ["../evil.py", "a/b.py", "", ".."] {
        let refused = program.error(
            environment,
            "addPythonFileContent",
            arguments![name, content.clone()],
        );
        assert_eq!(refused.message, format!("'{name}' is not the name of a file."));
    }
    // What was sent goes with the session.
    let uploaded = uploaded.to_owned();
    drop(program);
    assert!(!std::path::Path::new(&uploaded).exists());
}
