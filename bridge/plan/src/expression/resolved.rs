//! Expressions with every name looked up and every type known.
//!
//! Mirrors `org.apache.flink.table.expressions.ResolvedExpression`. Engines translate this tree.

use std::sync::Arc;

use super::literal::LiteralValue;
use crate::function::{BuiltInFunction, FunctionKind, PythonFunction, definitions};
use crate::operation::QueryOperation;
use crate::types::{LogicalType, TypeKind, supports_avoiding_cast};

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
    /// A column of the row of a query around this one: only inside sub-queries and `LATERAL`.
    OuterField {
        /// How many queries further out; 1 is the next one.
        depth: usize,
        /// Position among that query's columns.
        index: usize,
        /// The column's name, for printing.
        name: String,
        /// The column's type.
        field_type: LogicalType,
    },
    /// A column of the rows that a variable of `MATCH_RECOGNIZE` took; only inside it.
    PatternField {
        /// The variable; `None` is every row of the match.
        variable: Option<String>,
        /// Position among the input's columns.
        index: usize,
        /// The column's name, for printing.
        name: String,
        /// The column's type.
        field_type: LogicalType,
    },
    /// A query inside an expression.
    Subquery(Box<Subquery>),
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

/// A query inside an expression.
#[derive(Debug, Clone)]
pub struct Subquery {
    /// What is asked of its rows.
    pub kind: SubqueryKind,
    /// The query.
    pub operation: Arc<QueryOperation>,
    /// The type of the value.
    pub result_type: LogicalType,
}

/// What is asked of the rows of a query inside an expression.
#[derive(Debug, Clone, PartialEq)]
pub enum SubqueryKind {
    /// The value of its only column in its only row; NULL if there is none, an error if there are more.
    Scalar,
    /// Whether these values are one of its rows, by the rules of `IN` about NULL.
    In {
        /// One value a column.
        operands: Vec<ResolvedExpression>,
        /// `NOT IN`.
        negated: bool,
    },
    /// Whether it has rows.
    Exists {
        /// `NOT EXISTS`.
        negated: bool,
    },
}

/// Queries are compared by identity.
impl PartialEq for Subquery {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind && Arc::ptr_eq(&self.operation, &other.operation)
    }
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

impl ResolvedExpression {
    /// The type of the value. A symbol has no value; it answers NULL.
    #[must_use]
    pub fn data_type(&self) -> LogicalType {
        match self {
            Self::Field { field_type, .. }
            | Self::OuterField { field_type, .. }
            | Self::PatternField { field_type, .. } => field_type.clone(),
            Self::Subquery(subquery) => subquery.result_type.clone(),
            Self::Literal { literal_type, .. } => literal_type.clone(),
            Self::Symbol { .. } => LogicalType::nullable(TypeKind::Null),
            Self::Call { result_type, .. } => result_type.clone(),
        }
    }

    /// The built-in function that is called here, if one is.
    #[must_use]
    pub fn built_in(&self) -> Option<&'static BuiltInFunction> {
        match self {
            Self::Call {
                function: ResolvedFunction::BuiltIn(function),
                ..
            } => Some(function),
            _ => None,
        }
    }

    /// For `as(expression, 'name')` the expression and the first name.
    #[must_use]
    pub fn alias(&self) -> Option<(&ResolvedExpression, &str)> {
        match self {
            Self::Call {
                function: ResolvedFunction::BuiltIn(function),
                arguments,
                ..
            } if *function == &definitions::AS => match arguments.as_slice() {
                [
                    expression,
                    Self::Literal {
                        value: LiteralValue::String(name),
                        ..
                    },
                    ..,
                ] => Some((expression, name)),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether an aggregate function is called anywhere in here.
    #[must_use]
    pub fn contains_aggregate(&self) -> bool {
        match self {
            Self::Call { arguments, .. } => {
                self.built_in()
                    .is_some_and(|function| function.kind == FunctionKind::Aggregate)
                    || arguments.iter().any(Self::contains_aggregate)
            }
            _ => false,
        }
    }

    /// Whether a Python function is called anywhere in here.
    #[must_use]
    pub fn contains_python(&self) -> bool {
        match self {
            Self::Call {
                function: ResolvedFunction::Python(_),
                ..
            } => true,
            Self::Call { arguments, .. } => arguments.iter().any(Self::contains_python),
            _ => false,
        }
    }

    /// The value in another type: a cast, unless the value is one of that type already.
    #[must_use]
    pub fn cast_to(self, target: &LogicalType) -> Self {
        if supports_avoiding_cast(&self.data_type(), target) {
            return self;
        }
        match self {
            // An untyped NULL takes the type.
            Self::Literal {
                value: LiteralValue::Null,
                ..
            } => Self::Literal {
                value: LiteralValue::Null,
                literal_type: target.with_nullable(true),
            },
            other => Self::Call {
                result_type: target.clone(),
                function: ResolvedFunction::BuiltIn(&definitions::CAST),
                arguments: vec![other],
            },
        }
    }
}

impl ResolvedFunction {
    /// Whether the result type of a call is its target type.
    #[must_use]
    pub fn is_cast(&self) -> bool {
        matches!(self, Self::BuiltIn(function)
            if *function == &definitions::CAST || *function == &definitions::TRY_CAST)
    }
}
