//! The interfaces of `java.util.function` and their like, which objects of the client implement.

use super::super::class::Class;

pub(super) fn classes() -> Vec<Class> {
    [
        "java.util.function.Consumer",
        "java.util.function.BiConsumer",
        "java.util.function.Function",
        "java.util.function.BiFunction",
        "java.util.function.Predicate",
        "java.util.function.Supplier",
        "java.util.function.UnaryOperator",
        "java.util.function.BinaryOperator",
        "java.util.concurrent.Callable",
        "java.util.Comparator",
    ]
    .into_iter()
    .map(Class::interface)
    .collect()
}
