//! Rows in, rows out: the loop that calls functions.

use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch};
use arrow::datatypes::{DataType, SchemaRef};
use nutkin_engine::EngineError;
use nutkin_engine::job::Cancellation;
use nutkin_engine::python::PythonEvaluator;
use nutkin_plan::stream::PythonCall;
use nutkin_plan::types::LogicalType;
use pyo3::ffi;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyList;

use super::call::{Preparation, PreparedCall, Raised};
use super::function::FunctionSurroundings;
use super::interruption::{Interruption, is_interruption};
use super::kept_thread::KeptThread;
use super::turn::Turn;
use crate::convert::{ColumnBuilder, ColumnReader, ConversionRules, column_reader};
use crate::failure::{describe_exception, interpreter_gone, runtime_error};

/// The Python functions of one operator instance, called row by row on the caller's thread.
pub struct RowEvaluator {
    calls: Vec<PreparedResult>,
    columns: Vec<usize>,
    input: SchemaRef,
    rules: ConversionRules,
    cancellation: Arc<Cancellation>,
    interruption: Arc<Interruption>,
    thread: Option<KeptThread>,
}

/// A call whose results become a column.
struct PreparedResult {
    call: PreparedCall,
    result_type: LogicalType,
}

impl RowEvaluator {
    /// Loads the functions of `calls`, whose columns are those of `input`, and calls their `open`.
    ///
    /// # Errors
    /// When a function cannot be loaded, or its `open` raises.
    pub(crate) fn open(
        py: Python<'_>,
        calls: &[PythonCall],
        input: SchemaRef,
        surroundings: &FunctionSurroundings,
        cancellation: Arc<Cancellation>,
        interruption: Arc<Interruption>,
    ) -> Result<Self, EngineError> {
        let mut rules = ConversionRules::for_functions(py, surroundings.time_zone.as_deref())?;
        if needs_rows(&input) {
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
            .map(|call| {
                Ok(PreparedResult {
                    call: preparation.prepare(py, call)?,
                    result_type: call.function.result_type.clone(),
                })
            })
            .collect::<Result<_, EngineError>>()?;
        Ok(Self {
            calls,
            columns: preparation.columns,
            input,
            rules,
            cancellation,
            interruption,
            thread: Some(KeptThread::keep(py)),
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
            .map(|prepared| ColumnBuilder::new(&prepared.result_type, &self.rules, rows))
            .collect::<Result<Vec<_>, _>>()?;
        let _stay = self.interruption.enter(py);
        let mut turn = Turn::start();
        let mut start = 0;
        while start < rows {
            if self.cancellation.is_cancelled() {
                return Err(EngineError::Cancelled);
            }
            let block = start..start + turn.next_block(rows - start);
            let columns = self.read_block(py, &readers, block.clone())?;
            for (prepared, builder) in self.calls.iter().zip(&mut builders) {
                self.call_block(py, prepared, &columns, block.len(), builder)?;
            }
            start = block.end;
            turn.after_block(py);
        }
        builders.iter_mut().map(ColumnBuilder::finish).collect()
    }

    /// The objects of a block of rows, one list a column.
    fn read_block<'py>(
        &self,
        py: Python<'py>,
        readers: &[Box<dyn ColumnReader>],
        block: std::ops::Range<usize>,
    ) -> Result<Vec<Bound<'py, PyList>>, EngineError> {
        readers
            .iter()
            .zip(&self.columns)
            .map(|(reader, column)| {
                read_list(py, reader.as_ref(), block.clone()).map_err(|error| {
                    let what = format!(
                        "A value of column '{}' cannot be passed to Python",
                        self.input.field(*column).name()
                    );
                    runtime_error(py, &what, &error, None)
                })
            })
            .collect()
    }

    fn call_block<'py>(
        &self,
        py: Python<'py>,
        prepared: &PreparedResult,
        columns: &[Bound<'py, PyList>],
        rows: usize,
        builder: &mut ColumnBuilder,
    ) -> Result<(), EngineError> {
        let PreparedResult { call, result_type } = prepared;
        let block = call
            .invoke(py, columns, rows)
            .map_err(|raised| self.function_error(py, *raised))?;
        for (row, result) in block.results.iter().enumerate() {
            builder
                .append(&result)
                .map_err(|error| EngineError::PythonFunction {
                    function: call.name().to_owned(),
                    row: call.print_block_arguments(&block, row),
                    message: error.describe("returned", "its result type", result_type),
                    traceback: String::new(),
                })?;
        }
        Ok(())
    }

    fn function_error(&self, py: Python<'_>, raised: Raised) -> EngineError {
        if self.cancellation.is_cancelled() && is_interruption(py, &raised.error) {
            return EngineError::Cancelled;
        }
        let (message, traceback) = describe_exception(py, &raised.error);
        EngineError::PythonFunction {
            function: raised.function,
            row: raised.arguments,
            message,
            traceback,
        }
    }
}

impl PythonEvaluator for RowEvaluator {
    fn evaluate(&mut self, input: &RecordBatch) -> Result<Vec<ArrayRef>, EngineError> {
        Python::try_attach(|py| self.evaluate_attached(py, input)).unwrap_or_else(|| Err(interpreter_gone()))
    }

    fn close(&mut self) -> Result<(), EngineError> {
        let calls = std::mem::take(&mut self.calls);
        let thread = self.thread.take();
        let closed = Python::try_attach(|py| {
            let mut outcome = Ok(());
            for prepared in &calls {
                outcome = outcome.and(prepared.call.close(py));
            }
            drop(calls);
            if let Some(thread) = thread {
                thread.release(py);
            }
            outcome
        });
        // When the interpreter is gone there is nothing left to close.
        closed.unwrap_or(Ok(()))
    }
}

/// The objects of some rows of a column.
fn read_list<'py>(
    py: Python<'py>,
    reader: &dyn ColumnReader,
    rows: std::ops::Range<usize>,
) -> PyResult<Bound<'py, PyList>> {
    let length = rows.len().cast_signed();
    // SAFETY: the thread is attached; the result is a new list or null with an exception set.
    let list = unsafe { Bound::from_owned_ptr_or_err(py, ffi::PyList_New(length))? };
    for (position, row) in rows.enumerate() {
        let value = reader.read(py, row)?;
        // SAFETY: the list is new and nobody else has it; the position is within its length and was not
        // set before. The list takes over the reference. When a read fails, the list is freed with
        // its places unset, which lists allow.
        unsafe { ffi::PyList_SET_ITEM(list.as_ptr(), position.cast_signed(), value.into_ptr()) };
    }
    Ok(list.cast_into::<PyList>()?)
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
