//! Which ids were released: a set of ranges of bounded size.
//!
//! Clients count their ids up, so released ids lie close together and a few ranges hold them all.
//! When there are too many ranges the two lowest become one; an id in the gap between them, which
//! never named an object, then counts as released. Only the wording of an error depends on it.

use std::collections::BTreeMap;

use nutkin_protocol::ObjectId;

/// How many ranges are kept.
const MAXIMUM_RANGES: usize = 4096;

/// A set of released ids: the first id of each range with its last one.
#[derive(Debug, Default)]
pub(super) struct ReleasedIds {
    ranges: BTreeMap<ObjectId, ObjectId>,
}

impl ReleasedIds {
    pub(super) fn contains(&self, id: ObjectId) -> bool {
        self.ranges
            .range(..=id)
            .next_back()
            .is_some_and(|(_, last)| id <= *last)
    }

    pub(super) fn insert(&mut self, id: ObjectId) {
        if self.contains(id) {
            return;
        }
        let mut first = id;
        let mut last = id;
        if let Some((&before, &end)) = self.ranges.range(..id).next_back()
            && end.checked_add(1) == Some(id)
        {
            first = before;
        }
        if let Some(next) = id.checked_add(1)
            && let Some(end) = self.ranges.remove(&next)
        {
            last = end;
        }
        self.ranges.insert(first, last);
        if self.ranges.len() > MAXIMUM_RANGES {
            self.merge_lowest();
        }
    }

    fn merge_lowest(&mut self) {
        let Some((first, _)) = self.ranges.pop_first() else {
            return;
        };
        let last = self.ranges.pop_first().map_or(first, |(_, last)| last);
        self.ranges.insert(first, last);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn holds_what_was_inserted_and_nothing_else() {
        let mut ids = ReleasedIds::default();
        let mut truth = HashSet::new();
        // A full cycle of the numbers below 997 in a scattered order, half of it.
        for step in 0..498u64 {
            let id = step * 371 % 997;
            ids.insert(id);
            truth.insert(id);
        }
        ids.insert(u64::MAX);
        for id in 0..997 {
            assert_eq!(ids.contains(id), truth.contains(&id), "{id}");
        }
        assert!(ids.contains(u64::MAX));
        assert!(!ids.contains(u64::MAX - 1));
    }

    #[test]
    fn neighbours_become_one_range() {
        let mut ids = ReleasedIds::default();
        for id in [1, 3, 2, 5, 4] {
            ids.insert(id);
        }
        assert_eq!(ids.ranges, BTreeMap::from([(1, 5)]));
    }

    #[test]
    fn stays_small() {
        let mut ids = ReleasedIds::default();
        for id in (0..100_000).step_by(2) {
            ids.insert(id);
        }
        assert_eq!(ids.ranges.len(), MAXIMUM_RANGES);
        assert!(ids.contains(0) && ids.contains(99_998) && !ids.contains(99_999));
    }
}
