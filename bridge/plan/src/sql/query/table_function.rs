//! Functions in FROM: window table functions, `UNNEST`, and functions of users, with or without
//! `TABLE(...)` around them.

use sqlparser::ast::{
    Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, ObjectName, Spanned, TableAlias,
};
use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use super::expression::{Clause, Translator};
use super::from::{alias_of, aliased, path_of};
use super::join::{Right, RightRows};
use super::mismatch::{calcite_type, no_match};
use super::plan::QueryPlanner;
use super::refuse::refused;
use super::scope::{Relation, Scope};
use super::values::single_row;
use crate::catalog::{Column, Schema};
use crate::error::Result;
use crate::operation::expression_type;
use crate::types::{LogicalType, TypeKind};

/// A function in FROM as it is written.
pub(super) struct TableCall<'t> {
    pub(super) name: &'t ObjectName,
    pub(super) arguments: &'t [FunctionArg],
    pub(super) with_ordinality: bool,
    pub(super) alias: Option<&'t TableAlias>,
}

impl<'t> TableCall<'t> {
    /// The call inside `TABLE(...)`.
    pub(super) fn inside(written: &'t Expr, alias: Option<&'t TableAlias>) -> Result<Self> {
        let refuse = |span| {
            refused(
                span,
                "TABLE(...) of something that is no call of a function",
                "Write TABLE(function(arguments)).",
            )
        };
        let Expr::Function(call) = written else {
            return Err(refuse(written.span()));
        };
        let Function {
            name,
            uses_odbc_syntax: _,
            parameters: FunctionArguments::None,
            args: FunctionArguments::List(list),
            filter: None,
            null_treatment: None,
            over: None,
            within_group,
        } = call
        else {
            return Err(refuse(call.name.span()));
        };
        if !within_group.is_empty() || list.duplicate_treatment.is_some() || !list.clauses.is_empty() {
            return Err(refuse(call.name.span()));
        }
        Ok(Self {
            name,
            arguments: &list.args,
            with_ordinality: false,
            alias,
        })
    }
}

impl QueryPlanner<'_> {
    /// The rows that a function gives, maybe for each row of what is left of it.
    pub(super) fn table_function(&self, call: &TableCall<'_>, left: &Scope) -> Result<Right> {
        let span = self.source.call_span(call.name.span());
        let name = call.name.to_string();
        // `LATERAL TABLE(f(x))` and `TABLE(f(x))` are the function inside.
        if name.eq_ignore_ascii_case("TABLE")
            && let [FunctionArg::Unnamed(FunctionArgExpr::Expr(inner))] = call.arguments
            && !call.with_ordinality
        {
            return self.table_function(&TableCall::inside(inner, call.alias)?, left);
        }
        if name.eq_ignore_ascii_case("UNNEST") {
            return self.unnest(call, left, span);
        }
        if call.with_ordinality {
            return Err(refused(
                span,
                "WITH ORDINALITY of a function",
                "Only UNNEST has it.",
            ));
        }
        if let Some(relation) = self.window_function(call.name, call.arguments)? {
            return aliased(relation, Vec::new(), call.alias);
        }
        let path = path_of(call.name)?;
        let catalogs = self.context.catalogs;
        let user = match path.as_slice() {
            [single] => catalogs.temporary_system_function(single),
            _ => None,
        };
        if user.is_some() || catalogs.catalog_function(&path).is_some() {
            return Err(refused(
                span,
                &format!("the function {name}, which gives one value a row, in FROM"),
                "Call it in the select list; UNNEST makes rows of an array that it returns.",
            ));
        }
        let mut translator = Translator::new(self, left, Clause::On);
        let arguments = call
            .arguments
            .iter()
            .filter_map(|argument| match argument {
                FunctionArg::Unnamed(FunctionArgExpr::Expr(value)) => Some(translator.translate(value)),
                _ => None,
            })
            .collect::<Result<Vec<_>>>()?;
        Err(no_match(&path, &arguments, span))
    }

    /// `UNNEST(collection) [WITH ORDINALITY]`.
    fn unnest(&self, call: &TableCall<'_>, left: &Scope, span: Span) -> Result<Right> {
        let [FunctionArg::Unnamed(FunctionArgExpr::Expr(written))] = call.arguments else {
            return Err(refused(
                span,
                "UNNEST of several collections",
                "Join several UNNESTs of one collection each.",
            ));
        };
        let collection = Translator::new(self, left, Clause::On).translate(written)?;
        let collection_type = expression_type(&collection);
        let columns = match &collection_type.kind {
            TypeKind::Array(element) | TypeKind::Multiset(element) => element_columns(element, call.alias),
            TypeKind::Map(key, value) => vec![
                ("KEY".to_owned(), key.as_ref().clone()),
                ("VALUE".to_owned(), value.as_ref().clone()),
            ],
            _ => {
                return Err(validation_error(
                    span,
                    &format!(
                        "Cannot apply 'UNNEST' to arguments of type 'UNNEST(<{}>)'. Supported form(s): \
                         'UNNEST(<MULTISET>)'\n'UNNEST(<ARRAY>)'\n'UNNEST(<MAP>)'",
                        calcite_type(&collection_type)
                    ),
                ));
            }
        };
        let ordinality = call
            .with_ordinality
            .then(|| ("ORDINALITY".to_owned(), LogicalType::not_null(TypeKind::Int)));
        let schema = Schema {
            columns: columns
                .into_iter()
                .chain(ordinality)
                .map(|(name, column_type)| Column {
                    name,
                    column_type,
                    comment: None,
                })
                .collect(),
            primary_key: Vec::new(),
        };
        let mut relation = Relation {
            names: schema.columns.iter().map(|column| column.name.clone()).collect(),
            operation: single_row(),
        };
        let qualifier = alias_of(&mut relation, Vec::new(), call.alias)?;
        let mut schema = schema;
        for (column, name) in schema.columns.iter_mut().zip(&relation.names) {
            column.name.clone_from(name);
        }
        Ok(Right {
            rows: RightRows::Unnest {
                collection,
                with_ordinality: call.with_ordinality,
            },
            scope: Scope::of_schema(schema, qualifier),
        })
    }
}

/// The columns of an element: the fields of a row, else one column that goes by the alias.
fn element_columns(element: &LogicalType, alias: Option<&TableAlias>) -> Vec<(String, LogicalType)> {
    match &element.kind {
        TypeKind::Row(fields) => fields
            .iter()
            .map(|field| {
                let nullable = field.field_type.nullable || element.nullable;
                (field.name.clone(), field.field_type.with_nullable(nullable))
            })
            .collect(),
        _ => {
            let name = match alias {
                Some(alias) if alias.columns.is_empty() => alias.name.value.clone(),
                _ => "EXPR$0".to_owned(),
            };
            vec![(name, element.clone())]
        }
    }
}
