//! The body of a query: `WITH`, ORDER BY and what they are around.

use std::cell::RefCell;

use sqlparser::ast::{Query, SetExpr, Spanned};
use sqlparser::tokenizer::{Location, Span};

use super::super::source::{SqlSource, validation_error};
use super::context::PlanContext;
use super::order::Cut;
use super::outer::Outer;
use super::refuse::{check_query, refused};
use super::scope::Relation;
use crate::error::Result;

/// Plans one query.
pub(super) struct QueryPlanner<'a> {
    pub(super) context: &'a PlanContext<'a>,
    pub(super) source: &'a SqlSource,
    /// The queries around the one that is planned.
    pub(super) outer: Outer,
    /// The queries named by `WITH`, inner ones last.
    named_queries: RefCell<Vec<NamedQuery>>,
    /// Where the hints start that have been read.
    pub(super) used_hints: RefCell<Vec<Location>>,
}

/// A query of `WITH`.
#[derive(Debug, Clone)]
struct NamedQuery {
    name: String,
    relation: Relation,
    /// How many queries were around it, if it refers to one of them.
    correlated_at: Option<usize>,
}

impl<'a> QueryPlanner<'a> {
    pub(super) fn new(context: &'a PlanContext<'a>, source: &'a SqlSource) -> Self {
        Self {
            context,
            source,
            outer: Outer::new(),
            named_queries: RefCell::new(Vec::new()),
            used_hints: RefCell::new(Vec::new()),
        }
    }

    /// Plans a query with its `WITH`.
    pub(super) fn query(&self, query: &Query) -> Result<Relation> {
        check_query(query)?;
        let around = self.named_queries.borrow().len();
        let planned = self.with_named_queries(query);
        self.named_queries.borrow_mut().truncate(around);
        planned
    }

    fn with_named_queries(&self, query: &Query) -> Result<Relation> {
        for table in query.with.iter().flat_map(|with| &with.cte_tables) {
            let planned = self.outer.is_used_by(|| self.query(&table.query))?;
            let mut relation = planned.value;
            let names: Vec<String> = table
                .alias
                .columns
                .iter()
                .map(|column| column.name.value.clone())
                .collect();
            rename(&mut relation, names, table.alias.name.span)?;
            self.named_queries.borrow_mut().push(NamedQuery {
                name: table.alias.name.value.clone(),
                relation,
                correlated_at: planned.is_correlated.then(|| self.outer.depth()),
            });
        }
        let cut = Cut::of(query)?;
        match query.body.as_ref() {
            // ORDER BY sees the columns behind the select list too.
            SetExpr::Select(select) => self.select(select, &cut),
            body => {
                let relation = self.body(body)?;
                self.order_output(relation, &cut)
            }
        }
    }

    /// The query of `WITH` of that name.
    pub(super) fn named_query(&self, name: &str, span: Span) -> Result<Option<Relation>> {
        let queries = self.named_queries.borrow();
        let Some(found) = queries.iter().rev().find(|candidate| candidate.name == name) else {
            return Ok(None);
        };
        match found.correlated_at {
            Some(depth) if depth != self.outer.depth() => Err(refused(
                span,
                "a query of WITH that refers to a query around it, used inside another sub-query",
                "Write the query of WITH where it is used.",
            )),
            _ => Ok(Some(found.relation.clone())),
        }
    }

    /// A query without the clauses around it.
    pub(super) fn body(&self, body: &SetExpr) -> Result<Relation> {
        match body {
            SetExpr::Select(select) => self.select(select, &Cut::nothing()),
            SetExpr::Query(query) => self.query(query),
            SetExpr::Values(values) => self.values(values),
            SetExpr::SetOperation { .. } => self.set_operation(body),
            SetExpr::Table(table) => self.table_query(table, body.span()),
            SetExpr::Insert(_) | SetExpr::Update(_) | SetExpr::Delete(_) | SetExpr::Merge(_) => Err(refused(
                body.span(),
                "INSERT, UPDATE, DELETE or MERGE as a query",
                "INSERT INTO is a statement of its own.",
            )),
        }
    }
}

/// Gives a relation's columns other names; none leaves them as they are.
pub(super) fn rename(relation: &mut Relation, names: Vec<String>, span: Span) -> Result<()> {
    if names.is_empty() {
        return Ok(());
    }
    if names.len() != relation.names.len() {
        let quoted: Vec<String> = relation.names.iter().map(|name| format!("'{name}'")).collect();
        return Err(validation_error(
            span,
            &format!(
                "List of column aliases must have same degree as table; table has {} columns ({}), whereas alias \
                 list has {} columns",
                relation.names.len(),
                quoted.join(", "),
                names.len()
            ),
        ));
    }
    relation.names = names;
    Ok(())
}
