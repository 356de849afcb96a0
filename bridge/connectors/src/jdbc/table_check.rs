//! Compares a table's declaration with what the database has, before any row moves.

use nutkin_engine::Result;
use nutkin_plan::PlanError;
use nutkin_plan::catalog::Column;

use super::client::JdbcClient;
use super::dialect::{Connection, Dialect, TableColumn, check_type};
use crate::options::nearest;

/// What rows do with the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// They are read from them.
    Read,
    /// They are written into them.
    Write,
}

/// Refuses types that the database does not have; nothing is connected to.
pub(super) fn check_types<D: Dialect>(columns: &[Column]) -> Result<()> {
    for column in columns {
        check_type::<D>(&column.name, &column.column_type).map_err(PlanError::validation)?;
    }
    Ok(())
}

/// The database's side of the columns, in their order.
pub(super) async fn find_columns<D: Dialect>(
    client: &JdbcClient<D>,
    connection: &mut Connection<D>,
    columns: &[Column],
    access: Access,
) -> Result<Vec<TableColumn>> {
    let table = &client.options.table;
    let in_database = client
        .dialect
        .columns(connection, table)
        .await
        .map_err(|error| client.statement_error("asking for the table's columns", &error))?;
    if in_database.is_empty() {
        return Err(missing_table(client, connection).await);
    }
    columns
        .iter()
        .map(|column| {
            // Names are compared as the databases do at most: MySQL and SQLite ignore case.
            let found = in_database
                .iter()
                .find(|known| known.name == column.name)
                .or_else(|| in_database.iter().find(|known| known.name.eq_ignore_ascii_case(&column.name)));
            let Some(found) = found else {
                let names: Vec<&str> = in_database.iter().map(|known| known.name.as_str()).collect();
                return Err(client.error(
                    format!(
                        "the table {} has no column '{}'; its columns are: {}",
                        table.quoted(&client.dialect),
                        column.name,
                        names.join(", ")
                    ),
                    nearest(&column.name, names.iter().copied()).map(|near| format!("did you mean '{near}'?")),
                ));
            };
            let kind = &column.column_type.kind;
            let fits = match access {
                Access::Read => client.dialect.can_read(kind, found),
                Access::Write => client.dialect.can_write(kind, found),
            };
            if fits {
                return Ok(found.clone());
            }
            let (verb, direction) = match access {
                Access::Read => ("be read as", "from"),
                Access::Write => ("hold", "into"),
            };
            Err(client.error(
                format!(
                    "the column '{}' of table {} is {} and cannot {verb} {}",
                    found.name,
                    table.quoted(&client.dialect),
                    found.type_name,
                    column.column_type.as_summary_string()
                ),
                Some(format!(
                    "declare the column with a type that goes {direction} {}, or change the table in the database",
                    found.type_name
                )),
            ))
        })
        .collect()
}

async fn missing_table<D: Dialect>(
    client: &JdbcClient<D>,
    connection: &mut Connection<D>,
) -> nutkin_engine::EngineError {
    const SHOWN: usize = 10;
    let table = &client.options.table;
    let names = match client.dialect.tables(connection, table).await {
        Ok(names) => names,
        Err(error) => return client.statement_error("asking for the tables", &error),
    };
    let hint = match nearest(&table.name, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean '{near}'?"),
        None if names.is_empty() => "the database has no tables; create it first".to_owned(),
        None => {
            let shown: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
            let more = names.len().saturating_sub(SHOWN);
            let rest = if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            };
            format!("create it first; there are {}{rest}", shown.join(", "))
        }
    };
    client.error(
        format!(
            "the {} database '{}' has no table {}",
            D::NAME,
            client.options.url.database(),
            table.quoted(&client.dialect)
        ),
        Some(hint),
    )
}

/// Refuses a key by which the database could not find the row to overwrite: then every update would
/// become one more row.
pub(super) async fn check_key<D: Dialect>(
    client: &JdbcClient<D>,
    connection: &mut Connection<D>,
    columns: &[TableColumn],
    key: &[usize],
) -> Result<()> {
    if key.is_empty() {
        return Ok(());
    }
    let table = &client.options.table;
    let unique = client
        .dialect
        .unique_keys(connection, table)
        .await
        .map_err(|error| client.statement_error("asking for the table's keys", &error))?;
    let mut wanted: Vec<&str> = key
        .iter()
        .filter_map(|position| columns.get(*position))
        .map(|column| column.name.as_str())
        .collect();
    wanted.sort_unstable();
    let is_there = unique.iter().any(|columns| {
        let mut columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        columns.sort_unstable();
        columns == wanted
    });
    if is_there {
        return Ok(());
    }
    let known: Vec<String> = unique
        .iter()
        .map(|columns| format!("({})", columns.join(", ")))
        .collect();
    let known = if known.is_empty() {
        "it has no primary key and no unique key".to_owned()
    } else {
        format!("its keys are: {}", known.join(", "))
    };
    let names: Vec<String> = wanted.iter().map(|name| client.dialect.quote(name)).collect();
    Err(client.error(
        format!(
            "rows are updated by the key ({}), which is not a primary or unique key of the table {}: {known}",
            wanted.join(", "),
            table.quoted(&client.dialect)
        ),
        Some(format!(
            "CREATE UNIQUE INDEX ... ON {} ({}), or declare the table's own key as PRIMARY KEY ... NOT ENFORCED",
            table.quoted(&client.dialect),
            names.join(", ")
        )),
    ))
}
