//! `UPDATE`, `DELETE` and `TRUNCATE`: done by the system that holds the table, where its connector can.

use std::sync::Arc;

use nutkin_connectors::registry;
use nutkin_plan::PlanError;
use nutkin_plan::catalog::{CatalogEntry, CatalogTable};
use nutkin_plan::sql::Statement;

use super::State;
use crate::Result;

const ABILITIES: &str = "org.apache.flink.table.connector.sink.abilities";

impl State {
    /// Does what the statement says. `false` for any other statement.
    ///
    /// # Errors
    /// When there is no such table, or its connector cannot do it, in Flink's words.
    pub(super) fn change_rows(&self, statement: &Statement) -> Result<bool> {
        match statement {
            Statement::Truncate(path) => self.truncate(path)?,
            Statement::Update(update) => {
                let table = self.changed_table(&update.path, "UPDATE")?;
                if let Some((name, _)) = update
                    .assignments
                    .iter()
                    .find(|(name, _)| table.schema.columns.iter().all(|column| column.name != *name))
                {
                    return Err(PlanError::validation(format!("Unknown target column '{name}'")).into());
                }
                return Err(cannot_change(&table, "update", "SupportsRowLevelUpdate"));
            }
            Statement::Delete(delete) => {
                let table = self.changed_table(&delete.path, "DELETE")?;
                return Err(cannot_change(&table, "delete", "SupportsRowLevelDelete"));
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn truncate(&self, path: &[String]) -> Result<()> {
        let table = self.changed_table(path, "TRUNCATE TABLE")?;
        let connector = registry::find_connector(&table)?;
        match connector.truncate(&table) {
            Some(done) => Ok(done?),
            None => Err(PlanError::Table {
                message: format!(
                    "TRUNCATE TABLE statement is not supported for the table {} since the table hasn't implemented \
                     the interface {ABILITIES}.SupportsTruncate.",
                    table.identifier.summary()
                ),
                hint: Some("empty the table in the system that holds it".to_owned()),
            }
            .into()),
        }
    }

    fn changed_table(&self, path: &[String], what: &str) -> Result<Arc<CatalogTable>> {
        let identifier = self.catalogs.qualify(path)?;
        match self.catalogs.find(&identifier)? {
            Some(CatalogEntry::Table(table)) => Ok(table),
            Some(CatalogEntry::View(_)) => {
                Err(PlanError::validation(format!("{what} for a view is not allowed")).into())
            }
            None => Err(PlanError::validation(format!(
                "Cannot find table '{identifier}' in any of the catalogs [{}], nor as a temporary table.",
                self.catalogs.list_catalogs().join(", ")
            ))
            .into()),
        }
    }
}

fn cannot_change(table: &CatalogTable, what: &str, ability: &str) -> crate::GatewayError {
    PlanError::Other {
        class: "java.lang.UnsupportedOperationException",
        message: format!(
            "Can't perform {what} operation of the table {} because the corresponding dynamic table sink has not yet \
             implemented {ABILITIES}.{ability}.",
            table.identifier.summary()
        ),
    }
    .into()
}
