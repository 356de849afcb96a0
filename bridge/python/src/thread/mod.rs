//! Functions in this process, called on the thread of their operator.
//!
//! Data flow: [`ThreadRuntime`] puts the job's files on `sys.path`; [`RowEvaluator`] unpickles the
//! functions of an operator instance, reads each row's arguments from the Arrow columns, calls, and
//! builds the result columns. The same evaluator runs inside worker processes.

mod call;
mod constant;
mod evaluator;
mod function;
mod runtime;
mod search_path;

pub use evaluator::RowEvaluator;
pub(crate) use function::FunctionSurroundings;
pub use runtime::ThreadRuntime;
pub(crate) use search_path::SearchPath;
