//! MySQL and MariaDB.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use futures_util::stream::BoxStream;
use nutkin_plan::PlanError;
use nutkin_plan::types::TypeKind;
use sqlx::error::DatabaseError;
use sqlx::mysql::{
    MySqlArguments, MySqlConnectOptions, MySqlConnection, MySqlDatabaseError, MySqlRow, MySqlSslMode,
};
use sqlx::types::BigDecimal;
use sqlx::{Arguments as _, AssertSqlSafe, Column, ConnectOptions, MySql, Row as _, TypeInfo, ValueRef};

use super::parameters::{self, Parameter};
use super::{BindError, ConnectFailure, Dialect, TableColumn, TableName, TypeFamily, base_type};
use crate::jdbc::url::{JdbcUrl, Place};
use crate::jdbc::value::Value;

use Parameter::{Ignored, Only, Refused, Used};

/// Parameters of Connector/J and of MariaDB's driver.
const PARAMETERS: &[(&str, Parameter)] = &[
    ("user", Used),
    ("password", Used),
    ("useSSL", Used),
    ("requireSSL", Used),
    ("verifyServerCertificate", Used),
    ("sslMode", Used),
    ("serverSslCert", Used),
    ("connectTimeout", Used),
    ("zeroDateTimeBehavior", Used),
    ("characterEncoding", Only(&["utf8", "utf-8", "utf8mb4"])),
    (
        "characterSetResults",
        Only(&["utf8", "utf-8", "utf8mb4", "null", ""]),
    ),
    ("tinyInt1isBit", Ignored), // the table's own type decides
    ("transformedBitIsBoolean", Ignored),
    ("yearIsDateType", Ignored),
    ("allowLoadLocalInfile", Ignored),
    ("allowMultiQueries", Ignored),
    ("allowPublicKeyRetrieval", Ignored),
    ("autoReconnect", Ignored), // the sink reconnects by itself
    ("autoReconnectForPools", Ignored),
    ("cachePrepStmts", Ignored),
    ("cacheServerConfiguration", Ignored),
    ("connectionTimeZone", Ignored), // TIMESTAMP is a local date and time on both sides
    ("defaultFetchSize", Ignored),
    ("elideSetAutoCommits", Ignored),
    ("failOverReadOnly", Ignored),
    ("forceConnectionTimeZoneToSession", Ignored),
    ("initialTimeout", Ignored),
    ("maintainTimeStats", Ignored),
    ("maxReconnects", Ignored),
    ("noAccessToProcedureBodies", Ignored),
    ("nullCatalogMeansCurrent", Ignored),
    ("nullDatabaseMeansCurrent", Ignored),
    ("permitMysqlScheme", Ignored),
    ("prepStmtCacheSize", Ignored),
    ("prepStmtCacheSqlLimit", Ignored),
    ("preserveInstants", Ignored),
    ("rewriteBatchedStatements", Ignored), // statements have many rows always
    ("serverTimezone", Ignored),
    ("socketTimeout", Ignored),
    ("tcpKeepAlive", Ignored),
    ("tcpNoDelay", Ignored),
    ("useAffectedRows", Ignored),
    ("useBulkStmts", Ignored),
    ("useCompression", Ignored),
    ("useConfigs", Ignored),
    ("useCursorFetch", Ignored),
    ("useInformationSchema", Ignored),
    ("useJDBCCompliantTimezoneShift", Ignored),
    ("useLegacyDatetimeCode", Ignored),
    ("useLocalSessionState", Ignored),
    ("useLocalTransactionState", Ignored),
    ("useOldAliasMetadataBehavior", Ignored),
    ("useServerPrepStmts", Ignored),
    ("useTimezone", Ignored),
    ("useUnicode", Ignored),
    ("createDatabaseIfNotExist", Refused("create the database first")),
    (
        "sessionVariables",
        Refused("set the variables at the server or for the user"),
    ),
    (
        "trustCertificateKeyStoreUrl",
        Refused("Java key stores are not read; give a PEM file: 'serverSslCert=/path/ca.pem'"),
    ),
    (
        "clientCertificateKeyStoreUrl",
        Refused("Java key stores are not read; log in with a password"),
    ),
];

/// A MySQL or MariaDB database.
pub(in crate::jdbc) struct MySqlDialect {
    options: MySqlConnectOptions,
    user: String,
    connect_timeout: Duration,
    zero_dates_are_null: bool,
    may_encrypt: bool,
}

impl MySqlDialect {
    /// The database of a URL; `user` and `password` of the table's options come before the URL's.
    pub(in crate::jdbc) fn new(
        url: &JdbcUrl,
        user: Option<&str>,
        password: Option<&str>,
    ) -> Result<Self, PlanError> {
        parameters::check(url, "MySQL and MariaDB", PARAMETERS)?;
        let mut options = MySqlConnectOptions::new()
            .charset("utf8mb4")
            // TIMESTAMP is shown in the server's own zone, as the Java driver does for local times.
            .timezone(None::<String>)
            .ssl_mode(ssl_mode(url)?)
            .disable_statement_logging();
        if let Place::Server { host, port, database } = &url.place {
            options = options.host(host).port(*port);
            if !database.is_empty() {
                options = options.database(database);
            }
        }
        let user = user
            .or_else(|| url.parameter("user"))
            .unwrap_or("root")
            .to_owned();
        options = options.username(&user);
        if let Some(password) = password.or_else(|| url.parameter("password")) {
            options = options.password(password);
        }
        if let Some(certificate) = url.parameter("serverSslCert") {
            options = options.ssl_ca(certificate);
        }
        let zero_dates_are_null = match url
            .parameter("zeroDateTimeBehavior")
            .map(str::to_ascii_uppercase)
            .as_deref()
        {
            None | Some("EXCEPTION") => false,
            Some("CONVERTTONULL" | "CONVERT_TO_NULL") => true,
            Some(other) => {
                return Err(PlanError::unsupported(
                    format!("The parameter 'zeroDateTimeBehavior={other}' of the JDBC URL"),
                    "use EXCEPTION or CONVERT_TO_NULL",
                ));
            }
        };
        Ok(Self {
            options,
            user,
            connect_timeout: parameters::number(url, "connectTimeout")?
                .filter(|millis| *millis > 0)
                .map_or(Duration::from_secs(10), Duration::from_millis),
            zero_dates_are_null,
            may_encrypt: url.parameter("sslMode").is_none(),
        })
    }
}

fn ssl_mode(url: &JdbcUrl) -> Result<MySqlSslMode, PlanError> {
    if let Some(mode) = url.parameter("sslMode") {
        return match mode.to_ascii_uppercase().replace('-', "_").as_str() {
            "DISABLED" | "DISABLE" => Ok(MySqlSslMode::Disabled),
            "PREFERRED" => Ok(MySqlSslMode::Preferred),
            "REQUIRED" | "TRUST" => Ok(MySqlSslMode::Required),
            "VERIFY_CA" => Ok(MySqlSslMode::VerifyCa),
            "VERIFY_IDENTITY" | "VERIFY_FULL" => Ok(MySqlSslMode::VerifyIdentity),
            _ => Err(PlanError::validation_with_hint(
                format!("The parameter 'sslMode={mode}' of the JDBC URL is not known."),
                "use one of: DISABLED, PREFERRED, REQUIRED, VERIFY_CA, VERIFY_IDENTITY",
            )),
        };
    }
    Ok(
        match (
            parameters::boolean(url, "useSSL")?,
            parameters::boolean(url, "requireSSL")?.unwrap_or(false),
            parameters::boolean(url, "verifyServerCertificate")?.unwrap_or(false),
        ) {
            (Some(false), _, _) => MySqlSslMode::Disabled,
            (_, _, true) => MySqlSslMode::VerifyCa,
            (_, true, false) => MySqlSslMode::Required,
            _ => MySqlSslMode::Preferred,
        },
    )
}

fn family(type_name: &str) -> TypeFamily {
    match base_type(type_name).trim_end_matches(" unsigned") {
        "bit" => TypeFamily::Boolean,
        "tinyint" | "smallint" | "mediumint" | "int" | "integer" | "bigint" | "year" => TypeFamily::Integer,
        "decimal" | "numeric" => TypeFamily::Decimal,
        "float" | "double" | "real" => TypeFamily::Float,
        "char" | "varchar" | "tinytext" | "text" | "mediumtext" | "longtext" => TypeFamily::Text,
        "enum" | "set" | "json" | "uuid" | "inet4" | "inet6" => TypeFamily::TextLike,
        "binary" | "varbinary" | "tinyblob" | "blob" | "mediumblob" | "longblob" => TypeFamily::Bytes,
        "date" => TypeFamily::Date,
        "time" => TypeFamily::Time,
        "datetime" | "timestamp" => TypeFamily::Timestamp,
        _ => TypeFamily::Unknown,
    }
}

const COLUMNS: &str = "SELECT CAST(column_name AS CHAR), CAST(column_type AS CHAR) FROM information_schema.columns \
     WHERE table_schema = COALESCE(?, DATABASE()) AND table_name = ? ORDER BY ordinal_position";
const UNIQUE_KEYS: &str = "SELECT CAST(index_name AS CHAR), CAST(column_name AS CHAR) FROM information_schema.statistics \
     WHERE table_schema = COALESCE(?, DATABASE()) AND table_name = ? AND non_unique = 0 \
     ORDER BY index_name, seq_in_index";
const TABLES: &str = "SELECT CAST(table_name AS CHAR) FROM information_schema.tables \
     WHERE table_schema = COALESCE(?, DATABASE()) ORDER BY table_name";

impl Dialect for MySqlDialect {
    type Database = MySql;

    const NAME: &'static str = "MySQL";
    const MAX_PARAMETERS: usize = 65_535;
    const BEGIN: &'static str = "START TRANSACTION";

    async fn connect(&self) -> sqlx::Result<MySqlConnection> {
        match self.options.connect().await {
            // Without encryption, a password of MySQL 8 travels encrypted by RSA, which the driver leaves
            // out. `useSSL=false` says that encryption is not needed, not that it is unwanted.
            Err(sqlx::Error::Configuration(_)) if self.may_encrypt => {
                self.options
                    .clone()
                    .ssl_mode(MySqlSslMode::Preferred)
                    .connect()
                    .await
            }
            outcome => outcome,
        }
    }

    fn connect_timeout(&self) -> Duration {
        self.connect_timeout
    }

    fn user(&self) -> Option<&str> {
        Some(&self.user)
    }

    fn quote(&self, identifier: &str) -> String {
        format!("`{}`", identifier.replace('`', "``"))
    }

    fn placeholder(&self, _position: usize, _column: &TableColumn) -> String {
        "?".to_owned()
    }

    fn upsert_clause(&self, columns: &[TableColumn], key: &[usize]) -> String {
        // VALUES() is understood by every version of both servers; the alias of MySQL 8.0.19 is not.
        let assignment = |column: &TableColumn| {
            let name = self.quote(&column.name);
            format!("{name} = VALUES({name})")
        };
        let mut assignments: Vec<String> = columns
            .iter()
            .enumerate()
            .filter(|(position, _)| !key.contains(position))
            .map(|(_, column)| assignment(column))
            .collect();
        if assignments.is_empty() {
            assignments = columns.iter().map(assignment).collect();
        }
        format!(" ON DUPLICATE KEY UPDATE {}", assignments.join(", "))
    }

    async fn columns(
        &self,
        connection: &mut MySqlConnection,
        table: &TableName,
    ) -> sqlx::Result<Vec<TableColumn>> {
        let rows = sqlx::query(COLUMNS)
            .bind(&table.schema)
            .bind(&table.name)
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
        connection: &mut MySqlConnection,
        table: &TableName,
    ) -> sqlx::Result<Vec<Vec<String>>> {
        let rows = sqlx::query(UNIQUE_KEYS)
            .bind(&table.schema)
            .bind(&table.name)
            .fetch_all(connection)
            .await?;
        let mut keys: Vec<(String, Vec<String>)> = Vec::new();
        for row in rows {
            let (index, column): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            match keys.last_mut() {
                Some((name, columns)) if *name == index => columns.push(column),
                _ => keys.push((index, vec![column])),
            }
        }
        Ok(keys.into_iter().map(|(_, columns)| columns).collect())
    }

    async fn tables(&self, connection: &mut MySqlConnection, table: &TableName) -> sqlx::Result<Vec<String>> {
        let rows = sqlx::query(TABLES)
            .bind(&table.schema)
            .fetch_all(connection)
            .await?;
        rows.iter().map(|row| row.try_get(0)).collect()
    }

    async fn run(&self, connection: &mut MySqlConnection, statement: &'static str) -> sqlx::Result<()> {
        sqlx::raw_sql(statement).execute(connection).await.map(|_| ())
    }

    async fn execute(
        &self,
        connection: &mut MySqlConnection,
        statement: Arc<str>,
        arguments: MySqlArguments,
    ) -> sqlx::Result<()> {
        sqlx::query_with(AssertSqlSafe(statement), arguments)
            .execute(connection)
            .await
            .map(|_| ())
    }

    fn stream<'c>(
        &self,
        connection: &'c mut MySqlConnection,
        query: String,
        arguments: MySqlArguments,
    ) -> BoxStream<'c, sqlx::Result<MySqlRow>> {
        sqlx::query_with(AssertSqlSafe(query), arguments).fetch(connection)
    }

    fn bind(
        &self,
        arguments: &mut MySqlArguments,
        value: Value<'_>,
        _kind: &TypeKind,
    ) -> Result<(), BindError> {
        match value {
            Value::Null => arguments.add(None::<i64>),
            Value::Boolean(value) => arguments.add(value),
            Value::Integer(value) => arguments.add(value),
            Value::Unsigned(value) => arguments.add(value),
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

    fn read<'r>(&self, row: &'r MySqlRow, index: usize, kind: &TypeKind) -> sqlx::Result<Value<'r>> {
        if row.try_get_raw(index)?.is_null() {
            return Ok(Value::Null);
        }
        let wants_bytes = matches!(kind, TypeKind::Binary(_) | TypeKind::VarBinary(_));
        let zero_date = |error: sqlx::Error| {
            if self.zero_dates_are_null {
                Ok(Value::Null)
            } else {
                Err(error)
            }
        };
        Ok(match row.try_column(index)?.type_info().name() {
            "BOOLEAN" | "TINYINT" | "SMALLINT" | "MEDIUMINT" | "INT" | "BIGINT" => {
                Value::Integer(row.try_get_unchecked(index)?)
            }
            "TINYINT UNSIGNED" | "SMALLINT UNSIGNED" | "MEDIUMINT UNSIGNED" | "INT UNSIGNED"
            | "BIGINT UNSIGNED" | "YEAR" | "BIT" => Value::Unsigned(row.try_get_unchecked(index)?),
            "DECIMAL" => Value::Decimal(row.try_get_unchecked::<BigDecimal, _>(index)?),
            "FLOAT" => Value::Float(row.try_get_unchecked(index)?),
            "DOUBLE" => Value::Double(row.try_get_unchecked(index)?),
            "DATE" => match row.try_get_unchecked::<NaiveDate, _>(index) {
                Ok(date) => Value::Date(date),
                Err(error) => zero_date(error)?,
            },
            "TIME" => Value::Time(row.try_get_unchecked::<NaiveTime, _>(index)?),
            "DATETIME" | "TIMESTAMP" => match row.try_get_unchecked::<NaiveDateTime, _>(index) {
                Ok(instant) => Value::Timestamp(instant),
                Err(error) => zero_date(error)?,
            },
            _ if wants_bytes => Value::Bytes(Cow::Borrowed(row.try_get_unchecked(index)?)),
            _ => Value::Text(Cow::Borrowed(row.try_get_unchecked(index)?)),
        })
    }

    fn connect_failure(&self, error: &dyn DatabaseError) -> ConnectFailure {
        match error
            .try_downcast_ref::<MySqlDatabaseError>()
            .map(MySqlDatabaseError::number)
        {
            // ER_ACCESS_DENIED_ERROR, ER_ACCESS_DENIED_NO_PASSWORD_ERROR
            Some(1045 | 1698) => ConnectFailure::Login,
            // ER_BAD_DB_ERROR, ER_DBACCESS_DENIED_ERROR
            Some(1049 | 1044) => ConnectFailure::Database,
            _ => ConnectFailure::Other,
        }
    }

    fn is_retryable(&self, error: &dyn DatabaseError) -> bool {
        let number = error
            .try_downcast_ref::<MySqlDatabaseError>()
            .map(MySqlDatabaseError::number);
        // ER_LOCK_WAIT_TIMEOUT, ER_LOCK_DEADLOCK, ER_CHECKREAD, ER_NEED_REPREPARE
        matches!(number, Some(1205 | 1213 | 1020 | 1615))
    }

    fn is_shutting_down(&self, error: &dyn DatabaseError) -> bool {
        let number = error
            .try_downcast_ref::<MySqlDatabaseError>()
            .map(MySqlDatabaseError::number);
        // ER_CON_COUNT_ERROR, ER_SERVER_SHUTDOWN, ER_NORMAL_SHUTDOWN, ER_ABORTING_CONNECTION,
        // ER_CONNECTION_KILLED of MariaDB and MySQL
        matches!(number, Some(1040 | 1053 | 1077 | 1152 | 1927 | 3169))
    }
}
