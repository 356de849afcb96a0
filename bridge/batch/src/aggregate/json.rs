//! JSON_ARRAYAGG and JSON_OBJECTAGG: the values are kept, and written as JSON in the end.

use datafusion::functions::core::named_struct;
use datafusion::functions_aggregate::array_agg::array_agg_udaf;
use datafusion::logical_expr::{Expr, lit};
use nutkin_engine::Result;
use nutkin_plan::PlanError;
use nutkin_plan::expression::LiteralValue;
use nutkin_plan::function::{definitions, find_built_in};
use nutkin_plan::types::{LogicalType, TypeKind};

use super::first_last::present;
use super::of_list::OfList;
use super::{Call, Entry};

/// The functions of this family.
pub(super) const FUNCTIONS: &[Entry] = &[
    Entry {
        name: "JSON_ARRAYAGG_NULL_ON_NULL",
        plan: |call| array(call, true),
    },
    Entry {
        name: "JSON_ARRAYAGG_ABSENT_ON_NULL",
        plan: |call| array(call, false),
    },
    Entry {
        name: "JSON_OBJECTAGG_NULL_ON_NULL",
        plan: |call| object(call, true),
    },
    Entry {
        name: "JSON_OBJECTAGG_ABSENT_ON_NULL",
        plan: |call| object(call, false),
    },
];

fn array(mut call: Call<'_>, nulls: bool) -> Result<Expr> {
    let (argument, element) = call.argument()?;
    let argument = if nulls { argument } else { present(&mut call)? };
    let values = call.aggregate(array_agg_udaf(), vec![argument])?;
    let list = LogicalType::nullable(TypeKind::Array(Box::new(element)));
    written(&call, values, list, "[]")
}

fn object(mut call: Call<'_>, nulls: bool) -> Result<Expr> {
    let [(key, key_type), (value, value_type)] = call.arguments.as_slice() else {
        return Err(call.unsupported());
    };
    let (key, value) = (key.clone(), value.clone());
    let map = LogicalType::nullable(TypeKind::Map(
        Box::new(key_type.with_nullable(false)),
        Box::new(value_type.with_nullable(true)),
    ));
    let entry = named_struct().call(vec![lit("key"), key.clone(), lit("value"), value.clone()]);
    call.take_only(if nulls {
        key.is_not_null()
    } else {
        key.is_not_null().and(value.is_not_null())
    });
    let entries = call.aggregate(array_agg_udaf(), vec![entry])?;
    let entries = OfList::Map.call(vec![entries], map.to_arrow());
    written(&call, entries, map, "{}")
}

/// The JSON of a value; over no rows it is the empty one.
fn written(call: &Call<'_>, value: Expr, value_type: LogicalType, empty: &str) -> Result<Expr> {
    let Some(json_string) = find_built_in("JSON_STRING") else {
        return Err(PlanError::unsupported("JSON of aggregates", "use ARRAY_AGG or COLLECT").into());
    };
    let text = LogicalType::string();
    let json = call.apply(json_string, vec![(value, value_type)], &text)?;
    let empty = nutkin_functions::scalar(&LiteralValue::String(empty.to_owned()), &text)?;
    call.apply(
        &definitions::COALESCE,
        vec![(json, text.clone()), (Expr::Literal(empty, None), text)],
        &call.result,
    )
}
