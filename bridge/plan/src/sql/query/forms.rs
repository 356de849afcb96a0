//! What has a syntax of its own: predicates, CASE, casts, and functions with words between their operands.

use sqlparser::ast::{CastKind, CeilFloorKind, DataType, DateTimeField, Expr};
use sqlparser::tokenizer::Span;

use super::super::forms::symbol;
use super::super::source::validation_error;
use super::call::{built_in, cast};
use super::expression::{Translator, span_of};
use super::interval::{interval, to_interval};
use super::literal::typed_constant;
use super::operators::not_if;
use super::refuse::refused;
use super::refuse_expression::refuse_expression;
use crate::error::Result;
use crate::expression::ResolvedExpression;
use crate::function::{BuiltInFunction, definitions};
use crate::types::derive::is_interval;
use crate::types::{LogicalType, TypeDialect, parse_type};

impl Translator<'_, '_> {
    /// The meaning of an expression that is no name, constant or operator.
    pub(super) fn form(&mut self, written: &Expr) -> Result<ResolvedExpression> {
        match written {
            Expr::Subquery(query) => self.scalar_query(query),
            Expr::Exists { subquery, negated } => self.exists(subquery, *negated),
            Expr::InSubquery {
                expr,
                subquery,
                negated,
            } => self.in_query(expr, subquery, *negated),
            Expr::AnyOp {
                left,
                compare_op,
                right,
                is_some: _,
            } => self.quantified(left, compare_op, right, false, span_of(written)),
            Expr::AllOp {
                left,
                compare_op,
                right,
            } => self.quantified(left, compare_op, right, true, span_of(written)),
            Expr::TypedString(typed) => typed_constant(typed),
            Expr::Interval(written) => interval(written),
            Expr::IsNull(operand) | Expr::IsUnknown(operand) => {
                self.built_in(&definitions::IS_NULL, &[operand], written)
            }
            Expr::IsNotNull(operand) | Expr::IsNotUnknown(operand) => {
                self.built_in(&definitions::IS_NOT_NULL, &[operand], written)
            }
            Expr::IsTrue(operand) => self.built_in(&definitions::IS_TRUE, &[operand], written),
            Expr::IsNotTrue(operand) => self.built_in(&definitions::IS_NOT_TRUE, &[operand], written),
            Expr::IsFalse(operand) => self.built_in(&definitions::IS_FALSE, &[operand], written),
            Expr::IsNotFalse(operand) => self.built_in(&definitions::IS_NOT_FALSE, &[operand], written),
            Expr::IsDistinctFrom(left, right) => {
                let same = self.same(left, right, span_of(written))?;
                built_in(&definitions::NOT, vec![same], span_of(written))
            }
            Expr::IsNotDistinctFrom(left, right) => self.same(left, right, span_of(written)),
            Expr::Between {
                expr,
                negated,
                low,
                high,
            } => {
                let function = match negated {
                    true => &definitions::NOT_BETWEEN,
                    false => &definitions::BETWEEN,
                };
                self.built_in(function, &[expr, low, high], written)
            }
            Expr::InList { expr, list, negated } if matches!(expr.as_ref(), Expr::Tuple(_)) => {
                let Expr::Tuple(row) = expr.as_ref() else {
                    return Err(refuse_expression(written));
                };
                self.row_in_list(row, list, *negated, span_of(written))
            }
            Expr::InList { expr, list, negated } => {
                let operands: Vec<&Expr> = std::iter::once(expr.as_ref()).chain(list).collect();
                let found = self.built_in(&definitions::IN, &operands, written)?;
                not_if(*negated, found, span_of(written))
            }
            Expr::Like {
                negated,
                any,
                expr,
                pattern,
                escape_char,
            } => self.like(
                *negated,
                *any,
                expr,
                pattern,
                escape_char.as_ref(),
                span_of(written),
            ),
            Expr::SimilarTo {
                negated,
                expr,
                pattern,
                escape_char,
            } => self.similar(*negated, expr, pattern, escape_char.as_ref(), span_of(written)),
            Expr::Overlay {
                expr,
                overlay_what,
                overlay_from,
                overlay_for,
            } => {
                let mut operands = vec![expr.as_ref(), overlay_what.as_ref(), overlay_from.as_ref()];
                operands.extend(overlay_for.as_deref());
                self.built_in(&definitions::OVERLAY, &operands, written)
            }
            Expr::Prefixed { prefix, value } => {
                symbol(prefix, value).ok_or_else(|| refuse_expression(written))
            }
            Expr::Case {
                operand,
                conditions,
                else_result,
                ..
            } => self.case(
                operand.as_deref(),
                conditions,
                else_result.as_deref(),
                span_of(written),
            ),
            Expr::Cast {
                kind,
                expr,
                data_type,
                array,
                format,
            } => {
                let function = match kind {
                    CastKind::Cast => &definitions::CAST,
                    CastKind::TryCast => &definitions::TRY_CAST,
                    CastKind::SafeCast | CastKind::DoubleColon => {
                        return Err(refused(
                            span_of(written),
                            "a cast by ::",
                            "Write CAST(x AS type).",
                        ));
                    }
                };
                if *array || format.is_some() {
                    return Err(refused(
                        span_of(written),
                        "ARRAY or FORMAT in CAST",
                        "Write CAST(x AS type).",
                    ));
                }
                let target = target_type(data_type, span_of(written))?;
                if is_interval(&target.kind) {
                    let operand = self.translate(expr)?;
                    return to_interval(function, operand, &target, data_type, span_of(written));
                }
                cast(function, self.translate(expr)?, &target, span_of(written))
            }
            Expr::Function(call) => self.call(call),
            Expr::Position { expr, r#in } => self.built_in(&definitions::POSITION, &[expr, r#in], written),
            Expr::Substring {
                expr,
                substring_from: Some(from),
                substring_for,
                ..
            } => {
                let mut operands = vec![expr.as_ref(), from.as_ref()];
                operands.extend(substring_for.as_deref());
                self.built_in(&definitions::SUBSTRING, &operands, written)
            }
            Expr::Trim {
                trim_where,
                trim_what,
                expr,
                trim_characters: None,
            } => self.trim(trim_where.as_ref(), trim_what.as_deref(), expr, span_of(written)),
            Expr::Array(array) => self.array(&array.elem, span_of(written)),
            Expr::Tuple(elements) => self.tuple(elements, span_of(written)),
            Expr::CompoundFieldAccess { root, access_chain } => {
                self.access(root, access_chain, span_of(written))
            }
            Expr::Extract { field, expr, .. } => self.extract(field, expr, span_of(written)),
            Expr::Floor {
                expr,
                field: CeilFloorKind::DateTimeField(field),
            } if *field != DateTimeField::NoDateTime => {
                self.rounded_to_unit(&definitions::FLOOR, expr, field, span_of(written))
            }
            Expr::Ceil {
                expr,
                field: CeilFloorKind::DateTimeField(field),
            } if *field != DateTimeField::NoDateTime => {
                self.rounded_to_unit(&definitions::CEIL, expr, field, span_of(written))
            }
            Expr::Floor { expr, field } if is_plain(field) => {
                self.built_in(&definitions::FLOOR, &[expr], written)
            }
            Expr::Ceil { expr, field } if is_plain(field) => {
                self.built_in(&definitions::CEIL, &[expr], written)
            }
            _ => Err(refuse_expression(written)),
        }
    }

    fn built_in(
        &mut self,
        function: &'static BuiltInFunction,
        operands: &[&Expr],
        written: &Expr,
    ) -> Result<ResolvedExpression> {
        built_in(function, self.all(operands)?, span_of(written))
    }
}

fn is_plain(field: &CeilFloorKind) -> bool {
    matches!(field, CeilFloorKind::DateTimeField(DateTimeField::NoDateTime))
}

/// The type of a cast, whose text the dialect has put into an identifier.
fn target_type(data_type: &DataType, span: Span) -> Result<LogicalType> {
    let text = match data_type {
        DataType::Custom(name, _) => name.0.first().and_then(|part| part.as_ident()),
        _ => None,
    };
    let Some(text) = text else {
        return Err(refused(
            span,
            "a type of another dialect",
            "Write CAST(x AS type).",
        ));
    };
    parse_type(&text.value, TypeDialect::Ddl).map_err(|error| validation_error(text.span, &error.to_string()))
}
