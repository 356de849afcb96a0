//! SQL statements, one by one.

use std::sync::Arc;

use nutkin_plan::PlanError;
use nutkin_plan::catalog::{CatalogManager, Column, Schema};
use nutkin_plan::expression::LiteralValue;
use nutkin_plan::function::PythonFunction;
use nutkin_plan::operation::QueryOperation;
use nutkin_plan::sql::{Answer, CreateFunction, Show, Statement, parse_statements, plan_query};
use nutkin_plan::types::LogicalType;

use super::{State, TableEnvironment, explain_details};
use crate::result::{PrintStyle, ResultKind, TableResult, rows_of};
use crate::session::NativeSession;
use crate::{GatewayError, Result};

/// What a call that takes SQL accepts, for its error.
#[derive(Clone, Copy)]
pub(super) struct Accepted {
    call: &'static str,
    kinds: &'static str,
    /// `sqlQuery` answers with another exception than the others.
    is_validation: bool,
}

const ANY: Accepted = Accepted {
    call: "executeSql",
    kinds: "SQL statement of type CREATE TABLE, DROP TABLE, CREATE VIEW, DROP VIEW, CREATE DATABASE, CREATE \
            FUNCTION, DROP FUNCTION, USE CATALOG, USE [CATALOG.]DATABASE, SHOW, DESCRIBE, EXPLAIN, SET, RESET, \
            INSERT, STATEMENT SET, SELECT",
    is_validation: false,
};
const ONLY_QUERY: Accepted = Accepted {
    call: "sqlQuery",
    kinds: "SQL query of type SELECT, UNION ALL, VALUES and WITH",
    is_validation: true,
};
const ONLY_UPDATE: Accepted = Accepted {
    call: "sqlUpdate",
    kinds: "SQL statement of type INSERT, CREATE TABLE, DROP TABLE, CREATE VIEW, DROP VIEW, CREATE DATABASE, \
            CREATE FUNCTION, DROP FUNCTION, USE CATALOG, USE [CATALOG.]DATABASE",
    is_validation: false,
};
pub(super) const ONLY_INSERT: Accepted = Accepted {
    call: "addInsertSql",
    kinds: "INSERT statement",
    is_validation: false,
};
pub(super) const ONLY_EXPLAINABLE: Accepted = Accepted {
    call: "explainSql",
    kinds: "SQL query or INSERT",
    is_validation: false,
};

impl TableEnvironment {
    /// Runs one statement. Inserts and queries start a job; everything else is done when it returns.
    ///
    /// # Errors
    /// When the text cannot be parsed, means nothing, or cannot be done.
    pub(crate) fn execute_sql(&self, session: &NativeSession, text: &str) -> Result<TableResult> {
        let statement = parse_one(text, ANY)?;
        if self.lock().statement_set.is_some() {
            return self.in_statement_set(session, &statement);
        }
        match &statement {
            Statement::Query(query) => {
                let operation = self.lock().with_context(|context| plan_query(query, context))?;
                self.execute_query(session, &operation)
            }
            Statement::Insert(insert) => {
                let sink = self.lock().insert(insert)?;
                self.execute_inserts(session, &[sink])
            }
            Statement::StatementSet(inserts) => {
                let state = self.lock();
                let sinks = inserts
                    .iter()
                    .map(|insert| state.insert(insert))
                    .collect::<Result<Vec<_>>>()?;
                drop(state);
                self.execute_inserts(session, &sinks)
            }
            Statement::BeginStatementSet => {
                self.lock().statement_set = Some(Vec::new());
                TableResult::ok()
            }
            Statement::EndStatementSet => Err(PlanError::Table {
                message:
                    "No Statement Set to submit. 'END' statement should be used after 'BEGIN STATEMENT SET'."
                        .to_owned(),
                hint: None,
            }
            .into()),
            Statement::Explain(explained) => {
                let names: Vec<String> = explained
                    .details
                    .iter()
                    .map(|detail| detail.name().to_owned())
                    .collect();
                let details = explain_details(&names)?;
                TableResult::text(self.explain_statement(&explained.statement, details)?)
            }
            Statement::Show(show) => {
                let answer = show.answer(&self.lock().catalogs)?;
                let style = match show {
                    Show::CreateTable(_) | Show::CreateView(_) => PrintStyle::Raw,
                    _ => PrintStyle::Content,
                };
                answered(answer, style)
            }
            Statement::Set(None) => {
                let settings = self.lock().settings();
                answered(settings, PrintStyle::Content)
            }
            other => {
                self.lock().apply(other)?;
                TableResult::ok()
            }
        }
    }

    /// What a SELECT means.
    ///
    /// # Errors
    /// When the text is no query, or means nothing.
    pub(crate) fn sql_query(&self, text: &str) -> Result<Arc<QueryOperation>> {
        match parse_one(text, ONLY_QUERY)? {
            Statement::Query(query) => self.lock().with_context(|context| plan_query(&query, context)),
            _ => Err(wrong_statement(ONLY_QUERY)),
        }
    }

    /// Runs DDL at once and notes an INSERT for `execute`: the call of Flink 1.9 to 1.14.
    ///
    /// # Errors
    /// When the text is something else, or cannot be done.
    pub(crate) fn sql_update(&self, text: &str) -> Result<()> {
        let statement = parse_one(text, ONLY_UPDATE)?;
        let mut state = self.lock();
        match &statement {
            Statement::Insert(insert) => {
                let sink = state.insert(insert)?;
                state.buffered.push(sink);
                Ok(())
            }
            Statement::Set(_) | Statement::Reset(_) => Err(wrong_statement(ONLY_UPDATE)),
            other if changes_catalogs(other) => state.apply(other),
            _ => Err(wrong_statement(ONLY_UPDATE)),
        }
    }

    /// Between `BEGIN STATEMENT SET` and `END` only inserts are taken.
    fn in_statement_set(&self, session: &NativeSession, statement: &Statement) -> Result<TableResult> {
        match statement {
            Statement::Insert(insert) => {
                let mut state = self.lock();
                let sink = state.insert(insert)?;
                state.statement_set.get_or_insert_default().push(sink);
                TableResult::ok()
            }
            Statement::EndStatementSet => {
                let sinks = self.lock().statement_set.take().unwrap_or_default();
                if sinks.is_empty() {
                    return TableResult::ok();
                }
                self.execute_inserts(session, &sinks)
            }
            _ => Err(PlanError::Table {
                message: "Only INSERT statements are allowed between 'BEGIN STATEMENT SET' and 'END'."
                    .to_owned(),
                hint: Some("end the statement set with 'END'".to_owned()),
            }
            .into()),
        }
    }
}

impl State {
    /// Statements that change catalogs or the configuration.
    fn apply(&mut self, statement: &Statement) -> Result<()> {
        match statement {
            Statement::CreateTable(create) => create.apply(&mut self.catalogs)?,
            Statement::DropTable(drop) => drop.apply_to_table(&mut self.catalogs)?,
            Statement::CreateView(create) => {
                let view = self.with_context(|context| create.plan(context))?;
                create.apply(view, &mut self.catalogs)?;
            }
            Statement::DropView(drop) => drop.apply_to_view(&mut self.catalogs)?,
            Statement::CreateDatabase(create) => create.apply(&mut self.catalogs)?,
            Statement::CreateFunction(create) => self.create_function(create)?,
            Statement::DropFunction(drop) => drop.apply(&mut self.catalogs)?,
            Statement::UseCatalog(name) => self.catalogs.use_catalog(name)?,
            Statement::UseDatabase(path) => self.catalogs.use_path(path)?,
            Statement::Set(Some((key, value))) => self.configuration.set(key, value)?,
            Statement::Reset(Some(key)) => {
                self.configuration.remove(key);
            }
            Statement::Reset(None) => self.configuration.clear(),
            _ => return Err(wrong_statement(ANY)),
        }
        Ok(())
    }

    /// Registers a function that the client has fetched, or asks it to.
    fn create_function(&mut self, create: &CreateFunction) -> Result<()> {
        let path = format!("{}.{}", create.module, create.object);
        let Some(function) = self.provided_functions.get(&path).cloned() else {
            return Err(GatewayError::PythonFunctionNeeded { path });
        };
        register(create, function, &mut self.catalogs)?;
        // The next statement that names the path may mean a newer object.
        self.provided_functions.remove(&path);
        Ok(())
    }

    /// What `SET` alone shows.
    fn settings(&self) -> Answer {
        let column = |name: &str| Column {
            name: name.to_owned(),
            column_type: LogicalType::string(),
            comment: None,
        };
        let text = |text: &String| LiteralValue::String(text.clone());
        Answer {
            columns: vec![column("key"), column("value")],
            rows: self
                .configuration
                .values()
                .iter()
                .map(|(key, value)| vec![text(key), text(value)])
                .collect(),
        }
    }
}

/// Whether a statement is DDL or `USE`.
fn changes_catalogs(statement: &Statement) -> bool {
    matches!(
        statement,
        Statement::CreateTable(_)
            | Statement::DropTable(_)
            | Statement::CreateView(_)
            | Statement::DropView(_)
            | Statement::CreateDatabase(_)
            | Statement::CreateFunction(_)
            | Statement::DropFunction(_)
            | Statement::UseCatalog(_)
            | Statement::UseDatabase(_)
    )
}

fn register(
    create: &CreateFunction,
    function: Arc<PythonFunction>,
    catalogs: &mut CatalogManager,
) -> nutkin_plan::Result<()> {
    if create.system {
        let name = create.path.join(".");
        return catalogs.create_temporary_system_function(&name, function, create.if_not_exists);
    }
    let identifier = catalogs.qualify(&create.path)?;
    if create.temporary {
        catalogs.create_temporary_function(&identifier, function, create.if_not_exists)
    } else {
        catalogs.create_function(&identifier, function, create.if_not_exists)
    }
}

/// The only statement of a text.
pub(super) fn parse_one(text: &str, accepted: Accepted) -> Result<Statement> {
    let mut statements = parse_statements(text)?;
    match (statements.pop(), statements.is_empty()) {
        (Some(statement), true) => Ok(statement),
        _ => Err(wrong_statement(accepted)),
    }
}

/// The error for a statement that a call does not take, or for several.
pub(super) fn wrong_statement(accepted: Accepted) -> GatewayError {
    let message = format!(
        "Unsupported SQL query! {}() only accepts a single {}.",
        accepted.call, accepted.kinds
    );
    if accepted.is_validation {
        return PlanError::validation(message).into();
    }
    PlanError::Table { message, hint: None }.into()
}

fn answered(answer: Answer, style: PrintStyle) -> Result<TableResult> {
    let schema = Schema {
        columns: answer.columns,
        primary_key: Vec::new(),
    };
    let rows = rows_of(&schema, &answer.rows)?;
    Ok(TableResult::ready(
        schema,
        rows,
        ResultKind::SuccessWithContent,
        style,
    ))
}
