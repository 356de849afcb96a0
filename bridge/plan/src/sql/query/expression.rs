//! Expressions: from the syntax tree to what the planner and the engine know.
//!
//! Operands are translated first, then one call is resolved by the rules that the Table API uses
//! ([`super::call`]); an error of those rules is reported with the place of the expression.

use sqlparser::ast::{
    BinaryOperator, CastKind, CeilFloorKind, DataType, DateTimeField, Expr, Ident, Spanned, TrimWhereField,
    UnaryOperator, ValueWithSpan,
};
use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use super::call::{built_in, cast};
use super::grouping::Grouping;
use super::interval::interval;
use super::literal::{constant, negated, typed_constant};
use super::plan::QueryPlanner;
use super::refuse::{check_name, refused};
use super::scope::Scope;
use crate::error::Result;
use crate::expression::{LiteralValue, ResolvedExpression};
use crate::function::{BuiltInFunction, definitions};
use crate::operation::expression_type;
use crate::types::{LogicalType, TypeDialect, TypeKind, parse_type};

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
}

const NO_SUB_QUERY: &str = "Write the sub-query in FROM.";
const NO_ROWS: &str = "A Python function can make and take ARRAY, MAP and ROW values.";
const NO_TIME: &str = "Dates and times can be compared and cast; a Python function can do the rest.";

static ARITHMETIC: [&BuiltInFunction; 4] = [
    &definitions::PLUS,
    &definitions::MINUS,
    &definitions::TIMES,
    &definitions::DIVIDE,
];

impl<'a, 'g> Translator<'a, 'g> {
    /// A translator of expressions over rows.
    pub(super) fn new(planner: &'a QueryPlanner<'a>, scope: &'a Scope, clause: Clause) -> Self {
        Self {
            planner,
            scope,
            clause,
            grouping: None,
            wants_groups: false,
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
        let over_rows = Translator::new(self.planner, self.scope, Clause::GroupBy)
            .translate(written)
            .ok()?;
        grouping.key(&over_rows)
    }

    fn all(&mut self, operands: &[&Expr]) -> Result<Vec<ResolvedExpression>> {
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

    fn unary(&mut self, operator: &UnaryOperator, operand: &Expr, span: Span) -> Result<ResolvedExpression> {
        match operator {
            UnaryOperator::Not => built_in(&definitions::NOT, vec![self.translate(operand)?], span),
            UnaryOperator::Minus | UnaryOperator::Plus => {
                let operand = self.translate(operand)?;
                if let ResolvedExpression::Literal { value, literal_type } = &operand
                    && *operator == UnaryOperator::Minus
                    && let Some(value) = negated(value)
                {
                    let literal_type = literal_type.clone();
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

    fn binary(
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
            BinaryOperator::And => &definitions::AND,
            BinaryOperator::Or => &definitions::OR,
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

    /// `left IS NOT DISTINCT FROM right`: both NULL, or equal.
    fn same(&mut self, left: &Expr, right: &Expr, span: Span) -> Result<ResolvedExpression> {
        let operands = self.all(&[left, right])?;
        let is_null = |index: usize| built_in(&definitions::IS_NULL, vec![operands[index].clone()], span);
        let both_null = built_in(&definitions::AND, vec![is_null(0)?, is_null(1)?], span)?;
        let equal = built_in(&definitions::EQUALS, operands.clone(), span)?;
        let surely_equal = built_in(&definitions::IS_TRUE, vec![equal], span)?;
        built_in(&definitions::OR, vec![both_null, surely_equal], span)
    }

    fn like(
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

    fn trim(
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
        let operands = vec![boolean(leading), boolean(trailing), what, self.translate(expr)?];
        built_in(&definitions::TRIM, operands, span)
    }
}

fn boolean(value: bool) -> ResolvedExpression {
    ResolvedExpression::Literal {
        value: LiteralValue::Boolean(value),
        literal_type: LogicalType::not_null(TypeKind::Boolean),
    }
}

fn not_if(negated: bool, condition: ResolvedExpression, span: Span) -> Result<ResolvedExpression> {
    if negated {
        return built_in(&definitions::NOT, vec![condition], span);
    }
    Ok(condition)
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

/// The error for an expression that is not planned.
fn refuse_expression(written: &Expr) -> crate::PlanError {
    let (what, hint) = match written {
        Expr::Exists { .. } => ("EXISTS".to_owned(), NO_SUB_QUERY),
        Expr::InSubquery { .. } => ("IN with a sub-query".to_owned(), NO_SUB_QUERY),
        Expr::Subquery(_) => ("a sub-query in an expression".to_owned(), NO_SUB_QUERY),
        Expr::AnyOp { .. } | Expr::AllOp { .. } => ("ANY, SOME or ALL".to_owned(), NO_SUB_QUERY),
        Expr::InUnnest { .. } => ("IN UNNEST".to_owned(), NO_ROWS),
        Expr::Tuple(_) => ("a row constructor".to_owned(), NO_ROWS),
        Expr::CompoundFieldAccess { .. } => ("access to an element or field".to_owned(), NO_ROWS),
        Expr::SimilarTo { .. } => (
            "SIMILAR TO".to_owned(),
            "LIKE and Python functions match strings.",
        ),
        Expr::ILike { .. } => ("ILIKE".to_owned(), "Compare LOWER(x) by LIKE."),
        Expr::RLike { .. } => ("RLIKE".to_owned(), "LIKE and Python functions match strings."),
        Expr::Extract { .. } => ("EXTRACT".to_owned(), NO_TIME),
        Expr::Floor { .. } => ("FLOOR with a unit or digits".to_owned(), NO_TIME),
        Expr::Ceil { .. } => ("CEIL with a unit or digits".to_owned(), NO_TIME),
        Expr::AtTimeZone { .. } => ("AT TIME ZONE".to_owned(), NO_TIME),
        Expr::Overlay { .. } => (
            "OVERLAY".to_owned(),
            "SUBSTRING and || take strings apart and join them.",
        ),
        Expr::Substring { .. } => (
            "SUBSTRING without a start".to_owned(),
            "Write SUBSTRING(x, 1, n).",
        ),
        Expr::Trim { .. } => ("TRIM with a list".to_owned(), "Write TRIM(BOTH 'x' FROM y)."),
        Expr::Collate { .. } => ("COLLATE".to_owned(), "Strings compare by code point."),
        other => (
            format!("the expression {other}"),
            "See the list of expressions in the documentation.",
        ),
    };
    refused(written.span(), &what, hint)
}
