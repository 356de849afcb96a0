//! SQL statements, one by one.

use std::sync::Arc;

use nutkin_plan::PlanError;
use nutkin_plan::catalog::{Column, Schema};
use nutkin_plan::expression::LiteralValue;
use nutkin_plan::operation::QueryOperation;
use nutkin_plan::sql::{Answer, CreateTable, Describe, ShowTarget, Statement, parse_statements, plan_query};
use nutkin_plan::types::LogicalType;

use super::job_statement::{describe_job, show_jobs, stop_job};
use super::refused_statement::refusal;
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
    kinds: "SQL statement of type CREATE, ALTER or DROP of a TABLE, VIEW, DATABASE, CATALOG or FUNCTION, USE, \
            LOAD MODULE, UNLOAD MODULE, SHOW, DESCRIBE, EXPLAIN, SET, RESET, STOP JOB, INSERT, STATEMENT SET, \
            SELECT",
    is_validation: false,
};
const ONLY_QUERY: Accepted = Accepted {
    call: "sqlQuery",
    kinds: "SQL query of type SELECT, UNION ALL, VALUES and WITH",
    is_validation: true,
};
const ONLY_UPDATE: Accepted = Accepted {
    call: "sqlUpdate",
    kinds: "SQL statement of type INSERT, CREATE, ALTER or DROP of a TABLE, VIEW, DATABASE, CATALOG or FUNCTION, \
            USE CATALOG, USE [CATALOG.]DATABASE",
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
                let answer = match show.target {
                    ShowTarget::Jobs => show_jobs(session),
                    _ => show.answer(&self.lock().catalogs)?,
                };
                let style = match show.target {
                    ShowTarget::CreateTable(_) | ShowTarget::CreateView(_) | ShowTarget::CreateCatalog(_) => {
                        PrintStyle::Raw
                    }
                    _ => PrintStyle::Content,
                };
                answered(answer, style)
            }
            Statement::Describe(described) => {
                let answer = match described {
                    Describe::Job(id) => describe_job(session, id)?,
                    other => other.answer(&self.lock().catalogs)?,
                };
                answered(answer, PrintStyle::Content)
            }
            Statement::Analyze(analyze) => {
                self.analyze(session, analyze)?;
                TableResult::ok()
            }
            Statement::StopJob(stop) => {
                stop_job(session, stop)?;
                TableResult::ok()
            }
            Statement::CreateTable(create) if create.query.is_some() => self.create_table_as(session, create),
            Statement::Set(None) => {
                let settings = self.lock().settings();
                answered(settings, PrintStyle::Content)
            }
            other => {
                if let Some(error) = refusal(other) {
                    return Err(error.into());
                }
                let mut state = self.lock();
                if !state.apply(other)? && !state.change_rows(other)? {
                    return Err(wrong_statement(ANY));
                }
                TableResult::ok()
            }
        }
    }

    /// Makes a table and starts the job that fills it. A table that cannot be filled is not left behind.
    fn create_table_as(&self, session: &NativeSession, create: &CreateTable) -> Result<TableResult> {
        let (table, sink) = {
            let mut state = self.lock();
            let identifier = state.catalogs.qualify(&create.path)?;
            if create.if_not_exists && state.catalogs.find(&identifier)?.is_some() {
                return TableResult::ok();
            }
            let table = state.with_context(|context| create.to_catalog_table(context))?;
            let previous = state.catalogs.find_permanent(&identifier)?;
            create.apply(table.clone(), &mut state.catalogs)?;
            let filled = state
                .with_context(|context| create.to_insert(context))
                .and_then(|insert| state.insert(&insert));
            match filled {
                Ok(sink) => (table, sink),
                Err(error) => {
                    match previous {
                        Some(previous) => state.catalogs.put_permanent(&previous)?,
                        None => state.catalogs.drop_table(&identifier, true).map(drop)?,
                    }
                    return Err(error);
                }
            }
        };
        self.execute_inserts(session, &[sink]).inspect_err(|_| {
            if !create.or_replace {
                // The first error is the one to tell.
                let _ = self.lock().catalogs.drop_table(&table.identifier, true);
            }
        })
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
            other => match state.apply_to_catalogs(other)? {
                true => Ok(()),
                false => Err(wrong_statement(ONLY_UPDATE)),
            },
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
