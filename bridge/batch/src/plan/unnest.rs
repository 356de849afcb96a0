//! `UNNEST`: a row for each element of a collection.

use datafusion::common::{Column, NullHandling, UnnestOptions};
use datafusion::functions::core::get_field;
use datafusion::logical_expr::{Expr, LogicalPlanBuilder, lit};
use nutkin_engine::Result;
use nutkin_plan::PlanError;
use nutkin_plan::expression::ResolvedExpression;
use nutkin_plan::operation::{Correlate, JoinKind};
use nutkin_plan::types::TypeKind;

use super::{Planner, Relation};
use crate::error::planning;
use crate::expression::Collection;

impl Planner<'_> {
    /// The input's columns, those of the elements, and maybe their numbers.
    pub(super) fn unnest(
        &mut self,
        correlate: &Correlate,
        collection: &ResolvedExpression,
        with_ordinality: bool,
    ) -> Result<Relation> {
        let outer = correlate.kind == JoinKind::LeftOuter;
        if outer && correlate.condition.is_some() {
            return Err(PlanError::unsupported(
                "LEFT JOIN UNNEST with a condition",
                "use ON TRUE, and put the condition into a WHERE clause",
            )
            .into());
        }
        let input = self.relation(&correlate.input)?;
        let left_columns = input.columns.clone();
        let collection_type = collection.data_type();
        let value = self.expression(collection, &input.columns)?;
        let (list, fields) = match &collection_type.kind {
            TypeKind::Map(..) => (
                Collection::entries(value, &collection_type.to_arrow()),
                vec!["key".to_owned(), "value".to_owned()],
            ),
            TypeKind::Multiset(element) => (
                Collection::copies(value, element.to_arrow()),
                row_fields(&element.kind),
            ),
            TypeKind::Array(element) => (value, row_fields(&element.kind)),
            _ => {
                return Err(PlanError::validation(format!(
                    "UNNEST takes an ARRAY, MAP or MULTISET, but not {}.",
                    collection_type.as_summary_string()
                ))
                .into());
            }
        };
        // The list gets a column of its own even if it is one: unnesting takes its place.
        let element = Column::new_unqualified(self.names.fresh("element"));
        let mut unnested = vec![element.clone()];
        let mut outputs: Vec<Expr> = input
            .plan
            .schema()
            .columns()
            .into_iter()
            .map(Expr::Column)
            .collect();
        outputs.push(list.clone().alias(&element.name));
        if with_ordinality {
            let ordinal = Column::new_unqualified(self.names.fresh("ordinality"));
            outputs.push(Collection::ordinals(list).alias(&ordinal.name));
            unnested.push(ordinal);
        }
        let handling = if outer {
            NullHandling::PreserveAndExpandEmpty
        } else {
            NullHandling::Drop
        };
        let plan = LogicalPlanBuilder::from(input.plan)
            .project(outputs)
            .and_then(|builder| {
                builder.unnest_columns_with_options(
                    unnested.clone(),
                    UnnestOptions::new().with_null_handling(handling),
                )
            })
            .and_then(LogicalPlanBuilder::build)
            .map_err(planning)?;
        let rows = Relation {
            plan,
            columns: left_columns.clone(),
        };
        let mut values: Vec<(Expr, String)> = if fields.is_empty() {
            vec![(Expr::Column(element), "element".to_owned())]
        } else {
            fields
                .into_iter()
                .map(|field| {
                    let value = get_field().call(vec![Expr::Column(element.clone()), lit(field.clone())]);
                    (value, field)
                })
                .collect()
        };
        if let Some(ordinal) = unnested.get(1) {
            values.push((Expr::Column(ordinal.clone()), "ordinality".to_owned()));
        }
        let (plan, added) = rows.with_columns(values, &mut self.names)?;
        let joined = Relation {
            plan,
            columns: left_columns.into_iter().chain(added).collect(),
        };
        match &correlate.condition {
            Some(condition) => self.filtered(joined, condition),
            None => Ok(joined),
        }
    }
}

/// The fields of a row; none of any other type.
fn row_fields(kind: &TypeKind) -> Vec<String> {
    match kind {
        TypeKind::Row(fields) => fields.iter().map(|field| field.name.clone()).collect(),
        _ => Vec::new(),
    }
}
