//! IF/CASE and COALESCE: branches are computed only for the rows that take them.

use std::fmt;
use std::hash::Hash;
use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray, RecordBatch, new_null_array};
use arrow::compute::is_null;
use arrow::compute::kernels::zip::zip;
use arrow::datatypes::{DataType, Schema};
use datafusion_common::Result as DataFusionResult;
use datafusion_expr::ColumnarValue;
use datafusion_physical_expr::PhysicalExpr;
use datafusion_physical_expr::expressions::CaseExpr;

use crate::call::{Call, Entry};
use crate::error::Result;

/// The functions of this family.
pub(crate) const FUNCTIONS: &[Entry] = &[
    Entry {
        name: "ifThenElse",
        lower: if_then_else,
    },
    Entry {
        name: "COALESCE",
        lower: coalesce,
    },
    Entry {
        name: "IFNULL",
        lower: coalesce,
    },
];

/// `ifThenElse(condition, then, else)`; a condition that is NULL takes the second branch.
fn if_then_else(mut call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let result = call.result.clone();
    call.cast_argument(1, &result)?;
    call.cast_argument(2, &result)?;
    let mut arguments = call.arguments.into_iter();
    let (Some(condition), Some(then), otherwise) = (arguments.next(), arguments.next(), arguments.next())
    else {
        return Err(nutkin_plan::PlanError::validation("ifThenElse takes three arguments").into());
    };
    Ok(Arc::new(CaseExpr::try_new(
        None,
        vec![(condition, then)],
        otherwise,
    )?))
}

fn coalesce(mut call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let result = call.result.clone();
    for index in 0..call.arguments.len() {
        call.cast_argument(index, &result)?;
    }
    Ok(Arc::new(Coalesce {
        result_type: result.to_arrow(),
        operands: call.arguments,
    }))
}

/// The first operand that is not NULL.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Coalesce {
    result_type: DataType,
    operands: Vec<Arc<dyn PhysicalExpr>>,
}

impl fmt::Display for Coalesce {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operands: Vec<String> = self.operands.iter().map(ToString::to_string).collect();
        write!(formatter, "COALESCE({})", operands.join(", "))
    }
}

impl PhysicalExpr for Coalesce {
    fn data_type(&self, _input_schema: &Schema) -> DataFusionResult<DataType> {
        Ok(self.result_type.clone())
    }

    fn nullable(&self, _input_schema: &Schema) -> DataFusionResult<bool> {
        Ok(true)
    }

    fn evaluate(&self, batch: &RecordBatch) -> DataFusionResult<ColumnarValue> {
        let rows = batch.num_rows();
        let mut result: Option<ArrayRef> = None;
        for operand in &self.operands {
            let Some(known) = &result else {
                result = Some(operand.evaluate(batch)?.into_array(rows)?);
                continue;
            };
            let open: BooleanArray = is_null(known)?;
            if open.true_count() == 0 {
                break;
            }
            let value = operand.evaluate_selection(batch, &open)?.into_array(rows)?;
            result = Some(zip(&open, &value, known)?);
        }
        let result = result.unwrap_or_else(|| new_null_array(&self.result_type, rows));
        Ok(ColumnarValue::Array(result))
    }

    fn children(&self) -> Vec<&Arc<dyn PhysicalExpr>> {
        self.operands.iter().collect()
    }

    fn with_new_children(
        self: Arc<Self>,
        children: Vec<Arc<dyn PhysicalExpr>>,
    ) -> DataFusionResult<Arc<dyn PhysicalExpr>> {
        Ok(Arc::new(Self {
            result_type: self.result_type.clone(),
            operands: children,
        }))
    }

    fn fmt_sql(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}
