//! SQL: Flink's dialect, from text to statements and from queries to operations.
//!
//! Data flow: [`parse_statements`] turns a script into [`Statement`]s; queries inside them are planned
//! by [`plan_query`] against a [`PlanContext`] into [`crate::operation::QueryOperation`]s, the same
//! trees that the Table API builds. Statements about catalogs apply themselves to a
//! [`crate::catalog::CatalogManager`]; whoever runs a session decides when. Whatever Flink has and this
//! crate does not is refused by name: nothing that a statement says is dropped.

mod alter;
mod alter_apply;
mod alter_table;
mod alter_table_apply;
mod analyze;
mod answer;
mod change_rows;
mod create_catalog;
mod create_database;
mod create_function;
mod create_model;
mod create_table;
mod create_view;
mod cursor;
mod data_type;
mod describe;
mod dialect;
mod drop;
mod explain;
mod fault;
mod forms;
mod insert;
mod parse;
mod query;
mod script;
mod session_statement;
mod set;
mod show;
mod source;
mod sql_expression;
mod statement;
mod statement_set;
mod token;
mod unicode_escape;

pub use alter_apply::AlteredView;
pub use alter_table_apply::AlteredTable;
pub use answer::Answer;
pub use create_table::{
    ColumnDefinition, ColumnPosition, ColumnSource, DataType, Distribution, KeyDefinition, LikeClause,
    LikeFeature, MergingStrategy, ParsedExpression, TableElements, WatermarkDefinition,
};
pub use create_view::{ViewColumn, plan_renamed_text, plan_view_text};
pub use dialect::FlinkDialect;
pub use insert::PlannedInsert;
pub use parse::{parse_path, parse_statements};
pub use query::{PlanContext, plan_query};
pub use script::{ScriptStatement, split_script};
pub use source::SqlSource;
pub(crate) use sql_expression::sql_expression;
pub use statement::{
    AlterCatalog, AlterCatalogAction, AlterDatabase, AlterFunction, AlterTable, AlterTableAction, AlterView,
    AlterViewAction, Analyze, AnalyzedColumns, Call, CompilePlan, ConflictStrategy, CreateCatalog,
    CreateDatabase, CreateFunction, CreateMaterializedTable, CreateModel, CreateTable, CreateView, Delete,
    Describe, DropCatalog, DropDatabase, DropFunction, DropTable, Explain, ExplainDetail, FunctionBody,
    Insert, LikePattern, LoadModule, ParsedQuery, PartitionValue, Show, ShowTarget, Statement, StopJob,
    Update,
};

#[cfg(test)]
mod tests;
