//! Groups and aggregates continuously.
//!
//! State is one flat record of 64-bit words a key ([`state`]); [`keys`] maps grouping columns to
//! records; each aggregate function ([`aggregate`]) owns some words of a record. What cannot live in
//! words (values of MIN and MAX over retracting input, DISTINCT values) is beside it, by slot.
//!
//! [`per_record`] emits exactly Flink's rows in Flink's order; [`folded`] emits what is left of the
//! changes of one chunk. State is dropped when a key's last row is taken back. There is no state
//! time-to-live and no checkpoint here.

mod aggregate;
mod average;
mod call;
mod count;
mod distinct;
mod emission;
mod extreme;
mod folded;
mod keys;
mod per_record;
mod state;
mod sum;
mod text_extreme;
mod words;

use std::sync::Arc;

use arrow::array::ArrayRef;
use arrow::datatypes::SchemaRef;
use nutkin_functions::EvaluationContext;
use nutkin_plan::operation::AggregateCall;

use self::call::BoundCall;
use self::keys::KeyIndex;
use self::state::State;
use super::{Operator, Output};
use crate::Result;
use crate::chunk::Chunk;

/// How many rows are taken at a time, so that per-record output of a large chunk stays bounded.
const SLICE_ROWS: usize = 16 * 1024;

/// The operator of [`nutkin_plan::stream::StreamNode::GroupAggregate`].
pub struct GroupAggregate {
    grouping: Vec<usize>,
    keys: KeyIndex,
    calls: Vec<BoundCall>,
    state: State,
    output: SchemaRef,
    emit_update_before: bool,
    slots: Vec<u32>,
}

impl GroupAggregate {
    /// An instance without state. `retracting` tells whether the input may carry -U and -D rows, for
    /// which MIN and MAX must remember every value.
    ///
    /// # Errors
    /// When an aggregate function or a type is not supported.
    pub fn new(
        context: &EvaluationContext,
        grouping: &[usize],
        aggregates: &[AggregateCall],
        input: &SchemaRef,
        output: SchemaRef,
        emit_update_before: bool,
        retracting: bool,
    ) -> Result<Self> {
        let key_types = grouping
            .iter()
            .map(|&index| input.field(index).data_type().clone())
            .collect::<Vec<_>>();
        let mut offset = state::HEADER_WORDS;
        let mut calls = Vec::with_capacity(aggregates.len());
        for aggregate in aggregates {
            let call = BoundCall::new(context, aggregate, input, retracting, offset)?;
            offset += call.words();
            calls.push(call);
        }
        Ok(Self {
            grouping: grouping.to_vec(),
            keys: KeyIndex::new(&key_types)?,
            calls,
            state: State::new(offset),
            output,
            emit_update_before,
            slots: Vec::new(),
        })
    }

    fn process(&mut self, chunk: &Chunk, output: &mut dyn Output) -> Result<()> {
        let columns: Vec<ArrayRef> = self
            .grouping
            .iter()
            .map(|&index| Arc::clone(chunk.data.column(index)))
            .collect();
        self.slots.clear();
        self.keys.intern(&columns, chunk.row_count(), &mut self.slots)?;
        self.state.grow(self.keys.slot_count());
        for call in &mut self.calls {
            call.bind(&chunk.data, self.state.slot_count())?;
        }
        let emission = if self.emit_update_before {
            per_record::update(&mut self.state, &mut self.calls, &self.slots, chunk)?
        } else {
            folded::update(&mut self.state, &mut self.calls, &self.slots, chunk)?
        };
        let rows = emission.into_chunk(&self.keys, &self.calls, self.state.stride(), &self.output)?;
        for call in &mut self.calls {
            call.end_chunk();
        }
        let dead = self.state.take_dead(&self.slots);
        for slot in dead {
            self.keys.release(slot);
        }
        match rows {
            Some(rows) => output.chunk(rows),
            None => Ok(()),
        }
    }
}

impl Operator for GroupAggregate {
    fn on_chunk(&mut self, _input: usize, chunk: Chunk, output: &mut dyn Output) -> Result<()> {
        let rows = chunk.row_count();
        if rows <= SLICE_ROWS {
            return self.process(&chunk, output);
        }
        let mut start = 0;
        while start < rows {
            let length = SLICE_ROWS.min(rows - start);
            let part = Chunk {
                data: chunk.data.slice(start, length),
                kinds: chunk.kinds.as_ref().map(|kinds| kinds.slice(start, length)),
            };
            self.process(&part, output)?;
            start += length;
        }
        Ok(())
    }
}
