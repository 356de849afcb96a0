//! Flink's Java classes as clients see them: one class a file, each a table of methods.
//!
//! The files translate: arguments in, a call of [`crate::environment`], [`crate::result`] or the plan crate,
//! objects out. [`all`] is the list; `README.md` of this crate is printed from it.

mod api_expression;
mod compiled_plan;
mod described_tables;
mod documentation;
mod enumeration;
mod environment_settings;
mod environment_settings_builder;
mod expressions;
mod format_descriptor;
mod function_calls;
mod gateway_information;
mod group_window;
mod grouped_table;
mod job_client;
mod literal;
mod model_descriptor;
mod names;
mod operand;
mod over_window;
mod python_other_functions;
mod python_scalar_function;
mod resolved_schema;
mod schema;
mod schema_builder;
mod statement_set;
mod stream_execution_environment;
mod stream_table_environment;
mod table;
mod table_config;
mod table_descriptor;
mod table_descriptor_builder;
mod table_environment;
mod table_pipeline;
mod table_result;
mod windowed_tables;

pub use documentation::markdown;
pub(crate) use resolved_schema::ResolvedSchema;
pub(crate) use table::Table;
pub(crate) use table_config::TableConfig;
pub(crate) use table_environment::TableEnvironmentObject;

use crate::model::JavaClass;

/// Every class.
#[must_use]
pub fn all() -> Vec<JavaClass> {
    let mut classes = enumeration::classes();
    classes.extend(group_window::classes());
    classes.extend(over_window::classes());
    classes.extend(windowed_tables::classes());
    classes.extend([
        api_expression::class(),
        compiled_plan::class(),
        environment_settings::class(),
        environment_settings_builder::class(),
        expressions::class(),
        gateway_information::class(),
        grouped_table::class(),
        job_client::class(),
        python_other_functions::aggregate_class(),
        python_other_functions::async_class(),
        python_other_functions::table_aggregate_class(),
        python_other_functions::table_class(),
        python_scalar_function::class(),
        resolved_schema::class(),
        statement_set::class(),
        stream_execution_environment::class(),
        stream_table_environment::class(),
        table::class(),
        table_config::class(),
        format_descriptor::class(),
        format_descriptor::builder_class(),
        model_descriptor::class(),
        model_descriptor::builder_class(),
        schema::class(),
        schema_builder::class(),
        table_descriptor::class(),
        table_descriptor_builder::class(),
        table_environment::class(),
        table_pipeline::class(),
        table_result::class(),
    ]);
    classes
}
