//! Expressions with every name looked up and every type known.
//!
//! Mirrors `org.apache.flink.table.expressions.ResolvedExpression`. Engines translate this tree.

use std::sync::Arc;

use super::literal::LiteralValue;
use crate::function::{BuiltInFunction, PythonFunction};
use crate::types::LogicalType;

/// An expression after resolution.
#[derive(Debug, Clone, PartialEq)]
pub enum ResolvedExpression {
    /// A column of the input, by position.
    Field {
        /// Position among the input's columns.
        index: usize,
        /// The column's name, for printing.
        name: String,
        /// The column's type.
        field_type: LogicalType,
    },
    /// A constant.
    Literal {
        /// The constant.
        value: LiteralValue,
        /// Its type.
        literal_type: LogicalType,
    },
    /// An enumeration constant argument, such as the unit of `extract`.
    Symbol {
        /// The enumeration's class.
        class: &'static str,
        /// The constant's name.
        name: String,
    },
    /// A call of a function.
    Call {
        /// The function.
        function: ResolvedFunction,
        /// Its arguments in order. A type argument, as in `cast`, is left out: it is `result_type`.
        arguments: Vec<ResolvedExpression>,
        /// The type of the result.
        result_type: LogicalType,
    },
}

/// A function that has been found.
#[derive(Debug, Clone)]
pub enum ResolvedFunction {
    /// A built-in function.
    BuiltIn(&'static BuiltInFunction),
    /// A Python function.
    Python(Arc<PythonFunction>),
}

impl PartialEq for ResolvedFunction {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::BuiltIn(left), Self::BuiltIn(right)) => std::ptr::eq(*left, *right),
            (Self::Python(left), Self::Python(right)) => Arc::ptr_eq(left, right),
            _ => false,
        }
    }
}
