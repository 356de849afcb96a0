//! SQLite.
//!
//! SQLite has no types for decimals, dates and times. They are written as text in the form of SQLite's
//! own date functions (`2020-01-02 03:04:05.678`); a column of type DECIMAL turns them into what it
//! holds best, as it does for every writer.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate};
use futures_util::stream::BoxStream;
use nutkin_plan::PlanError;
use nutkin_plan::types::TypeKind;
use sqlx::error::DatabaseError;
use sqlx::sqlite::{SqliteArguments, SqliteConnectOptions, SqliteConnection, SqliteRow};
use sqlx::{Arguments as _, AssertSqlSafe, ConnectOptions, Row as _, Sqlite, TypeInfo, ValueRef};

use super::parameters::{self, Parameter};
use super::{
    BindError, ConnectFailure, Dialect, TableColumn, TableName, TypeFamily, base_type, can_read, can_write,
};
use crate::jdbc::url::{JdbcUrl, Place};
use crate::jdbc::value::Value;

use Parameter::{Refused, Used};

/// Parameters of the Xerial driver: pragmas.
const PARAMETERS: &[(&str, Parameter)] = &[
    ("busy_timeout", Used),
    ("cache_size", Used),
    ("foreign_keys", Used),
    ("journal_mode", Used),
    ("journal_size_limit", Used),
    ("locking_mode", Used),
    ("mmap_size", Used),
    ("synchronous", Used),
    ("temp_store", Used),
    (
        "date_class",
        Refused("dates and times are written as text, as SQLite's own functions do"),
    ),
    (
        "date_precision",
        Refused("dates and times are written as text, as SQLite's own functions do"),
    ),
    (
        "date_string_format",
        Refused("dates and times are written as text, as SQLite's own functions do"),
    ),
];

/// A SQLite file.
pub(in crate::jdbc) struct SqliteDialect {
    options: SqliteConnectOptions,
}

impl SqliteDialect {
    /// The database of a URL.
    pub(in crate::jdbc) fn new(url: &JdbcUrl) -> Result<Self, PlanError> {
        parameters::check(url, "SQLite", PARAMETERS)?;
        let mut options = SqliteConnectOptions::new()
            .foreign_keys(false)
            .busy_timeout(Duration::from_millis(
                parameters::number(url, "busy_timeout")?.unwrap_or(5_000),
            ))
            .disable_statement_logging();
        if let Place::File(path) = &url.place {
            options = options.filename(path);
        }
        for (name, value) in &url.parameters {
            let name = name.to_ascii_lowercase();
            if name == "busy_timeout" {
                continue;
            }
            if value.is_empty()
                || !value
                    .chars()
                    .all(|character| character.is_ascii_alphanumeric() || character == '-')
            {
                return Err(PlanError::validation(format!(
                    "The parameter '{name}' of the JDBC URL is '{value}': expected a word or a number."
                )));
            }
            options = options.pragma(name, value.clone());
        }
        Ok(Self { options })
    }
}

/// The family of a declared type, by SQLite's rules of affinity; names that it lets pass as numbers are
/// told apart.
fn family(type_name: &str) -> TypeFamily {
    let base = base_type(type_name);
    match base.as_str() {
        "" => return TypeFamily::Unknown,
        "boolean" | "bool" => return TypeFamily::Boolean,
        "date" => return TypeFamily::Date,
        "time" => return TypeFamily::Time,
        "datetime" | "timestamp" => return TypeFamily::Timestamp,
        "json" | "uuid" => return TypeFamily::TextLike,
        "binary" | "varbinary" => return TypeFamily::Bytes,
        _ => {}
    }
    let holds = |parts: &[&str]| parts.iter().any(|part| base.contains(part));
    if holds(&["int"]) {
        TypeFamily::Integer
    } else if holds(&["char", "clob", "text"]) {
        TypeFamily::Text
    } else if holds(&["blob"]) {
        TypeFamily::Bytes
    } else if holds(&["real", "floa", "doub"]) {
        TypeFamily::Float
    } else if holds(&["decimal", "numeric"]) {
        TypeFamily::Decimal
    } else {
        TypeFamily::Unknown
    }
}

impl Dialect for SqliteDialect {
    type Database = Sqlite;

    const NAME: &'static str = "SQLite";
    const MAX_PARAMETERS: usize = 32_766;
    /// A file has one writer at a time.
    const MAX_WRITERS: Option<usize> = Some(1);
    /// The lock is taken at once: a transaction that becomes a writer later can fail without waiting.
    const BEGIN: &'static str = "BEGIN IMMEDIATE";
    const MAX_TIME_PRECISION: u8 = 9;

    async fn connect(&self) -> sqlx::Result<SqliteConnection> {
        self.options.connect().await
    }

    fn connect_timeout(&self) -> Duration {
        Duration::from_secs(10)
    }

    fn user(&self) -> Option<&str> {
        None
    }

    fn quote(&self, identifier: &str) -> String {
        format!("\"{}\"", identifier.replace('"', "\"\""))
    }

    fn placeholder(&self, _position: usize, _column: &TableColumn) -> String {
        "?".to_owned()
    }

    fn upsert_clause(&self, columns: &[TableColumn], key: &[usize]) -> String {
        let names: Vec<String> = key
            .iter()
            .filter_map(|position| columns.get(*position))
            .map(|column| self.quote(&column.name))
            .collect();
        let assignments: Vec<String> = columns
            .iter()
            .enumerate()
            .filter(|(position, _)| !key.contains(position))
            .map(|(_, column)| {
                let name = self.quote(&column.name);
                format!("{name} = excluded.{name}")
            })
            .collect();
        let action = if assignments.is_empty() {
            "NOTHING".to_owned()
        } else {
            format!("UPDATE SET {}", assignments.join(", "))
        };
        format!(" ON CONFLICT ({}) DO {action}", names.join(", "))
    }

    async fn columns(
        &self,
        connection: &mut SqliteConnection,
        table: &TableName,
    ) -> sqlx::Result<Vec<TableColumn>> {
        let rows =
            sqlx::query("SELECT name, type FROM pragma_table_info(?, COALESCE(?, 'main')) ORDER BY cid")
                .bind(&table.name)
                .bind(&table.schema)
                .fetch_all(connection)
                .await?;
        rows.iter()
            .map(|row| {
                let type_name: String = row.try_get(1)?;
                Ok(TableColumn {
                    name: row.try_get(0)?,
                    family: family(&type_name),
                    type_name,
                })
            })
            .collect()
    }

    async fn unique_keys(
        &self,
        connection: &mut SqliteConnection,
        table: &TableName,
    ) -> sqlx::Result<Vec<Vec<String>>> {
        let primary = sqlx::query(
            "SELECT name FROM pragma_table_info(?, COALESCE(?, 'main')) WHERE pk > 0 ORDER BY pk",
        )
        .bind(&table.name)
        .bind(&table.schema)
        .fetch_all(&mut *connection)
        .await?;
        let mut keys = vec![
            primary
                .iter()
                .map(|row| row.try_get(0))
                .collect::<sqlx::Result<Vec<String>>>()?,
        ];
        let indexes = sqlx::query(
            "SELECT name FROM pragma_index_list(?, COALESCE(?, 'main')) WHERE \"unique\" = 1 AND partial = 0",
        )
        .bind(&table.name)
        .bind(&table.schema)
        .fetch_all(&mut *connection)
        .await?;
        for index in &indexes {
            let name: String = index.try_get(0)?;
            let columns =
                sqlx::query("SELECT name FROM pragma_index_info(?, COALESCE(?, 'main')) ORDER BY seqno")
                    .bind(name)
                    .bind(&table.schema)
                    .fetch_all(&mut *connection)
                    .await?;
            // An expression in an index has no name.
            let columns: Vec<Option<String>> = columns
                .iter()
                .map(|row| row.try_get(0))
                .collect::<sqlx::Result<_>>()?;
            if let Some(columns) = columns.into_iter().collect() {
                keys.push(columns);
            }
        }
        keys.retain(|columns| !columns.is_empty());
        Ok(keys)
    }

    async fn tables(
        &self,
        connection: &mut SqliteConnection,
        _table: &TableName,
    ) -> sqlx::Result<Vec<String>> {
        let rows = sqlx::query(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY name",
        )
        .fetch_all(connection)
        .await?;
        rows.iter().map(|row| row.try_get(0)).collect()
    }

    async fn run(&self, connection: &mut SqliteConnection, statement: &'static str) -> sqlx::Result<()> {
        sqlx::raw_sql(statement).execute(connection).await.map(|_| ())
    }

    async fn execute(
        &self,
        connection: &mut SqliteConnection,
        statement: Arc<str>,
        arguments: SqliteArguments,
    ) -> sqlx::Result<()> {
        sqlx::query_with(AssertSqlSafe(statement), arguments)
            .execute(connection)
            .await
            .map(|_| ())
    }

    fn stream<'c>(
        &self,
        connection: &'c mut SqliteConnection,
        query: String,
        arguments: SqliteArguments,
    ) -> BoxStream<'c, sqlx::Result<SqliteRow>> {
        sqlx::query_with(AssertSqlSafe(query), arguments).fetch(connection)
    }

    fn can_write(&self, kind: &TypeKind, column: &TableColumn) -> bool {
        match column.family {
            TypeFamily::Unknown => true,
            // What has no type of its own is text.
            TypeFamily::Text => matches!(
                kind,
                TypeKind::Char(_)
                    | TypeKind::VarChar(_)
                    | TypeKind::Decimal { .. }
                    | TypeKind::Date
                    | TypeKind::Time(_)
                    | TypeKind::Timestamp(_)
            ),
            family => can_write(kind, family),
        }
    }

    fn can_read(&self, kind: &TypeKind, column: &TableColumn) -> bool {
        // Any column can hold any value; only what could never be read is refused before.
        matches!(
            column.family,
            TypeFamily::Unknown | TypeFamily::Text | TypeFamily::TextLike
        ) || can_read(kind, column.family)
            || (matches!(kind, TypeKind::Date | TypeKind::Timestamp(_))
                && column.family == TypeFamily::Integer)
    }

    fn bind(
        &self,
        arguments: &mut SqliteArguments,
        value: Value<'_>,
        _kind: &TypeKind,
    ) -> Result<(), BindError> {
        match value {
            Value::Null => arguments.add(None::<i64>),
            Value::Boolean(value) => arguments.add(value),
            Value::Integer(value) => arguments.add(value),
            Value::Unsigned(value) => arguments.add(value.to_string()),
            // Widened through its text, so that 0.1 stays 0.1.
            Value::Float(value) => arguments.add(value.to_string().parse::<f64>()?),
            Value::Double(value) => arguments.add(value),
            Value::Decimal(value) => arguments.add(value.to_plain_string()),
            Value::Text(value) => arguments.add(value.into_owned()),
            Value::Bytes(value) => arguments.add(value.into_owned()),
            Value::Date(value) => arguments.add(value.to_string()),
            Value::Time(value) => arguments.add(value.to_string()),
            Value::Timestamp(value) => arguments.add(value.to_string()),
        }
    }

    fn read<'r>(&self, row: &'r SqliteRow, index: usize, kind: &TypeKind) -> sqlx::Result<Value<'r>> {
        let raw = row.try_get_raw(index)?;
        if raw.is_null() {
            return Ok(Value::Null);
        }
        let stored = raw.type_info().name().to_owned();
        Ok(match stored.as_str() {
            "REAL" => Value::Double(row.try_get_unchecked(index)?),
            "TEXT" => Value::Text(Cow::Borrowed(row.try_get_unchecked(index)?)),
            "BLOB" => Value::Bytes(Cow::Borrowed(row.try_get_unchecked(index)?)),
            _ => {
                let number: i64 = row.try_get_unchecked(index)?;
                // Java's driver stores dates and times as milliseconds.
                match (kind, DateTime::from_timestamp_millis(number)) {
                    (TypeKind::Date, Some(instant)) => Value::Date(NaiveDate::from(instant.naive_utc())),
                    (TypeKind::Timestamp(_), Some(instant)) => Value::Timestamp(instant.naive_utc()),
                    _ => Value::Integer(number),
                }
            }
        })
    }

    fn connect_failure(&self, _error: &dyn DatabaseError) -> ConnectFailure {
        ConnectFailure::Other
    }

    fn is_retryable(&self, error: &dyn DatabaseError) -> bool {
        // SQLITE_BUSY and SQLITE_LOCKED; the low byte is the primary code.
        error
            .code()
            .and_then(|code| code.parse::<u32>().ok())
            .is_some_and(|code| matches!(code & 0xff, 5 | 6))
    }

    fn is_shutting_down(&self, _error: &dyn DatabaseError) -> bool {
        false
    }
}
