//! Functions that DataFusion computes as Flink does.

use datafusion::common::Column;
use datafusion::logical_expr::expr::Like;
use datafusion::logical_expr::{Expr, Operator, cast, not};
use nutkin_engine::Result;
use nutkin_plan::expression::{LiteralValue, ResolvedExpression};
use nutkin_plan::types::derive::decimal_digits;
use nutkin_plan::types::{LogicalType, TypeKind, supports_avoiding_cast};

use super::comparison::{binary, operator};
use crate::plan::Planner;

/// The most digits of a DECIMAL.
const MAX_PRECISION: u8 = 38;

impl Planner<'_> {
    /// A call in DataFusion's expressions; `None` if only ours computes it right.
    pub(super) fn native(
        &mut self,
        name: &str,
        arguments: &[ResolvedExpression],
        result_type: &LogicalType,
        columns: &[Column],
    ) -> Result<Option<Expr>> {
        if let Some(operator) = operator(name) {
            return self.comparison(operator, arguments, columns, false);
        }
        match (name, arguments) {
            ("as", [value, ..]) => self.expression(value, columns).map(Some),
            ("and", _) => {
                let conjuncts: Vec<&ResolvedExpression> = arguments.iter().collect();
                self.conjunction(&conjuncts, columns, Self::expression).map(Some)
            }
            ("or", _) => self.disjunction(arguments, columns),
            ("not", [value]) => Ok(Some(not(self.expression(value, columns)?))),
            ("ifThenElse", _) => self.case(arguments, result_type, columns),
            ("isNull", [value]) => Ok(Some(self.expression(value, columns)?.is_null())),
            ("isNotNull", [value]) => Ok(Some(self.expression(value, columns)?.is_not_null())),
            ("isTrue", [value]) => Ok(Some(self.expression(value, columns)?.is_true())),
            ("isNotTrue", [value]) => Ok(Some(self.expression(value, columns)?.is_not_true())),
            ("isFalse", [value]) => Ok(Some(self.expression(value, columns)?.is_false())),
            ("isNotFalse", [value]) => Ok(Some(self.expression(value, columns)?.is_not_false())),
            ("between", _) => self.between(false, arguments, columns),
            ("notBetween", _) => self.between(true, arguments, columns),
            ("in", _) => self.contained(arguments, columns),
            ("LIKE", [value, pattern]) => self.like(value, pattern, columns),
            ("cast", [value]) => self.widening(value, result_type, columns),
            ("plus" | "minus" | "times", [left, right]) => {
                self.arithmetic(name, left, right, result_type, columns)
            }
            _ => Ok(None),
        }
    }

    /// LIKE with a constant pattern. Without ESCAPE a backslash means itself in Flink, but not in Arrow.
    fn like(
        &mut self,
        value: &ResolvedExpression,
        pattern: &ResolvedExpression,
        columns: &[Column],
    ) -> Result<Option<Expr>> {
        let ResolvedExpression::Literal {
            value: LiteralValue::String(text),
            ..
        } = pattern
        else {
            return Ok(None);
        };
        if text.contains('\\') {
            return Ok(None);
        }
        let value = self.expression(value, columns)?;
        let pattern = self.expression(pattern, columns)?;
        let like = Like::new(false, Box::new(value), Box::new(pattern), None, false);
        Ok(Some(Expr::Like(like)))
    }

    /// A cast that changes no value.
    fn widening(
        &mut self,
        value: &ResolvedExpression,
        target: &LogicalType,
        columns: &[Column],
    ) -> Result<Option<Expr>> {
        let source = value.data_type();
        if source.to_arrow() == target.to_arrow() && supports_avoiding_cast(&source, target) {
            return self.expression(value, columns).map(Some);
        }
        if !widens(&source.kind, &target.kind) {
            return Ok(None);
        }
        let value = self.expression(value, columns)?;
        Ok(Some(cast(value, target.to_arrow())))
    }

    /// `+`, `-` and `*`. Both wrap integers around. DECIMALs are DataFusion's if its result type is Flink's
    /// and has room for every result: Flink makes NULL of what does not fit, DataFusion fails.
    fn arithmetic(
        &mut self,
        name: &str,
        left: &ResolvedExpression,
        right: &ResolvedExpression,
        result_type: &LogicalType,
        columns: &[Column],
    ) -> Result<Option<Expr>> {
        let operator = match name {
            "plus" => Operator::Plus,
            "minus" => Operator::Minus,
            _ => Operator::Multiply,
        };
        let (left_type, right_type) = (left.data_type(), right.data_type());
        let (left, right) = if is_integer(&result_type.kind) || is_float(&result_type.kind) {
            if !is_number(&left_type.kind) || !is_number(&right_type.kind) {
                return Ok(None);
            }
            let target = result_type.with_nullable(true);
            (left.clone().cast_to(&target), right.clone().cast_to(&target))
        } else {
            match (exact_result(operator, &left_type, &right_type), &result_type.kind) {
                (
                    Some((precision, scale)),
                    TypeKind::Decimal {
                        precision: p,
                        scale: s,
                    },
                ) if (precision, scale) == (*p, *s) => {}
                _ => return Ok(None),
            }
            (as_decimal(left, &left_type), as_decimal(right, &right_type))
        };
        let left = self.expression(&left, columns)?;
        let right = self.expression(&right, columns)?;
        Ok(Some(binary(left, operator, right)))
    }
}

/// The digits of the result of DataFusion's operator, if they are never cut.
fn exact_result(operator: Operator, left: &LogicalType, right: &LogicalType) -> Option<(u8, u8)> {
    let (left_precision, left_scale) = decimal_digits(&left.kind)?;
    let (right_precision, right_scale) = decimal_digits(&right.kind)?;
    let (precision, scale) = if operator == Operator::Multiply {
        (left_precision + right_precision + 1, left_scale + right_scale)
    } else {
        let whole = (left_precision - left_scale).max(right_precision - right_scale);
        let scale = left_scale.max(right_scale);
        (whole + scale + 1, scale)
    };
    (precision <= MAX_PRECISION).then_some((precision, scale))
}

/// An integer as the DECIMAL that Flink takes it for.
fn as_decimal(value: &ResolvedExpression, value_type: &LogicalType) -> ResolvedExpression {
    match (&value_type.kind, decimal_digits(&value_type.kind)) {
        (TypeKind::Decimal { .. }, _) | (_, None) => value.clone(),
        (_, Some((precision, scale))) => value
            .clone()
            .cast_to(&LogicalType::nullable(TypeKind::Decimal { precision, scale })),
    }
}

/// Whether every value of one type is a value of the other, and Arrow's cast gives it.
fn widens(source: &TypeKind, target: &TypeKind) -> bool {
    match (source, target) {
        (one, other) if is_integer(one) && is_integer(other) => width(one) <= width(other),
        (one, TypeKind::Decimal { precision, scale }) => {
            decimal_digits(one).is_some_and(|(from_precision, from_scale)| {
                *scale >= from_scale && precision - scale >= from_precision - from_scale
            })
        }
        (one, TypeKind::Double) => is_integer(one) || *one == TypeKind::Float,
        (TypeKind::TinyInt | TypeKind::SmallInt, TypeKind::Float) => true,
        _ => false,
    }
}

fn is_integer(kind: &TypeKind) -> bool {
    width(kind) > 0
}

fn is_float(kind: &TypeKind) -> bool {
    matches!(kind, TypeKind::Float | TypeKind::Double)
}

fn is_number(kind: &TypeKind) -> bool {
    decimal_digits(kind).is_some() || is_float(kind)
}

/// The bytes of an integer; 0 for other types.
fn width(kind: &TypeKind) -> u8 {
    match kind {
        TypeKind::TinyInt => 1,
        TypeKind::SmallInt => 2,
        TypeKind::Int => 4,
        TypeKind::BigInt => 8,
        _ => 0,
    }
}
