//! Which columns the names in a SELECT can mean.

use std::sync::Arc;

use sqlparser::ast::Ident;
use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use crate::catalog::Schema;
use crate::error::{PlanError, Result};
use crate::expression::ResolvedExpression;
use crate::operation::QueryOperation;

/// Something with rows, and the names of its columns as SQL sees them.
///
/// The operation's own column names are unique; these need not be (`SELECT a, a`), which is an error
/// only where such a name is used.
#[derive(Debug, Clone)]
pub(super) struct Relation {
    pub(super) operation: Arc<QueryOperation>,
    pub(super) names: Vec<String>,
}

impl Relation {
    /// A relation whose columns have the operation's own names.
    pub(super) fn new(operation: Arc<QueryOperation>) -> Self {
        let names = operation
            .schema()
            .columns
            .iter()
            .map(|column| column.name.clone())
            .collect();
        Self { operation, names }
    }
}

/// The columns of a SELECT's FROM.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    /// The path or alias by which columns can be qualified; empty if there is none.
    qualifier: Vec<String>,
    names: Vec<String>,
    pub(super) schema: Schema,
}

impl Scope {
    /// The scope of a relation that goes by an alias or by its path.
    pub(super) fn new(relation: &Relation, qualifier: Vec<String>) -> Self {
        Self {
            qualifier,
            names: relation.names.clone(),
            schema: relation.operation.schema(),
        }
    }

    /// The scope of a SELECT without FROM.
    pub(super) fn empty() -> Self {
        Self {
            qualifier: Vec::new(),
            names: Vec::new(),
            schema: Schema::default(),
        }
    }

    /// All columns with their names: what `*` stands for.
    pub(super) fn all(&self) -> Vec<(String, ResolvedExpression)> {
        (0..self.names.len())
            .map(|index| (self.names[index].clone(), self.field(index)))
            .collect()
    }

    /// Whether a qualifier such as `t` of `t.*` means this scope's relation.
    pub(super) fn is_qualified_by(&self, path: &[String]) -> bool {
        !path.is_empty() && self.qualifier.ends_with(path)
    }

    /// The column of that name.
    pub(super) fn column(&self, name: &Ident) -> Result<ResolvedExpression> {
        let found = self.find(name, name.span)?;
        found.ok_or_else(|| {
            let near = self.other_case(&name.value);
            let near = near.map_or_else(String::new, |near| format!("; did you mean '{near}'?"));
            validation_error(
                name.span,
                &format!("Column '{}' not found in any table{near}", name.value),
            )
        })
    }

    /// The column of a name with a qualifier.
    pub(super) fn qualified_column(&self, path: &[Ident]) -> Result<ResolvedExpression> {
        let Some((name, qualifier)) = path.split_last() else {
            return Err(PlanError::validation("A column has a name."));
        };
        let span = Span::union_iter(path.iter().map(|part| part.span));
        let parts: Vec<String> = qualifier.iter().map(|part| part.value.clone()).collect();
        if self.is_qualified_by(&parts) {
            return self.find(name, span)?.ok_or_else(|| {
                validation_error(
                    name.span,
                    &format!("Column '{}' not found in table '{}'", name.value, parts.join(".")),
                )
            });
        }
        if let Some(column) = qualifier.first()
            && self.names.contains(&column.value)
        {
            let what = super::super::source::with_position(span, "access to a field of a row");
            return Err(PlanError::unsupported(
                what,
                "A Python function can take the row and return its field.",
            ));
        }
        Err(validation_error(
            Span::union_iter(qualifier.iter().map(|part| part.span)),
            &format!("Table '{}' not found", parts.join(".")),
        ))
    }

    fn find(&self, name: &Ident, span: Span) -> Result<Option<ResolvedExpression>> {
        let mut found = self
            .names
            .iter()
            .enumerate()
            .filter(|(_, candidate)| **candidate == name.value)
            .map(|(index, _)| index);
        let Some(index) = found.next() else {
            return Ok(None);
        };
        if found.next().is_some() {
            return Err(validation_error(
                span,
                &format!("Column '{}' is ambiguous", name.value),
            ));
        }
        Ok(Some(self.field(index)))
    }

    fn other_case(&self, name: &str) -> Option<&String> {
        self.names
            .iter()
            .find(|candidate| candidate.to_lowercase() == name.to_lowercase())
    }

    fn field(&self, index: usize) -> ResolvedExpression {
        field(&self.schema, index)
    }
}

/// A column of a schema as an expression.
pub(super) fn field(schema: &Schema, index: usize) -> ResolvedExpression {
    let column = &schema.columns[index];
    ResolvedExpression::Field {
        index,
        name: column.name.clone(),
        field_type: column.column_type.clone(),
    }
}

/// Makes names unique as Calcite does: the second `a` becomes `a0`, the third `a1`.
pub(super) fn unique_names(names: &[String]) -> Vec<String> {
    let mut unique: Vec<String> = Vec::with_capacity(names.len());
    for name in names {
        let mut candidate = name.clone();
        let mut attempt = 0_usize;
        while unique.contains(&candidate) {
            candidate = format!("{name}{attempt}");
            attempt += 1;
        }
        unique.push(candidate);
    }
    unique
}
