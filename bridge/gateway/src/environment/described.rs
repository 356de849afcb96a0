//! Tables and models that programs describe by objects: each becomes the statement that means the same.

use nutkin_plan::catalog::quote_path;
use nutkin_plan::sql::parse_path;

use super::TableEnvironment;
use crate::Result;
use crate::description::{ModelDescription, TableDescription};
use crate::session::NativeSession;

impl TableEnvironment {
    /// Makes a table of its description.
    ///
    /// # Errors
    /// Those of `CREATE TABLE`.
    pub(crate) fn create_described_table(
        &self,
        session: &NativeSession,
        path: &str,
        table: &TableDescription,
        temporary: bool,
        if_not_exists: bool,
    ) -> Result<()> {
        let path = quote_path(&parse_path(path)?);
        let statement = table.create_statement(&path, temporary, if_not_exists)?;
        self.execute_sql(session, &statement).map(|_| ())
    }

    /// Makes a table of its description under a name that nobody else has, and gives the name.
    ///
    /// # Errors
    /// Those of `CREATE TABLE`.
    pub(crate) fn create_anonymous_table(
        &self,
        session: &NativeSession,
        table: &TableDescription,
    ) -> Result<String> {
        let connector = table
            .options
            .iter()
            .find(|(key, _)| key == "connector")
            .map_or("", |(_, connector)| connector);
        let number = {
            let mut state = self.lock();
            state.anonymous_tables += 1;
            state.anonymous_tables
        };
        let path = quote_path(&[format!("*anonymous_{connector}${number}*")]);
        let statement = table.create_statement(&path, true, false)?;
        self.execute_sql(session, &statement)?;
        Ok(path)
    }

    /// Makes a model of its description.
    ///
    /// # Errors
    /// Those of `CREATE MODEL`.
    pub(crate) fn create_described_model(
        &self,
        session: &NativeSession,
        path: &str,
        model: &ModelDescription,
        temporary: bool,
        if_not_exists: bool,
    ) -> Result<()> {
        let path = quote_path(&parse_path(path)?);
        let statement = model.create_statement(&path, temporary, if_not_exists)?;
        self.execute_sql(session, &statement).map(|_| ())
    }
}
