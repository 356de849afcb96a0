//! SQL: Flink's dialect, from text to statements and from queries to operations.
//!
//! Data flow: [`parse_statements`] turns a script into [`Statement`]s; queries inside them are planned
//! by [`plan_query`] against a [`PlanContext`] into [`crate::operation::QueryOperation`]s, the same
//! trees that the Table API builds. Statements about catalogs apply themselves to a
//! [`crate::catalog::CatalogManager`]; whoever runs a session decides when. Whatever Flink has and this
//! crate does not is refused by name: nothing that a statement says is dropped.

mod answer;
mod create_database;
mod create_function;
mod create_table;
mod create_view;
mod cursor;
mod data_type;
mod dialect;
mod drop;
mod explain;
mod fault;
mod insert;
mod parse;
mod query;
mod set;
mod show;
mod source;
mod statement;
mod statement_set;
mod token;

pub use answer::Answer;
pub use dialect::FlinkDialect;
pub use insert::PlannedInsert;
pub use parse::{parse_path, parse_statements};
pub use query::{PlanContext, plan_query};
pub use source::SqlSource;
pub use statement::{
    CreateDatabase, CreateFunction, CreateTable, CreateView, DropFunction, DropTable, Explain, ExplainDetail,
    Insert, LikePattern, ParsedQuery, Show, Statement,
};

#[cfg(test)]
mod tests;
