//! Calls of functions, built-in ones and those of users.

use sqlparser::ast::{
    DuplicateTreatment, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, Spanned,
};
use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use super::collection::row;
use super::conditional::null_if;
use super::expression::{Clause, Translator};
use super::from::path_of;
use super::grouping::zero;
use super::mismatch::{cannot_apply, joins_strings, no_match};
use super::refuse::refused;
use super::temporal::{shorthand, takes_unit, unit_argument, unit_symbol};
use crate::error::{PlanError, Result};
use crate::expression::{ResolvedExpression, ResolvedFunction, call_built_in, call_cast, call_python};
use crate::function::{BuiltInFunction, FunctionKind, Support, definitions};
use crate::operation::{AggregateCall, expression_type};
use crate::types::derive::{is_interval, is_numeric};
use crate::types::{LogicalType, TypeKind};

/// A call of a built-in function on resolved arguments.
pub(super) fn built_in(
    function: &'static BuiltInFunction,
    arguments: Vec<ResolvedExpression>,
    span: Span,
) -> Result<ResolvedExpression> {
    let is_refused = function.support != Support::Executable;
    if !is_refused && (function.infer(&arguments).is_none() || joins_strings(function, &arguments)) {
        return Err(validation_error(span, &cannot_apply(function, &arguments)));
    }
    let name = function.sql_name.unwrap_or(function.name);
    let called = call_built_in(function, name, arguments).map_err(|error| at(span, error))?;
    if function == &definitions::SUBSTRING || function == &definitions::SUBSTR {
        // SQL makes it nullable whatever its operands are.
        let result_type = expression_type(&called).with_nullable(true);
        return Ok(with_type(called, result_type));
    }
    Ok(called)
}

/// The call with another result type, which has to describe the same values.
pub(super) fn with_type(called: ResolvedExpression, result_type: LogicalType) -> ResolvedExpression {
    match called {
        ResolvedExpression::Call {
            function, arguments, ..
        } => ResolvedExpression::Call {
            function,
            arguments,
            result_type,
        },
        other => other,
    }
}

/// A cast to a type.
pub(super) fn cast(
    function: &'static BuiltInFunction,
    operand: ResolvedExpression,
    target: &LogicalType,
    span: Span,
) -> Result<ResolvedExpression> {
    let from = expression_type(&operand);
    if target.kind == TypeKind::Boolean && is_numeric(&from.kind) {
        // SQL takes every number for a condition, where the Table API takes integers.
        let nullable = from.nullable || function == &definitions::TRY_CAST;
        return Ok(ResolvedExpression::Call {
            function: ResolvedFunction::BuiltIn(function),
            arguments: vec![operand],
            result_type: target.with_nullable(nullable),
        });
    }
    if is_interval(&from.kind) && is_numeric(&target.kind) {
        return Err(validation_error(
            span,
            &format!("Cast function cannot convert value of type {from} to type {target}"),
        ));
    }
    call_cast(function, operand, target).map_err(|error| at(span, error))
}

/// The error with the place of the expression that it is about.
fn at(span: Span, error: PlanError) -> PlanError {
    match error {
        PlanError::Validation { message, hint } => {
            let PlanError::Validation { message, .. } = validation_error(span, &message) else {
                return PlanError::Validation { message, hint };
            };
            PlanError::Validation { message, hint }
        }
        PlanError::Unsupported { what, hint } => PlanError::Unsupported {
            what: super::super::source::with_position(span, &what),
            hint,
        },
        other => other,
    }
}

impl Translator<'_, '_> {
    /// A call by name.
    pub(super) fn call(&mut self, call: &Function) -> Result<ResolvedExpression> {
        let span = self.planner.source.call_span(call.name.span());
        if let Some(property) = self.window_property(call, span)? {
            return Ok(property);
        }
        let (arguments, distinct) = check_call(call, span)?;
        let path = path_of(&call.name)?;
        if let [name] = path.as_slice()
            && let Some(value) = self.pattern_call(name, &arguments, span)?
        {
            return Ok(value);
        }
        let catalogs = self.planner.context.catalogs;
        // The order of Flink: temporary system functions, built-in ones, functions of catalogs.
        let user = match path.as_slice() {
            [name] => catalogs.temporary_system_function(name),
            _ => None,
        };
        let known = match path.as_slice() {
            [name] if user.is_none() => find_by_sql_name(name),
            _ => None,
        };
        if let Some(function) = known {
            if let Some(over) = &call.over {
                if !matches!(function.kind, FunctionKind::Aggregate | FunctionKind::Window) {
                    return Err(validation_error(
                        span,
                        "OVER must be applied to aggregate function",
                    ));
                }
                return self.over(function, &arguments, distinct, call.filter.is_some(), over, span);
            }
            if function.kind == FunctionKind::Window {
                return Err(validation_error(
                    span,
                    "OVER clause is necessary for window functions",
                ));
            }
            if function.kind == FunctionKind::Aggregate {
                return self.aggregate(function, &arguments, distinct, call.filter.as_deref(), span);
            }
            check_scalar(call, distinct, span)?;
            if function == &definitions::JSON_VALUE || function == &definitions::JSON_QUERY {
                let written: Vec<&Expr> = arguments
                    .iter()
                    .filter_map(|argument| match argument {
                        Argument::Value(value) => Some(*value),
                        Argument::Wildcard => None,
                    })
                    .collect();
                return self.json_call(function, &written, span);
            }
            let resolved = match arguments.as_slice() {
                [Argument::Value(unit), rest @ ..] if takes_unit(function) => {
                    let mut resolved = vec![unit_argument(unit, span)?];
                    resolved.extend(self.arguments(rest, span)?);
                    resolved
                }
                _ => self.arguments(&arguments, span)?,
            };
            let called = built_in(function, resolved, span)?;
            if function == &definitions::ROW
                && let ResolvedExpression::Call { arguments, .. } = called
            {
                return row(arguments, span);
            }
            if function == &definitions::IF_THEN_ELSE {
                // Of the function, unlike CASE, the condition counts too.
                let nullable = match &called {
                    ResolvedExpression::Call { arguments, .. } => arguments
                        .iter()
                        .any(|argument| expression_type(argument).nullable),
                    _ => true,
                };
                let result_type = expression_type(&called).with_nullable(nullable);
                return Ok(with_type(called, result_type));
            }
            if function == &definitions::CONCAT {
                // The function gives STRING, where the operator || adds lengths up.
                let result_type = LogicalType::string().with_nullable(expression_type(&called).nullable);
                return Ok(with_type(called, result_type));
            }
            return Ok(called);
        }
        if let [name] = path.as_slice()
            && user.is_none()
        {
            if name.eq_ignore_ascii_case("GROUP_ID") && arguments.is_empty() {
                // Sets that are there already are dropped, so that all groups of a set are different.
                return Ok(zero());
            }
            // The exact number is an approximation too.
            if name.eq_ignore_ascii_case("APPROX_COUNT_DISTINCT")
                && arguments.len() == 1
                && call.over.is_none()
            {
                return self.aggregate(
                    &definitions::COUNT,
                    &arguments,
                    true,
                    call.filter.as_deref(),
                    span,
                );
            }
        }
        let user = user.cloned().or_else(|| catalogs.catalog_function(&path));
        if call.over.is_some() && user.is_some() {
            return Err(refused(
                span,
                "OVER of a function that is not built in",
                "Built-in aggregate functions take OVER.",
            ));
        }
        check_scalar(call, distinct, span)?;
        if let Some(function) = user {
            let arguments = self.arguments(&arguments, span)?;
            return call_python(&function, arguments).map_err(|error| at(span, error));
        }
        let arguments = self.arguments(&arguments, span)?;
        match (path.as_slice(), arguments.as_slice()) {
            ([name], [left, right]) if name.eq_ignore_ascii_case("NULLIF") => {
                null_if(left.clone(), right.clone(), span)
            }
            ([name], [point]) if let Some(unit) = shorthand(name) => built_in(
                &definitions::EXTRACT,
                vec![unit_symbol(unit), point.clone()],
                span,
            ),
            _ => Err(no_match(&path, &arguments, span)),
        }
    }

    pub(super) fn arguments(
        &mut self,
        arguments: &[Argument<'_>],
        span: Span,
    ) -> Result<Vec<ResolvedExpression>> {
        arguments
            .iter()
            .map(|argument| match argument {
                Argument::Value(value) => self.translate(value),
                Argument::Wildcard => Err(refused(span, "* as an argument", "Only COUNT(*) takes it.")),
            })
            .collect()
    }

    fn aggregate(
        &mut self,
        function: &'static BuiltInFunction,
        arguments: &[Argument<'_>],
        distinct: bool,
        filter: Option<&Expr>,
        span: Span,
    ) -> Result<ResolvedExpression> {
        let clause = match self.clause {
            Clause::Select | Clause::Having | Clause::OrderBy | Clause::Qualify => None,
            Clause::Aggregate => {
                return Err(validation_error(span, "Aggregate expressions cannot be nested"));
            }
            Clause::Where => Some("WHERE"),
            Clause::GroupBy => Some("GROUP BY"),
            Clause::Values => Some("VALUES"),
            Clause::On => Some("ON"),
            Clause::Define | Clause::Measures => {
                return self.pattern_aggregate(function, arguments, !distinct && filter.is_none(), span);
            }
        };
        if let Some(clause) = clause {
            return Err(validation_error(
                span,
                &format!("Aggregate expression is illegal in {clause} clause"),
            ));
        }
        let Some(is_global) = self.grouping.as_ref().map(|grouping| grouping.is_global()) else {
            self.wants_groups = true;
            return Err(validation_error(span, "An aggregate expression needs groups"));
        };
        if function == &definitions::GROUPING || function == &definitions::GROUPING_ID {
            return self.grouping_indicator(function, arguments, span);
        }
        let mut over_rows = Translator::new(self.planner, self.scope, Clause::Aggregate);
        let arguments = match arguments {
            [Argument::Wildcard] if function == &definitions::COUNT && !distinct => Vec::new(),
            _ => over_rows.arguments(arguments, span)?,
        };
        if arguments.is_empty() && function == &definitions::COUNT && distinct {
            return Err(validation_error(span, "COUNT(DISTINCT) needs an argument"));
        }
        let filter = filter
            .map(|written| {
                let filter = over_rows.translate(written)?;
                if expression_type(&filter).kind == TypeKind::Boolean {
                    Ok(filter)
                } else {
                    Err(validation_error(
                        written.span(),
                        "FILTER clause must be a condition",
                    ))
                }
            })
            .transpose()?;
        // Over at least one row that has a value, the result has one too.
        let of_samples = [&definitions::STDDEV_SAMP, &definitions::VAR_SAMP];
        let always = !is_global
            && !of_samples.contains(&function)
            && filter.is_none()
            && arguments
                .iter()
                .all(|argument| !expression_type(argument).nullable);
        let ResolvedExpression::Call {
            arguments,
            result_type,
            ..
        } = built_in(function, arguments, span)?
        else {
            return Err(no_match(&[function.name.to_owned()], &[], span));
        };
        let nullable = result_type.nullable && !always;
        let reference = AggregateCall {
            name: String::new(),
            function,
            arguments,
            distinct,
            filter,
            order_by: Vec::new(),
            result_type: result_type.with_nullable(nullable),
        };
        match &mut self.grouping {
            Some(grouping) => Ok(grouping.aggregate(reference)),
            None => Err(validation_error(span, "An aggregate expression needs groups")),
        }
    }
}

impl Translator<'_, '_> {
    /// `GROUPING(a)` and `GROUPING_ID(a, b)`: which columns are left out of the set of a row.
    fn grouping_indicator(
        &mut self,
        function: &'static BuiltInFunction,
        arguments: &[Argument<'_>],
        span: Span,
    ) -> Result<ResolvedExpression> {
        let over_rows =
            Translator::new(self.planner, self.scope, Clause::Aggregate).arguments(arguments, span)?;
        let Some(grouping) = &mut self.grouping else {
            return Err(validation_error(span, "An aggregate expression needs groups"));
        };
        for (argument, value) in arguments.iter().zip(&over_rows) {
            if grouping.key(value).is_none()
                && let Argument::Value(written) = argument
            {
                return Err(validation_error(
                    written.span(),
                    &format!(
                        "Argument to {} operator must be a grouped expression",
                        function.name
                    ),
                ));
            }
        }
        if !grouping.has_sets() {
            return Ok(zero());
        }
        Ok(grouping.aggregate(AggregateCall {
            name: String::new(),
            function,
            arguments: over_rows,
            distinct: false,
            filter: None,
            order_by: Vec::new(),
            result_type: LogicalType::not_null(TypeKind::BigInt),
        }))
    }
}

/// An argument of a call.
pub(super) enum Argument<'a> {
    Value(&'a Expr),
    Wildcard,
}

/// The arguments and whether they are DISTINCT, if the call has nothing else.
fn check_call(call: &Function, span: Span) -> Result<(Vec<Argument<'_>>, bool)> {
    let Function {
        name: _,
        uses_odbc_syntax,
        parameters,
        args,
        filter: _,
        null_treatment,
        over: _,
        within_group,
    } = call;
    if !within_group.is_empty() || null_treatment.is_some() {
        return Err(refused(
            span,
            "WITHIN GROUP, RESPECT NULLS or IGNORE NULLS",
            "Aggregate functions take arguments, DISTINCT and FILTER.",
        ));
    }
    if *uses_odbc_syntax || !matches!(parameters, FunctionArguments::None) {
        return Err(refused(
            span,
            "a call with braces or two lists",
            "Write name(arguments).",
        ));
    }
    let list = match args {
        FunctionArguments::None => return Ok((Vec::new(), false)),
        FunctionArguments::Subquery(_) => {
            return Err(refused(
                span,
                "a sub-query as an argument",
                "Write the sub-query in FROM.",
            ));
        }
        FunctionArguments::List(list) => list,
    };
    if !list.clauses.is_empty() {
        return Err(refused(
            span,
            "a clause inside an argument list",
            "Aggregate functions take arguments, DISTINCT and FILTER.",
        ));
    }
    let arguments = list
        .args
        .iter()
        .map(|argument| match argument {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(value)) => Ok(Argument::Value(value)),
            FunctionArg::Unnamed(FunctionArgExpr::Wildcard) => Ok(Argument::Wildcard),
            FunctionArg::Unnamed(_) => Err(refused(span, "t.* as an argument", "Name the columns.")),
            FunctionArg::Named { .. } | FunctionArg::ExprNamed { .. } => {
                Err(refused(span, "a named argument", "Give arguments by position."))
            }
        })
        .collect::<Result<Vec<_>>>()?;
    let distinct = matches!(list.duplicate_treatment, Some(DuplicateTreatment::Distinct));
    Ok((arguments, distinct))
}

fn check_scalar(call: &Function, distinct: bool, span: Span) -> Result<()> {
    if distinct || call.filter.is_some() {
        return Err(validation_error(
            span,
            &format!("DISTINCT/ALL or FILTER not allowed with {} function", call.name),
        ));
    }
    Ok(())
}

/// The built-in function of a name in SQL. Names of the Table API are none: `upperCase` is unknown here.
fn find_by_sql_name(name: &str) -> Option<&'static BuiltInFunction> {
    let is_word = |candidate: &str| candidate.starts_with(|first: char| first.is_ascii_alphabetic());
    let is_synonym = |candidate: &str| !candidate.contains(|letter: char| letter.is_ascii_lowercase());
    definitions::all().find(|function| {
        let named = function
            .sql_name
            .is_some_and(|candidate| is_word(candidate) && candidate.eq_ignore_ascii_case(name));
        let synonym = function
            .aliases
            .iter()
            .any(|alias| is_word(alias) && is_synonym(alias) && alias.eq_ignore_ascii_case(name));
        function.kind != FunctionKind::Other && (named || synonym)
    })
}
