//! `GroupWindowedTable`, `WindowGroupedTable` and `OverWindowedTable`: tables with windows, of which groups or
//! rows can be selected.

use std::sync::Arc;

use nutkin_plan::PlanError;
use nutkin_plan::expression::Expression;
use nutkin_plan::operation::{GroupWindow, OverWindow};

use super::names::{GROUP_WINDOWED_TABLE, OVER_WINDOWED_TABLE, TABLE, WINDOW_GROUPED_TABLE};
use super::operand::{EXPRESSION, fields};
use super::table::Table;
use crate::Result;
use crate::model::{Handler, Invocation, JavaClass, JavaObject, Parameter, ParameterType, Returned};

const NO_AGGREGATE: &str = "use select(...) with the built-in aggregate functions";

/// A table with a window, before its groups are said.
pub(super) struct GroupWindowedTable {
    pub(super) table: Arc<Table>,
    pub(super) window: GroupWindow,
}

impl JavaObject for GroupWindowedTable {
    fn class_name(&self) -> &'static str {
        GROUP_WINDOWED_TABLE
    }
}

/// A table grouped by a window and maybe columns.
struct WindowGroupedTable {
    table: Arc<Table>,
    window: GroupWindow,
    groupings: Vec<Expression>,
}

impl JavaObject for WindowGroupedTable {
    fn class_name(&self) -> &'static str {
        WINDOW_GROUPED_TABLE
    }
}

/// A table with a window for calls.
pub(super) struct OverWindowedTable {
    pub(super) table: Arc<Table>,
    pub(super) window: OverWindow,
}

impl JavaObject for OverWindowedTable {
    fn class_name(&self) -> &'static str {
        OVER_WINDOWED_TABLE
    }
}

pub(super) fn classes() -> Vec<JavaClass> {
    let windowed = JavaClass::new(GROUP_WINDOWED_TABLE, "A table with a window to group by.");
    let grouped = JavaClass::new(WINDOW_GROUPED_TABLE, "A table with its rows grouped by a window.");
    let over = JavaClass::new(OVER_WINDOWED_TABLE, "A table with a window for calls.");
    vec![
        with_fields(windowed, "groupBy", WINDOW_GROUPED_TABLE, group_by),
        with_fields(grouped, "select", TABLE, select_grouped)
            .refused("aggregate", NO_AGGREGATE)
            .refused("flatAggregate", NO_AGGREGATE),
        with_fields(over, "select", TABLE, select_over),
    ]
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

/// Exactly one of the fields has to be the window.
fn group_by(call: &mut Invocation<'_>) -> Result<Returned> {
    let windowed: Arc<GroupWindowedTable> = call.receiver()?;
    let fields = fields(call)?;
    let count = fields.len();
    let groupings: Vec<Expression> = fields
        .into_iter()
        .filter(|field| !matches!(field, Expression::Reference(name) if *name == windowed.window.alias))
        .collect();
    if groupings.len() + 1 != count {
        let message = "GroupBy must contain exactly one window alias.";
        return Err(PlanError::validation(message).into());
    }
    Ok(Returned::object(WindowGroupedTable {
        table: Arc::clone(&windowed.table),
        window: windowed.window.clone(),
        groupings,
    }))
}

fn select_grouped(call: &mut Invocation<'_>) -> Result<Returned> {
    let grouped: Arc<WindowGroupedTable> = call.receiver()?;
    let fields = fields(call)?;
    let table = &grouped.table;
    table.taken_further(|builder| {
        builder.select_windowed(&table.operation, &grouped.window, &grouped.groupings, &fields)
    })
}

fn select_over(call: &mut Invocation<'_>) -> Result<Returned> {
    let windowed: Arc<OverWindowedTable> = call.receiver()?;
    let fields = fields(call)?;
    let table = &windowed.table;
    table.taken_further(|builder| {
        builder.select_over(&table.operation, std::slice::from_ref(&windowed.window), &fields)
    })
}
