//! What differs between databases: how to connect, how statements are spelled, which types there are.
//!
//! A [`Dialect`] is one kind of database together with where it is. Everything else in this connector
//! is written once over the trait. Mirrors Flink's `JdbcDialect`.

mod mysql;
mod parameters;
mod postgres;
mod sqlite;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::BoxStream;
use nutkin_plan::types::{LogicalType, TypeKind};
use sqlx::Database;
use sqlx::error::DatabaseError;

use super::value::Value;

pub(super) use mysql::MySqlDialect;
pub(super) use postgres::PostgresDialect;
pub(super) use sqlite::SqliteDialect;

/// The connection of a dialect.
pub(super) type Connection<D> = <<D as Dialect>::Database as Database>::Connection;

/// The bound values of a dialect's statement.
pub(super) type Arguments<D> = <<D as Dialect>::Database as Database>::Arguments;

/// The rows of a dialect.
pub(super) type Row<D> = <<D as Dialect>::Database as Database>::Row;

/// An error of binding a value.
pub(super) type BindError = Box<dyn std::error::Error + Send + Sync>;

/// A kind of database, and where it is.
pub(super) trait Dialect: Send + Sync + 'static {
    /// The driver's side of it.
    type Database: Database;

    /// The name, as messages have it.
    const NAME: &'static str;

    /// How many values one statement can bind.
    const MAX_PARAMETERS: usize;

    /// How many writers make sense at once; `None` for any number.
    const MAX_WRITERS: Option<usize> = None;

    /// Starts a transaction that writes.
    const BEGIN: &'static str = "BEGIN";

    /// Opens a connection.
    fn connect(&self) -> impl Future<Output = sqlx::Result<Connection<Self>>> + Send;

    /// How long [`Dialect::connect`] may take.
    fn connect_timeout(&self) -> Duration;

    /// The user who logs in, for messages.
    fn user(&self) -> Option<&str>;

    /// Quotes a name.
    fn quote(&self, identifier: &str) -> String;

    /// The place of a bound value; positions start at one.
    fn placeholder(&self, position: usize, column: &TableColumn) -> String;

    /// What makes an INSERT overwrite the row that has the same key.
    fn upsert_clause(&self, columns: &[TableColumn], key: &[usize]) -> String;

    /// The expression that reads a column.
    fn select_expression(&self, column: &TableColumn) -> String {
        self.quote(&column.name)
    }

    /// The table's columns in order; none if there is no such table.
    fn columns(
        &self,
        connection: &mut Connection<Self>,
        table: &TableName,
    ) -> impl Future<Output = sqlx::Result<Vec<TableColumn>>> + Send;

    /// The columns of each unique key of the table, its primary key included.
    fn unique_keys(
        &self,
        connection: &mut Connection<Self>,
        table: &TableName,
    ) -> impl Future<Output = sqlx::Result<Vec<Vec<String>>>> + Send;

    /// The tables of the schema where `table` is looked for.
    fn tables(
        &self,
        connection: &mut Connection<Self>,
        table: &TableName,
    ) -> impl Future<Output = sqlx::Result<Vec<String>>> + Send;

    /// Runs a statement without values, such as COMMIT.
    fn run(
        &self,
        connection: &mut Connection<Self>,
        statement: &'static str,
    ) -> impl Future<Output = sqlx::Result<()>> + Send;

    /// Runs a statement with values; it is prepared once a connection.
    fn execute(
        &self,
        connection: &mut Connection<Self>,
        statement: Arc<str>,
        arguments: Arguments<Self>,
    ) -> impl Future<Output = sqlx::Result<()>> + Send;

    /// Runs a query and hands out its rows as they arrive.
    fn stream<'c>(
        &self,
        connection: &'c mut Connection<Self>,
        query: String,
        arguments: Arguments<Self>,
    ) -> BoxStream<'c, sqlx::Result<Row<Self>>>;

    /// Adds a value of a column of this kind.
    fn bind(
        &self,
        arguments: &mut Arguments<Self>,
        value: Value<'_>,
        kind: &TypeKind,
    ) -> Result<(), BindError>;

    /// Reads a value for a column of this kind.
    fn read<'r>(&self, row: &'r Row<Self>, index: usize, kind: &TypeKind) -> sqlx::Result<Value<'r>>;

    /// The highest precision of TIME and TIMESTAMP.
    const MAX_TIME_PRECISION: u8 = 6;

    /// Whether values of this kind can be written into the column.
    fn can_write(&self, kind: &TypeKind, column: &TableColumn) -> bool {
        can_write(kind, column.family)
    }

    /// Whether the column's values can be read as this kind.
    fn can_read(&self, kind: &TypeKind, column: &TableColumn) -> bool {
        can_read(kind, column.family)
    }

    /// Why a connection cannot be opened, where it is not the network.
    fn connect_failure(&self, error: &dyn DatabaseError) -> ConnectFailure;

    /// Whether an error passes if the transaction is tried again on the same server.
    fn is_retryable(&self, error: &dyn DatabaseError) -> bool;

    /// Whether an error says that the server is going away or not yet up.
    fn is_shutting_down(&self, error: &dyn DatabaseError) -> bool;
}

/// Why a server did not let us in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ConnectFailure {
    /// User or password is wrong.
    Login,
    /// There is no such database.
    Database,
    /// Something else.
    Other,
}

/// The name of a table, maybe with its schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TableName {
    /// What stands before the dot.
    pub(super) schema: Option<String>,
    /// The table.
    pub(super) name: String,
}

impl TableName {
    /// Splits `schema.table`.
    pub(super) fn parse(text: &str) -> Self {
        match text.split_once('.') {
            Some((schema, name)) if !schema.is_empty() && !name.is_empty() => Self {
                schema: Some(schema.to_owned()),
                name: name.to_owned(),
            },
            _ => Self {
                schema: None,
                name: text.to_owned(),
            },
        }
    }

    /// The name quoted.
    pub(super) fn quoted<D: Dialect + ?Sized>(&self, dialect: &D) -> String {
        match &self.schema {
            Some(schema) => format!("{}.{}", dialect.quote(schema), dialect.quote(&self.name)),
            None => dialect.quote(&self.name),
        }
    }
}

/// A column as the database describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TableColumn {
    /// The name.
    pub(super) name: String,
    /// The type in the database's words, such as `varchar(64)`.
    pub(super) type_name: String,
    /// What kind of values the type holds.
    pub(super) family: TypeFamily,
}

/// Types of databases by what they hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TypeFamily {
    Boolean,
    Integer,
    Decimal,
    Float,
    Text,
    /// Written and read as text, but not any text: JSON, UUID, ENUM.
    TextLike,
    Bytes,
    Date,
    Time,
    Timestamp,
    /// A type that we do not know, or none at all.
    Unknown,
}

fn can_write(kind: &TypeKind, family: TypeFamily) -> bool {
    use TypeFamily as Family;
    match kind {
        TypeKind::Char(_) | TypeKind::VarChar(_) => {
            matches!(family, Family::Text | Family::TextLike | Family::Unknown)
        }
        TypeKind::Boolean => matches!(family, Family::Boolean | Family::Integer),
        TypeKind::TinyInt | TypeKind::SmallInt | TypeKind::Int | TypeKind::BigInt => {
            matches!(family, Family::Integer | Family::Decimal | Family::Float)
        }
        TypeKind::Decimal { .. } | TypeKind::Float | TypeKind::Double => {
            matches!(family, Family::Decimal | Family::Float)
        }
        TypeKind::Binary(_) | TypeKind::VarBinary(_) => family == Family::Bytes,
        TypeKind::Date => matches!(family, Family::Date | Family::Timestamp),
        TypeKind::Time(_) => family == Family::Time,
        TypeKind::Timestamp(_) => family == Family::Timestamp,
        _ => false,
    }
}

fn can_read(kind: &TypeKind, family: TypeFamily) -> bool {
    use TypeFamily as Family;
    match kind {
        TypeKind::Char(_) | TypeKind::VarChar(_) => family != Family::Bytes,
        TypeKind::Boolean => matches!(family, Family::Boolean | Family::Integer),
        TypeKind::TinyInt | TypeKind::SmallInt | TypeKind::Int | TypeKind::BigInt => {
            matches!(family, Family::Boolean | Family::Integer | Family::Decimal)
        }
        TypeKind::Decimal { .. } | TypeKind::Float | TypeKind::Double => {
            matches!(family, Family::Integer | Family::Decimal | Family::Float)
        }
        TypeKind::Binary(_) | TypeKind::VarBinary(_) => matches!(family, Family::Bytes | Family::Unknown),
        TypeKind::Date => matches!(family, Family::Date | Family::Timestamp),
        TypeKind::Time(_) => family == Family::Time,
        TypeKind::Timestamp(_) => matches!(family, Family::Timestamp | Family::Date),
        _ => false,
    }
}

/// Refuses the types that a database does not have, in Flink's words.
pub(super) fn check_type<D: Dialect>(name: &str, column_type: &LogicalType) -> Result<(), String> {
    match &column_type.kind {
        TypeKind::Time(precision) | TypeKind::Timestamp(precision) if *precision > D::MAX_TIME_PRECISION => {
            let kind = if matches!(column_type.kind, TypeKind::Time(_)) {
                "TIME"
            } else {
                "TIMESTAMP"
            };
            Err(format!(
                "The precision of field '{name}' is out of the {kind} precision range [0, {}] supported by {} \
                 dialect.",
                D::MAX_TIME_PRECISION,
                D::NAME
            ))
        }
        TypeKind::TimestampLtz(_)
        | TypeKind::IntervalYearMonth
        | TypeKind::IntervalDayTime
        | TypeKind::Array(_)
        | TypeKind::Multiset(_)
        | TypeKind::Map(..)
        | TypeKind::Row(_)
        | TypeKind::Null => Err(format!(
            "The {} dialect doesn't support type: {}.",
            D::NAME,
            column_type.as_summary_string()
        )),
        _ => Ok(()),
    }
}

/// The part of a type's name that says what it is: `varchar(64)` is a `varchar`.
fn base_type(type_name: &str) -> String {
    let end = type_name
        .find(|character: char| !(character.is_alphanumeric() || character == '_' || character == ' '))
        .unwrap_or(type_name.len());
    type_name
        .get(..end)
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}
