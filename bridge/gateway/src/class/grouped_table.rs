//! `GroupedTable`: a table with its rows grouped, of which groups can be selected.

use std::sync::Arc;

use nutkin_plan::expression::Expression;

use super::names::{GROUPED_TABLE, TABLE};
use super::operand::{EXPRESSION, fields};
use super::table::Table;
use crate::Result;
use crate::model::{Invocation, JavaClass, JavaObject, Parameter, ParameterType, Returned};

const NO_AGGREGATE: &str = "use select(...) with the built-in aggregate functions";

/// A table and what it is grouped by.
pub(super) struct GroupedTable {
    pub(super) table: Arc<Table>,
    pub(super) groupings: Vec<Expression>,
}

impl JavaObject for GroupedTable {
    fn class_name(&self) -> &'static str {
        GROUPED_TABLE
    }
}

pub(super) fn class() -> JavaClass {
    JavaClass::new(GROUPED_TABLE, "A table with its rows grouped.")
        .method(
            "select",
            &[Parameter::one("fields", ParameterType::String)],
            TABLE,
            select,
        )
        .method("select", &[Parameter::many("fields", EXPRESSION)], TABLE, select)
        .refused("aggregate", NO_AGGREGATE)
        .refused("flatAggregate", NO_AGGREGATE)
}

fn select(call: &mut Invocation<'_>) -> Result<Returned> {
    let grouped: Arc<GroupedTable> = call.receiver()?;
    let fields = fields(call)?;
    let table = &grouped.table;
    table.taken_further(|builder| builder.select_grouped(&table.operation, &grouped.groupings, &fields))
}
