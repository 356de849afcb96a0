//! `Table` as Java has it.

use std::io::Write as _;

use super::super::class::Class;
use super::super::value::JavaValue;
use super::environment::without_format;
use super::schema::TableSchema;
use crate::class::Table;

pub(super) fn classes() -> Vec<Class> {
    const EXPLAIN: &str = "String explain(org.apache.flink.table.api.ExplainFormat, org.apache.flink.table.api.ExplainDetail[])";
    vec![
        Class::new("org.apache.flink.table.api.Table")
            .method("Object getSchema()", |call| {
                Ok(TableSchema::of(&call.this::<Table>()?.operation.schema()))
            })
            .method("Object getTableEnvironment()", |call| {
                Ok(JavaValue::object(EnvironmentOfTable(std::sync::Arc::clone(
                    &call.this::<Table>()?.environment,
                ))))
            })
            .method("void printSchema()", |call| {
                let schema = TableSchema::of(&call.this::<Table>()?.operation.schema());
                // A closed output is no error in Java either.
                let mut out = std::io::stdout().lock();
                let _ = out.write_all(format!("{}\n", tree(&schema.to_text())).as_bytes());
                let _ = out.flush();
                Ok(JavaValue::Void)
            })
            .method(EXPLAIN, |call| without_format(call, "explain", 0)),
        Class::new("org.apache.flink.table.api.StatementSet")
            .method(EXPLAIN, |call| without_format(call, "explain", 0)),
        Class::new("org.apache.flink.table.api.TablePipeline")
            .method(EXPLAIN, |call| without_format(call, "explain", 0)),
        Class::new("nutkin.TableEnvironmentOfTable").method("Object getConfig()", |call| {
            let environment = call.this::<EnvironmentOfTable>()?;
            Ok(JavaValue::object(crate::class::TableConfig(
                std::sync::Arc::clone(&environment.0),
            )))
        }),
    ]
}

/// The environment of a table, of which clients want the configuration.
struct EnvironmentOfTable(std::sync::Arc<crate::environment::TableEnvironment>);

impl crate::model::JavaObject for EnvironmentOfTable {
    fn class_name(&self) -> &'static str {
        "nutkin.TableEnvironmentOfTable"
    }
}

/// Flink prints a resolved schema in parentheses.
fn tree(root: &str) -> String {
    let columns: Vec<String> = root
        .lines()
        .filter_map(|line| line.strip_prefix(" |-- "))
        .filter_map(|line| line.split_once(": "))
        .map(|(name, column_type)| format!("  `{name}` {column_type}"))
        .collect();
    format!("(\n{}\n)", columns.join(",\n"))
}
