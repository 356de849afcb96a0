//! `java.lang` and what is near to it: one family of classes a file.

mod boxes;
mod class;
mod class_loader;
mod function;
mod math;
mod object;
pub(crate) mod py4j;
pub(crate) mod reflect;
mod string;
mod string_builder;
pub(crate) mod system;
mod throwable;

pub(crate) use throwable::parent as throwable_parent;

use super::class::Class;

/// Every class.
pub(crate) fn classes() -> Vec<Class> {
    [
        object::classes(),
        class::classes(),
        class_loader::classes(),
        boxes::classes(),
        function::classes(),
        math::classes(),
        string::classes(),
        string_builder::classes(),
        system::classes(),
        throwable::classes(),
        reflect::classes(),
        py4j::classes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
