//! Joins: kinds, conditions, and what each side is.

use std::sync::Arc;

use sqlparser::ast::{
    Expr, Ident, JoinConstraint, JoinOperator, ObjectName, Query, Spanned, TableAlias, TableFactor,
};
use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use super::call::built_in;
use super::expression::{Clause, Translator};
use super::from::{alias_of, path_of};
use super::plan::QueryPlanner;
use super::refuse::refused;
use super::scope::{Relation, Scope, unique_names};
use super::select::boolean;
use crate::catalog::{Column, Schema};
use crate::error::{PlanError, Result};
use crate::expression::{LiteralValue, ResolvedExpression};
use crate::function::definitions;
use crate::operation::{Correlate, CorrelateSource, Join, JoinKind, QueryOperation, expression_type};
use crate::types::TypeKind;

/// Rows, and what names mean over them.
pub(super) struct Joined {
    pub(super) operation: Arc<QueryOperation>,
    pub(super) scope: Scope,
}

/// The right side of a join, with its columns.
pub(super) struct Right {
    pub(super) rows: RightRows,
    pub(super) scope: Scope,
}

/// Where the rows of a right side come from.
pub(super) enum RightRows {
    /// From an operation of its own.
    Relation(Arc<QueryOperation>),
    /// From a table as it was at a time, over the left columns.
    Versioned(Arc<QueryOperation>, ResolvedExpression),
    /// From a query that refers to the left row.
    Lateral(Arc<QueryOperation>),
    /// From the elements of a collection, over the left columns.
    Unnest {
        collection: ResolvedExpression,
        with_ordinality: bool,
    },
}

/// By what rows are joined.
pub(super) enum Condition<'t> {
    Always,
    On(&'t Expr),
    Using(Vec<Ident>),
    Natural,
}

/// The kind of a join and by what rows are joined.
pub(super) fn constraint(join: &sqlparser::ast::Join) -> Result<(JoinKind, Condition<'_>)> {
    let refuse = |what: &str, hint| Err(refused(join.relation.span(), what, hint));
    if join.global {
        return refuse("GLOBAL JOIN", "Write JOIN.");
    }
    let (kind, constraint) = match &join.join_operator {
        JoinOperator::Join(constraint) | JoinOperator::Inner(constraint) => (JoinKind::Inner, constraint),
        JoinOperator::Left(constraint) | JoinOperator::LeftOuter(constraint) => {
            (JoinKind::LeftOuter, constraint)
        }
        JoinOperator::Right(constraint) | JoinOperator::RightOuter(constraint) => {
            (JoinKind::RightOuter, constraint)
        }
        JoinOperator::FullOuter(constraint) => (JoinKind::FullOuter, constraint),
        JoinOperator::CrossJoin(JoinConstraint::None) => return Ok((JoinKind::Inner, Condition::Always)),
        JoinOperator::CrossJoin(_) => {
            return Err(validation_error(
                join.relation.span(),
                "Cannot specify condition (NATURAL keyword, or ON or USING clause) following CROSS JOIN",
            ));
        }
        _ => {
            return refuse(
                "this kind of join",
                "Write INNER, LEFT, RIGHT, FULL or CROSS JOIN.",
            );
        }
    };
    let condition = match constraint {
        JoinConstraint::On(condition) => Condition::On(condition),
        JoinConstraint::Using(names) => {
            Condition::Using(names.iter().map(single_name).collect::<Result<_>>()?)
        }
        JoinConstraint::Natural => Condition::Natural,
        JoinConstraint::None => {
            return Err(validation_error(
                join.relation.span(),
                "INNER, LEFT, RIGHT or FULL join requires a condition (NATURAL keyword or ON or USING clause)",
            ));
        }
    };
    Ok((kind, condition))
}

fn single_name(name: &ObjectName) -> Result<Ident> {
    path_of(name)?;
    match name.0.as_slice() {
        [part] => part.as_ident().cloned(),
        _ => None,
    }
    .ok_or_else(|| refused(name.span(), "a qualified name in USING", "Name the column alone."))
}

impl QueryPlanner<'_> {
    /// Joins what is left with the next relation.
    pub(super) fn join(
        &self,
        left: Joined,
        relation: &TableFactor,
        kind: JoinKind,
        condition: &Condition<'_>,
    ) -> Result<Joined> {
        let right = self.factor(relation, &left.scope)?;
        if !matches!(right.rows, RightRows::Relation(_))
            && matches!(kind, JoinKind::RightOuter | JoinKind::FullOuter)
        {
            return Err(refused(
                relation.span(),
                "a RIGHT or FULL JOIN with what is computed from the left rows",
                "Write INNER or LEFT JOIN.",
            ));
        }
        self.join_right(left, right, kind, condition)
    }

    /// Joins with a right side that is planned already.
    pub(super) fn join_right(
        &self,
        left: Joined,
        right: Right,
        kind: JoinKind,
        condition: &Condition<'_>,
    ) -> Result<Joined> {
        let schema = joined_schema(&left.operation.schema(), &right.scope.schema, kind);
        let left_width = left.operation.schema().columns.len();
        let common: Vec<Ident> = match condition {
            Condition::Using(names) => names.clone(),
            Condition::Natural => left
                .scope
                .common_names(&right.scope)
                .into_iter()
                .map(Ident::new)
                .collect(),
            Condition::Always | Condition::On(_) => Vec::new(),
        };
        let pairs = common
            .iter()
            .map(|name| pair(&left.scope, &right.scope, name, left_width))
            .collect::<Result<Vec<_>>>()?;
        let mut scope = left.scope.join(right.scope, schema.clone());
        let condition = match condition {
            Condition::On(condition) => Some(self.on(condition, &scope)?),
            _ => equal_pairs(&schema, &pairs)?,
        };
        for (name, pair) in common.into_iter().zip(pairs) {
            scope.merge_columns(name.value, pair);
        }
        let condition = condition.filter(|condition| !is_true(condition));
        let operation = assemble(left.operation, right.rows, kind, condition, schema);
        Ok(Joined {
            operation: Arc::new(operation),
            scope,
        })
    }

    fn on(&self, condition: &Expr, scope: &Scope) -> Result<ResolvedExpression> {
        let translated = Translator::new(self, scope, Clause::On).translate(condition)?;
        boolean(translated, condition, "ON")
    }

    /// A table as it was at a time of the left rows.
    pub(super) fn versioned(
        &self,
        mut relation: Relation,
        path: Vec<String>,
        alias: Option<&TableAlias>,
        time: &Expr,
        left: &Scope,
    ) -> Result<Right> {
        if left.all().is_empty() {
            return Err(refused(
                time.span(),
                "FOR SYSTEM_TIME AS OF a time that is no column of the left side of a join",
                "Write left JOIN t FOR SYSTEM_TIME AS OF left.time ON condition; catalogs keep no old versions.",
            ));
        }
        let qualifier = alias_of(&mut relation, path, alias)?;
        let time_value = Translator::new(self, left, Clause::On).translate(time)?;
        let is_column = matches!(time_value, ResolvedExpression::Field { .. });
        if !matches!(
            expression_type(&time_value).kind,
            TypeKind::Timestamp(_) | TypeKind::TimestampLtz(_)
        ) {
            return Err(validation_error(
                time.span(),
                "The system time period specification expects Timestamp type but is other",
            ));
        }
        if !is_column {
            return Err(PlanError::Table {
                message:
                    "Temporal table join currently only supports 'FOR SYSTEM_TIME AS OF' left table's time \
                          attribute field"
                        .to_owned(),
                hint: Some("Name a time column of the left side.".to_owned()),
            });
        }
        Ok(Right {
            scope: Scope::new(&relation, qualifier),
            rows: RightRows::Versioned(relation.operation, time_value),
        })
    }

    /// A query that can refer to the left rows.
    pub(super) fn lateral(&self, query: &Query, alias: Option<&TableAlias>, left: &Scope) -> Result<Right> {
        let planned = self.outer.inside(left, None, || self.query(query))?;
        let mut relation = planned.value;
        if !planned.is_correlated {
            // It does not: each left row is joined with the same rows.
            let qualifier = alias_of(&mut relation, Vec::new(), alias)?;
            return Ok(Right {
                scope: Scope::new(&relation, qualifier),
                rows: RightRows::Relation(relation.operation),
            });
        }
        let qualifier = alias_of(&mut relation, Vec::new(), alias)?;
        Ok(Right {
            scope: Scope::new(&relation, qualifier),
            rows: RightRows::Lateral(relation.operation),
        })
    }
}

/// The positions, in the joined columns, of the two columns of a name.
fn pair(left: &Scope, right: &Scope, name: &Ident, left_width: usize) -> Result<Vec<usize>> {
    let missing = || {
        validation_error(
            name.span,
            &format!("Column '{}' not found in any table", name.value),
        )
    };
    let mut columns = left.columns_of(name)?.ok_or_else(missing)?;
    let right = right.columns_of(name)?.ok_or_else(missing)?;
    columns.extend(right.into_iter().map(|index| index + left_width));
    Ok(columns)
}

/// That the columns of each name are equal. Of a column that is merged already, the first one counts.
fn equal_pairs(schema: &Schema, pairs: &[Vec<usize>]) -> Result<Option<ResolvedExpression>> {
    let mut conditions = Vec::with_capacity(pairs.len());
    for pair in pairs {
        let (Some((last, left)), span) = (pair.split_last(), Span::empty()) else {
            continue;
        };
        let mut values: Vec<ResolvedExpression> = left
            .iter()
            .map(|index| super::scope::field(schema, *index))
            .collect();
        let left = match values.len() {
            1 => values.remove(0),
            _ => built_in(&definitions::COALESCE, values, span)?,
        };
        let operands = vec![left, super::scope::field(schema, *last)];
        conditions.push(built_in(&definitions::EQUALS, operands, span)?);
    }
    match conditions.len() {
        0 => Ok(None),
        1 => Ok(conditions.pop()),
        _ => built_in(&definitions::AND, conditions, Span::empty()).map(Some),
    }
}

/// The columns of both sides with unique names. The side that may have no partner is nullable.
fn joined_schema(left: &Schema, right: &Schema, kind: JoinKind) -> Schema {
    let left_nullable = matches!(kind, JoinKind::RightOuter | JoinKind::FullOuter);
    let right_nullable = matches!(kind, JoinKind::LeftOuter | JoinKind::FullOuter);
    let sided = left
        .columns
        .iter()
        .map(|column| (column, left_nullable))
        .chain(right.columns.iter().map(|column| (column, right_nullable)));
    let columns: Vec<Column> = sided
        .map(|(column, nullable)| Column {
            name: column.name.clone(),
            column_type: column
                .column_type
                .with_nullable(column.column_type.nullable || nullable),
            comment: None,
        })
        .collect();
    let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    Schema {
        columns: columns
            .into_iter()
            .zip(unique_names(&names))
            .map(|(column, name)| Column { name, ..column })
            .collect(),
        primary_key: Vec::new(),
    }
}

fn assemble(
    left: Arc<QueryOperation>,
    right: RightRows,
    kind: JoinKind,
    condition: Option<ResolvedExpression>,
    schema: Schema,
) -> QueryOperation {
    let (right, as_of) = match right {
        RightRows::Relation(right) => (right, None),
        RightRows::Versioned(right, time) => (right, Some(time)),
        RightRows::Lateral(query) => {
            return correlate(left, CorrelateSource::Query(query), kind, condition, schema);
        }
        RightRows::Unnest {
            collection,
            with_ordinality,
        } => {
            let source = CorrelateSource::Unnest {
                collection,
                with_ordinality,
            };
            return correlate(left, source, kind, condition, schema);
        }
    };
    QueryOperation::Join(Join {
        left,
        right,
        kind,
        condition,
        as_of,
        schema,
    })
}

fn correlate(
    input: Arc<QueryOperation>,
    right: CorrelateSource,
    kind: JoinKind,
    condition: Option<ResolvedExpression>,
    schema: Schema,
) -> QueryOperation {
    QueryOperation::Correlate(Correlate {
        input,
        right,
        kind,
        condition,
        schema,
    })
}

fn is_true(condition: &ResolvedExpression) -> bool {
    matches!(
        condition,
        ResolvedExpression::Literal {
            value: LiteralValue::Boolean(true),
            ..
        }
    )
}
