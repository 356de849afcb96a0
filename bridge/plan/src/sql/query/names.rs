//! Names in expressions: columns, columns with qualifiers, fields of rows.

use sqlparser::ast::Ident;
use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use super::call::built_in;
use super::expression::Translator;
use super::plan::QueryPlanner;
use super::refuse::check_name;
use super::scope::{Found, Scope};
use crate::error::{PlanError, Result};
use crate::expression::{LiteralValue, ResolvedExpression};
use crate::function::definitions;
use crate::operation::expression_type;
use crate::types::{LogicalType, TypeKind};

/// A name that has been looked up.
pub(super) struct Name {
    /// The column.
    pub(super) column: ResolvedExpression,
    /// How many parts of the path it took; the others are fields of its value.
    pub(super) taken: usize,
    /// Whether it is of this query's own FROM.
    pub(super) is_own: bool,
}

impl QueryPlanner<'_> {
    /// What a path means in a scope, or in the queries around it.
    pub(super) fn look_up(&self, scope: &Scope, path: &[Ident]) -> Result<Name> {
        for name in path {
            check_name(name.quote_style, name.span)?;
        }
        let own = |column, taken| Name {
            column,
            taken,
            is_own: true,
        };
        match scope.find(path)? {
            Found::Column(column) => return Ok(own(column, path.len())),
            Found::Field(column, taken) => return Ok(own(column, taken)),
            Found::Nothing => {}
        }
        match self.outer.find(path)? {
            Some((column, taken)) => Ok(Name {
                column,
                taken,
                is_own: false,
            }),
            None => Err(unknown(scope, path)),
        }
    }
}

impl Translator<'_, '_> {
    /// The value of a path.
    pub(super) fn path(&mut self, path: &[Ident]) -> Result<ResolvedExpression> {
        if let Some(column) = self.pattern_column(path)? {
            return Ok(column);
        }
        let name = self.planner.look_up(self.scope, path)?;
        let (own, fields) = path.split_at(name.taken);
        let column = if name.is_own {
            let span = Span::union_iter(own.iter().map(|part| part.span));
            self.input_column(name.column, &written(own), span)?
        } else {
            name.column
        };
        fields.iter().try_fold(column, |row, field| {
            field_of(row, field).ok_or_else(|| no_field(path, fields))?
        })
    }
}

/// A field of a row; `None` if it has none of that name.
pub(super) fn field_of(row: ResolvedExpression, field: &Ident) -> Option<Result<ResolvedExpression>> {
    let TypeKind::Row(fields) = expression_type(&row).kind else {
        return None;
    };
    fields.iter().find(|candidate| candidate.name == field.value)?;
    Some(get(row, &field.value, field.span))
}

/// The value of a field.
pub(super) fn get(row: ResolvedExpression, name: &str, span: Span) -> Result<ResolvedExpression> {
    let length = u32::try_from(name.chars().count()).unwrap_or(u32::MAX);
    let name = ResolvedExpression::Literal {
        value: LiteralValue::String(name.to_owned()),
        literal_type: LogicalType::not_null(TypeKind::Char(length)),
    };
    built_in(&definitions::GET, vec![row, name], span)
}

fn written(path: &[Ident]) -> String {
    let parts: Vec<&str> = path.iter().map(|part| part.value.as_str()).collect();
    parts.join(".")
}

/// In Calcite's words the field is a column of the relation before it, if there is one.
fn no_field(path: &[Ident], fields: &[Ident]) -> PlanError {
    let own = &path[..path.len() - fields.len()];
    match own {
        [] | [_] => validation_error(
            Span::union_iter(path.iter().map(|part| part.span)),
            &format!("Column '{}' not found in any table", written(path)),
        ),
        [qualifier @ .., column] => {
            let named: Vec<Ident> = std::iter::once(column).chain(fields).cloned().collect();
            validation_error(
                Span::union_iter(named.iter().map(|part| part.span)),
                &format!(
                    "Column '{}' not found in table '{}'",
                    written(&named),
                    written(qualifier)
                ),
            )
        }
    }
}

fn unknown(scope: &Scope, path: &[Ident]) -> PlanError {
    match path {
        [name] => {
            let near = scope.other_case(&name.value);
            let near = near.map_or_else(String::new, |near| format!("; did you mean '{near}'?"));
            validation_error(
                name.span,
                &format!("Column '{}' not found in any table{near}", name.value),
            )
        }
        [] => PlanError::validation("A column has a name."),
        [qualifier @ .., _] => validation_error(
            Span::union_iter(qualifier.iter().map(|part| part.span)),
            &format!("Table '{}' not found", written(qualifier)),
        ),
    }
}
