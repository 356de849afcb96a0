//! The entry of `jdbc` in the registry.

use std::sync::Arc;

use nutkin_engine::Result;
use nutkin_engine::sink::Sink;
use nutkin_engine::source::Source;
use nutkin_plan::catalog::{CatalogTable, Schema};
use nutkin_plan::stream::{ChangelogMode, ConnectorTable, SinkNode};

use super::client::JdbcClient;
use super::dialect::{Dialect, MySqlDialect, PostgresDialect, SqliteDialect};
use super::options::{JdbcOptions, OPTIONS};
use super::sink::JdbcSink;
use super::source::JdbcSource;
use super::url::DatabaseKind;
use crate::factory::Connector;
use crate::options::OptionDescription;

/// `'connector' = 'jdbc'`. Mirrors `JdbcDynamicTableFactory`.
#[derive(Debug)]
pub(crate) struct JdbcConnector;

impl Connector for JdbcConnector {
    fn name(&self) -> &'static str {
        "jdbc"
    }

    fn options(&self) -> &'static [OptionDescription] {
        OPTIONS
    }

    fn library(&self) -> String {
        "sqlx 0.9 (MySQL, MariaDB, PostgreSQL, SQLite)".to_owned()
    }

    fn has_source(&self) -> bool {
        true
    }

    fn has_sink(&self) -> bool {
        true
    }

    fn source(&self, table: &ConnectorTable) -> Option<Result<Arc<dyn Source>>> {
        Some(source(table))
    }

    fn sink(&self, node: &SinkNode) -> Option<Result<Arc<dyn Sink>>> {
        Some(sink(node))
    }

    /// Updates are taken with or without a primary key in the DDL: without one the query's key is used,
    /// as Flink did before 1.11; that the database knows the key is checked before any row is written.
    fn sink_changelog_mode(&self, _table: &CatalogTable) -> ChangelogMode {
        ChangelogMode::Upsert
    }
}

fn source(table: &ConnectorTable) -> Result<Arc<dyn Source>> {
    fn of<D: Dialect>(dialect: D, options: JdbcOptions, table: &ConnectorTable) -> Result<Arc<dyn Source>> {
        let client = client(dialect, options, table);
        Ok(Arc::new(JdbcSource::new(client, projected(table))?))
    }
    let options = JdbcOptions::read(&table.table)?;
    let (user, password) = (options.username.clone(), options.password.clone());
    let (user, password) = (user.as_deref(), password.as_deref());
    match options.url.kind {
        DatabaseKind::MySql => of(MySqlDialect::new(&options.url, user, password)?, options, table),
        DatabaseKind::Postgres => of(
            PostgresDialect::new(&options.url, user, password)?,
            options,
            table,
        ),
        DatabaseKind::Sqlite => of(SqliteDialect::new(&options.url)?, options, table),
    }
}

fn sink(node: &SinkNode) -> Result<Arc<dyn Sink>> {
    fn of<D: Dialect>(dialect: D, options: JdbcOptions, node: &SinkNode) -> Result<Arc<dyn Sink>> {
        let client = client(dialect, options, &node.target);
        Ok(Arc::new(JdbcSink::new(
            client,
            projected(&node.target),
            node.upsert_key.clone(),
        )?))
    }
    let options = JdbcOptions::read(&node.target.table)?;
    let (user, password) = (options.username.clone(), options.password.clone());
    let (user, password) = (user.as_deref(), password.as_deref());
    match options.url.kind {
        DatabaseKind::MySql => of(MySqlDialect::new(&options.url, user, password)?, options, node),
        DatabaseKind::Postgres => of(PostgresDialect::new(&options.url, user, password)?, options, node),
        DatabaseKind::Sqlite => of(SqliteDialect::new(&options.url)?, options, node),
    }
}

fn client<D: Dialect>(dialect: D, options: JdbcOptions, table: &ConnectorTable) -> JdbcClient<D> {
    JdbcClient {
        dialect,
        options,
        connector: format!("jdbc table {}", table.table.identifier),
    }
}

/// The columns that are read or written, in order.
fn projected(table: &ConnectorTable) -> Schema {
    Schema {
        columns: table
            .projection
            .iter()
            .filter_map(|position| table.table.schema.columns.get(*position))
            .cloned()
            .collect(),
        primary_key: Vec::new(),
    }
}
