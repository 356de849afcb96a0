//! One aggregate call in place: its argument, FILTER and DISTINCT before its function.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, RecordBatch, StructArray};
use arrow::buffer::NullBuffer;
use arrow::datatypes::{DataType, Field, Fields, SchemaRef};
use datafusion_physical_expr::PhysicalExpr;
use nutkin_functions::{EvaluationContext, lower};
use nutkin_plan::PlanError;
use nutkin_plan::operation::AggregateCall;

use super::aggregate::{Aggregate, Change, aggregate};
use super::distinct::Distinct;
use crate::Result;

/// An aggregate call with the words it owns.
pub(super) struct BoundCall {
    function: Box<dyn Aggregate>,
    offset: usize,
    arguments: Vec<Arc<dyn PhysicalExpr>>,
    filter: Option<Arc<dyn PhysicalExpr>>,
    filter_values: Option<BooleanArray>,
    distinct: Option<Distinct>,
}

impl BoundCall {
    /// The call whose words start at `offset` in each record.
    pub(super) fn new(
        context: &EvaluationContext,
        call: &AggregateCall,
        input: &SchemaRef,
        retracting: bool,
        offset: usize,
    ) -> Result<Self> {
        let name = call.function.name;
        let arguments = call
            .arguments
            .iter()
            .map(|argument| lower(argument, input, context))
            .collect::<Result<Vec<_>, _>>()?;
        if arguments.len() > 1 && name != "count" {
            return Err(PlanError::unsupported(
                format!("'{name}' over several arguments"),
                "one argument works; only count takes more",
            )
            .into());
        }
        let types = arguments
            .iter()
            .map(|argument| Ok(argument.data_type(input)?))
            .collect::<Result<Vec<DataType>>>()?;
        let argument_type = match types.as_slice() {
            [] => None,
            [argument_type] => Some(argument_type.clone()),
            several => Some(DataType::Struct(tuple_fields(several))),
        };
        let distinct = match &argument_type {
            // Equal values change neither MIN nor MAX.
            Some(argument_type) if call.distinct && name != "min" && name != "max" => {
                Some(Distinct::new(argument_type)?)
            }
            _ => None,
        };
        Ok(Self {
            function: aggregate(
                name,
                argument_type.as_ref(),
                &call.result_type.to_arrow(),
                retracting,
            )?,
            offset,
            arguments,
            filter: call
                .filter
                .as_ref()
                .map(|filter| lower(filter, input, context))
                .transpose()?,
            filter_values: None,
            distinct,
        })
    }

    pub(super) fn words(&self) -> usize {
        self.function.words()
    }

    fn range(&self) -> std::ops::Range<usize> {
        self.offset..self.offset + self.function.words()
    }

    /// Computes argument and filter for the rows of a chunk.
    pub(super) fn bind(&mut self, data: &RecordBatch, slots: usize) -> Result<()> {
        let rows = data.num_rows();
        let mut arguments = self
            .arguments
            .iter()
            .map(|argument| Ok(argument.evaluate(data)?.into_array(rows)?))
            .collect::<Result<Vec<ArrayRef>>>()?;
        let argument = match arguments.len() {
            0 | 1 => arguments.pop(),
            _ => Some(tuple(arguments)?),
        };
        self.function.bind(argument.as_ref(), slots)?;
        if let (Some(distinct), Some(argument)) = (&mut self.distinct, &argument) {
            distinct.bind(argument, slots)?;
        }
        self.filter_values = match &self.filter {
            Some(filter) => Some(filter.evaluate(data)?.into_array(rows)?.as_boolean().clone()),
            None => None,
        };
        Ok(())
    }

    /// Applies one row to the record of its key.
    pub(super) fn apply(&mut self, record: &mut [u64], slot: u32, row: usize, change: Change) -> Result<()> {
        if let Some(filter) = &self.filter_values
            && !(filter.is_valid(row) && filter.value(row))
        {
            return Ok(());
        }
        if let Some(distinct) = &mut self.distinct
            && !distinct.passes(slot, row, change)
        {
            return Ok(());
        }
        let range = self.range();
        self.function.apply(&mut record[range], slot, row, change)
    }

    /// Adds all rows of the bound chunk.
    pub(super) fn add_all(&mut self, records: &mut [u64], stride: usize, slots: &[u32]) -> Result<()> {
        if self.filter_values.is_none() && self.distinct.is_none() {
            return self.function.add_all(records, stride, self.offset, slots);
        }
        for (row, &slot) in slots.iter().enumerate() {
            let start = slot as usize * stride;
            self.apply(&mut records[start..start + stride], slot, row, Change::Add)?;
        }
        Ok(())
    }

    pub(super) fn same(&self, left: &[u64], right: &[u64]) -> bool {
        let range = self.range();
        self.function.same(&left[range.clone()], &right[range])
    }

    pub(super) fn results(&self, images: &[u64], stride: usize) -> Result<ArrayRef> {
        self.function.results(images, stride, self.offset)
    }

    /// Forgets what is held beside the record of a slot.
    pub(super) fn clear(&mut self, record: &[u64], slot: u32) {
        let range = self.range();
        self.function.clear(&record[range], slot);
        if let Some(distinct) = &mut self.distinct {
            distinct.clear(slot);
        }
    }

    pub(super) fn end_chunk(&mut self) {
        self.function.end_chunk();
    }
}

fn tuple_fields(types: &[DataType]) -> Fields {
    types
        .iter()
        .enumerate()
        .map(|(index, data_type)| Field::new(format!("f{index}"), data_type.clone(), true))
        .collect()
}

/// Several arguments as one, which is NULL where any of them is: `COUNT(a, b)` counts such rows not.
fn tuple(arguments: Vec<ArrayRef>) -> Result<ArrayRef> {
    let types: Vec<DataType> = arguments
        .iter()
        .map(|argument| argument.data_type().clone())
        .collect();
    let mut nulls: Option<NullBuffer> = None;
    for argument in &arguments {
        nulls = NullBuffer::union(nulls.as_ref(), argument.logical_nulls().as_ref());
    }
    Ok(Arc::new(StructArray::try_new(
        tuple_fields(&types),
        arguments,
        nulls,
    )?))
}
