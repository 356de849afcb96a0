//! `Table`: a query that can be taken further.

use std::sync::{Arc, OnceLock};

use nutkin_plan::PlanError;
use nutkin_plan::expression::Expression;
use nutkin_plan::operation::{JoinKind, OperationBuilder, QueryOperation, SetKind};

use super::group_window::GroupWindowObject;
use super::grouped_table::GroupedTable;
use super::names::{
    GROUP_WINDOW, GROUP_WINDOWED_TABLE, GROUPED_TABLE, OVER_WINDOW, OVER_WINDOWED_TABLE, RESOLVED_SCHEMA,
    TABLE, TABLE_PIPELINE, TABLE_RESULT,
};
use super::operand::{EXPRESSION, condition, condition_at, fields, operand};
use super::over_window::OverWindowObject;
use super::resolved_schema::ResolvedSchema;
use super::table_pipeline::TablePipeline;
use super::windowed_tables::{GroupWindowedTable, OverWindowedTable};
use crate::environment::{TableEnvironment, explain_details};
use crate::model::{Handler, Invocation, JavaClass, JavaObject, Parameter, ParameterType, Returned};
use crate::{GatewayError, Result};

const NO_TEMPORAL: &str = "join FOR SYSTEM_TIME AS OF in sqlQuery(...)";
const NO_TABLE_FUNCTION: &str =
    "return an ARRAY from a scalar function and spread it by CROSS JOIN UNNEST in sqlQuery(...)";
const NO_AGGREGATE_FUNCTION: &str = "use select(...) with the built-in aggregate functions";

/// A query with the environment that it belongs to.
pub(crate) struct Table {
    pub(crate) environment: Arc<TableEnvironment>,
    pub(crate) operation: Arc<QueryOperation>,
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
    refusals(execution(windows(order(pairs(columns(class))))))
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
            "map",
            &[Parameter::one("mapFunction", EXPRESSION)],
            TABLE,
            |call| {
                let function = operand(call, 0)?;
                next(call, |builder, input| builder.map(input, &function))
            },
        )
        .method(
            "map",
            &[Parameter::one("mapFunction", ParameterType::String)],
            TABLE,
            |call| {
                let function = condition(call)?;
                next(call, |builder, input| builder.map(input, &function))
            },
        )
}

/// What takes a second table.
fn pairs(class: JavaClass) -> JavaClass {
    let right = Parameter::one("right", ParameterType::Object(TABLE));
    let expression = Parameter::one("joinPredicate", EXPRESSION);
    let string = Parameter::one("joinPredicate", ParameterType::String);
    let class = ["join", "leftOuterJoin"]
        .into_iter()
        .fold(class, |class, name| class.method(name, &[right], TABLE, join));
    let class = JOINS.iter().fold(class, |class, (name, _)| {
        class
            .method(name, &[right, string], TABLE, join)
            .method(name, &[right, expression], TABLE, join)
    });
    SETS.iter().fold(class, |class, (name, ..)| {
        class.method(name, &[right], TABLE, set_operation)
    })
}

/// The joins and which rows they keep.
const JOINS: [(&str, JoinKind); 4] = [
    ("join", JoinKind::Inner),
    ("leftOuterJoin", JoinKind::LeftOuter),
    ("rightOuterJoin", JoinKind::RightOuter),
    ("fullOuterJoin", JoinKind::FullOuter),
];

/// The set operations, and whether a row is kept as often as it occurs.
const SETS: [(&str, SetKind, bool); 6] = [
    ("union", SetKind::Union, false),
    ("unionAll", SetKind::Union, true),
    ("intersect", SetKind::Intersect, false),
    ("intersectAll", SetKind::Intersect, true),
    ("minus", SetKind::Minus, false),
    ("minusAll", SetKind::Minus, true),
];

fn join(call: &mut Invocation<'_>) -> Result<Returned> {
    let right = other_table(call, "Only tables from the same TableEnvironment can be joined.")?;
    let predicate = match call.argument_count() {
        1 => None,
        _ => Some(condition_at(call, 1)?),
    };
    let name = call.method.name;
    let kind = JOINS.iter().find(|(known, _)| *known == name);
    let kind = kind.map_or(JoinKind::Inner, |(_, kind)| *kind);
    next(call, |builder, input| {
        builder.join(input, &right.operation, kind, predicate.as_ref())
    })
}

fn set_operation(call: &mut Invocation<'_>) -> Result<Returned> {
    let name = call.method.name;
    let Some((_, kind, all)) = SETS.iter().find(|(known, ..)| *known == name) else {
        return Err(GatewayError::Internal {
            message: format!("there is no set operation behind {name}"),
        });
    };
    let verb = match kind {
        SetKind::Union => "unioned",
        SetKind::Intersect => "intersected",
        SetKind::Minus => "subtracted",
    };
    let right = other_table(
        call,
        &format!("Only tables from the same TableEnvironment can be {verb}."),
    )?;
    next(call, |builder, input| {
        builder.set_operation(input, &right.operation, *kind, *all)
    })
}

/// The second table, which has to be of the same environment.
fn other_table(call: &Invocation<'_>, otherwise: &str) -> Result<Arc<Table>> {
    let right: Arc<Table> = call.object(0)?;
    let left: Arc<Table> = call.receiver()?;
    if Arc::ptr_eq(&left.environment, &right.environment) {
        return Ok(right);
    }
    Err(PlanError::validation(otherwise).into())
}

/// Order and limits.
fn order(class: JavaClass) -> JavaClass {
    let count = |name| Parameter::one(name, ParameterType::Long);
    let class = with_fields(class, "orderBy", TABLE, |call| {
        from_fields(call, |builder, input, fields| builder.order_by(input, fields))
    });
    class
        .method("offset", &[count("offset")], TABLE, |call| {
            let offset = call.long(0)?;
            next(call, |builder, input| builder.offset(input, offset))
        })
        .method("fetch", &[count("fetch")], TABLE, fetch)
        .method("limit", &[count("fetch")], TABLE, fetch)
        .method("limit", &[count("offset"), count("fetch")], TABLE, |call| {
            let (offset, fetch) = (call.long(0)?, call.long(1)?);
            next(call, |builder, input| {
                builder.fetch(&builder.offset(input, offset)?, fetch)
            })
        })
}

fn fetch(call: &mut Invocation<'_>) -> Result<Returned> {
    let fetch = call.long(0)?;
    next(call, |builder, input| builder.fetch(input, fetch))
}

/// Windows of groups, and windows of calls.
fn windows(class: JavaClass) -> JavaClass {
    class
        .method(
            "window",
            &[Parameter::one("groupWindow", ParameterType::Object(GROUP_WINDOW))],
            GROUP_WINDOWED_TABLE,
            |call| {
                let window: Arc<GroupWindowObject> = call.object(0)?;
                Ok(Returned::object(GroupWindowedTable {
                    table: call.receiver()?,
                    window: window.window.clone(),
                }))
            },
        )
        .method(
            "window",
            &[Parameter::many("overWindows", ParameterType::Object(OVER_WINDOW))],
            OVER_WINDOWED_TABLE,
            |call| {
                if call.argument_count() != 1 {
                    return Err(PlanError::Table {
                        message: "Currently, only a single over window is supported.".to_owned(),
                        hint: None,
                    }
                    .into());
                }
                let window: Arc<OverWindowObject> = call.object(0)?;
                Ok(Returned::object(OverWindowedTable {
                    table: call.receiver()?,
                    window: window.0.clone(),
                }))
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
        .method("insertInto", &[path], TABLE_PIPELINE, insert_into)
        .method("insertInto", &[path, overwrite], TABLE_PIPELINE, |call| {
            refuse_overwrite(call.boolean(1)?)?;
            insert_into(call)
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
        ("joinLateral", NO_TABLE_FUNCTION),
        ("leftOuterJoinLateral", NO_TABLE_FUNCTION),
        ("createTemporalTableFunction", NO_TEMPORAL),
        ("flatMap", NO_TABLE_FUNCTION),
        ("aggregate", NO_AGGREGATE_FUNCTION),
        ("flatAggregate", NO_AGGREGATE_FUNCTION),
        ("toChangelog", "collect() and upsert sinks give the changes"),
        ("fromChangelog", "read the changes through a connector"),
        (
            "partitionBy",
            "group rows by groupBy(...), or use PARTITION BY in sqlQuery(...)",
        ),
        ("asArgument", "use the table itself in sqlQuery(...)"),
        ("process", "use a scalar function in select(...)"),
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
    pub(crate) fn new(environment: Arc<TableEnvironment>, operation: Arc<QueryOperation>) -> Self {
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

/// Before 1.14 the insert waits for `TableEnvironment.execute`; since then the pipeline is run by itself. It
/// waits until it is known which.
fn insert_into(call: &mut Invocation<'_>) -> Result<Returned> {
    let table: Arc<Table> = call.receiver()?;
    let sink = table.environment.insert(call.string(0)?, &table.operation)?;
    table.environment.buffer(sink.clone());
    Ok(Returned::object(TablePipeline {
        environment: Arc::clone(&table.environment),
        sink,
    }))
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
