//! Statements against their meaning, and errors by value.

mod batch_queries;
mod constructs;
mod ddl;
mod differential;
mod fault;
mod query;
mod refused;
mod relations;
mod script;
mod tpch;
mod tree_text;

use std::sync::Arc;

use super::{Answer, PlanContext, Statement, parse_statements, plan_query};
use crate::catalog::CatalogManager;
use crate::expression::{LiteralValue, ResolvedExpression, SubqueryKind};
use crate::function::{PythonFunction, PythonFunctionKind};
use crate::operation::{AggregateCall, CorrelateSource, QueryOperation, SortKey};
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
            grouping_sets,
            aggregates,
        } => {
            let sets = match grouping_sets.as_slice() {
                [] => String::new(),
                sets => format!("sets {sets:?} "),
            };
            (
                format!("Aggregate by [{}] {sets}{}", named(groupings), calls(aggregates)),
                vec![input],
            )
        }
        QueryOperation::UnionAll { inputs, .. } => ("UnionAll".to_owned(), inputs.iter().collect()),
        other => other_operation(other),
    };
    lines.push(format!("{}{}", "  ".repeat(depth), line.trim_end()));
    for input in inputs {
        print(input, depth + 1, lines);
    }
    // Queries inside the condition of a filter, below what they are about.
    if let QueryOperation::Filter { condition, .. } = operation {
        print_subqueries(condition, depth + 1, lines);
    }
}

fn print_subqueries(expression: &ResolvedExpression, depth: usize, lines: &mut Vec<String>) {
    match expression {
        ResolvedExpression::Call { arguments, .. } => {
            for argument in arguments {
                print_subqueries(argument, depth, lines);
            }
        }
        ResolvedExpression::Subquery(subquery) => {
            let kind = match subquery.kind {
                SubqueryKind::Scalar => "Scalar",
                SubqueryKind::In { .. } => "In",
                SubqueryKind::Exists { .. } => "Exists",
            };
            lines.push(format!("{}{kind}", "  ".repeat(depth)));
            print(&subquery.operation, depth + 1, lines);
        }
        _ => {}
    }
}

fn list<T: ToString>(parts: &[T]) -> String {
    parts
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

fn calls(aggregates: &[AggregateCall]) -> String {
    let calls: Vec<String> = aggregates
        .iter()
        .map(|call| {
            let distinct = if call.distinct { "distinct " } else { "" };
            let filter = call
                .filter
                .as_ref()
                .map_or_else(String::new, |filter| format!(" where {filter}"));
            let arguments = list(&call.arguments);
            format!(
                "{}({distinct}{arguments}){filter} AS {}",
                call.function.name, call.name
            )
        })
        .collect();
    calls.join(", ")
}

fn sort_keys(keys: &[SortKey]) -> String {
    let keys: Vec<String> = keys
        .iter()
        .map(|key| {
            let direction = if key.ascending { "ASC" } else { "DESC" };
            let nulls = if key.nulls_first { "FIRST" } else { "LAST" };
            format!("{} {direction} NULLS {nulls}", key.expression)
        })
        .collect();
    keys.join(", ")
}

/// The line and the inputs of operations of several relations, sorting and windows.
fn other_operation(operation: &QueryOperation) -> (String, Vec<&Arc<QueryOperation>>) {
    let condition = |condition: &Option<ResolvedExpression>| {
        condition
            .as_ref()
            .map_or_else(String::new, |condition| format!(" {condition}"))
    };
    match operation {
        QueryOperation::Join(join) => {
            let as_of = join
                .as_of
                .as_ref()
                .map_or_else(String::new, |time| format!(" as of {time}"));
            (
                format!("Join {:?}{}{as_of}", join.kind, condition(&join.condition)),
                vec![&join.left, &join.right],
            )
        }
        QueryOperation::Correlate(correlate) => {
            let line = format!(
                "Correlate {:?}{}",
                correlate.kind,
                condition(&correlate.condition)
            );
            match &correlate.right {
                CorrelateSource::Query(query) => (format!("{line} Query"), vec![&correlate.input, query]),
                CorrelateSource::Unnest {
                    collection,
                    with_ordinality,
                } => {
                    let ordinality = if *with_ordinality { " ordinality" } else { "" };
                    (
                        format!("{line} Unnest {collection}{ordinality}"),
                        vec![&correlate.input],
                    )
                }
                CorrelateSource::Function { arguments, .. } => (
                    format!("{line} Function {}", list(arguments)),
                    vec![&correlate.input],
                ),
            }
        }
        QueryOperation::SetOperation {
            kind,
            all,
            left,
            right,
            ..
        } => {
            let all = if *all { " all" } else { "" };
            (format!("SetOperation {kind:?}{all}"), vec![left, right])
        }
        QueryOperation::Sort {
            input,
            keys,
            offset,
            fetch,
        } => {
            let offset = if *offset > 0 {
                format!(" offset {offset}")
            } else {
                String::new()
            };
            let fetch = fetch.map_or_else(String::new, |fetch| format!(" fetch {fetch}"));
            (format!("Sort {}{offset}{fetch}", sort_keys(keys)), vec![input])
        }
        QueryOperation::Over { input, calls, .. } => {
            let calls: Vec<String> = calls
                .iter()
                .map(|call| {
                    format!(
                        "{}({}) by [{}] order [{}] {:?} {:?} {:?} AS {}",
                        call.function.name,
                        list(&call.arguments),
                        list(&call.partition_by),
                        sort_keys(&call.order_by),
                        call.frame.units,
                        call.frame.start,
                        call.frame.end,
                        call.name
                    )
                })
                .collect();
            (format!("Over {}", calls.join(", ")), vec![input])
        }
        QueryOperation::WindowTableFunction(function) => (
            format!(
                "WindowTableFunction {:?} time {}",
                function.window, function.time_column
            ),
            vec![&function.input],
        ),
        QueryOperation::WindowAggregate(aggregate) => {
            let keys: Vec<&str> = aggregate.groupings.iter().map(|key| key.name.as_str()).collect();
            let properties: Vec<&str> = aggregate
                .properties
                .iter()
                .map(|(name, _)| name.as_str())
                .collect();
            (
                format!(
                    "WindowAggregate {:?} time {} by [{}] {} {}",
                    aggregate.window,
                    aggregate.time,
                    keys.join(", "),
                    calls(&aggregate.aggregates),
                    properties.join(", ")
                ),
                vec![&aggregate.input],
            )
        }
        other => (format!("{other:?}"), Vec::new()),
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
