//! Queries inside expressions: scalar ones, IN, EXISTS, and comparisons with SOME and ALL.

use std::sync::Arc;

use sqlparser::ast::{BinaryOperator, Expr, Query, Spanned};
use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use super::call::built_in;
use super::expression::Translator;
use super::mismatch::calcite_type;
use super::operators::{boolean_constant, not_if};
use super::refuse::refused;
use super::scope::{Relation, field};
use super::set_operation::convert;
use crate::catalog::Column;
use crate::error::{PlanError, Result};
use crate::expression::{LiteralValue, ResolvedExpression, Subquery, SubqueryKind};
use crate::function::{BuiltInFunction, definitions};
use crate::operation::{AggregateCall, NamedExpression, QueryOperation, expression_type};
use crate::types::derive::{are_equals_comparable, common_type};
use crate::types::{LogicalType, TypeKind};

impl Translator<'_, '_> {
    /// A query for which the columns here are those of the query around it.
    fn inner_query(&mut self, query: &Query) -> Result<Relation> {
        if self.is_probing {
            // Two plans of one query are never equal, so no grouping can be the same as this.
            return Err(PlanError::validation("A sub-query is no grouping."));
        }
        let keys = self.grouping.as_ref().map(|grouping| grouping.keys());
        let planner = self.planner;
        let planned = planner.outer.inside(self.scope, keys, || planner.query(query))?;
        Ok(planned.value)
    }

    /// `(SELECT ...)` as a value.
    pub(super) fn scalar_query(&mut self, query: &Query) -> Result<ResolvedExpression> {
        let relation = self.inner_query(query)?;
        let schema = relation.operation.schema();
        let [column] = schema.columns.as_slice() else {
            let fields: Vec<String> = schema
                .columns
                .iter()
                .map(|column| format!("{} {}", calcite_type(&column.column_type), column.name).to_uppercase())
                .collect();
            return Err(validation_error(
                query.span(),
                &format!(
                    "Cannot apply '$SCALAR_QUERY' to arguments of type \
                     '$SCALAR_QUERY(<RECORDTYPE({})>)'. Supported form(s): \
                     '$SCALAR_QUERY(<RECORDTYPE(SINGLE FIELD)>)'",
                    fields.join(", ")
                ),
            ));
        };
        let result_type = column.column_type.with_nullable(true);
        Ok(subquery(SubqueryKind::Scalar, relation.operation, result_type))
    }

    /// `[NOT] EXISTS (SELECT ...)`.
    pub(super) fn exists(&mut self, query: &Query, negated: bool) -> Result<ResolvedExpression> {
        let relation = self.inner_query(query)?;
        let result_type = LogicalType::not_null(TypeKind::Boolean);
        Ok(subquery(
            SubqueryKind::Exists { negated },
            relation.operation,
            result_type,
        ))
    }

    /// `value [NOT] IN (SELECT ...)`, where the value can be a row.
    pub(super) fn in_query(
        &mut self,
        value: &Expr,
        query: &Query,
        negated: bool,
    ) -> Result<ResolvedExpression> {
        let operands = match value {
            Expr::Tuple(parts) => parts
                .iter()
                .map(|part| self.translate(part))
                .collect::<Result<Vec<_>>>()?,
            other => vec![self.translate(other)?],
        };
        let relation = self.inner_query(query)?;
        let span = self
            .planner
            .source
            .through_parenthesis(value.span().union(&query.span()));
        is_in(operands, relation.operation, negated, span)
    }

    /// `value operator SOME (SELECT ...)`, also called ANY, and `ALL`.
    pub(super) fn quantified(
        &mut self,
        value: &Expr,
        operator: &BinaryOperator,
        right: &Expr,
        is_all: bool,
        span: Span,
    ) -> Result<ResolvedExpression> {
        let query = match right {
            Expr::Subquery(query) => query,
            Expr::Nested(inner) => match inner.as_ref() {
                Expr::Subquery(query) => query,
                single => return self.quantified_list(value, operator, &[single], is_all, span),
            },
            Expr::Tuple(list) => {
                let list: Vec<&Expr> = list.iter().collect();
                return self.quantified_list(value, operator, &list, is_all, span);
            }
            _ => {
                return Err(refused(
                    span,
                    "SOME, ANY or ALL of a collection",
                    "Write ARRAY_CONTAINS(array, value), or a list or sub-query in parentheses.",
                ));
            }
        };
        match (operator, is_all) {
            (BinaryOperator::Eq, false) => return self.in_query(value, query, false),
            (BinaryOperator::NotEq, true) => return self.in_query(value, query, true),
            _ => {}
        }
        // ALL is not SOME of the opposite.
        let operator = match is_all {
            true => opposite(operator),
            false => Some(operator.clone()),
        };
        let Some(operator) = operator else {
            return Err(refused(
                span,
                "this operator with SOME, ANY or ALL",
                "Write = <> < <= > or >=.",
            ));
        };
        let operand = self.translate(value)?;
        let relation = self.inner_query(query)?;
        let some = compared_with_some(&operand, &operator, &relation.operation, span)?;
        not_if(is_all, some, span)
    }

    /// `value operator SOME (a, b)`.
    fn quantified_list(
        &mut self,
        value: &Expr,
        operator: &BinaryOperator,
        list: &[&Expr],
        is_all: bool,
        span: Span,
    ) -> Result<ResolvedExpression> {
        let mut compared = list
            .iter()
            .map(|part| self.binary(value, operator, part, span))
            .collect::<Result<Vec<_>>>()?;
        match compared.len() {
            1 => Ok(compared.remove(0)),
            _ if is_all => built_in(&definitions::AND, compared, span),
            _ => built_in(&definitions::OR, compared, span),
        }
    }
}

fn subquery(
    kind: SubqueryKind,
    operation: Arc<QueryOperation>,
    result_type: LogicalType,
) -> ResolvedExpression {
    ResolvedExpression::Subquery(Box::new(Subquery {
        kind,
        operation,
        result_type,
    }))
}

/// Values are compared in the common types of both sides.
fn is_in(
    operands: Vec<ResolvedExpression>,
    operation: Arc<QueryOperation>,
    negated: bool,
    span: Span,
) -> Result<ResolvedExpression> {
    let schema = operation.schema();
    if schema.columns.len() != operands.len() {
        return Err(validation_error(
            span,
            "Values passed to IN operator must have compatible types",
        ));
    }
    let mut nullable = false;
    let mut columns = Vec::with_capacity(operands.len());
    for (operand, column) in operands.iter().zip(&schema.columns) {
        let (left, right) = (expression_type(operand), &column.column_type);
        nullable |= left.nullable || right.nullable;
        let common = common_type(&[left.clone(), right.clone()])
            .filter(|_| are_equals_comparable(&left, right))
            .ok_or_else(|| PlanError::Table {
                message: format!(
                    "implicit type conversion between {} and {} is not supported on join's condition now",
                    calcite_type(&left),
                    calcite_type(right)
                ),
                hint: Some("CAST one side to the type of the other.".to_owned()),
            })?;
        columns.push(Column {
            name: column.name.clone(),
            column_type: common,
            comment: None,
        });
    }
    let operands = operands
        .into_iter()
        .zip(&columns)
        .map(|(operand, column)| {
            let nullable = expression_type(&operand).nullable;
            operand.cast_to(&column.column_type.with_nullable(nullable))
        })
        .collect();
    let operation = convert(operation, &schema, &columns);
    Ok(subquery(
        SubqueryKind::In { operands, negated },
        operation,
        LogicalType {
            kind: TypeKind::Boolean,
            nullable,
        },
    ))
}

fn opposite(operator: &BinaryOperator) -> Option<BinaryOperator> {
    Some(match operator {
        BinaryOperator::Eq => BinaryOperator::NotEq,
        BinaryOperator::NotEq => BinaryOperator::Eq,
        BinaryOperator::Lt => BinaryOperator::GtEq,
        BinaryOperator::LtEq => BinaryOperator::Gt,
        BinaryOperator::Gt => BinaryOperator::LtEq,
        BinaryOperator::GtEq => BinaryOperator::Lt,
        _ => return None,
    })
}

/// `operand operator SOME (query)`, by the extremes of the query's rows: a value is less than some if it is
/// less than the largest. Over no rows it is false; if it is not true and there are NULLs, it is NULL.
fn compared_with_some(
    operand: &ResolvedExpression,
    operator: &BinaryOperator,
    operation: &Arc<QueryOperation>,
    span: Span,
) -> Result<ResolvedExpression> {
    let schema = operation.schema();
    let [column] = schema.columns.as_slice() else {
        return Err(validation_error(
            span,
            "Values passed to SOME operator must have compatible types",
        ));
    };
    let (comparison, extremes): (_, &[&'static BuiltInFunction]) = match operator {
        BinaryOperator::Eq => {
            return is_in(vec![operand.clone()], Arc::clone(operation), false, span);
        }
        BinaryOperator::Lt => (&definitions::LESS_THAN, &[&definitions::MAX]),
        BinaryOperator::LtEq => (&definitions::LESS_THAN_OR_EQUAL, &[&definitions::MAX]),
        BinaryOperator::Gt => (&definitions::GREATER_THAN, &[&definitions::MIN]),
        BinaryOperator::GtEq => (&definitions::GREATER_THAN_OR_EQUAL, &[&definitions::MIN]),
        _ => (&definitions::NOT_EQUALS, &[&definitions::MIN, &definitions::MAX]),
    };
    let input = field(&schema, 0);
    let aggregate = |function, arguments| aggregate(operation, function, arguments, &column.column_type);
    let rows = aggregate(&definitions::COUNT, Vec::new());
    let values = aggregate(&definitions::COUNT, vec![input.clone()]);
    let mut comparisons = extremes
        .iter()
        .map(|extreme| {
            let extreme = aggregate(extreme, vec![input.clone()]);
            built_in(comparison, vec![operand.clone(), extreme], span)
        })
        .collect::<Result<Vec<_>>>()?;
    let compared = match comparisons.len() {
        1 => comparisons.remove(0),
        _ => built_in(&definitions::OR, comparisons, span)?,
    };
    let zero = ResolvedExpression::Literal {
        value: LiteralValue::Integer(0),
        literal_type: LogicalType::not_null(TypeKind::BigInt),
    };
    let unknown = ResolvedExpression::Literal {
        value: LiteralValue::Null,
        literal_type: LogicalType::nullable(TypeKind::Boolean),
    };
    let is_empty = built_in(&definitions::EQUALS, vec![rows.clone(), zero], span)?;
    let is_certain = built_in(&definitions::IS_TRUE, vec![compared.clone()], span)?;
    let has_null = built_in(&definitions::GREATER_THAN, vec![rows, values], span)?;
    let mut result = compared;
    for (condition, then) in [
        (has_null, unknown),
        (is_certain, boolean_constant(true)),
        (is_empty, boolean_constant(false)),
    ] {
        result = built_in(&definitions::IF_THEN_ELSE, vec![condition, then, result], span)?;
    }
    Ok(result)
}

/// One aggregate over all rows of a query, as a value.
fn aggregate(
    operation: &Arc<QueryOperation>,
    function: &'static BuiltInFunction,
    arguments: Vec<ResolvedExpression>,
    column_type: &LogicalType,
) -> ResolvedExpression {
    let result_type = if function == &definitions::COUNT {
        LogicalType::not_null(TypeKind::BigInt)
    } else {
        column_type.with_nullable(true)
    };
    let operation = QueryOperation::Aggregate {
        input: Arc::clone(operation),
        groupings: Vec::<NamedExpression>::new(),
        grouping_sets: Vec::new(),
        aggregates: vec![AggregateCall {
            name: "EXPR$0".to_owned(),
            function,
            arguments,
            distinct: false,
            filter: None,
            order_by: Vec::new(),
            result_type: result_type.clone(),
        }],
    };
    subquery(
        SubqueryKind::Scalar,
        Arc::new(operation),
        result_type.with_nullable(true),
    )
}
