//! One SELECT: its clauses in the order in which they apply.

use std::sync::Arc;

use sqlparser::ast::{Distinct, Expr, GroupByExpr, Ident, OrderByExpr, Select, Spanned};

use super::super::source::validation_error;
use super::expression::{Clause, Translator};
use super::grouping::Grouping;
use super::items::{Item, ItemValue, expand};
use super::order::{Cut, ordinal, project_and_sort, sort_key};
use super::over::Windows;
use super::plan::QueryPlanner;
use super::refuse::check_select;
use super::scope::{Relation, Scope, field, unique_names};
use crate::error::Result;
use crate::expression::ResolvedExpression;
use crate::operation::{NamedExpression, QueryOperation, SortKey, expression_type};
use crate::types::TypeKind;

/// The names of the select list with what they stand for, as ORDER BY and QUALIFY see them.
#[derive(Debug)]
pub(super) struct Aliases {
    names: Vec<String>,
    values: Vec<ResolvedExpression>,
}

impl Aliases {
    /// The value of an item of the select list.
    pub(super) fn find(&self, name: &Ident) -> Option<&ResolvedExpression> {
        let index = self.names.iter().position(|other| *other == name.value)?;
        self.values.get(index)
    }
}

/// The parts of a SELECT behind its grouping, over rows or over groups.
struct Rest {
    values: Vec<ResolvedExpression>,
    qualify: Option<ResolvedExpression>,
    keys: Vec<SortKey>,
    windows: Windows,
}

impl QueryPlanner<'_> {
    /// Plans a SELECT with the ORDER BY and LIMIT behind it.
    pub(super) fn select(&self, select: &Select, cut: &Cut<'_>) -> Result<Relation> {
        check_select(select)?;
        let joined = self.from(&select.from)?;
        let (mut input, scope) = (joined.operation, joined.scope);
        self.check_query_hints(select.select_token.0.span.end, &scope)?;
        if let Some(condition) = &select.selection {
            let translated = Translator::new(self, &scope, Clause::Where).translate(condition)?;
            let condition = boolean(translated, condition, "WHERE")?;
            input = Arc::new(QueryOperation::Filter { input, condition });
        }
        let items = expand(self, &select.projection, &scope)?;
        let groupings: &[Expr] = match &select.group_by {
            GroupByExpr::Expressions(groupings, _) => groupings,
            GroupByExpr::All(_) => &[],
        };
        let over_rows = if groupings.is_empty() && select.having.is_none() {
            let mut translator = Translator::new(self, &scope, Clause::Select);
            match rest(&mut translator, select, &items, cut.order_by) {
                // An aggregate call makes all rows one group.
                Err(_) if translator.wants_groups => None,
                planned => Some(planned?),
            }
        } else {
            None
        };
        let (operation, rest) = match over_rows {
            Some(rest) => (input, rest),
            None => self.grouped(input, &scope, groupings, select, &items, cut.order_by)?,
        };
        let names: Vec<String> = items.into_iter().map(|item| item.name).collect();
        let distinct = matches!(select.distinct, Some(Distinct::Distinct));
        let operation = finish(operation, rest, &names, distinct, cut)?;
        Ok(Relation { operation, names })
    }

    fn grouped(
        &self,
        input: Arc<QueryOperation>,
        scope: &Scope,
        groupings: &[Expr],
        select: &Select,
        items: &[Item<'_>],
        order_by: &[OrderByExpr],
    ) -> Result<(Arc<QueryOperation>, Rest)> {
        let mut grouping = Grouping::new(self, scope, groupings)?;
        let having = select
            .having
            .as_ref()
            .map(|having| {
                let mut translator = Translator::grouped(self, scope, Clause::Having, &mut grouping);
                boolean(translator.translate(having)?, having, "HAVING")
            })
            .transpose()?;
        let mut translator = Translator::grouped(self, scope, Clause::Select, &mut grouping);
        let mut rest = rest(&mut translator, select, items, order_by)?;
        let mut having = having;
        let mut expressions: Vec<&mut ResolvedExpression> = rest.values.iter_mut().collect();
        expressions.extend(rest.qualify.as_mut());
        expressions.extend(rest.keys.iter_mut().map(|key| &mut key.expression));
        expressions.extend(having.as_mut());
        expressions.extend(rest.windows.expressions());
        let mut operation = grouping.into_operation(input, &mut expressions);
        if let Some(condition) = having {
            operation = Arc::new(QueryOperation::Filter {
                input: operation,
                condition,
            });
        }
        Ok((operation, rest))
    }
}

/// Translates the select list, QUALIFY and ORDER BY.
fn rest(
    translator: &mut Translator<'_, '_>,
    select: &Select,
    items: &[Item<'_>],
    order_by: &[OrderByExpr],
) -> Result<Rest> {
    translator.windows = Some(Windows::new(&select.named_window));
    let values = items
        .iter()
        .map(|item| match &item.value {
            ItemValue::Expression(expression) => translator.translate(expression),
            ItemValue::Column { column, span } => translator.input_column(column.clone(), &item.name, *span),
        })
        .collect::<Result<Vec<_>>>()?;
    let names: Vec<String> = items.iter().map(|item| item.name.clone()).collect();
    let aliases = Aliases {
        names: unique_names(&names),
        values: values.clone(),
    };
    translator.aliases = Some(aliases);
    translator.clause = Clause::Qualify;
    let qualify = select
        .qualify
        .as_ref()
        .map(|condition| boolean(translator.translate(condition)?, condition, "QUALIFY"))
        .transpose()?;
    translator.clause = Clause::OrderBy;
    let mut keys = Vec::with_capacity(order_by.len());
    for written in order_by {
        let value = match ordinal(&written.expr, values.len())? {
            Some(position) => values[position].clone(),
            None => translator.translate(&written.expr)?,
        };
        if matches!(select.distinct, Some(Distinct::Distinct)) && !values.contains(&value) {
            return Err(validation_error(
                written.expr.span(),
                &format!("Expression '{}' is not in the select clause", written.expr),
            ));
        }
        keys.push(sort_key(written, value)?);
    }
    let windows = translator.windows.take().unwrap_or_else(|| Windows::new(&[]));
    Ok(Rest {
        values,
        qualify,
        keys,
        windows,
    })
}

/// Calls with OVER, QUALIFY, the select list, DISTINCT, ORDER BY and LIMIT.
fn finish(
    input: Arc<QueryOperation>,
    mut rest: Rest,
    names: &[String],
    distinct: bool,
    cut: &Cut<'_>,
) -> Result<Arc<QueryOperation>> {
    let mut expressions: Vec<&mut ResolvedExpression> = rest.values.iter_mut().collect();
    expressions.extend(rest.qualify.as_mut());
    expressions.extend(rest.keys.iter_mut().map(|key| &mut key.expression));
    let mut operation = rest.windows.into_operation(input, &mut expressions);
    if let Some(condition) = rest.qualify {
        operation = Arc::new(QueryOperation::Filter {
            input: operation,
            condition,
        });
    }
    let projections: Vec<NamedExpression> = unique_names(names)
        .into_iter()
        .zip(rest.values)
        .map(|(name, expression)| NamedExpression { name, expression })
        .collect();
    if !distinct {
        return Ok(project_and_sort(operation, projections, rest.keys, cut));
    }
    // All keys are items of the select list.
    let positions: Vec<Option<usize>> = rest
        .keys
        .iter()
        .map(|key| {
            projections
                .iter()
                .position(|projection| projection.expression == key.expression)
        })
        .collect();
    let once = equal_rows_once(Arc::new(QueryOperation::Project {
        input: operation,
        projections,
    }));
    let schema = once.schema();
    let keys = rest
        .keys
        .into_iter()
        .zip(positions)
        .filter_map(|(key, position)| {
            Some(SortKey {
                expression: field(&schema, position?),
                ..key
            })
        })
        .collect();
    Ok(cut.apply(once, keys))
}

/// The condition of a clause, which must be BOOLEAN.
pub(super) fn boolean(
    condition: ResolvedExpression,
    written: &Expr,
    clause: &str,
) -> Result<ResolvedExpression> {
    if expression_type(&condition).kind == TypeKind::Boolean {
        return Ok(condition);
    }
    Err(validation_error(
        written.span(),
        &format!("{clause} clause must be a condition"),
    ))
}

/// Equal rows once: groups by all columns.
fn equal_rows_once(input: Arc<QueryOperation>) -> Arc<QueryOperation> {
    let schema = input.schema();
    let groupings = schema
        .columns
        .iter()
        .enumerate()
        .map(|(index, column)| NamedExpression {
            name: column.name.clone(),
            expression: field(&schema, index),
        })
        .collect();
    Arc::new(QueryOperation::Aggregate {
        input,
        groupings,
        grouping_sets: Vec::new(),
        aggregates: Vec::new(),
    })
}
