//! The Python function runtime: how a job's Python functions are loaded and called.
//!
//! Data flow: the gateway makes a runtime of a job's options with [`open_runtime`]; the engine's Python
//! operators open evaluators from it, one an operator instance, and hand them Arrow batches. In
//! [`thread`] mode an evaluator calls the functions in this process, on the operator's thread, row by
//! row straight over the Arrow columns ([`convert`]). In [`process`] mode it owns a worker process and
//! sends it the batches; the worker runs the evaluator of thread mode. Errors are the engine's, with
//! the function, the row and the Python traceback ([`failure`]).
//!
//! This is the only crate beside the extension module that knows PyO3. Nothing here knows sessions or
//! plans beyond [`nutkin_plan::stream::PythonCall`].

pub mod convert;
mod failure;
mod files;
mod options;
pub mod process;
mod runtime;
pub mod thread;

pub use failure::describe_exception;
pub use files::PythonFiles;
pub use options::{ExecutionMode, PythonOptions};
pub use runtime::open_runtime;
