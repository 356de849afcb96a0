//! Calls ready to be made: arguments from columns, constants and inner calls.
//!
//! A call is made for a block of rows at a time, by a comprehension that Python compiles
//! (`nutkin._functions.make_block_caller`): the interpreter then enters Python functions without leaving
//! its own loop, which a call from Rust for every row cannot have. Inner calls run first, over the same
//! block, and their results are arguments like any column.

use nutkin_engine::EngineError;
use nutkin_plan::stream::{PythonArgument, PythonCall};
use pyo3::ffi;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyList, PyRange, PyTuple};

use super::constant::constant_array;
use super::function::{FunctionSurroundings, LoadedFunction};
use crate::convert::error::printed_value;
use crate::convert::{ConversionRules, column_reader};
use crate::failure::runtime_error;

/// The longest printed argument in an error.
const LONGEST_PRINTED_ARGUMENT: usize = 200;

/// A call of a loaded function.
pub(super) struct PreparedCall {
    name: String,
    function: LoadedFunction,
    /// Takes an iterable for each argument that is no constant, and gives the list of results.
    block_caller: Py<PyAny>,
    arguments: Vec<PreparedArgument>,
}

enum PreparedArgument {
    /// A value of the row, by its place in the row.
    Value {
        place: usize,
        /// The column's name, for errors.
        column: String,
    },
    Constant(Py<PyAny>),
    Call(Box<PreparedCall>),
}

/// What a call gave for a block of rows.
pub(super) struct Block<'py> {
    pub(super) results: Bound<'py, PyList>,
    arguments: BlockArguments<'py>,
}

/// The values of a call's arguments for a block of rows; `None` stands for constants.
struct BlockArguments<'py>(Vec<Option<Bound<'py, PyList>>>);

/// A function raised.
pub(super) struct Raised {
    /// The name of the function.
    pub(super) function: String,
    /// Its arguments, printed.
    pub(super) arguments: String,
    pub(super) error: PyErr,
}

/// What preparing calls needs and gathers.
pub(super) struct Preparation<'a> {
    pub(super) rules: &'a ConversionRules,
    pub(super) surroundings: &'a FunctionSurroundings,
    pub(super) column_names: &'a [String],
    /// The input columns that are read, in the order of a row's values.
    pub(super) columns: Vec<usize>,
}

impl Preparation<'_> {
    /// Loads a call's functions, inner ones first.
    pub(super) fn prepare(&mut self, py: Python<'_>, call: &PythonCall) -> Result<PreparedCall, EngineError> {
        let arguments = call
            .arguments
            .iter()
            .map(|argument| self.prepare_argument(py, argument))
            .collect::<Result<Vec<_>, _>>()?;
        let function = LoadedFunction::load(py, &call.function, self.surroundings)?;
        let block_caller = make_block_caller(py, &function, &arguments)
            .map_err(|error| runtime_error(py, "A Python function cannot be called", &error, None))?;
        Ok(PreparedCall {
            name: call.function.name.clone(),
            function,
            block_caller,
            arguments,
        })
    }

    fn prepare_argument(
        &mut self,
        py: Python<'_>,
        argument: &PythonArgument,
    ) -> Result<PreparedArgument, EngineError> {
        Ok(match argument {
            PythonArgument::Column(column) => {
                let known = self.columns.iter().position(|read| read == column);
                let place = known.unwrap_or_else(|| {
                    self.columns.push(*column);
                    self.columns.len() - 1
                });
                PreparedArgument::Value {
                    place,
                    column: self.column_names.get(*column).cloned().unwrap_or_default(),
                }
            }
            PythonArgument::Constant { value, literal_type } => {
                let array = constant_array(value, literal_type)?;
                let constant = column_reader(&array, self.rules)?.read(py, 0).map_err(|error| {
                    runtime_error(py, "A constant cannot be passed to Python", &error, None)
                })?;
                PreparedArgument::Constant(constant.unbind())
            }
            PythonArgument::Call(inner) => PreparedArgument::Call(Box::new(self.prepare(py, inner)?)),
        })
    }
}

fn make_block_caller(
    py: Python<'_>,
    function: &LoadedFunction,
    arguments: &[PreparedArgument],
) -> PyResult<Py<PyAny>> {
    // A constant comes in a tuple of one, so that a constant None is told from no constant.
    let constants = arguments
        .iter()
        .map(|argument| match argument {
            PreparedArgument::Constant(constant) => Some((constant,)),
            _ => None,
        })
        .collect::<Vec<_>>();
    Ok(py
        .import(intern!(py, "nutkin._functions"))?
        .call_method1(intern!(py, "make_block_caller"), (&function.callable, constants))?
        .unbind())
}

impl PreparedCall {
    /// The function's name.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Calls the function for a block of rows, whose values `columns` has by place.
    pub(super) fn invoke<'py>(
        &self,
        py: Python<'py>,
        columns: &[Bound<'py, PyList>],
        rows: usize,
    ) -> Result<Block<'py>, Box<Raised>> {
        let arguments = self
            .arguments
            .iter()
            .map(|argument| {
                Ok(match argument {
                    PreparedArgument::Value { place, .. } => Some(columns[*place].clone()),
                    PreparedArgument::Constant(_) => None,
                    PreparedArgument::Call(call) => Some(call.invoke(py, columns, rows)?.results),
                })
            })
            .collect::<Result<Vec<_>, Box<Raised>>>()?;
        let arguments = BlockArguments(arguments);
        let mut position = None;
        match self.call_block(&arguments, rows, py, &mut position) {
            Ok(results) => Ok(Block { results, arguments }),
            Err(error) => {
                let row = position.and_then(|position| failed_row(&position, rows));
                Err(Box::new(Raised {
                    function: self.name.clone(),
                    arguments: row.map_or_else(String::new, |row| self.print_arguments(py, &arguments, row)),
                    error,
                }))
            }
        }
    }

    /// Leaves the iterator that tells how far the call came in `position`.
    fn call_block<'py>(
        &self,
        arguments: &BlockArguments<'py>,
        rows: usize,
        py: Python<'py>,
        position: &mut Option<Bound<'py, PyIterator>>,
    ) -> PyResult<Bound<'py, PyList>> {
        let mut lists = arguments.0.iter().flatten();
        let first = match lists.next() {
            Some(list) => list.try_iter()?,
            // A function of constants only is called once a row all the same.
            None => PyRange::new(py, 0, rows.cast_signed())?.try_iter()?,
        };
        *position = Some(first.clone());
        let iterables: Vec<Bound<'py, PyAny>> = std::iter::once(first.into_any())
            .chain(lists.map(|list| list.clone().into_any()))
            .collect();
        let results = self.block_caller.bind(py).call1(PyTuple::new(py, iterables)?)?;
        Ok(results.cast_into::<PyList>()?)
    }

    /// The arguments for a row of a block, printed: `(client_ip='10.0.0.1', 5)`.
    fn print_arguments(&self, py: Python<'_>, arguments: &BlockArguments<'_>, row: usize) -> String {
        let print = |value: &Bound<'_, PyAny>| printed_value(value, LONGEST_PRINTED_ARGUMENT);
        let printed: Vec<String> = self
            .arguments
            .iter()
            .zip(&arguments.0)
            .map(|(argument, values)| {
                let value = values.as_ref().and_then(|values| values.get_item(row).ok());
                let value = value.as_ref().map(print).unwrap_or_default();
                match argument {
                    PreparedArgument::Value { column, .. } => format!("{column}={value}"),
                    PreparedArgument::Constant(constant) => print(constant.bind(py)),
                    PreparedArgument::Call(_) => value,
                }
            })
            .collect();
        format!("({})", printed.join(", "))
    }

    /// The arguments of a finished block for one of its rows, printed.
    pub(super) fn print_block_arguments(&self, block: &Block<'_>, row: usize) -> String {
        self.print_arguments(block.results.py(), &block.arguments, row)
    }

    /// Calls `close` of all functions, inner ones last; the first failure is the answer.
    pub(super) fn close(&self, py: Python<'_>) -> Result<(), EngineError> {
        let mut outcome = self.function.close(py);
        for argument in &self.arguments {
            if let PreparedArgument::Call(call) = argument {
                outcome = outcome.and(call.close(py));
            }
        }
        outcome
    }
}

/// The row at which a block's first iterator stands: the last one that it has given out.
fn failed_row(position: &Bound<'_, PyIterator>, rows: usize) -> Option<usize> {
    // SAFETY: the thread is attached and the object is alive. The iterators of lists and ranges answer
    // without running any other code.
    let left = unsafe { ffi::PyObject_LengthHint(position.as_ptr(), -1) };
    if left < 0 {
        // The error of asking must not hide the function's own.
        drop(PyErr::take(position.py()));
        return None;
    }
    rows.checked_sub(usize::try_from(left).ok()?)?.checked_sub(1)
}
