//! Expressions as a program writes them: names are not looked up and types not derived yet.
//!
//! The expression DSL, legacy strings and SQL all build this tree; [`super::resolve`] turns it into
//! a [`super::ResolvedExpression`] against the columns and functions of a table. Mirrors
//! `org.apache.flink.table.expressions.Expression` before resolution.

use std::sync::Arc;

use super::literal::LiteralValue;
use crate::function::{BuiltInFunction, PythonFunction};
use crate::operation::QueryOperation;
use crate::types::LogicalType;

/// An expression before resolution.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// A column by name (`col("a")`); `*` stands for all columns.
    Reference(String),
    /// A constant with its type.
    Literal {
        /// The constant.
        value: LiteralValue,
        /// Its type.
        literal_type: LogicalType,
    },
    /// A type as an argument, as in `cast(a, BIGINT)`.
    TypeLiteral(LogicalType),
    /// An enumeration constant as an argument, as in `extract(YEAR, a)`.
    Symbol {
        /// The enumeration's class, such as `TimeIntervalUnit`.
        class: &'static str,
        /// The constant's name, such as `YEAR`.
        name: String,
    },
    /// A call of a function.
    Call {
        /// Which function.
        target: CallTarget,
        /// Its arguments in order.
        arguments: Vec<Expression>,
    },
    /// What SQL spells so, over the same columns. Mirrors `callSql`.
    Sql(String),
    /// Names of columns, as the argument of a table function. Mirrors `descriptor`.
    Descriptor(Vec<String>),
    /// A table, whose rows `in` looks through.
    Table(TableReference),
}

/// A table as an argument.
#[derive(Debug, Clone)]
pub struct TableReference {
    /// The name that it is printed by, such as `UnnamedTable$0`.
    pub name: String,
    /// Where its rows come from.
    pub operation: Arc<QueryOperation>,
}

/// Queries are compared by identity.
impl PartialEq for TableReference {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.operation, &other.operation)
    }
}

/// How a call names its function.
#[derive(Debug, Clone)]
pub enum CallTarget {
    /// By name: user functions first, then built-in ones, without regard to case.
    Lookup(String),
    /// A built-in function.
    BuiltIn(&'static BuiltInFunction),
    /// A Python function used inline, without a catalog entry.
    Python(Arc<PythonFunction>),
}

impl PartialEq for CallTarget {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Lookup(left), Self::Lookup(right)) => left == right,
            (Self::BuiltIn(left), Self::BuiltIn(right)) => std::ptr::eq(*left, *right),
            (Self::Python(left), Self::Python(right)) => Arc::ptr_eq(left, right),
            _ => false,
        }
    }
}
