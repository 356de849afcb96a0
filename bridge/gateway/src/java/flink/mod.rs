//! Flink's classes where Java's form of them differs from the native object model's, or is all there is.

pub(crate) mod bootstrap;
pub(crate) mod known;
pub(crate) mod private_field;
pub(crate) mod shape;

use super::class::Class;

/// Every class.
pub(crate) fn classes() -> Vec<Class> {
    [bootstrap::classes(), known::classes()]
        .into_iter()
        .flatten()
        .collect()
}
