//! The statements that a script can hold.

use std::sync::Arc;

use sqlparser::ast;
use sqlparser::tokenizer::Span;

pub use super::alter::{
    AlterCatalog, AlterCatalogAction, AlterDatabase, AlterFunction, AlterView, AlterViewAction,
};
pub use super::alter_table::{AlterTable, AlterTableAction};
pub use super::analyze::{Analyze, AnalyzedColumns};
pub use super::change_rows::{Delete, Update};
pub use super::create_catalog::CreateCatalog;
pub use super::create_database::CreateDatabase;
pub use super::create_function::{CreateFunction, FunctionBody};
pub use super::create_model::{CreateMaterializedTable, CreateModel};
pub use super::create_table::CreateTable;
pub use super::create_view::CreateView;
pub use super::describe::Describe;
pub use super::drop::{DropCatalog, DropDatabase, DropFunction, DropTable};
pub use super::explain::{Explain, ExplainDetail};
pub use super::insert::{ConflictStrategy, Insert, PartitionValue};
pub use super::session_statement::{Call, CompilePlan, LoadModule, StopJob};
pub use super::show::{LikePattern, Show, ShowTarget};
use super::source::SqlSource;

/// A query as text and as a tree.
#[derive(Debug, Clone)]
pub struct ParsedQuery {
    /// The text of the query alone.
    pub text: String,
    /// The syntax tree.
    pub ast: Box<ast::Query>,
    /// The script, for the places of errors.
    pub source: Arc<SqlSource>,
    /// Where in the script the query is, up to what follows it.
    pub span: Span,
}

/// A statement.
#[derive(Debug, Clone)]
pub enum Statement {
    /// `SELECT ...`, `VALUES ...`, `WITH ...`.
    Query(ParsedQuery),
    /// `INSERT INTO ...`.
    Insert(Insert),
    /// `EXECUTE STATEMENT SET BEGIN ...; END`: inserts that run as one job.
    StatementSet(Vec<Insert>),
    /// `BEGIN STATEMENT SET`: inserts up to `END` are one job.
    BeginStatementSet,
    /// `END` of a statement set.
    EndStatementSet,
    /// `EXPLAIN ...`.
    Explain(Explain),
    /// `COMPILE PLAN`.
    CompilePlan(CompilePlan),
    /// `EXECUTE PLAN 'path'`.
    ExecutePlan(String),
    /// `UPDATE`.
    Update(Update),
    /// `DELETE`.
    Delete(Delete),
    /// `TRUNCATE TABLE path`.
    Truncate(Vec<String>),
    /// `ANALYZE TABLE`.
    Analyze(Analyze),
    /// `CALL`.
    Call(Call),
    /// `CREATE CATALOG`.
    CreateCatalog(CreateCatalog),
    /// `DROP CATALOG`.
    DropCatalog(DropCatalog),
    /// `ALTER CATALOG`.
    AlterCatalog(AlterCatalog),
    /// `CREATE MATERIALIZED TABLE`.
    CreateMaterializedTable(CreateMaterializedTable),
    /// `ALTER MATERIALIZED TABLE`.
    AlterMaterializedTable {
        /// The table's path as written.
        path: Vec<String>,
        /// The rest of the statement.
        action: String,
    },
    /// `DROP MATERIALIZED TABLE`.
    DropMaterializedTable {
        /// The table's path as written.
        path: Vec<String>,
        /// Whether a missing table is no error.
        if_exists: bool,
    },
    /// `CREATE MODEL`.
    CreateModel(CreateModel),
    /// `ALTER MODEL`.
    AlterModel {
        /// The model's path as written.
        path: Vec<String>,
        /// The rest of the statement.
        action: String,
    },
    /// `DROP MODEL`.
    DropModel {
        /// The model's path as written.
        path: Vec<String>,
        /// Whether a temporary model is meant.
        temporary: bool,
        /// Whether a missing model is no error.
        if_exists: bool,
    },
    /// `CREATE TABLE`.
    CreateTable(CreateTable),
    /// `DROP TABLE`.
    DropTable(DropTable),
    /// `CREATE VIEW`.
    CreateView(CreateView),
    /// `DROP VIEW`.
    DropView(DropTable),
    /// `CREATE DATABASE`.
    CreateDatabase(CreateDatabase),
    /// `CREATE FUNCTION ... LANGUAGE PYTHON`.
    CreateFunction(CreateFunction),
    /// `DROP FUNCTION`.
    DropFunction(DropFunction),
    /// `ALTER TABLE`.
    AlterTable(AlterTable),
    /// `ALTER VIEW`.
    AlterView(AlterView),
    /// `ALTER DATABASE`.
    AlterDatabase(AlterDatabase),
    /// `DROP DATABASE`.
    DropDatabase(DropDatabase),
    /// `ALTER FUNCTION`.
    AlterFunction(AlterFunction),
    /// `SHOW ...`.
    Show(Show),
    /// `DESCRIBE ...`.
    Describe(Describe),
    /// `LOAD MODULE`.
    LoadModule(LoadModule),
    /// `UNLOAD MODULE name`.
    UnloadModule(String),
    /// `USE MODULES name, ...`.
    UseModules(Vec<String>),
    /// `ADD JAR 'path'`.
    AddJar(String),
    /// `REMOVE JAR 'path'`.
    RemoveJar(String),
    /// `STOP JOB`.
    StopJob(StopJob),
    /// `USE CATALOG name`.
    UseCatalog(String),
    /// `USE [catalog.]database`.
    UseDatabase(Vec<String>),
    /// `SET 'key' = 'value'`; `SET` alone lists all options.
    Set(Option<(String, String)>),
    /// `RESET 'key'`; `RESET` alone resets all options.
    Reset(Option<String>),
}
