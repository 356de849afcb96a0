//! Expressions: from the syntax tree to what the planner and the engine know.
//!
//! Operands are translated first, then one call is resolved by the rules that the Table API uses
//! ([`super::call`]); an error of those rules is reported with the place of the expression.

use sqlparser::ast::{
    BinaryOperator, CastKind, CeilFloorKind, DataType, DateTimeField, Expr, Ident, Spanned,
};
use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use super::call::{built_in, cast};
use super::grouping::Grouping;
use super::interval::interval;
use super::literal::{constant, typed_constant};
use super::operators::not_if;
use super::plan::QueryPlanner;
use super::refuse::{check_name, refused};
use super::refuse_expression::refuse_expression;
use super::scope::Scope;
use crate::error::{PlanError, Result};
use crate::expression::ResolvedExpression;
use crate::function::{BuiltInFunction, definitions};
use crate::types::{LogicalType, TypeDialect, parse_type};

/// How deep expressions may be nested. Everything behind this walks trees by recursion, on threads
/// with small stacks. Operands of one chain of ANDs or ORs are all of one level.
const MAXIMUM_DEPTH: usize = 500;

/// Where an expression stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clause {
    Select,
    Where,
    GroupBy,
    Having,
    Values,
    /// The arguments and the filter of an aggregate call.
    Aggregate,
}

/// Translates the expressions of one clause.
pub(super) struct Translator<'a, 'g> {
    pub(super) planner: &'a QueryPlanner<'a>,
    pub(super) scope: &'a Scope,
    pub(super) clause: Clause,
    /// The groups that the expression is about; without them it is about rows.
    pub(super) grouping: Option<&'g mut Grouping>,
    /// Whether an aggregate call was met that only groups could have answered.
    pub(super) wants_groups: bool,
    /// How many expressions are around the one that is being translated.
    depth: usize,
}

impl<'a, 'g> Translator<'a, 'g> {
    /// A translator of expressions over rows.
    pub(super) fn new(planner: &'a QueryPlanner<'a>, scope: &'a Scope, clause: Clause) -> Self {
        Self {
            planner,
            scope,
            clause,
            grouping: None,
            wants_groups: false,
            depth: 0,
        }
    }

    /// A translator of expressions over groups.
    pub(super) fn grouped(
        planner: &'a QueryPlanner<'a>,
        scope: &'a Scope,
        clause: Clause,
        grouping: &'g mut Grouping,
    ) -> Self {
        Self {
            grouping: Some(grouping),
            ..Self::new(planner, scope, clause)
        }
    }

    /// The expression's meaning.
    pub(super) fn translate(&mut self, written: &Expr) -> Result<ResolvedExpression> {
        if self.depth == MAXIMUM_DEPTH {
            return Err(PlanError::unsupported(
                format!("an expression of more than {MAXIMUM_DEPTH} levels"),
                "Join conditions by AND or OR without parentheses, or compute parts in a Python function.",
            ));
        }
        self.depth += 1;
        let translated = self.translate_level(written);
        self.depth -= 1;
        translated
    }

    fn translate_level(&mut self, written: &Expr) -> Result<ResolvedExpression> {
        if let Some(key) = self.grouping_key(written) {
            return Ok(key);
        }
        match written {
            Expr::Identifier(name) => {
                check_name(name.quote_style, name.span)?;
                let column = self.scope.column(name)?;
                self.input_column(column, &name.value, name.span)
            }
            Expr::CompoundIdentifier(path) => self.qualified(path, written.span()),
            Expr::Nested(inner) => self.translate(inner),
            Expr::Value(value) => constant(value),
            Expr::TypedString(typed) => typed_constant(typed),
            Expr::Interval(written) => interval(written),
            Expr::UnaryOp { op, expr } => self.unary(op, expr, written.span()),
            Expr::BinaryOp {
                op: op @ (BinaryOperator::And | BinaryOperator::Or),
                ..
            } => self.connective(written, op),
            Expr::BinaryOp { left, op, right } => self.binary(left, op, right, written.span()),
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
                let same = self.same(left, right, written.span())?;
                built_in(&definitions::NOT, vec![same], written.span())
            }
            Expr::IsNotDistinctFrom(left, right) => self.same(left, right, written.span()),
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
            Expr::InList { expr, list, negated } => {
                let operands: Vec<&Expr> = std::iter::once(expr.as_ref()).chain(list).collect();
                let found = self.built_in(&definitions::IN, &operands, written)?;
                not_if(*negated, found, written.span())
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
                written.span(),
            ),
            Expr::Case {
                operand,
                conditions,
                else_result,
                ..
            } => self.case(
                operand.as_deref(),
                conditions,
                else_result.as_deref(),
                written.span(),
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
                        return Err(refused(written.span(), "a cast by ::", "Write CAST(x AS type)."));
                    }
                };
                if *array || format.is_some() {
                    return Err(refused(
                        written.span(),
                        "ARRAY or FORMAT in CAST",
                        "Write CAST(x AS type).",
                    ));
                }
                let target = target_type(data_type, written.span())?;
                cast(function, self.translate(expr)?, &target, written.span())
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
            } => self.trim(trim_where.as_ref(), trim_what.as_deref(), expr, written.span()),
            Expr::Floor { expr, field } if is_plain(field) => {
                self.built_in(&definitions::FLOOR, &[expr], written)
            }
            Expr::Ceil { expr, field } if is_plain(field) => {
                self.built_in(&definitions::CEIL, &[expr], written)
            }
            _ => Err(refuse_expression(written)),
        }
    }

    /// A column that stands in the select list: over groups it must be one that is grouped by.
    pub(super) fn input_column(
        &self,
        column: ResolvedExpression,
        name: &str,
        span: Span,
    ) -> Result<ResolvedExpression> {
        match &self.grouping {
            None => Ok(column),
            Some(grouping) => grouping
                .key(&column)
                .ok_or_else(|| validation_error(span, &format!("Expression '{name}' is not being grouped"))),
        }
    }

    fn qualified(&self, path: &[Ident], span: Span) -> Result<ResolvedExpression> {
        for name in path {
            check_name(name.quote_style, name.span)?;
        }
        let column = self.scope.qualified_column(path)?;
        let name: Vec<&str> = path.iter().map(|part| part.value.as_str()).collect();
        self.input_column(column, &name.join("."), span)
    }

    /// The grouping that an expression equals as a whole.
    fn grouping_key(&self, written: &Expr) -> Option<ResolvedExpression> {
        let grouping = self.grouping.as_ref()?;
        let mut over_rows = Translator::new(self.planner, self.scope, Clause::GroupBy);
        over_rows.depth = self.depth - 1;
        let over_rows = over_rows.translate(written).ok()?;
        grouping.key(&over_rows)
    }

    pub(super) fn all(&mut self, operands: &[&Expr]) -> Result<Vec<ResolvedExpression>> {
        operands.iter().map(|operand| self.translate(operand)).collect()
    }

    fn built_in(
        &mut self,
        function: &'static BuiltInFunction,
        operands: &[&Expr],
        written: &Expr,
    ) -> Result<ResolvedExpression> {
        built_in(function, self.all(operands)?, written.span())
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
