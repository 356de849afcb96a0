//! PostgreSQL.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use futures_util::stream::BoxStream;
use nutkin_plan::PlanError;
use nutkin_plan::types::TypeKind;
use sqlx::error::DatabaseError;
use sqlx::postgres::{PgArguments, PgConnectOptions, PgConnection, PgRow, PgSslMode};
use sqlx::types::BigDecimal;
use sqlx::{Arguments as _, AssertSqlSafe, Column, ConnectOptions, Postgres, Row as _, TypeInfo, ValueRef};

use super::parameters::{self, Parameter};
use super::{BindError, ConnectFailure, Dialect, TableColumn, TableName, TypeFamily, base_type, can_write};
use crate::jdbc::url::{JdbcUrl, Place};
use crate::jdbc::value::Value;

use Parameter::{Ignored, Only, Refused, Used};

/// Parameters of pgjdbc.
const PARAMETERS: &[(&str, Parameter)] = &[
    ("user", Used),
    ("password", Used),
    ("ssl", Used),
    ("sslmode", Used),
    ("sslrootcert", Used),
    ("sslcert", Used),
    ("sslkey", Used),
    ("currentSchema", Used),
    ("ApplicationName", Used),
    ("connectTimeout", Used),
    ("loginTimeout", Used),
    ("adaptiveFetch", Ignored),
    ("allowEncodingChanges", Ignored),
    ("assumeMinServerVersion", Ignored),
    ("autosave", Ignored),
    ("binaryTransfer", Ignored),
    ("characterEncoding", Only(&["utf8", "utf-8"])),
    ("cleanupSavepoints", Ignored),
    ("databaseMetadataCacheFields", Ignored),
    ("databaseMetadataCacheFieldsMiB", Ignored),
    ("defaultRowFetchSize", Ignored),
    ("disableColumnSanitiser", Ignored),
    ("escapeSyntaxCallMode", Ignored),
    ("gssEncMode", Only(&["disable", "allow", "prefer"])),
    ("loadBalanceHosts", Ignored),
    ("logServerErrorDetail", Ignored),
    ("logUnclosedConnections", Ignored),
    ("preferQueryMode", Ignored),
    ("prepareThreshold", Ignored),
    ("preparedStatementCacheQueries", Ignored),
    ("preparedStatementCacheSizeMiB", Ignored),
    ("reWriteBatchedInserts", Ignored), // statements have many rows always
    ("readOnlyMode", Ignored),
    ("receiveBufferSize", Ignored),
    ("sendBufferSize", Ignored),
    ("socketTimeout", Ignored),
    ("stringtype", Ignored), // texts are cast to the column's type where it is not text
    ("targetServerType", Only(&["any"])),
    ("tcpKeepAlive", Ignored),
    ("tcpNoDelay", Ignored),
    ("useUnicode", Ignored),
    ("options", Refused("set the options for the user or the database")),
    (
        "sslfactory",
        Refused("it names a Java class; use 'sslmode' and 'sslrootcert'"),
    ),
    ("socketFactory", Refused("it names a Java class; leave it out")),
    (
        "authenticationPluginClassName",
        Refused("it names a Java class; leave it out"),
    ),
    (
        "sslpassword",
        Refused("give a key without a password in 'sslkey'"),
    ),
];

/// A PostgreSQL database.
pub(in crate::jdbc) struct PostgresDialect {
    options: PgConnectOptions,
    user: String,
    connect_timeout: Duration,
}

impl PostgresDialect {
    /// The database of a URL; `user` and `password` of the table's options come before the URL's.
    pub(in crate::jdbc) fn new(
        url: &JdbcUrl,
        user: Option<&str>,
        password: Option<&str>,
    ) -> Result<Self, PlanError> {
        parameters::check(url, "PostgreSQL", PARAMETERS)?;
        let mut options = PgConnectOptions::new()
            .ssl_mode(ssl_mode(url)?)
            .application_name(url.parameter("ApplicationName").unwrap_or("Nutkin"))
            .disable_statement_logging();
        if let Some(user) = user.or_else(|| url.parameter("user")) {
            options = options.username(user);
        }
        let user = options.get_username().to_owned();
        if let Place::Server { host, port, database } = &url.place {
            // As libpq and pgjdbc: without a name, the database is called as the user.
            let database = if database.is_empty() { &user } else { database };
            options = options.host(host).port(*port).database(database);
        }
        if let Some(password) = password.or_else(|| url.parameter("password")) {
            options = options.password(password);
        }
        if let Some(schema) = url.parameter("currentSchema") {
            options = options.options([("search_path", schema)]);
        }
        for (name, set) in [
            (
                "sslrootcert",
                PgConnectOptions::ssl_root_cert as fn(PgConnectOptions, String) -> PgConnectOptions,
            ),
            ("sslcert", PgConnectOptions::ssl_client_cert),
            ("sslkey", PgConnectOptions::ssl_client_key),
        ] {
            if let Some(path) = url.parameter(name) {
                options = set(options, path.to_owned());
            }
        }
        let timeout = match parameters::number(url, "connectTimeout")? {
            None => parameters::number(url, "loginTimeout")?,
            given => given,
        };
        Ok(Self {
            options,
            user,
            connect_timeout: timeout
                .filter(|seconds| *seconds > 0)
                .map_or(Duration::from_secs(10), Duration::from_secs),
        })
    }
}

fn ssl_mode(url: &JdbcUrl) -> Result<PgSslMode, PlanError> {
    match url.parameter("sslmode").map(str::to_ascii_lowercase).as_deref() {
        Some("disable") => Ok(PgSslMode::Disable),
        Some("allow") => Ok(PgSslMode::Allow),
        Some("prefer") => Ok(PgSslMode::Prefer),
        Some("require") => Ok(PgSslMode::Require),
        Some("verify-ca") => Ok(PgSslMode::VerifyCa),
        Some("verify-full") => Ok(PgSslMode::VerifyFull),
        Some(other) => Err(PlanError::validation_with_hint(
            format!("The parameter 'sslmode={other}' of the JDBC URL is not known."),
            "use one of: disable, allow, prefer, require, verify-ca, verify-full",
        )),
        // pgjdbc takes `ssl=true` for verify-full.
        None => Ok(match parameters::boolean(url, "ssl")? {
            Some(true) => PgSslMode::VerifyFull,
            Some(false) => PgSslMode::Disable,
            None => PgSslMode::Prefer,
        }),
    }
}

/// The family of what `format_type` prints; `kind` is `typtype`, `e` for enumerations.
fn family(type_name: &str, kind: &str) -> TypeFamily {
    if type_name.ends_with("[]") {
        return TypeFamily::Unknown;
    }
    match base_type(type_name).as_str() {
        "boolean" => TypeFamily::Boolean,
        "smallint" | "integer" | "bigint" => TypeFamily::Integer,
        "numeric" => TypeFamily::Decimal,
        "real" | "double precision" => TypeFamily::Float,
        "text" | "character varying" | "character" | "name" | "citext" => TypeFamily::Text,
        "bytea" => TypeFamily::Bytes,
        "date" => TypeFamily::Date,
        "time" | "time without time zone" => TypeFamily::Time,
        "timestamp" | "timestamp without time zone" | "timestamp with time zone" => TypeFamily::Timestamp,
        "json" | "jsonb" | "uuid" | "xml" | "inet" | "cidr" | "macaddr" | "interval" | "money" => {
            TypeFamily::TextLike
        }
        _ if kind == "e" => TypeFamily::TextLike,
        _ => TypeFamily::Unknown,
    }
}

const COLUMNS: &str = "SELECT a.attname::text, format_type(a.atttypid, a.atttypmod), t.typtype::text \
     FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid \
     WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";
const UNIQUE_KEYS: &str = "SELECT i.indexrelid::int8, a.attname::text FROM pg_index i \
     JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY((i.indkey::int2[])[0:i.indnkeyatts - 1]) \
     WHERE i.indrelid = to_regclass($1) AND i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL \
     ORDER BY i.indexrelid, a.attnum";
const TABLES: &str = "SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname = COALESCE($1, current_schema()) ORDER BY c.relname";

impl Dialect for PostgresDialect {
    type Database = Postgres;

    const NAME: &'static str = "PostgreSQL";
    const MAX_PARAMETERS: usize = 65_535;

    async fn connect(&self) -> sqlx::Result<PgConnection> {
        self.options.connect().await
    }

    fn connect_timeout(&self) -> Duration {
        self.connect_timeout
    }

    fn user(&self) -> Option<&str> {
        Some(&self.user)
    }

    fn quote(&self, identifier: &str) -> String {
        format!("\"{}\"", identifier.replace('"', "\"\""))
    }

    fn placeholder(&self, position: usize, column: &TableColumn) -> String {
        // A text is assigned to nothing but text by itself. A cast to varchar(n) would cut it silently.
        match column.family {
            TypeFamily::TextLike | TypeFamily::Unknown => format!("${position}::{}", column.type_name),
            _ => format!("${position}"),
        }
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
                format!("{name} = EXCLUDED.{name}")
            })
            .collect();
        let action = if assignments.is_empty() {
            "NOTHING".to_owned()
        } else {
            format!("UPDATE SET {}", assignments.join(", "))
        };
        format!(" ON CONFLICT ({}) DO {action}", names.join(", "))
    }

    fn select_expression(&self, column: &TableColumn) -> String {
        let name = self.quote(&column.name);
        match column.family {
            TypeFamily::TextLike | TypeFamily::Unknown => format!("{name}::text"),
            _ => name,
        }
    }

    async fn columns(
        &self,
        connection: &mut PgConnection,
        table: &TableName,
    ) -> sqlx::Result<Vec<TableColumn>> {
        let rows = sqlx::query(COLUMNS)
            .bind(table.quoted(self))
            .fetch_all(connection)
            .await?;
        rows.iter()
            .map(|row| {
                let (type_name, kind): (String, String) = (row.try_get(1)?, row.try_get(2)?);
                Ok(TableColumn {
                    name: row.try_get(0)?,
                    family: family(&type_name, &kind),
                    type_name,
                })
            })
            .collect()
    }

    async fn unique_keys(
        &self,
        connection: &mut PgConnection,
        table: &TableName,
    ) -> sqlx::Result<Vec<Vec<String>>> {
        let rows = sqlx::query(UNIQUE_KEYS)
            .bind(table.quoted(self))
            .fetch_all(connection)
            .await?;
        let mut keys: Vec<(i64, Vec<String>)> = Vec::new();
        for row in rows {
            let (index, column): (i64, String) = (row.try_get(0)?, row.try_get(1)?);
            match keys.last_mut() {
                Some((last, columns)) if *last == index => columns.push(column),
                _ => keys.push((index, vec![column])),
            }
        }
        Ok(keys.into_iter().map(|(_, columns)| columns).collect())
    }

    async fn tables(&self, connection: &mut PgConnection, table: &TableName) -> sqlx::Result<Vec<String>> {
        let rows = sqlx::query(TABLES)
            .bind(&table.schema)
            .fetch_all(connection)
            .await?;
        rows.iter().map(|row| row.try_get(0)).collect()
    }

    async fn run(&self, connection: &mut PgConnection, statement: &'static str) -> sqlx::Result<()> {
        sqlx::raw_sql(statement).execute(connection).await.map(|_| ())
    }

    async fn execute(
        &self,
        connection: &mut PgConnection,
        statement: Arc<str>,
        arguments: PgArguments,
    ) -> sqlx::Result<()> {
        sqlx::query_with(AssertSqlSafe(statement), arguments)
            .execute(connection)
            .await
            .map(|_| ())
    }

    fn stream<'c>(
        &self,
        connection: &'c mut PgConnection,
        query: String,
        arguments: PgArguments,
    ) -> BoxStream<'c, sqlx::Result<PgRow>> {
        sqlx::query_with(AssertSqlSafe(query), arguments).fetch(connection)
    }

    fn can_write(&self, kind: &TypeKind, column: &TableColumn) -> bool {
        // There is no assignment from boolean to a number.
        let family = column.family;
        can_write(kind, family) && !(*kind == TypeKind::Boolean && family == TypeFamily::Integer)
    }

    fn bind(&self, arguments: &mut PgArguments, value: Value<'_>, kind: &TypeKind) -> Result<(), BindError> {
        match value {
            Value::Null => bind_null(arguments, kind),
            Value::Boolean(value) => arguments.add(value),
            // One column's values must be of one type, the statement is prepared with it.
            Value::Integer(value) => match kind {
                TypeKind::TinyInt | TypeKind::SmallInt => arguments.add(i16::try_from(value)?),
                TypeKind::Int => arguments.add(i32::try_from(value)?),
                _ => arguments.add(value),
            },
            Value::Unsigned(value) => arguments.add(BigDecimal::from(value)),
            Value::Float(value) => arguments.add(value),
            Value::Double(value) => arguments.add(value),
            Value::Decimal(value) => arguments.add(value),
            Value::Text(value) => arguments.add(&*value),
            Value::Bytes(value) => arguments.add(&*value),
            Value::Date(value) => arguments.add(value),
            Value::Time(value) => arguments.add(value),
            Value::Timestamp(value) => arguments.add(value),
        }
    }

    fn read<'r>(&self, row: &'r PgRow, index: usize, _kind: &TypeKind) -> sqlx::Result<Value<'r>> {
        if row.try_get_raw(index)?.is_null() {
            return Ok(Value::Null);
        }
        Ok(match row.try_column(index)?.type_info().name() {
            "BOOL" => Value::Boolean(row.try_get_unchecked(index)?),
            "INT2" => Value::Integer(row.try_get_unchecked::<i16, _>(index)?.into()),
            "INT4" => Value::Integer(row.try_get_unchecked::<i32, _>(index)?.into()),
            "INT8" => Value::Integer(row.try_get_unchecked(index)?),
            "FLOAT4" => Value::Float(row.try_get_unchecked(index)?),
            "FLOAT8" => Value::Double(row.try_get_unchecked(index)?),
            "NUMERIC" => Value::Decimal(row.try_get_unchecked::<BigDecimal, _>(index)?),
            "BYTEA" => Value::Bytes(Cow::Borrowed(row.try_get_unchecked(index)?)),
            "DATE" => Value::Date(row.try_get_unchecked::<NaiveDate, _>(index)?),
            "TIME" => Value::Time(row.try_get_unchecked::<NaiveTime, _>(index)?),
            "TIMESTAMP" => Value::Timestamp(row.try_get_unchecked::<NaiveDateTime, _>(index)?),
            "TIMESTAMPTZ" => Value::Timestamp(row.try_get_unchecked::<DateTime<Utc>, _>(index)?.naive_utc()),
            _ => Value::Text(Cow::Borrowed(row.try_get_unchecked(index)?)),
        })
    }

    fn connect_failure(&self, error: &dyn DatabaseError) -> ConnectFailure {
        match error.code().as_deref() {
            // invalid_password, invalid_authorization_specification
            Some("28P01" | "28000") => ConnectFailure::Login,
            // invalid_catalog_name
            Some("3D000") => ConnectFailure::Database,
            _ => ConnectFailure::Other,
        }
    }

    fn is_retryable(&self, error: &dyn DatabaseError) -> bool {
        // serialization_failure, deadlock_detected, lock_not_available
        matches!(error.code().as_deref(), Some("40001" | "40P01" | "55P03"))
    }

    fn is_shutting_down(&self, error: &dyn DatabaseError) -> bool {
        // connection exceptions, too_many_connections, admin_shutdown, crash_shutdown, cannot_connect_now
        error.code().as_deref().is_some_and(|code| {
            code.starts_with("08") || ["53300", "57P01", "57P02", "57P03"].contains(&code)
        })
    }
}

/// NULL has a type in PostgreSQL.
fn bind_null(arguments: &mut PgArguments, kind: &TypeKind) -> Result<(), BindError> {
    match kind {
        TypeKind::Boolean => arguments.add(None::<bool>),
        TypeKind::TinyInt | TypeKind::SmallInt => arguments.add(None::<i16>),
        TypeKind::Int => arguments.add(None::<i32>),
        TypeKind::BigInt => arguments.add(None::<i64>),
        TypeKind::Float => arguments.add(None::<f32>),
        TypeKind::Double => arguments.add(None::<f64>),
        TypeKind::Decimal { .. } => arguments.add(None::<BigDecimal>),
        TypeKind::Binary(_) | TypeKind::VarBinary(_) => arguments.add(None::<&[u8]>),
        TypeKind::Date => arguments.add(None::<NaiveDate>),
        TypeKind::Time(_) => arguments.add(None::<NaiveTime>),
        TypeKind::Timestamp(_) => arguments.add(None::<NaiveDateTime>),
        _ => arguments.add(None::<&str>),
    }
}
