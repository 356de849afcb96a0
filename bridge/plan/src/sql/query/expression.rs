//! Expressions: from the syntax tree to what the planner and the engine know.
//!
//! Operands are translated first, then one call is resolved by the rules that the Table API uses
//! ([`super::call`]); an error of those rules is reported with the place of the expression.

use sqlparser::ast::{BinaryOperator, Expr, Ident, Spanned};
use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use super::grouping::Grouping;
use super::literal::constant;
use super::match_recognize::PatternNames;
use super::over::Windows;
use super::plan::QueryPlanner;
use super::scope::Scope;
use super::select::Aliases;
use crate::error::{PlanError, Result};
use crate::expression::ResolvedExpression;

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
    On,
    Qualify,
    OrderBy,
    /// The definitions of MATCH_RECOGNIZE.
    Define,
    /// The measures of MATCH_RECOGNIZE.
    Measures,
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
    /// Where calls with OVER are noted; where they may not stand there is none.
    pub(super) windows: Option<Windows>,
    /// The names of the select list, where they can be used.
    pub(super) aliases: Option<Aliases>,
    /// What names mean inside MATCH_RECOGNIZE.
    pub(super) pattern: Option<PatternNames>,
    /// Whether an aggregate call was met that only groups could have answered.
    pub(super) wants_groups: bool,
    /// Whether the expression is only compared with groupings.
    pub(super) is_probing: bool,
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
            windows: None,
            aliases: None,
            pattern: None,
            wants_groups: false,
            is_probing: false,
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
        if let Expr::Identifier(name) = written
            && let Some(value) = self.alias(name)?
        {
            return Ok(value);
        }
        if let Some(key) = self.grouping_key(written) {
            return Ok(key);
        }
        match written {
            Expr::Identifier(name) => self.path(std::slice::from_ref(name)),
            Expr::CompoundIdentifier(path) => self.path(path),
            Expr::Nested(inner) => self.translate(inner),
            Expr::Value(value) => constant(value),
            Expr::UnaryOp { op, expr } => self.unary(op, expr, span_of(written)),
            Expr::BinaryOp {
                op: op @ (BinaryOperator::And | BinaryOperator::Or),
                ..
            } => self.connective(written, op),
            Expr::BinaryOp {
                left,
                op: BinaryOperator::Overlaps,
                right,
            } => self.overlaps(left, right, span_of(written)),
            Expr::BinaryOp {
                left,
                op: op @ (BinaryOperator::Eq | BinaryOperator::NotEq),
                right,
            } if matches!((left.as_ref(), right.as_ref()), (Expr::Tuple(_), Expr::Tuple(_))) => {
                match (left.as_ref(), right.as_ref()) {
                    (Expr::Tuple(left), Expr::Tuple(right)) => {
                        self.equal_rows(left, right, *op == BinaryOperator::NotEq, span_of(written))
                    }
                    _ => self.form(written),
                }
            }
            Expr::BinaryOp { left, op, right } => self.binary(left, op, right, span_of(written)),
            // Apart, so that deep chains of operators take little stack.
            other => self.form(other),
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

    /// What a name of the select list stands for: in ORDER BY before columns, in QUALIFY after them.
    fn alias(&self, name: &Ident) -> Result<Option<ResolvedExpression>> {
        let Some(aliases) = &self.aliases else {
            return Ok(None);
        };
        let is_first = self.clause == Clause::OrderBy
            || self.clause == Clause::Qualify && self.scope.simple_column(name)?.is_none();
        Ok(aliases.find(name).filter(|_| is_first).cloned())
    }

    /// The grouping that an expression equals as a whole.
    fn grouping_key(&self, written: &Expr) -> Option<ResolvedExpression> {
        let grouping = self.grouping.as_ref()?;
        let mut over_rows = Translator::new(self.planner, self.scope, Clause::GroupBy);
        over_rows.depth = self.depth - 1;
        over_rows.is_probing = true;
        let over_rows = over_rows.translate(written).ok()?;
        grouping.key(&over_rows)
    }

    pub(super) fn all(&mut self, operands: &[&Expr]) -> Result<Vec<ResolvedExpression>> {
        // A loop takes far less stack than an iterator, and this is the way down deep expressions.
        let mut translated = Vec::with_capacity(operands.len());
        for operand in operands {
            translated.push(self.translate(operand)?);
        }
        Ok(translated)
    }
}

/// Where an expression is. For chains of operators the syntax tree's own way takes a lot of stack a level.
pub(super) fn span_of(written: &Expr) -> Span {
    let (mut first, mut last) = (written, written);
    while let Expr::BinaryOp { left: inner, .. } | Expr::Nested(inner) = first {
        first = inner;
    }
    while let Expr::BinaryOp { right: inner, .. } | Expr::Nested(inner) | Expr::UnaryOp { expr: inner, .. } =
        last
    {
        last = inner;
    }
    match std::ptr::eq(first, last) {
        true => first.span(),
        false => first.span().union(&last.span()),
    }
}
