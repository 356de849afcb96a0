//! One SELECT: its clauses in the order in which they apply.

use std::sync::Arc;

use sqlparser::ast::{
    Distinct, Expr, GroupByExpr, Ident, Select, SelectItem, SelectItemQualifiedWildcardKind, Spanned,
};
use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use super::expression::{Clause, Translator};
use super::from::path_of;
use super::grouping::Grouping;
use super::plan::QueryPlanner;
use super::refuse::{check_name, check_select, check_wildcard, refused};
use super::scope::{Relation, Scope, field, unique_names};
use super::values::single_row;
use crate::error::Result;
use crate::expression::ResolvedExpression;
use crate::operation::{NamedExpression, QueryOperation, expression_type};
use crate::types::TypeKind;

impl QueryPlanner<'_> {
    /// Plans a SELECT.
    pub(super) fn select(&mut self, select: &Select) -> Result<Relation> {
        check_select(select)?;
        let (mut input, scope) = match select.from.first() {
            None => (single_row(), Scope::empty()),
            Some(from) => {
                let (relation, scope) = self.from(from)?;
                (relation.operation, scope)
            }
        };
        if let Some(condition) = &select.selection {
            let mut translator = Translator::new(self, &scope, Clause::Where);
            let condition = boolean(translator.translate(condition)?, condition, "WHERE")?;
            input = Arc::new(QueryOperation::Filter { input, condition });
        }
        let items = expand(&select.projection, &scope)?;
        let groupings: &[Expr] = match &select.group_by {
            GroupByExpr::Expressions(groupings, _) => groupings,
            GroupByExpr::All(_) => &[],
        };
        let over_rows = if groupings.is_empty() && select.having.is_none() {
            let mut translator = Translator::new(self, &scope, Clause::Select);
            match translate_items(&mut translator, &items) {
                // An aggregate call makes all rows one group.
                Err(_) if translator.wants_groups => None,
                translated => Some(translated?),
            }
        } else {
            None
        };
        let (operation, expressions) = match over_rows {
            Some(expressions) => (input, expressions),
            None => self.grouped(input, &scope, groupings, select.having.as_ref(), &items)?,
        };
        let names: Vec<String> = items.into_iter().map(|item| item.name).collect();
        let projected = project(operation, &names, expressions);
        let operation = match select.distinct {
            Some(Distinct::Distinct) => distinct(projected),
            _ => projected,
        };
        Ok(Relation { operation, names })
    }

    fn grouped(
        &mut self,
        input: Arc<QueryOperation>,
        scope: &Scope,
        groupings: &[Expr],
        having: Option<&Expr>,
        items: &[Item<'_>],
    ) -> Result<(Arc<QueryOperation>, Vec<ResolvedExpression>)> {
        let mut grouping = Grouping::new(self, scope, groupings)?;
        let having = having
            .map(|having| {
                let mut translator = Translator::grouped(self, scope, Clause::Having, &mut grouping);
                boolean(translator.translate(having)?, having, "HAVING")
            })
            .transpose()?;
        let mut translator = Translator::grouped(self, scope, Clause::Select, &mut grouping);
        let expressions = translate_items(&mut translator, items)?;
        let mut operation = grouping.into_operation(input);
        if let Some(condition) = having {
            operation = Arc::new(QueryOperation::Filter {
                input: operation,
                condition,
            });
        }
        Ok((operation, expressions))
    }
}

/// A column of the result.
struct Item<'a> {
    name: String,
    value: ItemValue<'a>,
}

enum ItemValue<'a> {
    Expression(&'a Expr),
    /// A column that `*` stands for.
    Column {
        column: ResolvedExpression,
        span: Span,
    },
}

/// The select list with `*` written out, and a name for each column.
fn expand<'a>(projection: &'a [SelectItem], scope: &Scope) -> Result<Vec<Item<'a>>> {
    let mut items: Vec<Item<'a>> = Vec::new();
    for item in projection {
        match item {
            SelectItem::UnnamedExpr(expression) => {
                let name = implied_name(expression).unwrap_or_else(|| format!("EXPR${}", items.len()));
                items.push(Item {
                    name,
                    value: ItemValue::Expression(expression),
                });
            }
            SelectItem::ExprWithAlias { expr, alias } => {
                check_name(alias.quote_style, alias.span)?;
                items.push(Item {
                    name: alias.value.clone(),
                    value: ItemValue::Expression(expr),
                });
            }
            SelectItem::ExprWithAliases { expr, .. } => {
                return Err(refused(
                    expr.span(),
                    "several aliases of one expression",
                    "Give each expression one alias.",
                ));
            }
            SelectItem::Wildcard(options) => {
                check_wildcard(options)?;
                let span = options.wildcard_token.0.span;
                if scope.all().is_empty() {
                    return Err(validation_error(span, "SELECT * requires a FROM clause"));
                }
                items.extend(all_columns(scope, span));
            }
            SelectItem::QualifiedWildcard(kind, options) => {
                check_wildcard(options)?;
                let SelectItemQualifiedWildcardKind::ObjectName(name) = kind else {
                    return Err(refused(
                        options.wildcard_token.0.span,
                        "the fields of a row by .*",
                        "Name the columns.",
                    ));
                };
                let path = path_of(name)?;
                if !scope.is_qualified_by(&path) {
                    return Err(validation_error(
                        name.span(),
                        &format!("Unknown identifier '{}'", path.join(".")),
                    ));
                }
                items.extend(all_columns(scope, name.span()));
            }
        }
    }
    Ok(items)
}

fn all_columns<'a>(scope: &Scope, span: Span) -> impl Iterator<Item = Item<'a>> {
    scope.all().into_iter().map(move |(name, column)| Item {
        name,
        value: ItemValue::Column { column, span },
    })
}

/// The name of a column that is selected as it is.
fn implied_name(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Identifier(Ident { value, .. }) => Some(value.clone()),
        Expr::CompoundIdentifier(path) => path.last().map(|last| last.value.clone()),
        Expr::Nested(inner) => implied_name(inner),
        _ => None,
    }
}

fn translate_items(
    translator: &mut Translator<'_, '_>,
    items: &[Item<'_>],
) -> Result<Vec<ResolvedExpression>> {
    items
        .iter()
        .map(|item| match &item.value {
            ItemValue::Expression(expression) => translator.translate(expression),
            ItemValue::Column { column, span } => translator.input_column(column.clone(), &item.name, *span),
        })
        .collect()
}

/// The condition of a clause, which must be BOOLEAN.
fn boolean(condition: ResolvedExpression, written: &Expr, clause: &str) -> Result<ResolvedExpression> {
    if expression_type(&condition).kind == TypeKind::Boolean {
        return Ok(condition);
    }
    Err(validation_error(
        written.span(),
        &format!("{clause} clause must be a condition"),
    ))
}

fn project(
    input: Arc<QueryOperation>,
    names: &[String],
    expressions: Vec<ResolvedExpression>,
) -> Arc<QueryOperation> {
    let projections = unique_names(names)
        .into_iter()
        .zip(expressions)
        .map(|(name, expression)| NamedExpression { name, expression })
        .collect();
    Arc::new(QueryOperation::Project { input, projections })
}

/// Equal rows once: groups by all columns.
fn distinct(input: Arc<QueryOperation>) -> Arc<QueryOperation> {
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
