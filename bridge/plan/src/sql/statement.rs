//! The statements that a script can hold.

use std::sync::Arc;

use sqlparser::ast;

pub use super::create_database::CreateDatabase;
pub use super::create_function::CreateFunction;
pub use super::create_table::CreateTable;
pub use super::create_view::CreateView;
pub use super::drop::{DropFunction, DropTable};
pub use super::explain::{Explain, ExplainDetail};
pub use super::insert::Insert;
pub use super::show::{LikePattern, Show};
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
    /// `SHOW ...`, `DESCRIBE ...`.
    Show(Show),
    /// `USE CATALOG name`.
    UseCatalog(String),
    /// `USE [catalog.]database`.
    UseDatabase(Vec<String>),
    /// `SET 'key' = 'value'`; `SET` alone lists all options.
    Set(Option<(String, String)>),
    /// `RESET 'key'`; `RESET` alone resets all options.
    Reset(Option<String>),
}
