//! Expressions of `nutkin-functions` as scalar functions of DataFusion.
//!
//! The columns that an expression reads become the arguments of a function; what is computed with them
//! stays one of our own expressions inside it.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::common::{Column, ScalarValue};
use datafusion::error::Result as DataFusionResult;
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use datafusion::physical_expr::PhysicalExpr;
use nutkin_engine::Result;
use nutkin_engine::job::EvaluationContext;
use nutkin_plan::expression::{ResolvedExpression, ResolvedFunction};
use nutkin_plan::function::BuiltInFunction;
use nutkin_plan::types::LogicalType;

use crate::plan::Planner;

impl Planner<'_> {
    /// An expression as a function of the columns that it reads.
    pub(super) fn wrapped(&mut self, expression: &ResolvedExpression, columns: &[Column]) -> Result<Expr> {
        let mut arguments = Arguments::default();
        let inner = self.lifted(expression, columns, &mut arguments)?;
        call(inner, arguments, self.tables.evaluation())
    }

    /// The expression with arguments in place of columns, sub-queries and Python calls.
    fn lifted(
        &mut self,
        expression: &ResolvedExpression,
        columns: &[Column],
        arguments: &mut Arguments,
    ) -> Result<ResolvedExpression> {
        Ok(match expression {
            ResolvedExpression::Literal { .. } | ResolvedExpression::Symbol { .. } => expression.clone(),
            ResolvedExpression::Call {
                function: function @ ResolvedFunction::BuiltIn(_),
                arguments: operands,
                result_type,
            } => ResolvedExpression::Call {
                function: function.clone(),
                arguments: operands
                    .iter()
                    .map(|operand| self.lifted(operand, columns, arguments))
                    .collect::<Result<_>>()?,
                result_type: result_type.clone(),
            },
            other => {
                let argument = self.expression(other, columns)?;
                arguments.add(argument, other.data_type())
            }
        })
    }
}

/// A call of a built-in function over expressions of DataFusion.
///
/// # Errors
/// When the function is not computed for these types.
pub(crate) fn apply(
    function: &'static BuiltInFunction,
    operands: Vec<(Expr, LogicalType)>,
    result_type: &LogicalType,
    evaluation: &EvaluationContext,
) -> Result<Expr> {
    let mut arguments = Arguments::default();
    let operands = operands
        .into_iter()
        .map(|(operand, operand_type)| arguments.add(operand, operand_type))
        .collect();
    let inner = ResolvedExpression::Call {
        function: ResolvedFunction::BuiltIn(function),
        arguments: operands,
        result_type: result_type.clone(),
    };
    call(inner, arguments, evaluation)
}

/// The arguments of a function that is being made.
#[derive(Default)]
struct Arguments {
    values: Vec<Expr>,
    types: Vec<LogicalType>,
}

impl Arguments {
    /// The argument as a field of the function's input; equal ones are one.
    fn add(&mut self, value: Expr, value_type: LogicalType) -> ResolvedExpression {
        let known = self.values.iter().position(|other| *other == value);
        let index = known.unwrap_or_else(|| {
            self.values.push(value);
            self.types.push(value_type.clone());
            self.values.len() - 1
        });
        ResolvedExpression::Field {
            index,
            name: format!("${index}"),
            field_type: value_type,
        }
    }
}

fn call(
    expression: ResolvedExpression,
    arguments: Arguments,
    evaluation: &EvaluationContext,
) -> Result<Expr> {
    let fields: Vec<Field> = arguments
        .types
        .iter()
        .enumerate()
        .map(|(index, argument)| Field::new(format!("${index}"), argument.to_arrow(), true))
        .collect();
    let input: SchemaRef = Arc::new(Schema::new(fields));
    let physical = nutkin_functions::lower(&expression, &input, evaluation)?;
    let volatility = if is_deterministic(&expression) {
        Volatility::Immutable
    } else {
        Volatility::Volatile
    };
    let signature = if arguments.values.is_empty() {
        Signature::nullary(volatility)
    } else {
        Signature::user_defined(volatility)
    };
    let function = NativeFunction {
        name: expression.to_string(),
        result_type: expression.data_type().to_arrow(),
        expression,
        physical,
        input,
        signature,
    };
    Ok(ScalarUDF::new_from_impl(function).call(arguments.values))
}

fn is_deterministic(expression: &ResolvedExpression) -> bool {
    match expression {
        ResolvedExpression::Call { arguments, .. } => {
            expression
                .built_in()
                .is_none_or(|function| nutkin_functions::is_deterministic(function.name))
                && arguments.iter().all(is_deterministic)
        }
        _ => true,
    }
}

/// One of our expressions as a function of DataFusion.
#[derive(Debug)]
struct NativeFunction {
    /// How it is shown in plans.
    name: String,
    /// What it computes; fields are its arguments.
    expression: ResolvedExpression,
    physical: Arc<dyn PhysicalExpr>,
    input: SchemaRef,
    result_type: DataType,
    signature: Signature,
}

impl PartialEq for NativeFunction {
    fn eq(&self, other: &Self) -> bool {
        self.expression == other.expression && self.input == other.input
    }
}

impl Eq for NativeFunction {}

impl Hash for NativeFunction {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl fmt::Display for NativeFunction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name)
    }
}

impl ScalarUDFImpl for NativeFunction {
    fn name(&self) -> &str {
        &self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _argument_types: &[DataType]) -> DataFusionResult<DataType> {
        Ok(self.result_type.clone())
    }

    fn coerce_types(&self, _argument_types: &[DataType]) -> DataFusionResult<Vec<DataType>> {
        let fields = self.input.fields();
        Ok(fields.iter().map(|field| field.data_type().clone()).collect())
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> DataFusionResult<ColumnarValue> {
        let constant = self.signature.volatility != Volatility::Volatile
            && arguments
                .args
                .iter()
                .all(|argument| matches!(argument, ColumnarValue::Scalar(_)));
        let rows = if constant { 1 } else { arguments.number_rows };
        let columns = arguments
            .args
            .iter()
            .map(|argument| argument.to_array(rows))
            .collect::<DataFusionResult<Vec<ArrayRef>>>()?;
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        let batch = RecordBatch::try_new_with_options(Arc::clone(&self.input), columns, &options)?;
        let value = self.physical.evaluate(&batch)?;
        if constant {
            let array = value.into_array(rows)?;
            return Ok(ColumnarValue::Scalar(ScalarValue::try_from_array(&array, 0)?));
        }
        Ok(value)
    }
}
