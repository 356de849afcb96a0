//! A program as a client runs it: calls by name, through a door of any kind.

use std::sync::Arc;
use std::time::{Duration, Instant};

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::datatypes::{DataType, Int8Type, Int32Type, Int64Type};
use arrow::ipc::reader::StreamReader;
use arrow::ipc::writer::StreamWriter;
use nutkin_gateway::Gateway;
use nutkin_gateway::door::InProcess;
use nutkin_protocol::client::Client;
use nutkin_protocol::{Batch, CONSTRUCTOR, Call, ErrorValue, ObjectReference, Reply, Target, Value};

pub(crate) const TABLE_ENVIRONMENT: &str = "org.apache.flink.table.api.TableEnvironment";
pub(crate) const SETTINGS: &str = "org.apache.flink.table.api.EnvironmentSettings";
pub(crate) const EXPRESSIONS: &str = "org.apache.flink.table.api.Expressions";
pub(crate) const PYTHON_FUNCTION: &str = "org.apache.flink.table.functions.python.PythonScalarFunction";
pub(crate) const GATEWAY: &str = "nutkin.Gateway";

/// How long anything that ends by itself may take.
const PATIENCE: Duration = Duration::from_secs(20);

enum Door {
    InProcess(InProcess),
    Remote(Client),
}

/// One session.
pub(crate) struct Program {
    door: Door,
    last_id: u64,
}

/// Something in the gateway.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Object(pub(crate) u64);

/// An argument of a call.
pub(crate) trait IntoValue {
    fn into_value(self) -> Value;
}

impl IntoValue for Object {
    fn into_value(self) -> Value {
        Value::Object(ObjectReference {
            id: self.0,
            class: String::new(),
        })
    }
}

impl IntoValue for &str {
    fn into_value(self) -> Value {
        Value::String(self.to_owned())
    }
}

impl IntoValue for i32 {
    fn into_value(self) -> Value {
        Value::Int(self)
    }
}

impl IntoValue for bool {
    fn into_value(self) -> Value {
        Value::Boolean(self)
    }
}

impl IntoValue for Value {
    fn into_value(self) -> Value {
        self
    }
}

/// The arguments of a call as values.
macro_rules! arguments {
    ($($argument:expr),* $(,)?) => {
        vec![$($crate::program::IntoValue::into_value($argument)),*]
    };
}
pub(crate) use arguments;

impl Program {
    pub(crate) fn in_process(gateway: &Arc<Gateway>) -> Self {
        Self {
            door: Door::InProcess(InProcess::connect(gateway)),
            last_id: 0,
        }
    }

    pub(crate) fn remote(client: Client) -> Self {
        Self {
            door: Door::Remote(client),
            last_id: 0,
        }
    }

    /// A gateway of its own with a session, and a table environment with parallelism 1.
    pub(crate) fn start() -> (Self, Object) {
        Self::with_environment(&Arc::new(Gateway::new(None)))
    }

    pub(crate) fn with_environment(gateway: &Arc<Gateway>) -> (Self, Object) {
        let mut program = Self::in_process(gateway);
        let environment = program.environment();
        (program, environment)
    }

    pub(crate) fn environment(&mut self) -> Object {
        let settings = self.object_of_class(SETTINGS, "newInstance", arguments![]);
        let settings = self.object(settings, "build", arguments![]);
        let environment = self.object_of_class(TABLE_ENVIRONMENT, "create", arguments![settings]);
        self.value(
            environment,
            "executeSql",
            arguments!["SET 'parallelism.default' = '1'"],
        );
        environment
    }

    fn reply(&mut self, target: Target, method: &str, arguments: Vec<Value>) -> Reply {
        self.last_id += 1;
        let batch = Batch {
            calls: vec![Call {
                target,
                method: method.to_owned(),
                arguments,
                result: self.last_id,
            }],
            released: Vec::new(),
            deadline_millis: 0,
        };
        match &self.door {
            Door::InProcess(door) => door.batch(batch, &mut || true),
            Door::Remote(client) => client.batch(&batch, &mut || true).unwrap(),
        }
    }

    /// A stream of the rows of a result, with this much credit.
    pub(crate) fn rows_of(&self, result: Object, credit_bytes: u64) -> nutkin_protocol::client::RowStream {
        match &self.door {
            Door::InProcess(_) => panic!("a door without streams"),
            Door::Remote(client) => client.rows(result.0, credit_bytes).unwrap(),
        }
    }

    /// A call that looks up Python functions here.
    pub(crate) fn reply_with(
        &mut self,
        object: Object,
        method: &str,
        arguments: Vec<Value>,
        caller: &mut dyn nutkin_protocol::client::Caller,
    ) -> Reply {
        self.last_id += 1;
        let batch = Batch {
            calls: vec![Call {
                target: Target::Object(object.0),
                method: method.to_owned(),
                arguments,
                result: self.last_id,
            }],
            released: Vec::new(),
            deadline_millis: 0,
        };
        match &self.door {
            Door::InProcess(door) => door.batch(batch, caller),
            Door::Remote(client) => client.batch(&batch, caller).unwrap(),
        }
    }

    /// The value of a call.
    #[track_caller]
    pub(crate) fn value(&mut self, object: Object, method: &str, arguments: Vec<Value>) -> Value {
        crate::support::value(self.reply(Target::Object(object.0), method, arguments))
    }

    /// The object of a call.
    #[track_caller]
    pub(crate) fn object(&mut self, object: Object, method: &str, arguments: Vec<Value>) -> Object {
        match self.value(object, method, arguments) {
            Value::Object(reference) => Object(reference.id),
            other => panic!("{method} gave {other:?}"),
        }
    }

    /// The text of a call.
    #[track_caller]
    pub(crate) fn text(&mut self, object: Object, method: &str, arguments: Vec<Value>) -> String {
        match self.value(object, method, arguments) {
            Value::String(text) => text,
            other => panic!("{method} gave {other:?}"),
        }
    }

    /// The error of a call.
    #[track_caller]
    pub(crate) fn error(&mut self, object: Object, method: &str, arguments: Vec<Value>) -> ErrorValue {
        crate::support::error(self.reply(Target::Object(object.0), method, arguments)).1
    }

    /// The value of a static call.
    #[track_caller]
    pub(crate) fn value_of_class(&mut self, class: &str, method: &str, arguments: Vec<Value>) -> Value {
        crate::support::value(self.reply(Target::Class(class.to_owned()), method, arguments))
    }

    /// The object of a static call.
    #[track_caller]
    pub(crate) fn object_of_class(&mut self, class: &str, method: &str, arguments: Vec<Value>) -> Object {
        match self.value_of_class(class, method, arguments) {
            Value::Object(reference) => Object(reference.id),
            other => panic!("{method} gave {other:?}"),
        }
    }

    /// The error of a static call.
    #[track_caller]
    pub(crate) fn error_of_class(&mut self, class: &str, method: &str, arguments: Vec<Value>) -> ErrorValue {
        crate::support::error(self.reply(Target::Class(class.to_owned()), method, arguments)).1
    }

    #[track_caller]
    pub(crate) fn new_object(&mut self, class: &str, arguments: Vec<Value>) -> Object {
        self.object_of_class(class, CONSTRUCTOR, arguments)
    }

    #[track_caller]
    pub(crate) fn sql(&mut self, environment: Object, statement: &str) -> Object {
        self.object(environment, "executeSql", arguments![statement])
    }

    #[track_caller]
    pub(crate) fn column(&mut self, name: &str) -> Object {
        self.object_of_class(EXPRESSIONS, "col", arguments![name])
    }

    pub(crate) fn release(&mut self, object: Object) {
        match &self.door {
            Door::InProcess(door) => door.release(&[object.0]),
            Door::Remote(client) => client.release(&[object.0]).unwrap(),
        }
    }

    /// All rows of a result, as `+I[a, 1]`.
    #[track_caller]
    pub(crate) fn rows(&mut self, result: Object) -> Vec<String> {
        let deadline = Instant::now() + PATIENCE;
        let mut rows = Vec::new();
        loop {
            match self.value(result, "fetch", arguments![1000, 100]) {
                Value::Null => return rows,
                Value::Arrow(stream) if stream.is_empty() => assert!(Instant::now() < deadline, "no rows"),
                Value::Arrow(stream) => rows.extend(show(&stream)),
                other => panic!("fetch gave {other:?}"),
            }
        }
    }

    /// What one `fetch` gives.
    pub(crate) fn fetch(&mut self, result: Object) -> Result<Value, ErrorValue> {
        match self.reply(Target::Object(result.0), "fetch", arguments![1000, 100]) {
            Reply::Value(value) => Ok(value),
            Reply::Error { error, .. } => Err(*error),
        }
    }

    /// The rows of one `fetch`.
    #[track_caller]
    pub(crate) fn some_rows(&mut self, result: Object) -> Vec<String> {
        match self.fetch(result) {
            Ok(Value::Arrow(stream)) if !stream.is_empty() => show(&stream),
            Ok(_) => Vec::new(),
            Err(error) => panic!("{error:?}"),
        }
    }

    /// Everything that a result prints.
    #[track_caller]
    pub(crate) fn printed(&mut self, result: Object) -> String {
        let deadline = Instant::now() + PATIENCE;
        let mut all = String::new();
        loop {
            match self.value(result, "printNext", arguments![100]) {
                Value::Null => return all,
                Value::String(text) => all.push_str(&text),
                other => panic!("printNext gave {other:?}"),
            }
            assert!(Instant::now() < deadline, "printing does not end: {all}");
        }
    }

    /// Waits for the end of the job behind a result.
    #[track_caller]
    pub(crate) fn wait(&mut self, result: Object) {
        assert_eq!(
            self.value(result, "await", arguments![20_000]),
            Value::Boolean(true)
        );
    }
}

/// The rows of a stream from `fetch`.
pub(crate) fn show(stream: &[u8]) -> Vec<String> {
    let mut rows = Vec::new();
    for batch in StreamReader::try_new(stream, None).unwrap() {
        let batch = batch.unwrap();
        assert_eq!(batch.schema().field(0).name(), "$row_kind");
        let kinds = batch.column(0).as_primitive::<Int8Type>();
        for row in 0..batch.num_rows() {
            let kind = ["+I", "-U", "+U", "-D"][usize::try_from(kinds.value(row)).unwrap()];
            let values: Vec<String> = batch.columns()[1..]
                .iter()
                .map(|column| show_value(column, row))
                .collect();
            rows.push(format!("{kind}[{}]", values.join(", ")));
        }
    }
    rows
}

fn show_value(column: &ArrayRef, row: usize) -> String {
    if column.is_null(row) {
        return "null".to_owned();
    }
    match column.data_type() {
        DataType::Int32 => column.as_primitive::<Int32Type>().value(row).to_string(),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(row).to_string(),
        DataType::Utf8 => column.as_string::<i32>().value(row).to_owned(),
        DataType::Boolean => column.as_boolean().value(row).to_string(),
        other => panic!("the tests show no {other}"),
    }
}

/// A batch as the IPC stream that a client sends.
pub(crate) fn stream(batch: &RecordBatch) -> Value {
    let mut writer = StreamWriter::try_new(Vec::new(), &batch.schema()).unwrap();
    writer.write(batch).unwrap();
    Value::Bytes(writer.into_inner().unwrap())
}
