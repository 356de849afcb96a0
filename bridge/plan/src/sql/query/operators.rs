//! Operators, and the functions that SQL spells with words between their operands.

use sqlparser::ast::{BinaryOperator, Expr, TrimWhereField, UnaryOperator, ValueWithSpan};
use sqlparser::tokenizer::Span;

use super::call::{built_in, cast};
use super::expression::{Translator, span_of};
use super::literal::{constant, negated};
use super::refuse::refused;
use crate::error::Result;
use crate::expression::{LiteralValue, ResolvedExpression};
use crate::function::{BuiltInFunction, definitions};
use crate::operation::expression_type;
use crate::types::{LogicalType, TypeKind};

static ARITHMETIC: [&BuiltInFunction; 4] = [
    &definitions::PLUS,
    &definitions::MINUS,
    &definitions::TIMES,
    &definitions::DIVIDE,
];

impl Translator<'_, '_> {
    pub(super) fn unary(
        &mut self,
        operator: &UnaryOperator,
        operand: &Expr,
        span: Span,
    ) -> Result<ResolvedExpression> {
        match operator {
            UnaryOperator::Not => built_in(&definitions::NOT, vec![self.translate(operand)?], span),
            UnaryOperator::Minus | UnaryOperator::Plus => {
                let operand = self.translate(operand)?;
                if let ResolvedExpression::Literal { value, literal_type } = &operand
                    && *operator == UnaryOperator::Minus
                    && let Some(value) = negated(value)
                {
                    let literal_type = match value {
                        // The one INT whose digits alone are a BIGINT.
                        LiteralValue::Integer(-2_147_483_648) => LogicalType::not_null(TypeKind::Int),
                        _ => literal_type.clone(),
                    };
                    return Ok(ResolvedExpression::Literal { value, literal_type });
                }
                // A plus sign changes nothing, but may stand before numbers only.
                let signed = built_in(&definitions::MINUS_PREFIX, vec![operand.clone()], span)?;
                Ok(if *operator == UnaryOperator::Minus {
                    signed
                } else {
                    operand
                })
            }
            _ => Err(refused(
                span,
                &format!("the operator {operator}"),
                "Operators of one operand: +, -, NOT.",
            )),
        }
    }

    pub(super) fn binary(
        &mut self,
        left: &Expr,
        operator: &BinaryOperator,
        right: &Expr,
        span: Span,
    ) -> Result<ResolvedExpression> {
        let function = match operator {
            BinaryOperator::Plus => &definitions::PLUS,
            BinaryOperator::Minus => &definitions::MINUS,
            BinaryOperator::Multiply => &definitions::TIMES,
            BinaryOperator::Divide => &definitions::DIVIDE,
            BinaryOperator::Modulo => &definitions::MOD,
            BinaryOperator::StringConcat => &definitions::CONCAT,
            BinaryOperator::Eq => &definitions::EQUALS,
            BinaryOperator::NotEq => &definitions::NOT_EQUALS,
            BinaryOperator::Gt => &definitions::GREATER_THAN,
            BinaryOperator::GtEq => &definitions::GREATER_THAN_OR_EQUAL,
            BinaryOperator::Lt => &definitions::LESS_THAN,
            BinaryOperator::LtEq => &definitions::LESS_THAN_OR_EQUAL,
            _ => {
                return Err(refused(
                    span,
                    &format!("the operator {operator}"),
                    "Operators of two operands: + - * / % || = <> < <= > >= AND OR.",
                ));
            }
        };
        let mut operands = self.all(&[left, right])?;
        let kinds: Vec<TypeKind> = operands
            .iter()
            .map(|operand| expression_type(operand).kind)
            .collect();
        if ARITHMETIC.contains(&function) && kinds == [TypeKind::Float, TypeKind::Double] {
            // To Calcite both are as precise, and the first one decides.
            operands[1] = cast(
                &definitions::CAST,
                operands[1].clone(),
                &LogicalType::nullable(TypeKind::Float),
                span,
            )?;
        }
        built_in(function, operands, span)
    }

    /// A chain of ANDs or of ORs, which becomes one call with all their operands.
    pub(super) fn connective(
        &mut self,
        chain: &Expr,
        operator: &BinaryOperator,
    ) -> Result<ResolvedExpression> {
        let function = match operator {
            BinaryOperator::And => &definitions::AND,
            _ => &definitions::OR,
        };
        let mut written = Vec::new();
        let mut rest = chain;
        while let Expr::BinaryOp { left, op, right } = rest
            && op == operator
        {
            written.push(right.as_ref());
            rest = left;
        }
        written.push(rest);
        written.reverse();
        let operands = self.all(&written)?;
        // Operands are checked two by two, as they are written, so that an error names the pair.
        let mut before = operands[0].clone();
        for (index, operand) in operands.iter().enumerate().skip(1) {
            let span = span_of(written[0]).union(&span_of(written[index]));
            before = match built_in(function, vec![before, operand.clone()], span)? {
                // What is true of the chain so far is in its type alone.
                ResolvedExpression::Call { result_type, .. } => ResolvedExpression::Literal {
                    value: LiteralValue::Null,
                    literal_type: result_type,
                },
                other => other,
            };
        }
        built_in(function, operands, span_of(written[0]))
    }

    /// `left IS NOT DISTINCT FROM right`: both NULL, or equal.
    pub(super) fn same(&mut self, left: &Expr, right: &Expr, span: Span) -> Result<ResolvedExpression> {
        let operands = self.all(&[left, right])?;
        let is_null = |index: usize| built_in(&definitions::IS_NULL, vec![operands[index].clone()], span);
        let both_null = built_in(&definitions::AND, vec![is_null(0)?, is_null(1)?], span)?;
        let equal = built_in(&definitions::EQUALS, operands.clone(), span)?;
        let surely_equal = built_in(&definitions::IS_TRUE, vec![equal], span)?;
        built_in(&definitions::OR, vec![both_null, surely_equal], span)
    }

    pub(super) fn like(
        &mut self,
        negated: bool,
        any: bool,
        expr: &Expr,
        pattern: &Expr,
        escape: Option<&ValueWithSpan>,
        span: Span,
    ) -> Result<ResolvedExpression> {
        if any {
            return Err(refused(span, "LIKE ANY", "Join several LIKE by OR."));
        }
        let mut operands = self.all(&[expr, pattern])?;
        if let Some(escape) = escape {
            operands.push(constant(escape)?);
        }
        let matched = built_in(&definitions::LIKE, operands, span)?;
        not_if(negated, matched, span)
    }

    /// `text SIMILAR TO pattern`.
    pub(super) fn similar(
        &mut self,
        negated: bool,
        expr: &Expr,
        pattern: &Expr,
        escape: Option<&ValueWithSpan>,
        span: Span,
    ) -> Result<ResolvedExpression> {
        let mut operands = self.all(&[expr, pattern])?;
        if let Some(escape) = escape {
            operands.push(constant(escape)?);
        }
        let matched = built_in(&definitions::SIMILAR, operands, span)?;
        not_if(negated, matched, span)
    }

    pub(super) fn trim(
        &mut self,
        side: Option<&TrimWhereField>,
        what: Option<&Expr>,
        expr: &Expr,
        span: Span,
    ) -> Result<ResolvedExpression> {
        let (leading, trailing) = match side {
            None | Some(TrimWhereField::Both) => (true, true),
            Some(TrimWhereField::Leading) => (true, false),
            Some(TrimWhereField::Trailing) => (false, true),
        };
        let what = match what {
            Some(what) => self.translate(what)?,
            None => ResolvedExpression::Literal {
                value: LiteralValue::String(" ".to_owned()),
                literal_type: LogicalType::not_null(TypeKind::Char(1)),
            },
        };
        let operands = vec![
            boolean_constant(leading),
            boolean_constant(trailing),
            what,
            self.translate(expr)?,
        ];
        built_in(&definitions::TRIM, operands, span)
    }
}

pub(super) fn boolean_constant(value: bool) -> ResolvedExpression {
    ResolvedExpression::Literal {
        value: LiteralValue::Boolean(value),
        literal_type: LogicalType::not_null(TypeKind::Boolean),
    }
}

pub(super) fn not_if(negated: bool, condition: ResolvedExpression, span: Span) -> Result<ResolvedExpression> {
    if negated {
        return built_in(&definitions::NOT, vec![condition], span);
    }
    Ok(condition)
}
