//! Calls of Python functions.
//!
//! A call is a scalar function of DataFusion that borrows an opened evaluator for each batch of rows; there
//! are as many evaluators as threads that call the function at once. They are closed with the job.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::common::Column;
use datafusion::error::Result as DataFusionResult;
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use nutkin_engine::Result;
use nutkin_engine::operator::OperatorContext;
use nutkin_engine::python::{PythonEvaluator, PythonRuntime};
use nutkin_plan::expression::{ResolvedExpression, ResolvedFunction};
use nutkin_plan::stream::{PythonArgument, PythonCall};

use crate::error::{external, internal};
use crate::plan::Planner;

impl Planner<'_> {
    /// A call of a Python function over the columns that its arguments read.
    pub(super) fn python_call(
        &mut self,
        expression: &ResolvedExpression,
        columns: &[Column],
    ) -> Result<Expr> {
        let mut arguments = Vec::new();
        let mut fields = Vec::new();
        let call = self.planned_call(expression, columns, &mut arguments, &mut fields)?;
        let volatility = if arguments.is_empty() || !is_deterministic(&call) {
            Volatility::Volatile
        } else {
            Volatility::Immutable
        };
        let evaluators = Arc::new(PythonEvaluators {
            name: text(&call),
            runtime: self.tables.python(),
            calls: vec![call],
            input: Arc::new(Schema::new(fields)),
            parallelism: self.tables.parallelism(),
            idle: Mutex::new(Idle::default()),
        });
        self.python.push(Arc::clone(&evaluators));
        let signature = if arguments.is_empty() {
            Signature::nullary(volatility)
        } else {
            Signature::user_defined(volatility)
        };
        let function = PythonScalarFunction {
            evaluators,
            result_type: expression.data_type().to_arrow(),
            signature,
        };
        Ok(ScalarUDF::new_from_impl(function).call(arguments))
    }

    fn planned_call(
        &mut self,
        expression: &ResolvedExpression,
        columns: &[Column],
        arguments: &mut Vec<Expr>,
        fields: &mut Vec<Field>,
    ) -> Result<PythonCall> {
        let ResolvedExpression::Call {
            function: ResolvedFunction::Python(function),
            arguments: operands,
            ..
        } = expression
        else {
            return Err(internal("a call of a Python function is something else"));
        };
        let operands = operands
            .iter()
            .map(|operand| {
                Ok(match operand {
                    ResolvedExpression::Literal { value, literal_type } => PythonArgument::Constant {
                        value: value.clone(),
                        literal_type: literal_type.clone(),
                    },
                    ResolvedExpression::Call {
                        function: ResolvedFunction::Python(_),
                        ..
                    } => PythonArgument::Call(Box::new(
                        self.planned_call(operand, columns, arguments, fields)?,
                    )),
                    other => {
                        let position = arguments.len();
                        arguments.push(self.expression(other, columns)?);
                        fields.push(Field::new(
                            format!("f{position}"),
                            other.data_type().to_arrow(),
                            true,
                        ));
                        PythonArgument::Column(position)
                    }
                })
            })
            .collect::<Result<Vec<_>>>()?;
        Ok(PythonCall {
            name: function.name.clone(),
            function: Arc::clone(function),
            arguments: operands,
        })
    }
}

fn is_deterministic(call: &PythonCall) -> bool {
    call.function.deterministic
        && call.arguments.iter().all(|argument| match argument {
            PythonArgument::Call(call) => is_deterministic(call),
            PythonArgument::Column(_) | PythonArgument::Constant { .. } => true,
        })
}

/// A call as a program would write it, with `$0` for the first column that is read.
fn text(call: &PythonCall) -> String {
    let arguments: Vec<String> = call
        .arguments
        .iter()
        .map(|argument| match argument {
            PythonArgument::Column(position) => format!("${position}"),
            PythonArgument::Constant { value, .. } => format!("{value:?}"),
            PythonArgument::Call(inner) => text(inner),
        })
        .collect();
    format!("{}({})", call.name, arguments.join(", "))
}

/// The evaluators of one call, opened when they are first needed.
pub(crate) struct PythonEvaluators {
    /// The call as text. DataFusion takes expressions of equal text for equal, so it says everything.
    name: String,
    runtime: Arc<dyn PythonRuntime>,
    calls: Vec<PythonCall>,
    input: SchemaRef,
    parallelism: usize,
    idle: Mutex<Idle>,
}

#[derive(Default)]
struct Idle {
    evaluators: Vec<Box<dyn PythonEvaluator>>,
    opened: usize,
}

impl std::fmt::Debug for PythonEvaluators {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("PythonEvaluators")
            .field("calls", &self.calls)
            .finish_non_exhaustive()
    }
}

impl PythonEvaluators {
    fn evaluate(&self, rows: &RecordBatch) -> Result<ArrayRef> {
        let mut evaluator = self.take()?;
        // One that failed is in a state that nobody knows: it is not used again.
        let results = evaluator.evaluate(rows)?;
        self.lock().evaluators.push(evaluator);
        results
            .into_iter()
            .next()
            .ok_or_else(|| internal("a Python call gave no column"))
    }

    fn take(&self) -> Result<Box<dyn PythonEvaluator>> {
        let subtask = {
            let mut idle = self.lock();
            if let Some(evaluator) = idle.evaluators.pop() {
                return Ok(evaluator);
            }
            idle.opened += 1;
            idle.opened - 1
        };
        let context = OperatorContext {
            operator_name: format!("PythonCalc({})", self.name).into(),
            subtask,
            parallelism: self.parallelism,
        };
        self.runtime.open(&self.calls, Arc::clone(&self.input), &context)
    }

    /// Closes the evaluators that nobody uses.
    ///
    /// # Errors
    /// When the `close` of a function raises.
    pub(crate) fn close(&self) -> Result<()> {
        let evaluators = std::mem::take(&mut self.lock().evaluators);
        let mut result = Ok(());
        for mut evaluator in evaluators {
            result = result.and(evaluator.close());
        }
        result
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Idle> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The function that DataFusion calls.
#[derive(Debug)]
struct PythonScalarFunction {
    evaluators: Arc<PythonEvaluators>,
    result_type: DataType,
    signature: Signature,
}

impl PartialEq for PythonScalarFunction {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.evaluators, &other.evaluators)
    }
}

impl Eq for PythonScalarFunction {}

impl Hash for PythonScalarFunction {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.evaluators.name.hash(state);
    }
}

impl ScalarUDFImpl for PythonScalarFunction {
    fn name(&self) -> &str {
        &self.evaluators.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _argument_types: &[DataType]) -> DataFusionResult<DataType> {
        Ok(self.result_type.clone())
    }

    fn coerce_types(&self, _argument_types: &[DataType]) -> DataFusionResult<Vec<DataType>> {
        let fields = self.evaluators.input.fields();
        Ok(fields.iter().map(|field| field.data_type().clone()).collect())
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> DataFusionResult<ColumnarValue> {
        let rows = arguments.number_rows;
        let columns = arguments
            .args
            .iter()
            .map(|argument| argument.to_array(rows))
            .collect::<DataFusionResult<Vec<ArrayRef>>>()?;
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        let batch = RecordBatch::try_new_with_options(Arc::clone(&self.evaluators.input), columns, &options)?;
        let result = self.evaluators.evaluate(&batch).map_err(external)?;
        Ok(ColumnarValue::Array(result))
    }
}
