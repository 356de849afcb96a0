//! What opens a worker, and what it fails with.
//!
//! An open message is a JSON header with a length before it, and after it the bytes that JSON is no
//! home for: the input's schema and the functions' pickled bodies. Types travel as Flink spells them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use arrow::datatypes::{Schema, SchemaRef};
use arrow::ipc::reader::StreamReader;
use arrow::ipc::writer::StreamWriter;
use nutkin_engine::EngineError;
use nutkin_plan::expression::LiteralValue;
use nutkin_plan::function::{PythonFunction, PythonFunctionKind};
use nutkin_plan::stream::{PythonArgument, PythonCall};
use nutkin_plan::types::{LogicalType, TypeDialect, TypeKind, parse_type};
use serde::{Deserialize, Serialize};

use crate::failure::plain_error;
use crate::thread::FunctionSurroundings;

/// Everything a worker needs to know before the first row.
pub(super) struct OpenMessage {
    pub(super) input: SchemaRef,
    pub(super) calls: Vec<PythonCall>,
    pub(super) surroundings: FunctionSurroundings,
    /// What goes in front of the worker's `sys.path`.
    pub(super) search_path: Vec<PathBuf>,
    /// What goes behind the worker's `sys.path`: what the program itself can import.
    pub(super) fallback_path: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct OpenHeader {
    schema_bytes: usize,
    calls: Vec<CallDescription>,
    search_path: Vec<PathBuf>,
    fallback_path: Vec<String>,
    task_name: String,
    subtask: usize,
    parallelism: usize,
    job_parameters: BTreeMap<String, String>,
    time_zone: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct CallDescription {
    name: String,
    function: String,
    result_type: String,
    deterministic: bool,
    payload_bytes: usize,
    arguments: Vec<ArgumentDescription>,
}

#[derive(Serialize, Deserialize)]
enum ArgumentDescription {
    Column(usize),
    Constant {
        value: ConstantDescription,
        literal_type: Option<String>,
    },
    Call(CallDescription),
}

/// A constant; numbers that JSON would bend are text.
#[derive(Serialize, Deserialize)]
enum ConstantDescription {
    Null,
    Boolean(bool),
    Integer(i64),
    FloatingBits(u64),
    Decimal(String),
    String(String),
    Bytes(Vec<u8>),
    Date(i32),
    Time(i64),
    Timestamp(String),
    IntervalMonths(i64),
    IntervalMillis(i64),
}

impl OpenMessage {
    /// The bytes of the message.
    pub(super) fn encode(&self) -> Result<Vec<u8>, EngineError> {
        let schema = encode_schema(&self.input)?;
        let mut payloads = Vec::new();
        let header = OpenHeader {
            schema_bytes: schema.len(),
            calls: self
                .calls
                .iter()
                .map(|call| describe_call(call, &mut payloads))
                .collect(),
            search_path: self.search_path.clone(),
            fallback_path: self.fallback_path.clone(),
            task_name: self.surroundings.task_name.clone(),
            subtask: self.surroundings.subtask,
            parallelism: self.surroundings.parallelism,
            job_parameters: self.surroundings.job_parameters.clone(),
            time_zone: self.surroundings.time_zone.clone(),
        };
        let header = serde_json::to_vec(&header).map_err(|error| garbled(&error))?;
        let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
        bytes.extend_from_slice(&header);
        bytes.extend_from_slice(&schema);
        for payload in payloads {
            bytes.extend_from_slice(payload);
        }
        Ok(bytes)
    }

    /// The message of some bytes.
    pub(super) fn decode(bytes: &[u8]) -> Result<Self, EngineError> {
        let mut rest = Bytes(bytes);
        let mut length = [0; 8];
        length.copy_from_slice(rest.take(8)?);
        let length = usize::try_from(u64::from_le_bytes(length)).map_err(|error| garbled(&error))?;
        let header: OpenHeader =
            serde_json::from_slice(rest.take(length)?).map_err(|error| garbled(&error))?;
        let input = StreamReader::try_new(rest.take(header.schema_bytes)?, None)?.schema();
        let calls = header
            .calls
            .into_iter()
            .map(|call| restore_call(call, &mut rest))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            input,
            calls,
            surroundings: FunctionSurroundings {
                task_name: header.task_name,
                subtask: header.subtask,
                parallelism: header.parallelism,
                job_parameters: header.job_parameters,
                time_zone: header.time_zone,
            },
            search_path: header.search_path,
            fallback_path: header.fallback_path,
        })
    }
}

/// Bytes that are taken from the front.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], EngineError> {
        let (taken, rest) = self
            .0
            .split_at_checked(length)
            .ok_or_else(|| garbled(&"it ends too early"))?;
        self.0 = rest;
        Ok(taken)
    }
}

fn encode_schema(schema: &Schema) -> Result<Vec<u8>, EngineError> {
    let mut writer = StreamWriter::try_new(Vec::new(), schema)?;
    writer.finish()?;
    Ok(writer.into_inner()?)
}

fn describe_call<'a>(call: &'a PythonCall, payloads: &mut Vec<&'a [u8]>) -> CallDescription {
    // In the order in which they are read again: a call's own body, then those of its arguments.
    payloads.push(&call.function.payload);
    CallDescription {
        name: call.name.clone(),
        function: call.function.name.clone(),
        result_type: call.function.result_type.as_serializable_string(),
        deterministic: call.function.deterministic,
        payload_bytes: call.function.payload.len(),
        arguments: call
            .arguments
            .iter()
            .map(|argument| match argument {
                PythonArgument::Column(column) => ArgumentDescription::Column(*column),
                PythonArgument::Constant { value, literal_type } => ArgumentDescription::Constant {
                    value: describe_constant(value),
                    // The type of a bare NULL has no spelling that can be read again.
                    literal_type: (literal_type.kind != TypeKind::Null)
                        .then(|| literal_type.as_serializable_string()),
                },
                PythonArgument::Call(inner) => ArgumentDescription::Call(describe_call(inner, payloads)),
            })
            .collect(),
    }
}

fn restore_call(call: CallDescription, rest: &mut Bytes<'_>) -> Result<PythonCall, EngineError> {
    let function = PythonFunction {
        name: call.function,
        payload: rest.take(call.payload_bytes)?.to_vec(),
        // Arguments were cast before they were sent.
        input_types: None,
        result_type: parse_type(&call.result_type, TypeDialect::Ddl)?,
        kind: PythonFunctionKind::General,
        deterministic: call.deterministic,
    };
    let arguments = call
        .arguments
        .into_iter()
        .map(|argument| {
            Ok(match argument {
                ArgumentDescription::Column(column) => PythonArgument::Column(column),
                ArgumentDescription::Constant { value, literal_type } => PythonArgument::Constant {
                    value: restore_constant(value)?,
                    literal_type: match literal_type {
                        Some(text) => parse_type(&text, TypeDialect::Ddl)?,
                        None => LogicalType::nullable(TypeKind::Null),
                    },
                },
                ArgumentDescription::Call(inner) => {
                    PythonArgument::Call(Box::new(restore_call(inner, rest)?))
                }
            })
        })
        .collect::<Result<_, EngineError>>()?;
    Ok(PythonCall {
        name: call.name,
        function: Arc::new(function),
        arguments,
    })
}

fn describe_constant(value: &LiteralValue) -> ConstantDescription {
    match value {
        LiteralValue::Null => ConstantDescription::Null,
        LiteralValue::Boolean(value) => ConstantDescription::Boolean(*value),
        LiteralValue::Integer(value) => ConstantDescription::Integer(*value),
        LiteralValue::Floating(value) => ConstantDescription::FloatingBits(value.to_bits()),
        LiteralValue::Decimal(unscaled) => ConstantDescription::Decimal(unscaled.to_string()),
        LiteralValue::String(value) => ConstantDescription::String(value.clone()),
        LiteralValue::Bytes(value) => ConstantDescription::Bytes(value.clone()),
        LiteralValue::Date(days) => ConstantDescription::Date(*days),
        LiteralValue::Time(nanos) => ConstantDescription::Time(*nanos),
        LiteralValue::Timestamp(nanos) => ConstantDescription::Timestamp(nanos.to_string()),
        LiteralValue::IntervalMonths(months) => ConstantDescription::IntervalMonths(*months),
        LiteralValue::IntervalMillis(millis) => ConstantDescription::IntervalMillis(*millis),
    }
}

fn restore_constant(value: ConstantDescription) -> Result<LiteralValue, EngineError> {
    let wide = |text: &str| text.parse::<i128>().map_err(|error| garbled(&error));
    Ok(match value {
        ConstantDescription::Null => LiteralValue::Null,
        ConstantDescription::Boolean(value) => LiteralValue::Boolean(value),
        ConstantDescription::Integer(value) => LiteralValue::Integer(value),
        ConstantDescription::FloatingBits(bits) => LiteralValue::Floating(f64::from_bits(bits)),
        ConstantDescription::Decimal(unscaled) => LiteralValue::Decimal(wide(&unscaled)?),
        ConstantDescription::String(value) => LiteralValue::String(value),
        ConstantDescription::Bytes(value) => LiteralValue::Bytes(value),
        ConstantDescription::Date(days) => LiteralValue::Date(days),
        ConstantDescription::Time(nanos) => LiteralValue::Time(nanos),
        ConstantDescription::Timestamp(nanos) => LiteralValue::Timestamp(wide(&nanos)?),
        ConstantDescription::IntervalMonths(months) => LiteralValue::IntervalMonths(months),
        ConstantDescription::IntervalMillis(millis) => LiteralValue::IntervalMillis(millis),
    })
}

/// An error of a worker, on its way to the job.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum FailureMessage {
    /// A function failed for a row.
    Function {
        function: String,
        row: String,
        message: String,
        traceback: String,
    },
    /// Anything else.
    Runtime {
        message: String,
        traceback: Option<String>,
        hint: Option<String>,
    },
}

impl FailureMessage {
    pub(super) fn encode(error: EngineError) -> Vec<u8> {
        let message = match error {
            EngineError::PythonFunction {
                function,
                row,
                message,
                traceback,
            } => Self::Function {
                function,
                row,
                message,
                traceback,
            },
            EngineError::PythonRuntime {
                message,
                traceback,
                hint,
            } => Self::Runtime {
                message,
                traceback,
                hint,
            },
            other => Self::Runtime {
                message: other.to_string(),
                traceback: None,
                hint: other.hint().map(str::to_owned),
            },
        };
        // Strings always have a JSON form; were that ever wrong, an empty message would still fail the job.
        serde_json::to_vec(&message).unwrap_or_default()
    }

    pub(super) fn decode(bytes: &[u8]) -> EngineError {
        match serde_json::from_slice(bytes) {
            Ok(Self::Function {
                function,
                row,
                message,
                traceback,
            }) => EngineError::PythonFunction {
                function,
                row,
                message,
                traceback,
            },
            Ok(Self::Runtime {
                message,
                traceback,
                hint,
            }) => EngineError::PythonRuntime {
                message,
                traceback,
                hint,
            },
            Err(error) => garbled(&error),
        }
    }
}

fn garbled(error: &dyn std::fmt::Display) -> EngineError {
    plain_error(
        format!("A message between a job and its Python worker process cannot be read: {error}"),
        Some("the worker's interpreter needs the same version of nutkin as the gateway"),
    )
}
