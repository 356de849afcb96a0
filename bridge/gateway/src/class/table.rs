//! `Table`: a query that can be taken further.

use std::sync::{Arc, OnceLock};

use nutkin_plan::PlanError;
use nutkin_plan::expression::Expression;
use nutkin_plan::operation::{OperationBuilder, QueryOperation};

use super::grouped_table::GroupedTable;
use super::names::{GROUPED_TABLE, RESOLVED_SCHEMA, TABLE, TABLE_RESULT};
use super::operand::{EXPRESSION, condition, fields};
use super::resolved_schema::ResolvedSchema;
use crate::Result;
use crate::environment::{TableEnvironment, explain_details};
use crate::model::{Handler, Invocation, JavaClass, JavaObject, Parameter, ParameterType, Returned};

const NO_JOIN: &str =
    "look values up in a Python function, or write the joined rows from two queries by unionAll(...)";
const NO_WINDOW: &str =
    "group by columns and aggregate functions work; compute a column for the window and group by it";
const NO_ORDER: &str =
    "sort in the database that the rows are written to, or in the program that collects them";
const NO_SET: &str = "use unionAll(...) and distinct()";
const NO_ROW_FUNCTION: &str = "use select(...) with a scalar Python function";

/// A query with the environment that it belongs to.
pub(super) struct Table {
    pub(super) environment: Arc<TableEnvironment>,
    pub(super) operation: Arc<QueryOperation>,
    /// The name by which strings refer to the table, once it was asked for.
    name: OnceLock<String>,
}

impl JavaObject for Table {
    fn class_name(&self) -> &'static str {
        TABLE
    }
}

pub(super) fn class() -> JavaClass {
    let class = JavaClass::new(TABLE, "A query: where rows come from and what is done to them.");
    refusals(execution(columns(class)))
}

/// A method that takes expressions, or one string of them.
fn with_fields(class: JavaClass, name: &'static str, result: &'static str, handler: Handler) -> JavaClass {
    class
        .method(
            name,
            &[Parameter::one("fields", ParameterType::String)],
            result,
            handler,
        )
        .method(name, &[Parameter::many("fields", EXPRESSION)], result, handler)
}

fn columns(class: JavaClass) -> JavaClass {
    let predicate = |parameter_type| [Parameter::one("predicate", parameter_type)];
    let class = with_fields(class, "select", TABLE, |call| {
        from_fields(call, |builder, input, fields| builder.select(input, fields))
    });
    let class = with_fields(class, "addColumns", TABLE, |call| {
        from_fields(call, |builder, input, fields| builder.add_columns(input, fields))
    });
    let class = with_fields(class, "addOrReplaceColumns", TABLE, |call| {
        from_fields(call, |builder, input, fields| {
            builder.add_or_replace_columns(input, fields)
        })
    });
    let class = with_fields(class, "renameColumns", TABLE, |call| {
        from_fields(call, |builder, input, fields| {
            builder.rename_columns(input, fields)
        })
    });
    let class = with_fields(class, "dropColumns", TABLE, |call| {
        from_fields(call, |builder, input, fields| builder.drop_columns(input, fields))
    });
    let class = with_fields(class, "groupBy", GROUPED_TABLE, |call| {
        Ok(Returned::object(GroupedTable {
            table: call.receiver()?,
            groupings: fields(call)?,
        }))
    });
    class
        .method("filter", &predicate(ParameterType::String), TABLE, filter)
        .method("filter", &predicate(EXPRESSION), TABLE, filter)
        .method("where", &predicate(ParameterType::String), TABLE, filter)
        .method("where", &predicate(EXPRESSION), TABLE, filter)
        .method(
            "as",
            &[Parameter::many("names", ParameterType::String)],
            TABLE,
            |call| {
                let names: Vec<Expression> =
                    call.strings(0)?.into_iter().map(Expression::Reference).collect();
                next(call, |builder, input| builder.alias(input, &names))
            },
        )
        .method("as", &[Parameter::many("names", EXPRESSION)], TABLE, |call| {
            from_fields(call, |builder, input, names| builder.alias(input, names))
        })
        .method("distinct", &[], TABLE, |call| {
            next(call, |builder, input| Ok(builder.distinct(input)))
        })
        .method(
            "unionAll",
            &[Parameter::one("right", ParameterType::Object(TABLE))],
            TABLE,
            |call| {
                let right: Arc<Table> = call.object(0)?;
                let left: Arc<Table> = call.receiver()?;
                if !Arc::ptr_eq(&left.environment, &right.environment) {
                    let message = "Only tables from the same TableEnvironment can be unioned.";
                    return Err(PlanError::validation(message).into());
                }
                next(call, |builder, input| builder.union_all(input, &right.operation))
            },
        )
}

fn execution(class: JavaClass) -> JavaClass {
    let path = Parameter::one("path", ParameterType::String);
    let overwrite = Parameter::one("overwrite", ParameterType::Boolean);
    class
        .method("execute", &[], TABLE_RESULT, |call| {
            let table: Arc<Table> = call.receiver()?;
            let result = table.environment.execute_query(call.session, &table.operation)?;
            Ok(Returned::object(result))
        })
        .method("executeInsert", &[path], TABLE_RESULT, execute_insert)
        .method("executeInsert", &[path, overwrite], TABLE_RESULT, |call| {
            refuse_overwrite(call.boolean(1)?)?;
            execute_insert(call)
        })
        .method("insertInto", &[path], "void", |call| {
            let table: Arc<Table> = call.receiver()?;
            let sink = table.environment.insert(call.string(0)?, &table.operation)?;
            table.environment.buffer(sink);
            Ok(Returned::NULL)
        })
        .method(
            "explain",
            &[Parameter::many("details", ParameterType::String)],
            "String",
            |call| {
                let table: Arc<Table> = call.receiver()?;
                let details = explain_details(&call.strings(0)?)?;
                Ok(table.environment.explain_query(&table.operation, details)?.into())
            },
        )
        .method("toString", &[], "String", |call| {
            let table: Arc<Table> = call.receiver()?;
            Ok(table.name()?.into())
        })
        .method("getResolvedSchema", &[], RESOLVED_SCHEMA, schema)
        .method("getSchema", &[], RESOLVED_SCHEMA, schema)
}

fn refusals(class: JavaClass) -> JavaClass {
    [
        ("join", NO_JOIN),
        ("leftOuterJoin", NO_JOIN),
        ("rightOuterJoin", NO_JOIN),
        ("fullOuterJoin", NO_JOIN),
        ("joinLateral", NO_JOIN),
        ("leftOuterJoinLateral", NO_JOIN),
        ("createTemporalTableFunction", NO_JOIN),
        ("window", NO_WINDOW),
        ("orderBy", NO_ORDER),
        ("fetch", NO_ORDER),
        ("offset", NO_ORDER),
        ("limit", NO_ORDER),
        ("union", NO_SET),
        ("minus", NO_SET),
        ("minusAll", NO_SET),
        ("intersect", NO_SET),
        ("intersectAll", NO_SET),
        ("map", NO_ROW_FUNCTION),
        ("flatMap", NO_ROW_FUNCTION),
        ("aggregate", NO_ROW_FUNCTION),
        ("flatAggregate", NO_ROW_FUNCTION),
        ("toChangelog", "collect() and upsert sinks give the changes"),
        ("fromChangelog", "read the changes through a connector"),
        ("printSchema", "print what getResolvedSchema().toString() returns"),
        ("printExplain", "print what explain() returns"),
    ]
    .into_iter()
    .fold(class, |class, (name, hint)| class.refused(name, hint))
}

/// The table that an operation on this one makes.
pub(super) fn next(
    call: &Invocation<'_>,
    work: impl FnOnce(&OperationBuilder<'_>, &Arc<QueryOperation>) -> nutkin_plan::Result<Arc<QueryOperation>>,
) -> Result<Returned> {
    let table: Arc<Table> = call.receiver()?;
    table.taken_further(|builder| work(builder, &table.operation))
}

impl Table {
    /// A table of an environment.
    pub(super) fn new(environment: Arc<TableEnvironment>, operation: Arc<QueryOperation>) -> Self {
        Self {
            environment,
            operation,
            name: OnceLock::new(),
        }
    }

    /// The name of a temporary view of the table, which is made when it is asked for first.
    pub(super) fn name(&self) -> Result<&str> {
        if let Some(name) = self.name.get() {
            return Ok(name);
        }
        let name = self.environment.create_unnamed_view(&self.operation)?;
        Ok(self.name.get_or_init(|| name))
    }

    pub(super) fn taken_further(
        &self,
        work: impl FnOnce(&OperationBuilder<'_>) -> nutkin_plan::Result<Arc<QueryOperation>>,
    ) -> Result<Returned> {
        let operation = self.environment.build(work)?;
        Ok(Returned::object(Self::new(
            Arc::clone(&self.environment),
            operation,
        )))
    }
}

fn from_fields(
    call: &Invocation<'_>,
    work: impl FnOnce(
        &OperationBuilder<'_>,
        &Arc<QueryOperation>,
        &[Expression],
    ) -> nutkin_plan::Result<Arc<QueryOperation>>,
) -> Result<Returned> {
    let fields = fields(call)?;
    next(call, |builder, input| work(builder, input, &fields))
}

fn filter(call: &mut Invocation<'_>) -> Result<Returned> {
    let condition = condition(call)?;
    next(call, |builder, input| builder.filter(input, &condition))
}

fn execute_insert(call: &mut Invocation<'_>) -> Result<Returned> {
    let table: Arc<Table> = call.receiver()?;
    let sink = table.environment.insert(call.string(0)?, &table.operation)?;
    Ok(Returned::object(
        table.environment.execute_inserts(call.session, &[sink])?,
    ))
}

/// No sink replaces what was in its table before.
pub(super) fn refuse_overwrite(overwrite: bool) -> Result<()> {
    if overwrite {
        let hint = "delete the old rows or files before the job starts";
        return Err(PlanError::unsupported("INSERT OVERWRITE", hint).into());
    }
    Ok(())
}

fn schema(call: &mut Invocation<'_>) -> Result<Returned> {
    let table: Arc<Table> = call.receiver()?;
    Ok(Returned::object(ResolvedSchema(table.operation.schema())))
}
