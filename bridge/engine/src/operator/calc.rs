//! Filters rows and computes columns.
//!
//! The condition is evaluated first, then the projections over the rows that are left, so that an
//! expression guarded by the condition is never computed for a row that does not pass. Calls that
//! occur several times among the projections are computed once, as extra columns behind the input's.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch, RecordBatchOptions};
use arrow::compute::prep_null_mask_filter;
use arrow::datatypes::{Field, Schema, SchemaRef};
use datafusion_physical_expr::PhysicalExpr;
use nutkin_functions::{EvaluationContext, lower};
use nutkin_plan::expression::ResolvedExpression;
use nutkin_plan::operation::NamedExpression;

use super::common_subexpression::share;
use super::{Operator, Output};
use crate::Result;
use crate::chunk::Chunk;

/// The operator of [`nutkin_plan::stream::StreamNode::Calc`].
#[derive(Clone)]
pub struct Calc {
    condition: Option<Arc<dyn PhysicalExpr>>,
    shared: Vec<Arc<dyn PhysicalExpr>>,
    shared_schema: SchemaRef,
    projections: Vec<Arc<dyn PhysicalExpr>>,
    output: SchemaRef,
}

impl Calc {
    /// Lowers the expressions over rows of `input`; the columns produced are those of `output`.
    ///
    /// # Errors
    /// When an expression cannot be computed natively.
    pub fn new(
        context: &EvaluationContext,
        condition: Option<&ResolvedExpression>,
        projections: &[NamedExpression],
        input: &SchemaRef,
        output: SchemaRef,
    ) -> Result<Self> {
        let condition = condition
            .map(|expression| lower(expression, input, context))
            .transpose()?;
        let values: Vec<&ResolvedExpression> = projections
            .iter()
            .map(|projection| &projection.expression)
            .collect();
        let plan = share(&values, input.fields().len());
        let mut shared = Vec::with_capacity(plan.shared.len());
        let mut fields: Vec<Arc<Field>> = input.fields().iter().cloned().collect();
        for (index, expression) in plan.shared.iter().enumerate() {
            let lowered = lower(expression, input, context)?;
            let data_type = lowered.data_type(input)?;
            fields.push(Arc::new(Field::new(format!("$shared{index}"), data_type, true)));
            shared.push(lowered);
        }
        let shared_schema: SchemaRef = if shared.is_empty() {
            Arc::clone(input)
        } else {
            Arc::new(Schema::new(fields))
        };
        let projections = plan
            .rewritten
            .iter()
            .map(|expression| lower(expression, &shared_schema, context))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            condition,
            shared,
            shared_schema,
            projections,
            output,
        })
    }

    fn filtered(&self, chunk: Chunk) -> Result<Chunk> {
        let Some(condition) = &self.condition else {
            return Ok(chunk);
        };
        let rows = chunk.row_count();
        let value = condition.evaluate(&chunk.data)?.into_array(rows)?;
        let mask = match value.as_boolean() {
            // NULL is not true. Without a NULL there is nothing to prepare, and the kernel panics.
            mask if mask.null_count() > 0 => prep_null_mask_filter(mask),
            mask => mask.clone(),
        };
        if mask.true_count() == rows {
            return Ok(chunk);
        }
        chunk.filter(&mask)
    }

    fn with_shared(&self, data: RecordBatch) -> Result<RecordBatch> {
        if self.shared.is_empty() {
            return Ok(data);
        }
        let rows = data.num_rows();
        let mut columns = data.columns().to_vec();
        for expression in &self.shared {
            columns.push(expression.evaluate(&data)?.into_array(rows)?);
        }
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        Ok(RecordBatch::try_new_with_options(
            Arc::clone(&self.shared_schema),
            columns,
            &options,
        )?)
    }
}

impl Operator for Calc {
    fn on_chunk(&mut self, _input: usize, chunk: Chunk, output: &mut dyn Output) -> Result<()> {
        let chunk = self.filtered(chunk)?;
        let rows = chunk.row_count();
        if rows == 0 {
            return Ok(());
        }
        let data = self.with_shared(chunk.data)?;
        let columns = self
            .projections
            .iter()
            .map(|expression| Ok(expression.evaluate(&data)?.into_array(rows)?))
            .collect::<Result<Vec<ArrayRef>>>()?;
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        let data = RecordBatch::try_new_with_options(Arc::clone(&self.output), columns, &options)?;
        output.chunk(Chunk {
            data,
            kinds: chunk.kinds,
        })
    }
}
