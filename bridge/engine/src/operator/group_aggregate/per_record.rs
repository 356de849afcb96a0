//! Emission row by row, exactly as Flink's `GroupAggFunction` does with mini-batch off.

use super::aggregate::Change;
use super::call::BoundCall;
use super::emission::Emission;
use super::state::{LIVE, State};
use crate::Result;
use crate::chunk::{Chunk, RowKind};

/// Applies the rows in order; after each one, what it changes is emitted.
pub(super) fn update(
    state: &mut State,
    calls: &mut [BoundCall],
    slots: &[u32],
    chunk: &Chunk,
) -> Result<Emission> {
    let mut emission = Emission::default();
    let mut before: Vec<u64> = Vec::with_capacity(state.stride());
    for (row, &slot) in slots.iter().enumerate() {
        let change = if RowKind::is_retraction_byte(chunk.kind_byte(row)) {
            Change::Retract
        } else {
            Change::Add
        };
        let record = state.record_mut(slot);
        let first = record[LIVE] == 0;
        if first && change == Change::Retract {
            // Nothing is known of the key, so there is nothing to take back.
            state.note_dead();
            continue;
        }
        before.clear();
        before.extend_from_slice(record);
        record[LIVE] = record[LIVE].wrapping_add_signed(change.sign());
        for call in calls.iter_mut() {
            call.apply(record, slot, row, change)?;
        }
        if record[LIVE] == 0 {
            for call in calls.iter_mut() {
                call.clear(record, slot);
            }
            emission.push(RowKind::Delete, slot, &before);
            state.reset(slot);
        } else if first {
            emission.push(RowKind::Insert, slot, record);
        } else if !calls.iter().all(|call| call.same(&before, record)) {
            emission.push(RowKind::UpdateBefore, slot, &before);
            emission.push(RowKind::UpdateAfter, slot, record);
        }
    }
    Ok(emission)
}
