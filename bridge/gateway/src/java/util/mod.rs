//! `java.util`, `java.math`, `java.time`, `java.io` and `java.nio`, as far as programs touch them.

mod collection;
mod collections;
pub(crate) mod decimal;
pub(crate) mod file;
pub(crate) mod format;
mod integer;
mod list;
mod map;
pub(crate) mod net;
pub(crate) mod nio;
mod objects;
pub(crate) mod optional;
mod random;
mod set;
pub(crate) mod time;
mod uuid;

use super::class::Class;

/// Every class.
pub(crate) fn classes() -> Vec<Class> {
    [
        collection::classes(),
        collections::classes(),
        decimal::classes(),
        file::classes(),
        integer::classes(),
        list::classes(),
        map::classes(),
        net::classes(),
        nio::classes(),
        objects::classes(),
        optional::classes(),
        random::classes(),
        set::classes(),
        time::classes(),
        uuid::classes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
