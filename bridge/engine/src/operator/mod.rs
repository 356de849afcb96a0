//! Operators: what a job computes with.
//!
//! [`Operator`] and [`Output`] are the contract; one module an operator. Operators hold no threads and
//! no channels: a task drives them by direct calls, and an exchange moves rows between tasks.

mod calc;
mod common_subexpression;
mod group_aggregate;
mod instance;
mod python_calc;
mod sink;

pub use calc::Calc;
pub use group_aggregate::GroupAggregate;
pub use instance::{Operator, OperatorContext, Output};
pub use python_calc::PythonCalc;
pub use sink::{NotNullEnforcer, SinkConstraints, SinkOperator};
