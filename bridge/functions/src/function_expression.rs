//! A call of a built-in function as a physical expression.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use arrow::array::{ArrayRef, Datum, RecordBatch};
use arrow::datatypes::{DataType, Schema};
use datafusion_common::{Result as DataFusionResult, ScalarValue};
use datafusion_expr::ColumnarValue;
use datafusion_physical_expr::PhysicalExpr;

use crate::error::Result;

/// Computes a column from the columns of the arguments.
pub(crate) type Kernel = Arc<dyn Fn(&Values<'_>) -> Result<ArrayRef> + Send + Sync>;

/// The arguments of a call for some rows.
pub(crate) struct Values<'a> {
    values: &'a [ColumnarValue],
    rows: usize,
}

impl<'a> Values<'a> {
    /// These values, for so many rows.
    pub(crate) fn of(values: &'a [ColumnarValue], rows: usize) -> Self {
        Self { values, rows }
    }

    /// How many rows the result has.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// How many arguments there are.
    pub(crate) fn count(&self) -> usize {
        self.values.len()
    }

    /// An argument as a column; a constant is repeated.
    pub(crate) fn array(&self, index: usize) -> Result<ArrayRef> {
        Ok(self.values[index].to_array(self.rows)?)
    }

    /// An argument as Arrow's comparison kernels take it.
    pub(crate) fn datum(&self, index: usize) -> Result<Box<dyn Datum>> {
        Ok(match &self.values[index] {
            ColumnarValue::Array(array) => Box::new(Arc::clone(array)),
            ColumnarValue::Scalar(scalar) if self.values.len() > 1 => Box::new(scalar.to_scalar()?),
            ColumnarValue::Scalar(scalar) => Box::new(scalar.to_array_of_size(self.rows)?),
        })
    }

    /// An argument, if it is the same for all rows.
    pub(crate) fn constant(&self, index: usize) -> Option<&ScalarValue> {
        match &self.values[index] {
            ColumnarValue::Scalar(scalar) => Some(scalar),
            ColumnarValue::Array(_) => None,
        }
    }
}

/// A function with its arguments. All arguments are computed for all rows; lazy ones have expressions
/// of their own.
pub(crate) struct FunctionExpression {
    name: String,
    arguments: Vec<Arc<dyn PhysicalExpr>>,
    result_type: DataType,
    kernel: Kernel,
    volatile: bool,
}

impl FunctionExpression {
    /// A call of `kernel`, which gives a column of `result_type`.
    pub(crate) fn create(
        name: impl Into<String>,
        arguments: Vec<Arc<dyn PhysicalExpr>>,
        result_type: DataType,
        kernel: Kernel,
    ) -> Arc<dyn PhysicalExpr> {
        Arc::new(Self {
            name: name.into(),
            arguments,
            result_type,
            kernel,
            volatile: false,
        })
    }

    /// A call whose results differ from row to row, whatever the arguments are.
    pub(crate) fn create_volatile(
        name: impl Into<String>,
        arguments: Vec<Arc<dyn PhysicalExpr>>,
        result_type: DataType,
        kernel: Kernel,
    ) -> Arc<dyn PhysicalExpr> {
        Arc::new(Self {
            name: name.into(),
            arguments,
            result_type,
            kernel,
            volatile: true,
        })
    }
}

impl fmt::Debug for FunctionExpression {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl fmt::Display for FunctionExpression {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}(", self.name)?;
        for (index, argument) in self.arguments.iter().enumerate() {
            if index > 0 {
                formatter.write_str(", ")?;
            }
            write!(formatter, "{argument}")?;
        }
        formatter.write_str(")")
    }
}

impl PartialEq for FunctionExpression {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
            && self.result_type == other.result_type
            && self.arguments == other.arguments
            && Arc::ptr_eq(&self.kernel, &other.kernel)
    }
}

impl Eq for FunctionExpression {}

impl Hash for FunctionExpression {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
        self.arguments.hash(state);
    }
}

impl PhysicalExpr for FunctionExpression {
    fn data_type(&self, _input_schema: &Schema) -> DataFusionResult<DataType> {
        Ok(self.result_type.clone())
    }

    fn nullable(&self, _input_schema: &Schema) -> DataFusionResult<bool> {
        Ok(true)
    }

    fn evaluate(&self, batch: &RecordBatch) -> DataFusionResult<ColumnarValue> {
        let values = self
            .arguments
            .iter()
            .map(|argument| argument.evaluate(batch))
            .collect::<DataFusionResult<Vec<_>>>()?;
        let constant = !self.volatile
            && values
                .iter()
                .all(|value| matches!(value, ColumnarValue::Scalar(_)));
        let rows = if constant { 1 } else { batch.num_rows() };
        let result = (self.kernel)(&Values {
            values: &values,
            rows,
        })?;
        let result = crate::conform::conform(&result, &self.result_type)?;
        Ok(if constant {
            ColumnarValue::Scalar(ScalarValue::try_from_array(&result, 0)?)
        } else {
            ColumnarValue::Array(result)
        })
    }

    fn is_volatile_node(&self) -> bool {
        self.volatile
    }

    fn children(&self) -> Vec<&Arc<dyn PhysicalExpr>> {
        self.arguments.iter().collect()
    }

    fn with_new_children(
        self: Arc<Self>,
        children: Vec<Arc<dyn PhysicalExpr>>,
    ) -> DataFusionResult<Arc<dyn PhysicalExpr>> {
        Ok(Arc::new(Self {
            name: self.name.clone(),
            arguments: children,
            result_type: self.result_type.clone(),
            kernel: Arc::clone(&self.kernel),
            volatile: self.volatile,
        }))
    }

    fn fmt_sql(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}
