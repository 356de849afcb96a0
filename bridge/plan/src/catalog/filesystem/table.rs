//! Tables as `CREATE TABLE` statements, views as JSON.

use serde_json::{Value, json};

use crate::catalog::{
    CatalogManager, CatalogTable, CatalogView, ObjectIdentifier, ViewText, create_statement,
};
use crate::error::{PlanError, Result};
use crate::sql::{PlanContext, Statement, parse_statements, plan_renamed_text};
use crate::stream::JobOptions;

/// The file of a table.
pub(super) fn table_text(table: &CatalogTable) -> Result<String> {
    if table.inline_data.is_some() {
        return Err(PlanError::unsupported(
            "a table of rows from the program in a filesystem catalog",
            "Create a temporary table or view, or write the rows to a table with a connector.",
        ));
    }
    Ok(create_statement(table, false))
}

/// The table of a file, under the name that its place in the session gives it.
pub(super) fn read_table(
    text: &str,
    identifier: &ObjectIdentifier,
    manager: &CatalogManager,
) -> Result<CatalogTable> {
    let statements = parse_statements(text)?;
    let [Statement::CreateTable(create)] = statements.as_slice() else {
        return Err(PlanError::Catalog {
            class: "CatalogException",
            message: format!("The file of the table {identifier} is no CREATE TABLE statement."),
        });
    };
    let manager = manager.at(&identifier.catalog, &identifier.database);
    let options = JobOptions::default();
    let table = create.to_catalog_table(&PlanContext {
        catalogs: &manager,
        options: &options,
    })?;
    Ok(CatalogTable {
        identifier: identifier.clone(),
        ..table
    })
}

/// The file of a view. A catalog may have another name in the next session, so its own is left out.
pub(super) fn view_value(view: &CatalogView, own_name: &str) -> Result<Value> {
    let Some(text) = &view.query_text else {
        return Err(PlanError::unsupported(
            "a view of a Table API object in a filesystem catalog",
            "Create a temporary view, or write the query as SQL in CREATE VIEW.",
        ));
    };
    let columns: Vec<&String> = view.schema.columns.iter().map(|column| &column.name).collect();
    Ok(json!({
        "version": 1,
        "query": text.query,
        "catalog": (text.catalog != own_name).then_some(&text.catalog),
        "database": text.database,
        "columns": columns,
        "comment": view.comment,
    }))
}

/// The view of a file.
pub(super) fn read_view(
    value: &Value,
    own_name: &str,
    identifier: &ObjectIdentifier,
    manager: &CatalogManager,
) -> Result<CatalogView> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let query_text = ViewText {
        query: text("query").unwrap_or_default(),
        catalog: text("catalog").unwrap_or_else(|| own_name.to_owned()),
        database: text("database").unwrap_or_else(|| identifier.database.clone()),
    };
    let names: Vec<String> = value
        .get("columns")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect();
    let operation = plan_renamed_text(&query_text, &names, manager)?;
    Ok(CatalogView {
        identifier: identifier.clone(),
        schema: operation.schema(),
        operation,
        query_text: Some(query_text),
        comment: text("comment"),
    })
}
