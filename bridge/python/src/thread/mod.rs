//! Functions in this process, called on the thread of their operator.
//!
//! Data flow: [`ThreadRuntime`] puts the job's files on `sys.path`; [`RowEvaluator`] unpickles the
//! functions of an operator instance, reads the arguments of a block of rows from the Arrow columns,
//! calls, and builds the result columns. The same evaluator runs inside worker processes.

mod call;
mod constant;
mod evaluator;
mod function;
mod interruption;
mod kept_thread;
mod runtime;
mod search_path;
mod turn;

pub use evaluator::RowEvaluator;
pub(crate) use function::FunctionSurroundings;
pub(crate) use interruption::Interruption;
pub use runtime::ThreadRuntime;
pub(crate) use search_path::SearchPath;
