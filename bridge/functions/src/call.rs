//! A call to lower, and the entries of the function tables.

use std::any::Any;
use std::sync::Arc;

use datafusion_common::ScalarValue;
use datafusion_physical_expr::PhysicalExpr;
use datafusion_physical_expr::expressions::Literal;
use nutkin_plan::types::LogicalType;

use crate::cast::cast_expression;
use crate::context::EvaluationContext;
use crate::error::{FunctionError, Result};
use crate::function_expression::{FunctionExpression, Kernel};

/// How one function is lowered.
pub(crate) struct Entry {
    /// The name in the plan's table of built-in functions.
    pub(crate) name: &'static str,
    /// Makes the expression of a call.
    pub(crate) lower: fn(Call<'_>) -> Result<Arc<dyn PhysicalExpr>>,
}

/// A call whose arguments are lowered already.
pub(crate) struct Call<'a> {
    /// The function's name.
    pub(crate) name: &'static str,
    /// The arguments.
    pub(crate) arguments: Vec<Arc<dyn PhysicalExpr>>,
    /// The arguments' types.
    pub(crate) types: Vec<LogicalType>,
    /// Which arguments are calls that give JSON text.
    pub(crate) json_arguments: Vec<bool>,
    /// The type that the plan derived for the result.
    pub(crate) result: &'a LogicalType,
    /// The session and the query.
    pub(crate) context: EvaluationContext,
}

impl Call<'_> {
    /// The call as an expression that computes `kernel`.
    pub(crate) fn with(self, kernel: Kernel) -> Arc<dyn PhysicalExpr> {
        FunctionExpression::create(self.name, self.arguments, self.result.to_arrow(), kernel)
    }

    /// The call as an expression whose `kernel` is computed for every row, even if all arguments are
    /// constant: for functions that give another result at every call.
    pub(crate) fn with_volatile(self, kernel: Kernel) -> Arc<dyn PhysicalExpr> {
        FunctionExpression::create_volatile(self.name, self.arguments, self.result.to_arrow(), kernel)
    }

    /// Casts an argument.
    pub(crate) fn cast_argument(&mut self, index: usize, to: &LogicalType) -> Result<()> {
        let argument = Arc::clone(&self.arguments[index]);
        self.arguments[index] = cast_expression(argument, &self.types[index], to, false, &self.context)?;
        self.types[index] = to.clone();
        Ok(())
    }

    /// The name of an argument that is an enumeration constant.
    pub(crate) fn symbol(&self, index: usize) -> Result<String> {
        let argument: Option<&dyn Any> = self
            .arguments
            .get(index)
            .map(|argument| argument.as_ref() as &dyn Any);
        match argument.and_then(|argument| argument.downcast_ref::<Literal>()) {
            Some(literal) => match literal.value() {
                ScalarValue::Utf8(Some(name)) => Ok(name.to_ascii_uppercase()),
                _ => Err(self.unsupported()),
            },
            None => Err(self.unsupported()),
        }
    }

    /// The error of a call with types that are not computed.
    pub(crate) fn unsupported(&self) -> FunctionError {
        let types: Vec<String> = self.types.iter().map(LogicalType::as_summary_string).collect();
        FunctionError::unsupported(
            format!("{}({})", self.name, types.join(", ")),
            "cast the arguments to types that the function is computed for, or use a Python function",
        )
    }
}
