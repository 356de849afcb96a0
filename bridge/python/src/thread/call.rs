//! Calls ready to be made: arguments from columns, constants and inner calls.

use nutkin_engine::EngineError;
use nutkin_plan::stream::{PythonArgument, PythonCall};
use pyo3::ffi;
use pyo3::prelude::*;

use super::constant::constant_array;
use super::function::{FunctionSurroundings, LoadedFunction};
use crate::convert::error::printed_value;
use crate::convert::{ConversionRules, column_reader};
use crate::failure::runtime_error;

/// The longest printed argument in an error.
const LONGEST_PRINTED_ARGUMENT: usize = 200;

/// How many arguments are passed without asking for memory.
const ARGUMENTS_ON_STACK: usize = 8;

/// A call of a loaded function.
pub(super) struct PreparedCall {
    name: String,
    function: LoadedFunction,
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
            .collect::<Result<_, _>>()?;
        Ok(PreparedCall {
            name: call.function.name.clone(),
            function: LoadedFunction::load(py, &call.function, self.surroundings)?,
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

impl PreparedCall {
    /// The function's name.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Calls the function with the values of a row.
    #[inline]
    pub(super) fn invoke<'py>(
        &self,
        py: Python<'py>,
        row: &[Bound<'py, PyAny>],
    ) -> Result<Bound<'py, PyAny>, Box<Raised>> {
        // Results of inner calls, which live until the outer call returns.
        let mut inner_results = Vec::new();
        // The first place is the callee's to use, so that bound methods can put `self` there.
        let mut on_stack = [std::ptr::null_mut(); ARGUMENTS_ON_STACK + 1];
        let mut on_heap;
        let pointers = if self.arguments.len() <= ARGUMENTS_ON_STACK {
            on_stack.as_mut_slice()
        } else {
            on_heap = vec![std::ptr::null_mut(); self.arguments.len() + 1];
            on_heap.as_mut_slice()
        };
        for (argument, pointer) in self.arguments.iter().zip(&mut pointers[1..]) {
            *pointer = match argument {
                PreparedArgument::Value { place, .. } => row[*place].as_ptr(),
                PreparedArgument::Constant(constant) => constant.as_ptr(),
                PreparedArgument::Call(call) => {
                    let value = call.invoke(py, row)?;
                    let pointer = value.as_ptr();
                    inner_results.push(value);
                    pointer
                }
            };
        }
        // SAFETY: the thread is attached. The first `arguments.len()` pointers from the second on are
        // set, and borrowed from `row`, from `self` or from `inner_results`, all of which outlive the
        // call. The place before them is writable, as PY_VECTORCALL_ARGUMENTS_OFFSET promises. The
        // result is a new reference, or null with an exception set.
        let result = unsafe {
            let result = ffi::PyObject_Vectorcall(
                self.function.callable.as_ptr(),
                pointers.as_ptr().add(1),
                self.arguments.len() | ffi::PY_VECTORCALL_ARGUMENTS_OFFSET,
                std::ptr::null_mut(),
            );
            Bound::from_owned_ptr_or_err(py, result)
        };
        result.map_err(|error| Box::new(self.raised(py, row, error)))
    }

    fn raised(&self, py: Python<'_>, row: &[Bound<'_, PyAny>], error: PyErr) -> Raised {
        Raised {
            function: self.name.clone(),
            arguments: self.print_arguments(py, row),
            error,
        }
    }

    /// The arguments for a row, printed: `(client_ip='10.0.0.1', 5)`.
    pub(super) fn print_arguments(&self, py: Python<'_>, row: &[Bound<'_, PyAny>]) -> String {
        let printed: Vec<String> = self
            .arguments
            .iter()
            .map(|argument| match argument {
                PreparedArgument::Value { place, column } => {
                    let value = printed_value(&row[*place], LONGEST_PRINTED_ARGUMENT);
                    format!("{column}={value}")
                }
                PreparedArgument::Constant(constant) => {
                    printed_value(constant.bind(py), LONGEST_PRINTED_ARGUMENT)
                }
                PreparedArgument::Call(call) => format!("{}{}", call.name, call.print_arguments(py, row)),
            })
            .collect();
        format!("({})", printed.join(", "))
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
