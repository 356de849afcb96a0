//! What the parser reads and the planner refuses, by name.
//!
//! Every field of the syntax tree that this crate does not use is looked at here: were one forgotten,
//! a part of the query would be dropped in silence. Destructuring without `..` keeps it so when the
//! parser learns new clauses.

use sqlparser::ast::{
    Distinct, GroupByExpr, Query, Select, SelectFlavor, Spanned, TableAlias, WildcardAdditionalOptions,
};
use sqlparser::tokenizer::Span;

use super::super::source::with_position;
use crate::error::{PlanError, Result};

/// The error for something that is not planned.
pub(super) fn refused(span: Span, what: &str, hint: &str) -> PlanError {
    PlanError::unsupported(with_position(span, what), hint)
}

const FOREIGN: &str = "Flink SQL has no such clause.";

/// Refuses what can stand around a query's body.
pub(super) fn check_query(query: &Query) -> Result<()> {
    let Query {
        with,
        body: _,
        order_by,
        limit_clause: _,
        fetch: _,
        locks,
        for_clause,
        settings,
        format_clause,
        pipe_operators,
    } = query;
    // The span of a query is found by walking all of it, so only where it is needed.
    let refuse = |what, hint| Err(refused(query.span(), what, hint));
    if order_by
        .as_ref()
        .is_some_and(|order_by| order_by.interpolate.is_some())
    {
        return refuse("INTERPOLATE", FOREIGN);
    }
    if !locks.is_empty() || for_clause.is_some() {
        return refuse("FOR at the end of a query", FOREIGN);
    }
    if settings.is_some() || format_clause.is_some() || !pipe_operators.is_empty() {
        return refuse("SETTINGS, FORMAT or a pipe operator", FOREIGN);
    }
    if let Some(with) = with {
        if with.recursive {
            return refuse(
                "WITH RECURSIVE",
                "A query named by WITH can use the ones before it.",
            );
        }
        for table in &with.cte_tables {
            if table.from.is_some() || table.materialized.is_some() {
                return refuse("FROM or MATERIALIZED in WITH", FOREIGN);
            }
            check_alias(&table.alias)?;
        }
    }
    Ok(())
}

/// Refuses what can stand in a SELECT beside the select list, FROM, WHERE, GROUP BY and HAVING.
pub(super) fn check_select(select: &Select) -> Result<()> {
    let Select {
        select_token,
        optimizer_hints,
        distinct,
        select_modifiers,
        top,
        top_before_distinct: _,
        projection: _,
        exclude,
        into,
        from: _,
        lateral_views,
        prewhere,
        selection: _,
        connect_by,
        group_by,
        cluster_by,
        distribute_by,
        sort_by,
        having: _,
        named_window: _,
        qualify: _,
        window_before_qualify: _,
        value_table_mode,
        flavor,
    } = select;
    let span = select_token.0.span;
    let refuse = |what, hint| Err(refused(span, what, hint));
    if !optimizer_hints.is_empty() {
        return refuse("the hint after SELECT", "Give options by SET.");
    }
    if matches!(distinct, Some(Distinct::On(_))) {
        return refuse("DISTINCT ON", FOREIGN);
    }
    if let GroupByExpr::Expressions(_, modifiers) | GroupByExpr::All(modifiers) = group_by
        && !modifiers.is_empty()
    {
        return refuse("WITH ROLLUP, CUBE or TOTALS", FOREIGN);
    }
    if matches!(group_by, GroupByExpr::All(_)) {
        return refuse("GROUP BY ALL", "Name the columns.");
    }
    if !lateral_views.is_empty()
        || prewhere.is_some()
        || !connect_by.is_empty()
        || !cluster_by.is_empty()
        || !distribute_by.is_empty()
        || !sort_by.is_empty()
    {
        return refuse(
            "LATERAL VIEW, PREWHERE, CONNECT BY, CLUSTER BY, DISTRIBUTE BY or SORT BY",
            FOREIGN,
        );
    }
    if select_modifiers.is_some()
        || top.is_some()
        || exclude.is_some()
        || into.is_some()
        || value_table_mode.is_some()
        || *flavor != SelectFlavor::Standard
    {
        return refuse(
            "a SELECT with TOP, EXCLUDE, INTO, AS STRUCT or FROM first",
            FOREIGN,
        );
    }
    Ok(())
}

/// Refuses what can follow `*`.
pub(super) fn check_wildcard(options: &WildcardAdditionalOptions) -> Result<()> {
    let WildcardAdditionalOptions {
        wildcard_token,
        opt_ilike,
        opt_exclude,
        opt_except,
        opt_replace,
        opt_rename,
        opt_alias,
    } = options;
    if opt_ilike.is_some()
        || opt_exclude.is_some()
        || opt_except.is_some()
        || opt_replace.is_some()
        || opt_rename.is_some()
        || opt_alias.is_some()
    {
        return Err(refused(
            wildcard_token.0.span,
            "ILIKE, EXCLUDE, EXCEPT, REPLACE, RENAME or an alias after *",
            "Name the columns.",
        ));
    }
    Ok(())
}

/// Refuses what can stand in an alias beside names.
pub(super) fn check_alias(alias: &TableAlias) -> Result<()> {
    let TableAlias {
        explicit: _,
        name,
        columns,
        at,
    } = alias;
    check_name(name.quote_style, name.span)?;
    if at.is_some() || columns.iter().any(|column| column.data_type.is_some()) {
        return Err(refused(name.span, "a type or AT in an alias", FOREIGN));
    }
    columns
        .iter()
        .try_for_each(|column| check_name(column.name.quote_style, column.name.span))
}

/// The parser takes strings for names; Flink does not.
pub(super) fn check_name(quote_style: Option<char>, span: Span) -> Result<()> {
    match quote_style {
        None | Some('`') => Ok(()),
        Some(_) => Err(refused(
            span,
            "a string as a name",
            "Write names without quotes or in back-ticks.",
        )),
    }
}
