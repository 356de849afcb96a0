//! Rows in, rows out: the loop that calls functions.

use std::sync::Arc;
use std::time::{Duration, Instant};

use arrow::array::{ArrayRef, RecordBatch};
use arrow::datatypes::{DataType, SchemaRef};
use nutkin_engine::EngineError;
use nutkin_engine::job::Cancellation;
use nutkin_engine::python::PythonEvaluator;
use nutkin_plan::stream::PythonCall;
use nutkin_plan::types::LogicalType;
use pyo3::intern;
use pyo3::prelude::*;

use super::call::{Preparation, PreparedCall, Raised};
use super::function::FunctionSurroundings;
use crate::convert::{ColumnBuilder, ColumnReader, ConversionRules, ValueError, column_reader};
use crate::failure::{describe_exception, interpreter_gone, runtime_error};

/// How long the interpreter is held before other Python threads get their turn.
const TURN: Duration = Duration::from_millis(5);

/// The most rows between two looks at the clock.
const MOST_ROWS_PER_LOOK: usize = 64;

/// The Python functions of one operator instance, called row by row on the caller's thread.
pub struct RowEvaluator {
    calls: Vec<(PreparedCall, LogicalType)>,
    columns: Vec<usize>,
    rules: ConversionRules,
    cancellation: Arc<Cancellation>,
}

impl RowEvaluator {
    /// Loads the functions of `calls`, whose columns are those of `input`, and calls their `open`.
    ///
    /// # Errors
    /// When a function cannot be loaded, or its `open` raises.
    pub(crate) fn open(
        py: Python<'_>,
        calls: &[PythonCall],
        input: &SchemaRef,
        surroundings: &FunctionSurroundings,
        cancellation: Arc<Cancellation>,
    ) -> Result<Self, EngineError> {
        let mut rules = ConversionRules::for_functions(py, surroundings.time_zone.as_deref())?;
        if needs_rows(input) {
            rules = rules.with_make_row(row_factory(py)?);
        }
        let column_names: Vec<String> = input.fields().iter().map(|field| field.name().clone()).collect();
        let mut preparation = Preparation {
            rules: &rules,
            surroundings,
            column_names: &column_names,
            columns: Vec::new(),
        };
        let calls = calls
            .iter()
            .map(|call| Ok((preparation.prepare(py, call)?, call.function.result_type.clone())))
            .collect::<Result<_, EngineError>>()?;
        Ok(Self {
            calls,
            columns: preparation.columns,
            rules,
            cancellation,
        })
    }

    fn evaluate_attached(&self, py: Python<'_>, input: &RecordBatch) -> Result<Vec<ArrayRef>, EngineError> {
        let rows = input.num_rows();
        let readers = self
            .columns
            .iter()
            .map(|column| column_reader(input.column(*column), &self.rules))
            .collect::<Result<Vec<Box<dyn ColumnReader>>, _>>()?;
        let mut builders = self
            .calls
            .iter()
            .map(|(_, result_type)| ColumnBuilder::new(result_type, &self.rules, rows))
            .collect::<Result<Vec<_>, _>>()?;
        let mut values = Vec::with_capacity(readers.len());
        let mut turn = Turn::start();
        for row in 0..rows {
            if self.cancellation.is_cancelled() {
                return Err(EngineError::Cancelled);
            }
            turn.after_row(py);
            values.clear();
            for (reader, column) in readers.iter().zip(&self.columns) {
                let value = reader.read(py, row).map_err(|error| {
                    let name = input.schema().field(*column).name().clone();
                    let what = format!("A value of column '{name}' cannot be passed to Python");
                    runtime_error(py, &what, &error, None)
                })?;
                values.push(value);
            }
            for ((call, result_type), builder) in self.calls.iter().zip(&mut builders) {
                let result = call
                    .invoke(py, &values)
                    .map_err(|raised| function_error(py, *raised))?;
                builder
                    .append(&result)
                    .map_err(|error| result_error(py, call, &values, &error, result_type))?;
            }
        }
        builders.iter_mut().map(ColumnBuilder::finish).collect()
    }
}

impl PythonEvaluator for RowEvaluator {
    fn evaluate(&mut self, input: &RecordBatch) -> Result<Vec<ArrayRef>, EngineError> {
        Python::try_attach(|py| self.evaluate_attached(py, input)).unwrap_or_else(|| Err(interpreter_gone()))
    }

    fn close(&mut self) -> Result<(), EngineError> {
        let calls = std::mem::take(&mut self.calls);
        let closed = Python::try_attach(|py| {
            let mut outcome = Ok(());
            for (call, _) in &calls {
                outcome = outcome.and(call.close(py));
            }
            drop(calls);
            outcome
        });
        // When the interpreter is gone there is nothing left to close.
        closed.unwrap_or(Ok(()))
    }
}

/// Holds the interpreter for a turn, then lets other threads have it.
struct Turn {
    started: Instant,
    rows_until_look: usize,
    rows_per_look: usize,
}

impl Turn {
    fn start() -> Self {
        Self {
            started: Instant::now(),
            rows_until_look: 1,
            rows_per_look: 1,
        }
    }

    /// Looks at the clock now and then: the faster the rows, the more seldom.
    #[inline]
    fn after_row(&mut self, py: Python<'_>) {
        self.rows_until_look -= 1;
        if self.rows_until_look == 0 {
            self.look(py);
        }
    }

    fn look(&mut self, py: Python<'_>) {
        let elapsed = self.started.elapsed();
        if elapsed >= TURN {
            // Whoever waits for the interpreter has asked for it by now, and gets it here.
            py.detach(|| ());
            self.started = Instant::now();
            self.rows_per_look = (self.rows_per_look / 2).max(1);
        } else if elapsed < TURN / 4 {
            self.rows_per_look = (self.rows_per_look * 2).min(MOST_ROWS_PER_LOOK);
        }
        self.rows_until_look = self.rows_per_look;
    }
}

fn function_error(py: Python<'_>, raised: Raised) -> EngineError {
    let (message, traceback) = describe_exception(py, &raised.error);
    EngineError::PythonFunction {
        function: raised.function,
        row: raised.arguments,
        message,
        traceback,
    }
}

fn result_error(
    py: Python<'_>,
    call: &PreparedCall,
    values: &[Bound<'_, PyAny>],
    error: &ValueError,
    result_type: &LogicalType,
) -> EngineError {
    let message = error.describe("returned", "its result type", result_type);
    EngineError::PythonFunction {
        function: call.name().to_owned(),
        row: call.print_arguments(py, values),
        message,
        traceback: String::new(),
    }
}

/// Whether any column holds ROWs (constants never are). The class of rows is imported for these only.
fn needs_rows(input: &SchemaRef) -> bool {
    fn has_row(data_type: &DataType) -> bool {
        match data_type {
            DataType::Struct(_) => true,
            DataType::List(element) => has_row(element.data_type()),
            // The entries of a map are a struct themselves, which Python does not see.
            DataType::Map(entries, _) => match entries.data_type() {
                DataType::Struct(fields) => fields.iter().any(|field| has_row(field.data_type())),
                _ => false,
            },
            _ => false,
        }
    }
    input.fields().iter().any(|field| has_row(field.data_type()))
}

fn row_factory(py: Python<'_>) -> Result<Py<PyAny>, EngineError> {
    py.import(intern!(py, "nutkin._functions"))
        .and_then(|module| module.getattr(intern!(py, "make_row")))
        .map(Bound::unbind)
        .map_err(|error| runtime_error(py, "The class of rows cannot be imported", &error, None))
}
