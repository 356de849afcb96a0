//! The body of a query: set operations, `WITH` and what they are made of.

use std::sync::Arc;

use sqlparser::ast::{Query, SetExpr, SetOperator, SetQuantifier, Spanned};
use sqlparser::tokenizer::Span;

use super::super::source::{SqlSource, validation_error};
use super::context::PlanContext;
use super::refuse::{check_query, refused};
use super::scope::{Relation, field};
use crate::catalog::{Column, Schema};
use crate::error::Result;
use crate::expression::ResolvedExpression;
use crate::operation::{NamedExpression, QueryOperation, expression_type};
use crate::types::derive::common_type;
use crate::types::{LogicalType, supports_avoiding_cast};

/// Plans one query.
pub(super) struct QueryPlanner<'a> {
    pub(super) context: &'a PlanContext<'a>,
    pub(super) source: &'a SqlSource,
    /// The queries named by `WITH`, inner ones last.
    named_queries: Vec<(String, Relation)>,
}

impl<'a> QueryPlanner<'a> {
    pub(super) fn new(context: &'a PlanContext<'a>, source: &'a SqlSource) -> Self {
        Self {
            context,
            source,
            named_queries: Vec::new(),
        }
    }

    /// Plans a query with its `WITH`.
    pub(super) fn query(&mut self, query: &Query) -> Result<Relation> {
        check_query(query)?;
        let outer = self.named_queries.len();
        for table in query.with.iter().flat_map(|with| &with.cte_tables) {
            let mut relation = self.query(&table.query)?;
            let names: Vec<String> = table
                .alias
                .columns
                .iter()
                .map(|column| column.name.value.clone())
                .collect();
            rename(&mut relation, names, table.alias.name.span)?;
            self.named_queries
                .push((table.alias.name.value.clone(), relation));
        }
        let planned = self.body(&query.body);
        self.named_queries.truncate(outer);
        planned
    }

    /// The query of `WITH` of that name.
    pub(super) fn named_query(&self, name: &str) -> Option<&Relation> {
        self.named_queries
            .iter()
            .rev()
            .find(|(candidate, _)| candidate == name)
            .map(|(_, relation)| relation)
    }

    fn body(&mut self, body: &SetExpr) -> Result<Relation> {
        match body {
            SetExpr::Select(select) => self.select(select),
            SetExpr::Query(query) => self.query(query),
            SetExpr::Values(values) => self.values(values),
            SetExpr::SetOperation { .. } => {
                let parts = self.union_parts(body)?;
                union_all(parts, &|| body.span())
            }
            SetExpr::Table(_) => Err(refused(
                body.span(),
                "TABLE name as a query",
                "Write SELECT * FROM name.",
            )),
            SetExpr::Insert(_) | SetExpr::Update(_) | SetExpr::Delete(_) | SetExpr::Merge(_) => Err(refused(
                body.span(),
                "INSERT, UPDATE, DELETE or MERGE as a query",
                "INSERT INTO is a statement of its own.",
            )),
        }
    }

    /// The queries of `a UNION ALL b UNION ALL c`, which is one operation.
    fn union_parts(&mut self, body: &SetExpr) -> Result<Vec<Relation>> {
        let mut written = Vec::new();
        let mut rest = body;
        while let SetExpr::SetOperation {
            op,
            set_quantifier,
            left,
            right,
        } = rest
        {
            match (op, set_quantifier) {
                (SetOperator::Union, SetQuantifier::All) => {}
                (SetOperator::Union, _) => {
                    return Err(refused(
                        right.span(),
                        "UNION without ALL",
                        "Write SELECT DISTINCT over a UNION ALL.",
                    ));
                }
                (other, _) => {
                    let hint = "UNION ALL joins the rows of several queries.";
                    return Err(refused(right.span(), &other.to_string(), hint));
                }
            }
            written.push(right.as_ref());
            rest = left;
        }
        written.push(rest);
        written.into_iter().rev().map(|part| self.body(part)).collect()
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

/// All rows of all parts, in the common types of their columns.
fn union_all(mut parts: Vec<Relation>, span: &dyn Fn() -> Span) -> Result<Relation> {
    if parts.len() == 1
        && let Some(only) = parts.pop()
    {
        return Ok(only);
    }
    let schemas: Vec<Schema> = parts.iter().map(|part| part.operation.schema()).collect();
    let Some(first) = schemas.first() else {
        return Err(validation_error(span(), "VALUES without rows"));
    };
    if schemas
        .iter()
        .any(|schema| schema.columns.len() != first.columns.len())
    {
        return Err(validation_error(span(), "Column count mismatch in UNION ALL"));
    }
    let mut columns = Vec::with_capacity(first.columns.len());
    for (index, column) in first.columns.iter().enumerate() {
        let types: Vec<LogicalType> = schemas
            .iter()
            .map(|schema| schema.columns[index].column_type.clone())
            .collect();
        let Some(common) = common_type(&types) else {
            return Err(validation_error(
                span(),
                &format!("Type mismatch in column {} of UNION ALL", index + 1),
            ));
        };
        columns.push(Column {
            name: column.name.clone(),
            column_type: common.with_nullable(types.iter().any(|part| part.nullable)),
            comment: None,
        });
    }
    let names = parts[0].names.clone();
    let inputs = parts
        .into_iter()
        .zip(&schemas)
        .map(|(part, schema)| convert(part.operation, schema, &columns))
        .collect();
    let schema = Schema {
        columns,
        primary_key: Vec::new(),
    };
    Ok(Relation {
        operation: Arc::new(QueryOperation::UnionAll { inputs, schema }),
        names,
    })
}

/// The rows in the types wanted. Nullability is no difference of values, nor is a longer string type.
fn convert(operation: Arc<QueryOperation>, schema: &Schema, wanted: &[Column]) -> Arc<QueryOperation> {
    let same = schema
        .columns
        .iter()
        .zip(wanted)
        .all(|(column, wanted)| supports_avoiding_cast(&column.column_type, &wanted.column_type));
    if same {
        return operation;
    }
    let cast = |(index, wanted): (usize, &Column)| {
        let value: ResolvedExpression = field(schema, index);
        let nullable = expression_type(&value).nullable;
        NamedExpression {
            name: schema.columns[index].name.clone(),
            expression: value.cast_to(&wanted.column_type.with_nullable(nullable)),
        }
    };
    Arc::new(QueryOperation::Project {
        projections: wanted.iter().enumerate().map(cast).collect(),
        input: operation,
    })
}
