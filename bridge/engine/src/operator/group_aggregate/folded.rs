//! Emission of what is left of the changes of one chunk: at most one row a key, never -U.

use super::aggregate::Change;
use super::call::BoundCall;
use super::emission::Emission;
use super::state::{LIVE, State};
use crate::Result;
use crate::chunk::{Chunk, RowKind};

/// The records touched by a chunk as they were before it, in the order of first touch.
#[derive(Default)]
struct Before {
    slots: Vec<u32>,
    images: Vec<u64>,
}

impl Before {
    fn touch(&mut self, state: &mut State, slot: u32) {
        if state.touch(slot) {
            self.slots.push(slot);
            self.images.extend_from_slice(state.record(slot));
        }
    }
}

/// Applies all rows, then compares each touched record with what it was.
pub(super) fn update(
    state: &mut State,
    calls: &mut [BoundCall],
    slots: &[u32],
    chunk: &Chunk,
) -> Result<Emission> {
    state.next_epoch();
    let mut before = Before::default();
    if chunk.has_retractions() {
        apply_rows(state, calls, slots, chunk, &mut before)?;
    } else {
        for &slot in slots {
            before.touch(state, slot);
            state.record_mut(slot)[LIVE] += 1;
        }
        let stride = state.stride();
        for call in calls.iter_mut() {
            call.add_all(state.records_mut(), stride, slots)?;
        }
    }
    let mut emission = Emission::default();
    for (&slot, image) in before
        .slots
        .iter()
        .zip(before.images.chunks_exact(state.stride()))
    {
        let record = state.record(slot);
        match (image[LIVE] > 0, record[LIVE] > 0) {
            (false, false) => {}
            (false, true) => emission.push(RowKind::Insert, slot, record),
            (true, false) => emission.push(RowKind::Delete, slot, image),
            (true, true) => {
                if !calls.iter().all(|call| call.same(image, record)) {
                    emission.push(RowKind::UpdateAfter, slot, record);
                }
            }
        }
    }
    Ok(emission)
}

/// Row by row, because a key whose last row is taken back must forget its state at that moment.
fn apply_rows(
    state: &mut State,
    calls: &mut [BoundCall],
    slots: &[u32],
    chunk: &Chunk,
    before: &mut Before,
) -> Result<()> {
    for (row, &slot) in slots.iter().enumerate() {
        let change = if RowKind::is_retraction_byte(chunk.kind_byte(row)) {
            Change::Retract
        } else {
            Change::Add
        };
        if change == Change::Retract && state.record(slot)[LIVE] == 0 {
            state.note_dead();
            continue;
        }
        before.touch(state, slot);
        let record = state.record_mut(slot);
        record[LIVE] = record[LIVE].wrapping_add_signed(change.sign());
        for call in calls.iter_mut() {
            call.apply(record, slot, row, change)?;
        }
        if record[LIVE] == 0 {
            for call in calls.iter_mut() {
                call.clear(record, slot);
            }
            state.reset(slot);
        }
    }
    Ok(())
}
