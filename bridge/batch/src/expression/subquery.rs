//! Queries inside expressions.
//!
//! DataFusion turns them into joins. It knows IN and EXISTS as conditions of a filter; as values they are
//! said in other words that have the same three-valued meaning: EXISTS as a count, IN as a CASE of two
//! EXISTS. The plan of a sub-query is made anew for each of these, since names of columns are unique.

use std::sync::Arc;

use datafusion::common::Column;
use datafusion::functions_aggregate::count::count_udaf;
use datafusion::logical_expr::expr::{AggregateFunction, Case, Exists, InSubquery};
use datafusion::logical_expr::{
    Expr, LogicalPlan, LogicalPlanBuilder, Operator, Subquery, and, lit, not, or,
};
use datafusion::scalar::ScalarValue;
use nutkin_engine::Result;
use nutkin_plan::expression::{self as resolved, ResolvedExpression, SubqueryKind};
use nutkin_plan::operation::QueryOperation;
use nutkin_plan::types::LogicalType;

use super::comparison::binary;
use crate::aggregate::single_value;
use crate::error::{internal, planning};
use crate::plan::{Planner, Relation, has_at_most_one_row};

impl Planner<'_> {
    /// A sub-query as a condition that keeps rows for which it is true.
    pub(super) fn subquery_condition(
        &mut self,
        subquery: &resolved::Subquery,
        columns: &[Column],
    ) -> Result<Expr> {
        match &subquery.kind {
            SubqueryKind::Scalar => self.subquery_value(subquery, columns),
            SubqueryKind::Exists { negated } => {
                let inner = self.inner_query(&subquery.operation, columns)?;
                Ok(exists(inner.plan, *negated))
            }
            SubqueryKind::In { operands, negated } => {
                self.contained_condition(operands, &subquery.operation, *negated, columns)
            }
        }
    }

    /// A sub-query as a value.
    pub(super) fn subquery_value(
        &mut self,
        subquery: &resolved::Subquery,
        columns: &[Column],
    ) -> Result<Expr> {
        match &subquery.kind {
            SubqueryKind::Scalar => self.scalar(subquery, columns),
            SubqueryKind::Exists { negated } => {
                let inner = self.inner_query(&subquery.operation, columns)?;
                let found = self.is_not_empty(inner.plan)?;
                Ok(if *negated { not(found) } else { found })
            }
            SubqueryKind::In { operands, negated } => {
                let equal = self.matching(operands, &subquery.operation, columns, Matching::Equal)?;
                let found = self.is_not_empty(equal)?;
                let unknown = self.left_open(operands, &subquery.operation, columns)?;
                let contained = Expr::Case(Case::new(
                    None,
                    vec![
                        (Box::new(found), Box::new(lit(true))),
                        (
                            Box::new(unknown),
                            Box::new(Expr::Literal(ScalarValue::Boolean(None), None)),
                        ),
                    ],
                    Some(Box::new(lit(false))),
                ));
                Ok(if *negated { not(contained) } else { contained })
            }
        }
    }

    /// The value of the only row. A second row is an error, unless there can be none.
    fn scalar(&mut self, subquery: &resolved::Subquery, columns: &[Column]) -> Result<Expr> {
        let inner = self.inner_query(&subquery.operation, columns)?;
        let column = only_column(&inner)?;
        let name = self.names.fresh("value");
        let builder = LogicalPlanBuilder::from(inner.plan);
        let plan = if has_at_most_one_row(&subquery.operation) {
            builder.project([Expr::Column(column).alias(name)])
        } else {
            let value = Expr::AggregateFunction(AggregateFunction::new_udf(
                single_value(),
                vec![Expr::Column(column)],
                false,
                None,
                Vec::new(),
                None,
            ));
            builder.aggregate(Vec::<Expr>::new(), [value.alias(name)])
        };
        let plan = plan.and_then(LogicalPlanBuilder::build).map_err(planning)?;
        Ok(Expr::ScalarSubquery(inner_plan(plan)))
    }

    /// IN and NOT IN of a filter.
    fn contained_condition(
        &mut self,
        operands: &[ResolvedExpression],
        operation: &Arc<QueryOperation>,
        negated: bool,
        columns: &[Column],
    ) -> Result<Expr> {
        if let [operand] = operands {
            let inner = self.inner_query(operation, columns)?;
            let is_correlated = inner.plan.contains_outer_reference();
            let inner_type = only_type(operation)?;
            let common = nutkin_functions::comparison_type(&[operand.data_type(), inner_type.clone()]);
            // A join that knows about NULLs has one key: the value itself.
            if let Some(common) = common
                && !(negated && is_correlated)
            {
                let operand = self.expression(&operand.clone().cast_to(&common), columns)?;
                let column = Expr::Column(only_column(&inner)?);
                let value = self.in_type(column, &inner_type, &common)?;
                let plan = LogicalPlanBuilder::from(inner.plan)
                    .project([value.alias(self.names.fresh("value"))])
                    .and_then(LogicalPlanBuilder::build)
                    .map_err(planning)?;
                return Ok(Expr::InSubquery(InSubquery::new(
                    Box::new(operand),
                    inner_plan(plan),
                    negated,
                )));
            }
        }
        let matching = if negated {
            Matching::NotDifferent
        } else {
            Matching::Equal
        };
        let plan = self.matching(operands, operation, columns, matching)?;
        Ok(exists(plan, negated))
    }

    /// The rows of a query that match the operands, which are of the row around it.
    fn matching(
        &mut self,
        operands: &[ResolvedExpression],
        operation: &Arc<QueryOperation>,
        columns: &[Column],
        matching: Matching,
    ) -> Result<LogicalPlan> {
        let inner = self.inner_query(operation, columns)?;
        let inner_types: Vec<LogicalType> = operation
            .schema()
            .columns
            .into_iter()
            .map(|column| column.column_type)
            .collect();
        let mut condition: Option<Expr> = None;
        for ((operand, column), inner_type) in operands.iter().zip(&inner.columns).zip(&inner_types) {
            let operand_type = operand.data_type();
            let common = nutkin_functions::comparison_type(&[operand_type.clone(), inner_type.clone()])
                .ok_or_else(|| internal("IN compares values that cannot be compared"))?;
            // The operand is of the row around the sub-query.
            self.outer.push(columns.to_vec());
            let operand = self.expression(&outer_of(operand), &[]);
            self.outer.pop();
            let operand = operand?;
            let operand = self.in_type(operand, &operand_type, &common)?;
            let value = self.in_type(Expr::Column(column.clone()), inner_type, &common)?;
            let equal = binary(value.clone(), Operator::Eq, operand.clone());
            let holds = match matching {
                Matching::Equal => equal,
                Matching::NotDifferent => or(equal, or(value.is_null(), operand.is_null())),
            };
            condition = Some(match condition {
                None => holds,
                Some(before) => and(before, holds),
            });
        }
        LogicalPlanBuilder::from(inner.plan)
            .filter(condition.unwrap_or_else(|| lit(true)))
            .and_then(LogicalPlanBuilder::build)
            .map_err(planning)
    }

    /// Whether NULL leaves open if the operands are among the rows of a query: one of the operands is NULL
    /// and there are rows, or a row has a NULL.
    fn left_open(
        &mut self,
        operands: &[ResolvedExpression],
        operation: &Arc<QueryOperation>,
        columns: &[Column],
    ) -> Result<Expr> {
        let [operand] = operands else {
            let plan = self.matching(operands, operation, columns, Matching::NotDifferent)?;
            return self.is_not_empty(plan);
        };
        // One value needs no comparison, so that the optimizer can make a join of it.
        let rows = self.inner_query(operation, columns)?;
        let rows = self.is_not_empty(rows.plan)?;
        let nulls = self.inner_query(operation, columns)?;
        let column = Expr::Column(only_column(&nulls)?);
        let plan = LogicalPlanBuilder::from(nulls.plan)
            .filter(column.is_null())
            .and_then(LogicalPlanBuilder::build)
            .map_err(planning)?;
        let nulls = self.is_not_empty(plan)?;
        let operand = self.expression(operand, columns)?;
        Ok(or(and(operand.is_null(), rows), nulls))
    }

    /// A value in another type.
    fn in_type(&self, value: Expr, from: &LogicalType, to: &LogicalType) -> Result<Expr> {
        if from.to_arrow() == to.to_arrow() {
            return Ok(value);
        }
        super::apply(
            &nutkin_plan::function::definitions::CAST,
            vec![(value, from.clone())],
            to,
            self.tables.evaluation(),
        )
    }

    /// Whether a plan has rows, as a value.
    fn is_not_empty(&mut self, plan: LogicalPlan) -> Result<Expr> {
        let name = self.names.fresh("count");
        let count = Expr::AggregateFunction(AggregateFunction::new_udf(
            count_udaf(),
            vec![lit(1_i64)],
            false,
            None,
            Vec::new(),
            None,
        ));
        let plan = LogicalPlanBuilder::from(plan)
            .aggregate(Vec::<Expr>::new(), [count.alias(name)])
            .and_then(LogicalPlanBuilder::build)
            .map_err(planning)?;
        let count = Expr::ScalarSubquery(inner_plan(plan));
        Ok(binary(count, Operator::Gt, lit(0_i64)))
    }
}

/// Which rows of a sub-query count as equal to the operands of IN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Matching {
    /// Those that are.
    Equal,
    /// These, and those of which NULL leaves it open.
    NotDifferent,
}

fn exists(plan: LogicalPlan, negated: bool) -> Expr {
    Expr::Exists(Exists::new(inner_plan(plan), negated))
}

fn inner_plan(plan: LogicalPlan) -> Subquery {
    Subquery {
        outer_ref_columns: plan.all_out_ref_exprs(),
        subquery: Arc::new(plan),
        spans: datafusion::common::Spans::new(),
    }
}

fn only_column(relation: &Relation) -> Result<Column> {
    match relation.columns.as_slice() {
        [column] => Ok(column.clone()),
        columns => Err(internal(format!(
            "a sub-query with {} columns is no value",
            columns.len()
        ))),
    }
}

fn only_type(operation: &QueryOperation) -> Result<LogicalType> {
    match operation.schema().columns.as_slice() {
        [column] => Ok(column.column_type.clone()),
        columns => Err(internal(format!(
            "a sub-query with {} columns is no value",
            columns.len()
        ))),
    }
}

/// An expression of a query as its sub-queries see it.
fn outer_of(expression: &ResolvedExpression) -> ResolvedExpression {
    match expression {
        ResolvedExpression::Field {
            index,
            name,
            field_type,
        } => ResolvedExpression::OuterField {
            depth: 1,
            index: *index,
            name: name.clone(),
            field_type: field_type.clone(),
        },
        ResolvedExpression::OuterField {
            depth,
            index,
            name,
            field_type,
        } => ResolvedExpression::OuterField {
            depth: depth + 1,
            index: *index,
            name: name.clone(),
            field_type: field_type.clone(),
        },
        ResolvedExpression::Call {
            function,
            arguments,
            result_type,
        } => ResolvedExpression::Call {
            function: function.clone(),
            arguments: arguments.iter().map(outer_of).collect(),
            result_type: result_type.clone(),
        },
        other => other.clone(),
    }
}
