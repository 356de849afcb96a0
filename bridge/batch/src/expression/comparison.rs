//! Comparisons, BETWEEN and IN.

use datafusion::common::Column;
use datafusion::logical_expr::{BinaryExpr, Expr, Operator, and, in_list, or};
use nutkin_engine::Result;
use nutkin_plan::expression::ResolvedExpression;
use nutkin_plan::types::{LogicalType, TypeKind};

use crate::plan::Planner;

/// DataFusion's operator of a comparison.
pub(super) fn operator(name: &str) -> Option<Operator> {
    Some(match name {
        "equals" => Operator::Eq,
        "notEquals" => Operator::NotEq,
        "lessThan" => Operator::Lt,
        "lessThanOrEqual" => Operator::LtEq,
        "greaterThan" => Operator::Gt,
        "greaterThanOrEqual" => Operator::GtEq,
        _ => return None,
    })
}

/// The type in which DataFusion compares these values as Flink does. Floating-point numbers are not
/// compared by Arrow's kernels, for which NaN equals itself; a join by equality is.
fn native_type(arguments: &[ResolvedExpression], floats: bool) -> Option<LogicalType> {
    let types: Vec<LogicalType> = arguments.iter().map(ResolvedExpression::data_type).collect();
    let common = nutkin_functions::comparison_type(&types)?;
    match common.kind {
        TypeKind::Float | TypeKind::Double => floats.then_some(common),
        TypeKind::Array(_)
        | TypeKind::Row(_)
        | TypeKind::Map(..)
        | TypeKind::Multiset(_)
        | TypeKind::Null => None,
        _ => Some(common.with_nullable(true)),
    }
}

impl Planner<'_> {
    /// A comparison of two values.
    pub(super) fn comparison(
        &mut self,
        operator: Operator,
        arguments: &[ResolvedExpression],
        columns: &[Column],
        floats: bool,
    ) -> Result<Option<Expr>> {
        let Some(values) = self.comparable(arguments, columns, floats)? else {
            return Ok(None);
        };
        let [left, right] = <[Expr; 2]>::try_from(values)
            .map_err(|_| crate::error::internal("a comparison has two operands"))?;
        Ok(Some(binary(left, operator, right)))
    }

    /// BETWEEN and NOT BETWEEN.
    pub(super) fn between(
        &mut self,
        negated: bool,
        arguments: &[ResolvedExpression],
        columns: &[Column],
    ) -> Result<Option<Expr>> {
        let Some(values) = self.comparable(arguments, columns, false)? else {
            return Ok(None);
        };
        let [value, low, high] = <[Expr; 3]>::try_from(values)
            .map_err(|_| crate::error::internal("BETWEEN has three operands"))?;
        Ok(Some(if negated {
            or(
                binary(value.clone(), Operator::Lt, low),
                binary(value, Operator::Gt, high),
            )
        } else {
            and(
                binary(value.clone(), Operator::GtEq, low),
                binary(value, Operator::LtEq, high),
            )
        }))
    }

    /// IN over values.
    pub(super) fn contained(
        &mut self,
        arguments: &[ResolvedExpression],
        columns: &[Column],
    ) -> Result<Option<Expr>> {
        let Some(mut values) = self.comparable(arguments, columns, false)? else {
            return Ok(None);
        };
        let candidates = values.split_off(1);
        Ok(values.pop().map(|value| in_list(value, candidates, false)))
    }

    /// The values in the type they are compared in, if DataFusion can compare them.
    fn comparable(
        &mut self,
        arguments: &[ResolvedExpression],
        columns: &[Column],
        floats: bool,
    ) -> Result<Option<Vec<Expr>>> {
        let Some(common) = native_type(arguments, floats) else {
            return Ok(None);
        };
        let wanted = common.to_arrow();
        let values = arguments
            .iter()
            .map(|argument| {
                // Lengths of strings do not matter to a comparison.
                if argument.data_type().to_arrow() == wanted {
                    return self.expression(argument, columns);
                }
                self.expression(&argument.clone().cast_to(&common), columns)
            })
            .collect::<Result<Vec<Expr>>>()?;
        Ok(Some(values))
    }
}

/// A binary expression.
pub(super) fn binary(left: Expr, operator: Operator, right: Expr) -> Expr {
    Expr::BinaryExpr(BinaryExpr::new(Box::new(left), operator, Box::new(right)))
}
