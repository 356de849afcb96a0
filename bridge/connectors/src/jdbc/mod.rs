//! Databases through their own protocols: MySQL, MariaDB, PostgreSQL, SQLite, under Flink's name `jdbc`.
//!
//! Data flow of the sink: a [`writer`] keeps the last change of each key in a [`buffer`]; a flush turns
//! it into multi-row statements ([`statement`]) and runs them in one transaction of a [`client`], which
//! opens connections again when they are lost. Data flow of the source: a task a subtask on the shared
//! [`runtime`] streams rows, builds columns and sends batches through a bounded channel ([`reader`]).
//! [`dialect`] is all that differs between databases; values pass it as [`value::Value`]s. Before any
//! row moves, [`table_check`] compares the table with what the database has. Lookup joins and catalogs
//! are not here.

mod buffer;
mod client;
mod column_builder;
mod column_values;
mod connector;
mod dialect;
mod options;
mod partitions;
mod reader;
mod runtime;
mod sink;
mod source;
mod statement;
mod table_check;
mod url;
mod value;
mod writer;

pub(crate) use connector::JdbcConnector;

#[cfg(test)]
mod tests;
