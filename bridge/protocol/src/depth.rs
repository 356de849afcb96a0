//! A bound on nesting, so that a hostile frame cannot exhaust the stack of the thread that decodes it.
//!
//! Lists, maps and error causes nest. Two bytes of a frame suffice for one level, so without a bound
//! a frame of a few megabytes would recurse a million times.

use std::cell::Cell;

use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// How deep lists, maps and causes may nest.
pub const MAXIMUM_NESTING: usize = 64;

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// Decodes a nested value one level deeper; for `#[serde(deserialize_with)]` on recursive fields.
pub(crate) fn nested<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let Some(_level) = Level::enter() else {
        return Err(D::Error::custom(format_args!(
            "values nest deeper than {MAXIMUM_NESTING} levels"
        )));
    };
    T::deserialize(deserializer)
}

/// One level of nesting, left when dropped, also on errors.
struct Level;

impl Level {
    fn enter() -> Option<Self> {
        DEPTH.with(|depth| {
            (depth.get() < MAXIMUM_NESTING).then(|| {
                depth.set(depth.get() + 1);
                Self
            })
        })
    }
}

impl Drop for Level {
    fn drop(&mut self) {
        DEPTH.with(|depth| depth.set(depth.get() - 1));
    }
}
