//! The select list with `*` written out, and a name for each column.

use sqlparser::ast::{Expr, FunctionArguments, Ident, SelectItem, SelectItemQualifiedWildcardKind, Spanned};
use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use super::from::path_of;
use super::names::{field_of, get};
use super::plan::QueryPlanner;
use super::refuse::{check_name, check_wildcard, refused};
use super::scope::Scope;
use crate::error::Result;
use crate::expression::ResolvedExpression;
use crate::operation::expression_type;
use crate::types::TypeKind;

/// A column of the result.
pub(super) struct Item<'a> {
    pub(super) name: String,
    pub(super) value: ItemValue<'a>,
}

/// What a column of the result holds.
pub(super) enum ItemValue<'a> {
    Expression(&'a Expr),
    /// A column that `*` stands for.
    Column {
        column: ResolvedExpression,
        span: Span,
    },
}

/// The items of a select list.
pub(super) fn expand<'t>(
    planner: &QueryPlanner<'_>,
    projection: &'t [SelectItem],
    scope: &Scope,
) -> Result<Vec<Item<'t>>> {
    let mut items: Vec<Item<'t>> = Vec::new();
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
                let all = scope.all();
                if all.is_empty() {
                    return Err(validation_error(span, "SELECT * requires a FROM clause"));
                }
                add_columns(&mut items, all, span);
            }
            SelectItem::QualifiedWildcard(kind, options) => {
                check_wildcard(options)?;
                let SelectItemQualifiedWildcardKind::ObjectName(name) = kind else {
                    return Err(refused(
                        options.wildcard_token.0.span,
                        "the fields of an expression by .*",
                        "Name the row as a column of a sub-query first.",
                    ));
                };
                let path = path_of(name)?;
                let span = name.span();
                match scope.all_of(&path) {
                    Some(all) => add_columns(&mut items, all, span),
                    None => add_columns(&mut items, fields_of_row(planner, scope, name, &path)?, span),
                }
            }
        }
    }
    Ok(items)
}

/// Adds columns that `*` stands for. Unlike items that are written out, they get names of their own.
fn add_columns(items: &mut Vec<Item<'_>>, named: Vec<(String, ResolvedExpression)>, span: Span) {
    for (name, column) in named {
        let mut unique = name.clone();
        let mut attempt = 0_usize;
        while items.iter().any(|item| item.name == unique) {
            unique = format!("{name}{attempt}");
            attempt += 1;
        }
        items.push(Item {
            name: unique,
            value: ItemValue::Column { column, span },
        });
    }
}

/// `column.*` of a row.
fn fields_of_row(
    planner: &QueryPlanner<'_>,
    scope: &Scope,
    name: &sqlparser::ast::ObjectName,
    path: &[String],
) -> Result<Vec<(String, ResolvedExpression)>> {
    let span = name.span();
    let unknown = || validation_error(span, &format!("Unknown identifier '{}'", path.join(".")));
    let parts: Vec<Ident> = name
        .0
        .iter()
        .filter_map(|part| part.as_ident().cloned())
        .collect();
    let found = planner.look_up(scope, &parts).map_err(|_| unknown())?;
    let row = parts[found.taken..].iter().try_fold(found.column, |row, field| {
        field_of(row, field).ok_or_else(unknown)?
    })?;
    let TypeKind::Row(fields) = expression_type(&row).kind else {
        return Err(unknown());
    };
    fields
        .into_iter()
        .map(|field| {
            let value = get(row.clone(), &field.name, span)?;
            Ok((field.name, value))
        })
        .collect()
}

/// The name of a column that is selected as it is.
fn implied_name(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Identifier(Ident { value, .. }) => Some(value.clone()),
        Expr::CompoundIdentifier(path) => path.last().map(|last| last.value.clone()),
        Expr::Nested(inner) => implied_name(inner),
        // A function without parentheses, such as CURRENT_DATE, is a name to Calcite.
        Expr::Function(call) if matches!(call.args, FunctionArguments::None) => {
            call.name.0.last()?.as_ident().map(|name| name.value.clone())
        }
        _ => None,
    }
}
