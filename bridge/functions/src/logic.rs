//! AND, OR and NOT in three-valued logic, and tests for TRUE and FALSE.
//!
//! As in Flink's generated code, a later operand of AND and OR is computed only for the rows that the
//! earlier ones leave open, so that `x <> 0 AND 1 / x > 0` never divides by zero.

use std::fmt;
use std::hash::Hash;
use std::sync::Arc;

use arrow::array::{Array, AsArray, BooleanArray, RecordBatch};
use arrow::buffer::BooleanBuffer;
use arrow::compute::{and_kleene, not, or_kleene};
use arrow::datatypes::{DataType, Schema};
use datafusion_common::Result as DataFusionResult;
use datafusion_expr::ColumnarValue;
use datafusion_physical_expr::PhysicalExpr;

use crate::call::{Call, Entry};
use crate::error::Result;

/// The functions of this family.
pub(crate) const FUNCTIONS: &[Entry] = &[
    Entry {
        name: "and",
        lower: |call| Ok(Connective::create(true, call.arguments)),
    },
    Entry {
        name: "or",
        lower: |call| Ok(Connective::create(false, call.arguments)),
    },
    Entry {
        name: "not",
        lower: |call| {
            Ok(call.with(Arc::new(|values| {
                Ok(Arc::new(not(values.array(0)?.as_boolean())?))
            })))
        },
    },
    Entry {
        name: "isTrue",
        lower: |call| test(call, |valid, value| valid && value),
    },
    Entry {
        name: "isNotTrue",
        lower: |call| test(call, |valid, value| !(valid && value)),
    },
    Entry {
        name: "isFalse",
        lower: |call| test(call, |valid, value| valid && !value),
    },
    Entry {
        name: "isNotFalse",
        lower: |call| test(call, |valid, value| !valid || value),
    },
];

fn test(call: Call<'_>, holds: fn(bool, bool) -> bool) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(move |values| {
        let array = values.array(0)?;
        let array = array.as_boolean();
        let bits =
            BooleanBuffer::collect_bool(array.len(), |row| holds(array.is_valid(row), array.value(row)));
        Ok(Arc::new(BooleanArray::new(bits, None)))
    })))
}

/// AND or OR over any number of operands.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Connective {
    conjunction: bool,
    operands: Vec<Arc<dyn PhysicalExpr>>,
}

impl Connective {
    fn create(conjunction: bool, operands: Vec<Arc<dyn PhysicalExpr>>) -> Arc<dyn PhysicalExpr> {
        Arc::new(Self {
            conjunction,
            operands,
        })
    }
}

impl fmt::Display for Connective {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("(")?;
        for (index, operand) in self.operands.iter().enumerate() {
            if index > 0 {
                formatter.write_str(if self.conjunction { " AND " } else { " OR " })?;
            }
            write!(formatter, "{operand}")?;
        }
        formatter.write_str(")")
    }
}

impl PhysicalExpr for Connective {
    fn data_type(&self, _input_schema: &Schema) -> DataFusionResult<DataType> {
        Ok(DataType::Boolean)
    }

    fn nullable(&self, _input_schema: &Schema) -> DataFusionResult<bool> {
        Ok(true)
    }

    fn evaluate(&self, batch: &RecordBatch) -> DataFusionResult<ColumnarValue> {
        let rows = batch.num_rows();
        // The value that decides the whole: FALSE for AND, TRUE for OR.
        let deciding = !self.conjunction;
        let mut result = BooleanArray::from(vec![self.conjunction; rows]);
        for (index, operand) in self.operands.iter().enumerate() {
            let open = BooleanBuffer::collect_bool(rows, |row| {
                !(result.is_valid(row) && result.value(row) == deciding)
            });
            let open_rows = open.count_set_bits();
            if open_rows == 0 {
                break;
            }
            let value = if index == 0 || open_rows == rows {
                operand.evaluate(batch)?
            } else {
                operand.evaluate_selection(batch, &BooleanArray::new(open, None))?
            };
            let value = value.into_array(rows)?;
            // Rows that were left out come back as NULL, which does not change a decided result.
            result = if self.conjunction {
                and_kleene(&result, value.as_boolean())?
            } else {
                or_kleene(&result, value.as_boolean())?
            };
        }
        Ok(ColumnarValue::Array(Arc::new(result)))
    }

    fn children(&self) -> Vec<&Arc<dyn PhysicalExpr>> {
        self.operands.iter().collect()
    }

    fn with_new_children(
        self: Arc<Self>,
        children: Vec<Arc<dyn PhysicalExpr>>,
    ) -> DataFusionResult<Arc<dyn PhysicalExpr>> {
        Ok(Self::create(self.conjunction, children))
    }

    fn fmt_sql(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}
