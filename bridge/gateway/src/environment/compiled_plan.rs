//! Compiled plans: INSERT statements kept as JSON, to be run later and elsewhere.
//!
//! The JSON is Nutkin's own, not Flink's: a version, the statements, the tables that they need as DDL, and the
//! plan that was made of them. Running it makes the tables that are missing as temporary ones, plans the
//! statements anew, and refuses to run when the plan is not the one that was compiled: that is what a compiled
//! plan is for.

use nutkin_plan::PlanError;
use nutkin_plan::catalog::create_statement;
use nutkin_plan::sql::{Statement, parse_path};
use nutkin_plan::stream::SinkRequest;
use nutkin_plan::stream::explain::ExplainDetails;
use serde::{Deserialize, Serialize};

use super::TableEnvironment;
use super::statement::{ONLY_INSERT, parse_one, wrong_statement};
use crate::result::TableResult;
use crate::session::NativeSession;
use crate::{GatewayError, Result};

/// The version of the JSON that is written, and the only one that is read.
const VERSION: u32 = 1;
/// The version of Flink whose statements these are.
const FLINK_VERSION: &str = "2.3";

/// INSERT statements with what they were planned as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct CompiledPlan {
    nutkin_plan_version: u32,
    pub(crate) flink_version: String,
    statements: Vec<String>,
    tables: Vec<CompiledTable>,
    plan: String,
}

/// A table that the statements read or write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct CompiledTable {
    identifier: String,
    create: String,
}

impl CompiledPlan {
    /// The plan as JSON, indented.
    ///
    /// # Errors
    /// None that is known.
    pub(crate) fn to_json(&self) -> Result<String> {
        serde_json::to_string_pretty(self).map_err(|error| GatewayError::Internal {
            message: format!("a compiled plan is no JSON: {error}"),
        })
    }

    /// The plan of such JSON.
    ///
    /// # Errors
    /// When it is something else, or of another version.
    pub(crate) fn from_json(json: &str) -> Result<Self> {
        let plan: Self = serde_json::from_str(json).map_err(|error| {
            PlanError::validation_with_hint(
                format!("Cannot read the compiled plan: {error}."),
                "Compile it anew with compile_plan_sql(...); plans that Flink compiled are not read.",
            )
        })?;
        if plan.nutkin_plan_version != VERSION {
            return Err(PlanError::validation_with_hint(
                format!(
                    "The compiled plan has the version {}, but only {VERSION} is read.",
                    plan.nutkin_plan_version
                ),
                "Compile it anew with compile_plan_sql(...).",
            )
            .into());
        }
        Ok(plan)
    }
}

impl TableEnvironment {
    /// Compiles INSERT statements that run as one job.
    ///
    /// # Errors
    /// When one is no INSERT, or cannot be planned.
    pub(crate) fn compile(&self, statements: &[String]) -> Result<CompiledPlan> {
        let sinks = self.inserts_of(statements)?;
        let mut tables = Vec::new();
        for sink in &sinks {
            let read = sink.query.tables();
            for table in read.iter().chain(std::iter::once(&sink.table)) {
                if table.inline_data.is_some() {
                    return Err(PlanError::unsupported(
                        "A compiled plan over rows of the program",
                        "Read the rows from a table that CREATE TABLE made.",
                    )
                    .into());
                }
                let identifier = table.identifier.to_string();
                if !tables
                    .iter()
                    .any(|other: &CompiledTable| other.identifier == identifier)
                {
                    let create = create_statement(table, true);
                    tables.push(CompiledTable { identifier, create });
                }
            }
        }
        Ok(CompiledPlan {
            nutkin_plan_version: VERSION,
            flink_version: FLINK_VERSION.to_owned(),
            statements: statements.to_vec(),
            tables,
            plan: self.explain_inserts(&sinks, ExplainDetails::default())?,
        })
    }

    /// Runs a compiled plan.
    ///
    /// # Errors
    /// When its statements are planned otherwise now, or cannot be started.
    pub(crate) fn execute_compiled(
        &self,
        session: &NativeSession,
        plan: &CompiledPlan,
    ) -> Result<TableResult> {
        let sinks = self.restore(session, plan)?;
        self.execute_inserts(session, &sinks)
    }

    /// The plans of a compiled plan.
    ///
    /// # Errors
    /// As [`TableEnvironment::execute_compiled`].
    pub(crate) fn explain_compiled(
        &self,
        session: &NativeSession,
        plan: &CompiledPlan,
        details: ExplainDetails,
    ) -> Result<String> {
        let sinks = self.restore(session, plan)?;
        self.explain_inserts(&sinks, details)
    }

    /// The inserts of a compiled plan, planned anew and found to be the same.
    fn restore(&self, session: &NativeSession, plan: &CompiledPlan) -> Result<Vec<SinkRequest>> {
        for table in &plan.tables {
            let path = parse_path(&table.identifier)?;
            let exists = self.with_catalogs(|catalogs| {
                let identifier = catalogs.qualify(&path)?;
                Ok::<_, PlanError>(catalogs.find(&identifier).ok().flatten().is_some())
            })?;
            if !exists {
                self.execute_sql(session, &table.create)?;
            }
        }
        let sinks = self.inserts_of(&plan.statements)?;
        let found = self.explain_inserts(&sinks, ExplainDetails::default())?;
        if found != plan.plan {
            return Err(PlanError::Table {
                message: format!(
                    "The compiled plan cannot be restored: its statements are planned otherwise now.\n\nCompiled:\n\
                     {}\nNow:\n{found}",
                    plan.plan
                ),
                hint: Some(
                    "Tables or options have changed since; compile the statements anew with compile_plan_sql(...)."
                        .to_owned(),
                ),
            }
            .into());
        }
        Ok(sinks)
    }

    fn inserts_of(&self, statements: &[String]) -> Result<Vec<SinkRequest>> {
        statements
            .iter()
            .map(|statement| match parse_one(statement, ONLY_INSERT)? {
                Statement::Insert(_) => self.insert_sql(statement),
                _ => Err(wrong_statement(ONLY_INSERT)),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_json_is_read() {
        let plan = CompiledPlan {
            nutkin_plan_version: VERSION,
            flink_version: FLINK_VERSION.to_owned(),
            statements: vec!["INSERT INTO a SELECT * FROM b".to_owned()],
            tables: Vec::new(),
            plan: "== ... ==".to_owned(),
        };
        let json = plan.to_json().unwrap();
        assert!(json.contains("\"nutkinPlanVersion\": 1"));
        assert_eq!(CompiledPlan::from_json(&json).unwrap(), plan);
        let newer = json.replace("\"nutkinPlanVersion\": 1", "\"nutkinPlanVersion\": 2");
        let message = CompiledPlan::from_json(&newer).unwrap_err().to_string();
        assert_eq!(
            message,
            "The compiled plan has the version 2, but only 1 is read."
        );
        assert!(CompiledPlan::from_json("{\"flinkVersion\": \"2.3\", \"nodes\": []}").is_err());
        assert!(CompiledPlan::from_json("").is_err());
    }
}
