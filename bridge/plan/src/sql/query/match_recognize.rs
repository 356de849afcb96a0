//! `MATCH_RECOGNIZE`: patterns in sorted rows.
//!
//! In measures and definitions a column is one of the rows that a variable took: alone it is that of the
//! last such row, inside `FIRST`, `LAST`, `PREV`, `NEXT` and aggregates that function decides. `WITHIN`
//! comes from [`super::super::token`], which writes it as the definition of a variable that no query can name.

use std::sync::Arc;

use sqlparser::ast::{
    AfterMatchSkip, Expr, Ident, MatchRecognizePattern, MatchRecognizeSymbol, Measure, OrderByExpr,
    RepetitionQuantifier, RowsPerMatch, Spanned, SymbolDefinition,
};
use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use super::super::token::WITHIN;
use super::call::{Argument, built_in};
use super::expression::{Clause, Translator};
use super::group_window::length_millis;
use super::order::sort_key;
use super::plan::QueryPlanner;
use super::refuse::refused;
use super::scope::{Found, Relation, Scope, unique_names};
use super::select::boolean;
use crate::catalog::{Column, Schema};
use crate::error::{PlanError, Result};
use crate::expression::{LiteralValue, ResolvedExpression};
use crate::function::{BuiltInFunction, definitions};
use crate::operation::{
    AfterMatch, MatchRecognize, NamedExpression, Pattern, QueryOperation, SortKey, expression_type,
};
use crate::types::{LogicalType, TypeKind};

/// The clauses as they are written.
pub(super) struct Clauses<'t> {
    pub(super) partition_by: &'t [Expr],
    pub(super) order_by: &'t [OrderByExpr],
    pub(super) measures: &'t [Measure],
    pub(super) rows_per_match: Option<&'t RowsPerMatch>,
    pub(super) after_match: Option<&'t AfterMatchSkip>,
    pub(super) pattern: &'t MatchRecognizePattern,
    pub(super) symbols: &'t [SymbolDefinition],
}

/// What names mean inside measures and definitions.
#[derive(Debug, Clone)]
pub(super) struct PatternNames {
    variables: Vec<String>,
    /// The first sort key, whose value is the time of a row.
    time: Option<(usize, String, LogicalType)>,
    /// Whether a column stands inside a function that says of which row it is.
    inside_function: bool,
}

impl QueryPlanner<'_> {
    /// Plans MATCH_RECOGNIZE over its input.
    pub(super) fn match_recognize(
        &self,
        input: Arc<QueryOperation>,
        scope: &Scope,
        clauses: &Clauses<'_>,
        span: Span,
    ) -> Result<Relation> {
        if matches!(clauses.rows_per_match, Some(RowsPerMatch::AllRows(_))) {
            return Err(PlanError::Table {
                message: "All rows per match mode is not supported yet.".to_owned(),
                hint: Some("Write ONE ROW PER MATCH.".to_owned()),
            });
        }
        let pattern = read_pattern(clauses.pattern, span)?;
        let mut variables = Vec::new();
        collect_variables(&pattern, &mut variables);
        let partition_by = self.partition_columns(scope, clauses.partition_by)?;
        let order_by = clauses
            .order_by
            .iter()
            .map(|written| {
                let value = Translator::new(self, scope, Clause::GroupBy).translate(&written.expr)?;
                sort_key(written, value)
            })
            .collect::<Result<Vec<_>>>()?;
        let names = PatternNames {
            time: time_of(&order_by, span)?,
            variables,
            inside_function: false,
        };
        let mut within_millis = None;
        let mut definitions = Vec::with_capacity(clauses.symbols.len());
        for SymbolDefinition { symbol, definition } in clauses.symbols {
            let mut translator = Translator::new(self, scope, Clause::Define);
            if symbol.value == WITHIN {
                let length = translator.translate(definition)?;
                within_millis = Some(length_millis(&length, definition.span())?);
                continue;
            }
            if !names.variables.contains(&symbol.value) {
                return Err(validation_error(
                    symbol.span,
                    &format!("Unknown pattern '{}'", symbol.value),
                ));
            }
            translator.pattern = Some(names.clone());
            let condition = boolean(translator.translate(definition)?, definition, "DEFINE")?;
            definitions.push((symbol.value.clone(), condition));
        }
        let measures = clauses
            .measures
            .iter()
            .map(|measure| {
                let mut translator = Translator::new(self, scope, Clause::Measures);
                translator.pattern = Some(names.clone());
                Ok(NamedExpression {
                    name: measure.alias.value.clone(),
                    expression: translator.translate(&measure.expr)?,
                })
            })
            .collect::<Result<Vec<_>>>()?;
        if measures.is_empty() && partition_by.is_empty() {
            return Err(validation_error(
                span,
                "MATCH_RECOGNIZE has no column: write MEASURES",
            ));
        }
        let after_match = after_match(clauses.after_match, &names.variables)?;
        let schema = schema(&partition_by, &measures);
        Ok(Relation::new(Arc::new(QueryOperation::MatchRecognize(
            MatchRecognize {
                input,
                partition_by,
                order_by,
                measures,
                after_match,
                pattern,
                within_millis,
                definitions,
                schema,
            },
        ))))
    }

    fn partition_columns(&self, scope: &Scope, written: &[Expr]) -> Result<Vec<NamedExpression>> {
        written
            .iter()
            .map(
                |written| match Translator::new(self, scope, Clause::GroupBy).translate(written)? {
                    ResolvedExpression::Field {
                        index,
                        name,
                        field_type,
                    } => Ok(NamedExpression {
                        name: name.clone(),
                        expression: ResolvedExpression::Field {
                            index,
                            name,
                            field_type,
                        },
                    }),
                    _ => Err(refused(
                        written.span(),
                        "PARTITION BY of an expression in MATCH_RECOGNIZE",
                        "Name columns; compute them in a sub-query.",
                    )),
                },
            )
            .collect()
    }
}

/// The time of a row is its first sort key.
fn time_of(order_by: &[SortKey], span: Span) -> Result<Option<(usize, String, LogicalType)>> {
    match order_by.first() {
        None => Err(PlanError::validation(
            "SQL validation failed. You must specify either rowtime or proctime for order by.",
        )),
        Some(SortKey {
            expression:
                ResolvedExpression::Field {
                    index,
                    name,
                    field_type,
                },
            ascending,
            ..
        }) => match field_type.kind {
            TypeKind::Timestamp(_) | TypeKind::TimestampLtz(_) if *ascending => {
                Ok(Some((*index, name.clone(), field_type.clone())))
            }
            TypeKind::Timestamp(_) | TypeKind::TimestampLtz(_) => Err(PlanError::validation(
                "Primary sort order of a streaming table must be ascending on time.",
            )),
            _ => Err(PlanError::validation(
                "You must specify either rowtime or proctime for order by as the first one.",
            )),
        },
        Some(_) => Err(refused(
            span,
            "ORDER BY of an expression in MATCH_RECOGNIZE",
            "Name columns; compute them in a sub-query.",
        )),
    }
}

fn schema(partition_by: &[NamedExpression], measures: &[NamedExpression]) -> Schema {
    let all: Vec<&NamedExpression> = partition_by.iter().chain(measures).collect();
    let names: Vec<String> = all.iter().map(|named| named.name.clone()).collect();
    Schema {
        columns: all
            .into_iter()
            .zip(unique_names(&names))
            .map(|(named, name)| Column {
                name,
                column_type: expression_type(&named.expression),
                comment: None,
            })
            .collect(),
        primary_key: Vec::new(),
    }
}

fn after_match(written: Option<&AfterMatchSkip>, variables: &[String]) -> Result<AfterMatch> {
    let known = |name: &Ident| match variables.contains(&name.value) {
        true => Ok(name.value.clone()),
        false => Err(validation_error(
            name.span,
            &format!("Unknown pattern '{}'", name.value),
        )),
    };
    Ok(match written {
        // Calcite's default, which is not that of the standard.
        None | Some(AfterMatchSkip::ToNextRow) => AfterMatch::NextRow,
        Some(AfterMatchSkip::PastLastRow) => AfterMatch::PastLastRow,
        Some(AfterMatchSkip::ToFirst(name)) => AfterMatch::First(known(name)?),
        Some(AfterMatchSkip::ToLast(name)) => AfterMatch::Last(known(name)?),
    })
}

fn read_pattern(written: &MatchRecognizePattern, span: Span) -> Result<Pattern> {
    let refuse = |what: &str| {
        Err(refused(
            span,
            &format!("{what} in a pattern"),
            "Patterns have variables, sequences, alternatives and quantifiers.",
        ))
    };
    let all = |parts: &[MatchRecognizePattern]| {
        parts
            .iter()
            .map(|part| read_pattern(part, span))
            .collect::<Result<Vec<_>>>()
    };
    Ok(match written {
        MatchRecognizePattern::Symbol(MatchRecognizeSymbol::Named(name)) => {
            Pattern::Variable(name.value.clone())
        }
        MatchRecognizePattern::Symbol(_) => return refuse("^ or $"),
        MatchRecognizePattern::Exclude(_) => return refuse("{- -}"),
        MatchRecognizePattern::Permute(_) => return refuse("PERMUTE"),
        MatchRecognizePattern::Concat(parts) => Pattern::Sequence(all(parts)?),
        MatchRecognizePattern::Group(inner) => read_pattern(inner, span)?,
        MatchRecognizePattern::Alternation(parts) => Pattern::Alternation(all(parts)?),
        // Directly on a quantifier, a question mark makes it reluctant.
        MatchRecognizePattern::Repetition(inner, RepetitionQuantifier::AtMostOne)
            if matches!(inner.as_ref(), MatchRecognizePattern::Repetition(..)) =>
        {
            match read_pattern(inner, span)? {
                Pattern::Repeat {
                    pattern,
                    at_least,
                    at_most,
                    greedy: true,
                } => Pattern::Repeat {
                    pattern,
                    at_least,
                    at_most,
                    greedy: false,
                },
                _ => return refuse("a quantifier after a reluctant one"),
            }
        }
        MatchRecognizePattern::Repetition(inner, quantifier) => {
            let (at_least, at_most) = match quantifier {
                RepetitionQuantifier::ZeroOrMore => (0, None),
                RepetitionQuantifier::OneOrMore => (1, None),
                RepetitionQuantifier::AtMostOne => (0, Some(1)),
                RepetitionQuantifier::Exactly(times) => (*times, Some(*times)),
                RepetitionQuantifier::AtLeast(times) => (*times, None),
                RepetitionQuantifier::AtMost(times) => (0, Some(*times)),
                RepetitionQuantifier::Range(fewest, most) => (*fewest, Some(*most)),
            };
            if at_most.is_some_and(|most| most < at_least || most == 0) {
                return refuse("a quantifier that no number of rows fulfils");
            }
            Pattern::Repeat {
                pattern: Box::new(read_pattern(inner, span)?),
                at_least,
                at_most,
                greedy: true,
            }
        }
    })
}

fn collect_variables(pattern: &Pattern, variables: &mut Vec<String>) {
    match pattern {
        Pattern::Variable(name) if !variables.contains(name) => variables.push(name.clone()),
        Pattern::Variable(_) => {}
        Pattern::Sequence(parts) | Pattern::Alternation(parts) => {
            for part in parts {
                collect_variables(part, variables);
            }
        }
        Pattern::Repeat { pattern, .. } => collect_variables(pattern, variables),
    }
}

/// The functions that say of which row a column is, by the name in SQL.
fn row_function(name: &str) -> Option<&'static BuiltInFunction> {
    [
        &definitions::MATCH_FIRST,
        &definitions::MATCH_LAST,
        &definitions::MATCH_PREV,
        &definitions::MATCH_NEXT,
    ]
    .into_iter()
    .find(|function| function.name.eq_ignore_ascii_case(name))
}

impl Translator<'_, '_> {
    /// A column inside MATCH_RECOGNIZE; `None` elsewhere.
    pub(super) fn pattern_column(&mut self, path: &[Ident]) -> Result<Option<ResolvedExpression>> {
        let Some(names) = &self.pattern else {
            return Ok(None);
        };
        let inside_function = names.inside_function;
        let (variable, column) = match path {
            [variable, column] if names.variables.contains(&variable.value) => {
                (Some(variable.value.clone()), column)
            }
            [column] => (None, column),
            [first, ..] => {
                return Err(validation_error(
                    first.span,
                    &format!("Table '{}' not found", first.value),
                ));
            }
            [] => return Ok(None),
        };
        let found = self.scope.find(std::slice::from_ref(column))?;
        let Found::Column(ResolvedExpression::Field {
            index,
            name,
            field_type,
        }) = found
        else {
            let within = variable.map_or_else(
                || "any table".to_owned(),
                |variable| format!("table '{variable}'"),
            );
            return Err(validation_error(
                column.span,
                &format!("Column '{}' not found in {within}", column.value),
            ));
        };
        let field = ResolvedExpression::PatternField {
            variable,
            index,
            name,
            field_type,
        };
        if inside_function {
            return Ok(Some(field));
        }
        built_in(&definitions::MATCH_LAST, vec![field, number(0)], column.span).map(Some)
    }

    /// A function that exists inside MATCH_RECOGNIZE only; `None` for others.
    pub(super) fn pattern_call(
        &mut self,
        name: &str,
        arguments: &[Argument<'_>],
        span: Span,
    ) -> Result<Option<ResolvedExpression>> {
        let Some(names) = &self.pattern else {
            return Ok(None);
        };
        let time = names.time.clone();
        if let Some(function) = row_function(name) {
            let (Some(Argument::Value(value)), true) = (arguments.first(), arguments.len() <= 2) else {
                return Err(validation_error(
                    span,
                    &format!("Invalid number of arguments to function '{name}'. Was expecting 2 arguments"),
                ));
            };
            let value = self.inside_function(|translator| translator.translate(value))?;
            let default =
                i64::from(function == &definitions::MATCH_PREV || function == &definitions::MATCH_NEXT);
            let offset = match arguments.get(1) {
                Some(Argument::Value(offset)) => self.translate(offset)?,
                _ => number(default),
            };
            return built_in(function, vec![value, offset], span).map(Some);
        }
        if name.eq_ignore_ascii_case("FINAL") || name.eq_ignore_ascii_case("RUNNING") {
            // Measures are asked for at the last row of a match, where both are the same.
            return match (arguments, self.clause) {
                ([Argument::Value(value)], Clause::Measures) => self.translate(value).map(Some),
                _ => Err(refused(
                    span,
                    "FINAL or RUNNING in DEFINE",
                    "A definition sees the rows up to the current one.",
                )),
            };
        }
        if name.eq_ignore_ascii_case("MATCH_ROWTIME") {
            let Some((index, name, field_type)) = time else {
                return Ok(None);
            };
            let field = ResolvedExpression::PatternField {
                variable: None,
                index,
                name,
                field_type: field_type.with_nullable(false),
            };
            return built_in(&definitions::MATCH_LAST, vec![field, number(0)], span).map(Some);
        }
        if name.eq_ignore_ascii_case("CLASSIFIER") || name.eq_ignore_ascii_case("MATCH_NUMBER") {
            return Err(refused(
                span,
                &format!("{}()", name.to_uppercase()),
                "Ask for columns of the variables.",
            ));
        }
        Ok(None)
    }

    /// An aggregate over the rows that a variable took.
    pub(super) fn pattern_aggregate(
        &mut self,
        function: &'static BuiltInFunction,
        arguments: &[Argument<'_>],
        is_plain: bool,
        span: Span,
    ) -> Result<ResolvedExpression> {
        if !is_plain {
            return Err(refused(
                span,
                "DISTINCT or FILTER in MATCH_RECOGNIZE",
                "Aggregate all rows of a variable.",
            ));
        }
        let arguments = match arguments {
            [Argument::Wildcard] if function == &definitions::COUNT => Vec::new(),
            _ => self.inside_function(|translator| translator.arguments(arguments, span))?,
        };
        built_in(function, arguments, span)
    }

    /// Translates what a function that picks rows is applied to.
    fn inside_function<T>(&mut self, translate: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let set = |translator: &mut Self, inside| {
            if let Some(names) = &mut translator.pattern {
                return std::mem::replace(&mut names.inside_function, inside);
            }
            inside
        };
        let before = set(self, true);
        let translated = translate(self);
        set(self, before);
        translated
    }
}

fn number(value: i64) -> ResolvedExpression {
    ResolvedExpression::Literal {
        value: LiteralValue::Integer(value),
        literal_type: LogicalType::not_null(TypeKind::Int),
    }
}
