//! Explaining queries and inserts.

use std::sync::Arc;

use nutkin_engine::job::Cancellation;
use nutkin_plan::PlanError;
use nutkin_plan::operation::QueryOperation;
use nutkin_plan::sql::{ExplainDetail, Statement, plan_query};
use nutkin_plan::stream::SinkRequest;
use nutkin_plan::stream::explain::{ExplainDetails, ExplainTarget, explain};

use super::statement::{ONLY_EXPLAINABLE, parse_one, wrong_statement};
use super::{State, TableEnvironment};
use crate::Result;
use crate::job::{JobEnvironment, python_on_demand};

impl TableEnvironment {
    /// The plans of a query.
    ///
    /// # Errors
    /// When it cannot be planned.
    pub(crate) fn explain_query(
        &self,
        query: &Arc<QueryOperation>,
        details: ExplainDetails,
    ) -> Result<String> {
        self.explain(&[ExplainTarget::Query(Arc::clone(query))], details)
    }

    /// The plans of inserts that run together.
    ///
    /// # Errors
    /// When there are none, or they cannot be planned.
    pub(crate) fn explain_inserts(&self, sinks: &[SinkRequest], details: ExplainDetails) -> Result<String> {
        let targets: Vec<ExplainTarget> = sinks.iter().cloned().map(ExplainTarget::Sink).collect();
        if targets.is_empty() {
            return Err(PlanError::validation("There is nothing to explain: no INSERT was added.").into());
        }
        self.explain(&targets, details)
    }

    /// The plans of a statement.
    ///
    /// # Errors
    /// When it is neither a query nor an insert, or cannot be planned.
    pub(crate) fn explain_sql(&self, text: &str, details: ExplainDetails) -> Result<String> {
        self.explain_statement(&parse_one(text, ONLY_EXPLAINABLE)?, details)
    }

    /// The plans of a parsed statement.
    ///
    /// # Errors
    /// As [`TableEnvironment::explain_sql`].
    pub(super) fn explain_statement(&self, statement: &Statement, details: ExplainDetails) -> Result<String> {
        let targets = self.lock().targets(statement)?;
        self.explain(&targets, details)
    }

    fn explain(&self, targets: &[ExplainTarget], details: ExplainDetails) -> Result<String> {
        let (options, is_batch) = {
            let state = self.lock();
            (self.job_options(&state), state.configuration.is_batch())
        };
        if !is_batch {
            return Ok(explain(targets, &options, details)?);
        }
        let cancellation = Arc::new(Cancellation::default());
        let environment = JobEnvironment {
            python: python_on_demand(self.shared.python.as_ref(), &options, &cancellation),
            cancellation,
            collect: None,
        };
        Ok(nutkin_batch::explain(targets, Arc::new(environment), &options)?)
    }
}

impl State {
    /// What to explain of a statement.
    fn targets(&self, statement: &Statement) -> Result<Vec<ExplainTarget>> {
        match statement {
            Statement::Query(query) => {
                let operation = self.with_context(|context| plan_query(query, context))?;
                Ok(vec![ExplainTarget::Query(operation)])
            }
            Statement::Insert(insert) => Ok(vec![ExplainTarget::Sink(self.insert(insert)?)]),
            Statement::StatementSet(inserts) => inserts
                .iter()
                .map(|insert| self.insert(insert).map(ExplainTarget::Sink))
                .collect(),
            _ => Err(wrong_statement(ONLY_EXPLAINABLE)),
        }
    }
}

/// What is to be shown beside the plans.
///
/// # Errors
/// For details that are not there yet, by name.
pub(crate) fn explain_details(names: &[String]) -> Result<ExplainDetails> {
    let mut details = ExplainDetails::default();
    for name in names {
        match ExplainDetail::ALL
            .into_iter()
            .find(|detail| detail.name() == name)
        {
            Some(ExplainDetail::ChangelogMode) => details.changelog_mode = true,
            Some(_) => {
                let what = format!("ExplainDetail.{name}");
                return Err(PlanError::unsupported(what, "leave it out, or use CHANGELOG_MODE").into());
            }
            None => return Err(PlanError::validation(format!("There is no ExplainDetail.{name}.")).into()),
        }
    }
    Ok(details)
}
