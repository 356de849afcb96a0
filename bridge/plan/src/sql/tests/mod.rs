//! Statements against their meaning, and errors by value.

mod constructs;
mod ddl;
mod differential;
mod fault;
mod query;
mod refused;
mod script;
mod tpch;
mod tree_text;

use std::sync::Arc;

use super::{Answer, PlanContext, Statement, parse_statements, plan_query};
use crate::catalog::CatalogManager;
use crate::expression::LiteralValue;
use crate::function::{PythonFunction, PythonFunctionKind};
use crate::operation::QueryOperation;
use crate::stream::JobOptions;
use crate::types::LogicalType;
use crate::{PlanError, Result};

/// Catalogs with the tables `t (a INT, b BIGINT, c STRING, d DECIMAL(10, 2), e BOOLEAN)` and
/// `keyed (k STRING NOT NULL, v BIGINT, PRIMARY KEY (k))`, and the Python function `twice(BIGINT)`.
fn catalogs() -> Result<CatalogManager> {
    let mut catalogs = CatalogManager::default();
    run(
        "CREATE TABLE t (a INT, b BIGINT, c STRING, d DECIMAL(10, 2), e BOOLEAN) WITH ('connector' = 'datagen');
         CREATE TABLE keyed (k STRING, v BIGINT, PRIMARY KEY (k) NOT ENFORCED) WITH ('connector' = 'print')",
        &mut catalogs,
    )?;
    catalogs.create_temporary_system_function("twice", twice(), false)?;
    Ok(catalogs)
}

fn twice() -> Arc<PythonFunction> {
    Arc::new(PythonFunction {
        name: "twice".to_owned(),
        payload: Vec::new(),
        input_types: Some(vec![LogicalType::nullable(crate::types::TypeKind::BigInt)]),
        result_type: LogicalType::nullable(crate::types::TypeKind::BigInt),
        kind: PythonFunctionKind::General,
        deterministic: true,
    })
}

/// Runs statements about catalogs.
fn run(script: &str, catalogs: &mut CatalogManager) -> Result<()> {
    for statement in parse_statements(script)? {
        let options = JobOptions::default();
        let context = PlanContext {
            catalogs: &catalogs.clone(),
            options: &options,
        };
        match statement {
            Statement::CreateTable(create) => create.apply(create.to_catalog_table(&context)?, catalogs)?,
            Statement::AlterTable(alter) => alter.plan(&context)?.apply(catalogs)?,
            Statement::AlterView(alter) => alter.plan(&context)?.apply(catalogs)?,
            Statement::DropTable(drop) => drop.apply_to_table(catalogs)?,
            Statement::DropView(drop) => drop.apply_to_view(catalogs)?,
            Statement::CreateDatabase(create) => create.apply(catalogs)?,
            Statement::DropDatabase(drop) => drop.apply(catalogs)?,
            Statement::DropFunction(drop) => drop.apply(catalogs)?,
            Statement::UseCatalog(name) => catalogs.use_catalog(&name)?,
            Statement::UseDatabase(path) => catalogs.use_path(&path)?,
            Statement::CreateView(create) => create.apply(create.plan(&context)?, catalogs)?,
            other => return Err(PlanError::validation(format!("not about catalogs: {other:?}"))),
        }
    }
    Ok(())
}

/// Plans one query.
fn plan(sql: &str, catalogs: &CatalogManager) -> Result<Arc<QueryOperation>> {
    let options = JobOptions::default();
    let context = PlanContext {
        catalogs,
        options: &options,
    };
    match parse_statements(sql)?.as_slice() {
        [Statement::Query(query)] => plan_query(query, &context),
        other => Err(PlanError::validation(format!("not one query: {other:?}"))),
    }
}

/// The operations of a query, one a line, inputs indented.
fn tree(sql: &str, catalogs: &CatalogManager) -> String {
    match plan(sql, catalogs) {
        Ok(operation) => {
            let mut lines = Vec::new();
            print(&operation, 0, &mut lines);
            lines.join("\n")
        }
        Err(error) => error.to_string(),
    }
}

fn print(operation: &QueryOperation, depth: usize, lines: &mut Vec<String>) {
    let named = |expressions: &[crate::operation::NamedExpression]| {
        expressions
            .iter()
            .map(|named| {
                let expression = named.expression.to_string();
                if expression == named.name {
                    expression
                } else {
                    format!("{expression} AS {}", named.name)
                }
            })
            .collect::<Vec<_>>()
            .join(", ")
    };
    let (line, inputs): (String, Vec<&Arc<QueryOperation>>) = match operation {
        QueryOperation::Source { table } => (format!("Source {}", table.identifier.object), Vec::new()),
        QueryOperation::Values { rows, .. } => {
            let rows: Vec<String> = rows
                .iter()
                .map(|row| {
                    let values: Vec<String> = row.iter().map(ToString::to_string).collect();
                    format!("({})", values.join(", "))
                })
                .collect();
            (format!("Values {}", rows.join(", ")), Vec::new())
        }
        QueryOperation::Project { input, projections } => {
            (format!("Project {}", named(projections)), vec![input])
        }
        QueryOperation::Filter { input, condition } => (format!("Filter {condition}"), vec![input]),
        QueryOperation::Aggregate {
            input,
            groupings,
            aggregates,
            ..
        } => {
            let calls: Vec<String> = aggregates
                .iter()
                .map(|call| {
                    let arguments: Vec<String> = call.arguments.iter().map(ToString::to_string).collect();
                    let distinct = if call.distinct { "distinct " } else { "" };
                    let filter = call
                        .filter
                        .as_ref()
                        .map_or_else(String::new, |filter| format!(" where {filter}"));
                    format!(
                        "{}({distinct}{}){filter} AS {}",
                        call.function.name,
                        arguments.join(", "),
                        call.name
                    )
                })
                .collect();
            (
                format!("Aggregate by [{}] {}", named(groupings), calls.join(", ")),
                vec![input],
            )
        }
        QueryOperation::UnionAll { inputs, .. } => ("UnionAll".to_owned(), inputs.iter().collect()),
        other => (format!("{other:?}"), Vec::new()),
    };
    lines.push(format!("{}{}", "  ".repeat(depth), line.trim_end()));
    for input in inputs {
        print(input, depth + 1, lines);
    }
}

/// The columns of a query with their types.
fn columns(sql: &str, catalogs: &CatalogManager) -> String {
    match plan(sql, catalogs) {
        Ok(operation) => operation
            .schema()
            .columns
            .iter()
            .map(|column| format!("{} {}", column.name, column.column_type))
            .collect::<Vec<_>>()
            .join(", "),
        Err(error) => error.to_string(),
    }
}

/// The message of an error with its class and hint.
fn message<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result {
        Ok(value) => format!("no error: {value:?}"),
        Err(error) => {
            let class = error.java_class();
            let class = class.rsplit('.').next().unwrap_or_default();
            format!("{class}: {error}")
        }
    }
}

/// The rows of an answer, values joined by commas.
fn rows(answer: &Answer) -> Vec<String> {
    answer
        .rows
        .iter()
        .map(|row| {
            row.iter()
                .map(|value| match value {
                    LiteralValue::String(text) => text.clone(),
                    LiteralValue::Null => "NULL".to_owned(),
                    other => format!("{other:?}"),
                })
                .collect::<Vec<_>>()
                .join(", ")
        })
        .collect()
}
