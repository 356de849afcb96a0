//! The records of all keys: one flat run of words a key.
//!
//! Layout: `[live rows, epoch of the last touch, words of each aggregate...]`. One record a key, rather
//! than one column an aggregate, keeps an update within one or two cache lines. All-zero words are
//! the initial state of every aggregate.

/// Words before those of the aggregates.
pub(super) const HEADER_WORDS: usize = 2;
/// Where the number of live rows is.
pub(super) const LIVE: usize = 0;
const EPOCH: usize = 1;

/// Records by slot.
pub(super) struct State {
    stride: usize,
    records: Vec<u64>,
    epoch: u64,
    any_dead: bool,
}

impl State {
    pub(super) fn new(stride: usize) -> Self {
        Self {
            stride,
            records: Vec::new(),
            epoch: 0,
            any_dead: false,
        }
    }

    /// How many words a record has.
    pub(super) fn stride(&self) -> usize {
        self.stride
    }

    pub(super) fn slot_count(&self) -> usize {
        self.records.len() / self.stride
    }

    /// Makes room for slots up to `slots`.
    pub(super) fn grow(&mut self, slots: usize) {
        if slots * self.stride > self.records.len() {
            self.records.resize(slots * self.stride, 0);
        }
    }

    pub(super) fn record(&self, slot: u32) -> &[u64] {
        let start = slot as usize * self.stride;
        &self.records[start..start + self.stride]
    }

    pub(super) fn record_mut(&mut self, slot: u32) -> &mut [u64] {
        let start = slot as usize * self.stride;
        &mut self.records[start..start + self.stride]
    }

    /// All records, for loops over one aggregate.
    pub(super) fn records_mut(&mut self) -> &mut [u64] {
        &mut self.records
    }

    /// Starts a chunk: every record counts as untouched.
    pub(super) fn next_epoch(&mut self) {
        self.epoch += 1;
    }

    /// Whether this is the first touch of the record in this chunk; it is touched afterwards.
    pub(super) fn touch(&mut self, slot: u32) -> bool {
        let epoch = self.epoch;
        let word = &mut self.records[slot as usize * self.stride + EPOCH];
        let first = *word != epoch;
        *word = epoch;
        first
    }

    /// Sets the aggregates of a record back to their initial state.
    pub(super) fn reset(&mut self, slot: u32) {
        self.any_dead = true;
        self.record_mut(slot)[HEADER_WORDS..].fill(0);
    }

    /// Notes that a slot may have been given to a key whose rows were all ignored.
    pub(super) fn note_dead(&mut self) {
        self.any_dead = true;
    }

    /// The slots among `touched` whose keys have no rows left.
    pub(super) fn take_dead(&mut self, touched: &[u32]) -> Vec<u32> {
        if !std::mem::take(&mut self.any_dead) {
            return Vec::new();
        }
        let mut dead: Vec<u32> = touched
            .iter()
            .copied()
            .filter(|&slot| self.record(slot)[LIVE] == 0)
            .collect();
        dead.sort_unstable();
        dead.dedup();
        dead
    }
}
