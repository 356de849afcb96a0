//! `ORDER BY`, `LIMIT`, `OFFSET` and `FETCH FIRST`.

use std::sync::Arc;

use sqlparser::ast::{Expr, LimitClause, OrderByExpr, OrderByKind, Query, Spanned, Value};

use super::super::source::validation_error;
use super::expression::{Clause, Translator};
use super::plan::QueryPlanner;
use super::refuse::refused;
use super::scope::{Relation, Scope, field};
use crate::catalog::Schema;
use crate::error::{PlanError, Result};
use crate::expression::ResolvedExpression;
use crate::operation::{NamedExpression, QueryOperation, SortKey};

/// What is done with the rows of a query at its end.
pub(super) struct Cut<'t> {
    pub(super) order_by: &'t [OrderByExpr],
    offset: u64,
    fetch: Option<u64>,
}

impl<'t> Cut<'t> {
    /// All rows in any order.
    pub(super) fn nothing() -> Self {
        Self {
            order_by: &[],
            offset: 0,
            fetch: None,
        }
    }

    /// The clauses at the end of a query.
    pub(super) fn of(query: &'t Query) -> Result<Self> {
        let order_by = match query.order_by.as_ref().map(|order_by| &order_by.kind) {
            None => &[][..],
            Some(OrderByKind::Expressions(expressions)) => expressions,
            Some(OrderByKind::All(_)) => {
                return Err(refused(query.span(), "ORDER BY ALL", "Name the columns."));
            }
        };
        let mut cut = Self {
            order_by,
            ..Self::nothing()
        };
        match &query.limit_clause {
            None => {}
            Some(LimitClause::LimitOffset {
                limit,
                offset,
                limit_by,
            }) => {
                if let Some(by) = limit_by.first() {
                    return Err(refused(by.span(), "LIMIT BY", "Number the rows by ROW_NUMBER()."));
                }
                cut.fetch = limit.as_ref().map(count).transpose()?;
                if let Some(offset) = offset {
                    cut.offset = count(&offset.value)?;
                }
            }
            Some(LimitClause::OffsetCommaLimit { .. }) => {
                return Err(PlanError::SqlParser {
                    message: "SQL parse failed. 'LIMIT start, count' is not allowed under the current SQL \
                              conformance level"
                        .to_owned(),
                });
            }
        }
        if let Some(fetch) = &query.fetch {
            if fetch.with_ties || fetch.percent {
                return Err(refused(
                    query.span(),
                    "FETCH FIRST with PERCENT or WITH TIES",
                    "Write FETCH FIRST n ROWS ONLY.",
                ));
            }
            cut.fetch = fetch.quantity.as_ref().map(count).transpose()?.or(Some(1));
        }
        Ok(cut)
    }

    fn is_nothing(&self) -> bool {
        self.order_by.is_empty() && self.offset == 0 && self.fetch.is_none()
    }

    /// The rows sorted and cut.
    pub(super) fn apply(&self, input: Arc<QueryOperation>, keys: Vec<SortKey>) -> Arc<QueryOperation> {
        if self.is_nothing() {
            return input;
        }
        Arc::new(QueryOperation::Sort {
            input,
            keys,
            offset: self.offset,
            fetch: self.fetch,
        })
    }
}

/// A number of rows, which is a constant.
fn count(written: &Expr) -> Result<u64> {
    let number = match written {
        Expr::Value(value) => match &value.value {
            Value::Number(digits, false) => digits.parse().ok(),
            _ => None,
        },
        _ => None,
    };
    number.ok_or_else(|| {
        refused(
            written.span(),
            "a number of rows that is not a constant",
            "Write LIMIT, OFFSET and FETCH with a whole number.",
        )
    })
}

/// The position that a number in ORDER BY means, counted from 0.
pub(super) fn ordinal(written: &Expr, width: usize) -> Result<Option<usize>> {
    let Expr::Value(value) = written else {
        return Ok(None);
    };
    let Value::Number(digits, false) = &value.value else {
        return Ok(None);
    };
    let Ok(position) = digits.parse::<usize>() else {
        return Ok(None);
    };
    if position == 0 || position > width {
        return Err(validation_error(value.span, "Ordinal out of range"));
    }
    Ok(Some(position - 1))
}

/// A sort key with its direction, and NULLs where Flink puts them.
pub(super) fn sort_key(written: &OrderByExpr, expression: ResolvedExpression) -> Result<SortKey> {
    if written.with_fill.is_some() {
        return Err(refused(
            written.expr.span(),
            "WITH FILL",
            "Join with the values wanted.",
        ));
    }
    let key = SortKey::new(expression, written.options.asc.unwrap_or(true));
    Ok(SortKey {
        nulls_first: written.options.nulls_first.unwrap_or(key.nulls_first),
        ..key
    })
}

impl QueryPlanner<'_> {
    /// Sorts and cuts rows of which ORDER BY sees the output columns alone, as of a UNION.
    pub(super) fn order_output(&self, relation: Relation, cut: &Cut<'_>) -> Result<Relation> {
        let scope = Scope::new(&relation, Vec::new());
        let schema = relation.operation.schema();
        let keys = cut
            .order_by
            .iter()
            .map(|written| {
                let value = match ordinal(&written.expr, schema.columns.len())? {
                    Some(position) => field(&schema, position),
                    None => Translator::new(self, &scope, Clause::OrderBy).translate(&written.expr)?,
                };
                sort_key(written, value)
            })
            .collect::<Result<Vec<_>>>()?;
        Ok(Relation {
            operation: cut.apply(relation.operation, keys),
            names: relation.names,
        })
    }
}

/// The projection with the sort keys that it does not have as further columns; then the sort, and without
/// those columns again.
pub(super) fn project_and_sort(
    input: Arc<QueryOperation>,
    mut projections: Vec<NamedExpression>,
    keys: Vec<SortKey>,
    cut: &Cut<'_>,
) -> Arc<QueryOperation> {
    let width = projections.len();
    let keys: Vec<SortKey> = keys
        .into_iter()
        .map(|key| {
            let known = projections
                .iter()
                .position(|projection| projection.expression == key.expression);
            let index = known.unwrap_or_else(|| {
                projections.push(NamedExpression {
                    name: unused(&projections),
                    expression: key.expression.clone(),
                });
                projections.len() - 1
            });
            SortKey {
                expression: ResolvedExpression::Field {
                    index,
                    name: projections[index].name.clone(),
                    field_type: key.expression.data_type(),
                },
                ..key
            }
        })
        .collect();
    let is_wider = projections.len() > width;
    let projected = Arc::new(QueryOperation::Project { input, projections });
    let schema = projected.schema();
    let sorted = cut.apply(projected, keys);
    if !is_wider {
        return sorted;
    }
    Arc::new(QueryOperation::Project {
        input: sorted,
        projections: first_columns(&schema, width),
    })
}

fn first_columns(schema: &Schema, width: usize) -> Vec<NamedExpression> {
    (0..width)
        .map(|index| NamedExpression {
            name: schema.columns[index].name.clone(),
            expression: field(schema, index),
        })
        .collect()
}

fn unused(projections: &[NamedExpression]) -> String {
    let mut number = projections.len();
    loop {
        let name = format!("EXPR${number}");
        if !projections.iter().any(|projection| projection.name == name) {
            return name;
        }
        number += 1;
    }
}
