//! Flink's classes where Java's form of them differs from the native object model's, or is all there is.

mod arrow;
pub(crate) mod bootstrap;
mod config_option;
mod configuration;
mod data_type;
mod data_types;
mod elements;
pub(crate) mod enumeration;
mod environment;
mod expression;
mod job;
pub(crate) mod known;
mod logical_type;
mod pickle;
mod pickled_row;
pub(crate) mod private_field;
pub(crate) mod python_function;
mod result;
mod schema;
pub(crate) mod shape;
mod table;
mod unpickle;

use super::class::Class;

/// Every class.
pub(crate) fn classes() -> Vec<Class> {
    [
        arrow::classes(),
        bootstrap::classes(),
        configuration::classes(),
        config_option::classes(),
        data_type::classes(),
        data_types::classes(),
        environment::classes(),
        enumeration::classes(),
        expression::classes(),
        job::classes(),
        logical_type::classes(),
        pickled_row::classes(),
        python_function::classes(),
        result::classes(),
        schema::classes(),
        table::classes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
