//! Which columns the names in a SELECT can mean.

use std::sync::Arc;

use sqlparser::ast::Ident;
use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use super::call::built_in;
use crate::catalog::Schema;
use crate::error::Result;
use crate::expression::ResolvedExpression;
use crate::function::definitions;
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

/// One relation of a FROM: a table, an alias, a sub-query.
#[derive(Debug, Clone)]
struct Part {
    /// The path or alias by which columns can be qualified; empty if there is none.
    qualifier: Vec<String>,
    /// The columns' names.
    names: Vec<String>,
    /// The position of the first column.
    start: usize,
}

/// A column that `USING` or `NATURAL` has made of two.
#[derive(Debug, Clone)]
struct Merged {
    name: String,
    /// The positions of the columns that it replaces.
    columns: Vec<usize>,
    value: ResolvedExpression,
}

/// The columns of a SELECT's FROM: all relations side by side.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    parts: Vec<Part>,
    merged: Vec<Merged>,
    pub(super) schema: Schema,
}

/// What a name means in one scope.
pub(super) enum Found {
    /// Nothing: a query around this one may know it.
    Nothing,
    /// This column.
    Column(ResolvedExpression),
    /// This column, of whose row the rest of the path names fields.
    Field(ResolvedExpression, usize),
}

impl Scope {
    /// The scope of a relation that goes by an alias or by its path.
    pub(super) fn new(relation: &Relation, qualifier: Vec<String>) -> Self {
        Self {
            parts: vec![Part {
                qualifier,
                names: relation.names.clone(),
                start: 0,
            }],
            merged: Vec::new(),
            schema: relation.operation.schema(),
        }
    }

    /// The scope of columns under their own names.
    pub(super) fn of_schema(schema: Schema, qualifier: Vec<String>) -> Self {
        let names = schema.columns.iter().map(|column| column.name.clone()).collect();
        Self {
            parts: vec![Part {
                qualifier,
                names,
                start: 0,
            }],
            merged: Vec::new(),
            schema,
        }
    }

    /// The scope of a SELECT without FROM.
    pub(super) fn empty() -> Self {
        Self {
            parts: Vec::new(),
            merged: Vec::new(),
            schema: Schema::default(),
        }
    }

    /// A scope whose columns have no names.
    pub(super) fn hidden(schema: Schema) -> Self {
        Self {
            schema,
            ..Self::empty()
        }
    }

    /// The scope of a join of two, whose columns are those of the schema.
    pub(super) fn join(mut self, right: Self, schema: Schema) -> Self {
        let width = self.width();
        self.parts.extend(right.parts.into_iter().map(|part| Part {
            start: part.start + width,
            ..part
        }));
        self.schema = schema;
        // What is merged may have become nullable; it is looked up anew.
        let merged = std::mem::take(&mut self.merged);
        for one in merged {
            self.merge_columns(one.name, one.columns);
        }
        for one in right.merged {
            let columns = one.columns.iter().map(|index| index + width).collect();
            self.merge_columns(one.name, columns);
        }
        self
    }

    /// Makes one column of several with the same name: the first value that is not NULL.
    pub(super) fn merge_columns(&mut self, name: String, columns: Vec<usize>) {
        let values: Vec<ResolvedExpression> = columns.iter().map(|index| self.field(*index)).collect();
        let first = values.first().cloned();
        let value = built_in(&definitions::COALESCE, values, Span::empty())
            .ok()
            .or(first);
        self.merged
            .retain(|other| !other.columns.iter().any(|index| columns.contains(index)));
        self.merged
            .extend(value.map(|value| Merged { name, columns, value }));
    }

    /// The positions of the columns that a name without qualifier stands for, if it is one of them.
    pub(super) fn columns_of(&self, name: &Ident) -> Result<Option<Vec<usize>>> {
        if let Some(merged) = self.merged.iter().find(|merged| merged.name == name.value) {
            return Ok(Some(merged.columns.clone()));
        }
        let mut found = self.positions(&name.value);
        match (found.next(), found.next()) {
            (None, _) => Ok(None),
            (Some(index), None) => Ok(Some(vec![index])),
            (Some(_), Some(_)) => Err(ambiguous(name)),
        }
    }

    /// The value of a name without qualifier.
    pub(super) fn simple_column(&self, name: &Ident) -> Result<Option<ResolvedExpression>> {
        if let Some(merged) = self.merged.iter().find(|merged| merged.name == name.value) {
            return Ok(Some(merged.value.clone()));
        }
        Ok(self
            .columns_of(name)?
            .and_then(|columns| columns.first().map(|index| self.field(*index))))
    }

    /// What a path means here: a column, a column with a qualifier, or one with fields behind it.
    pub(super) fn find(&self, path: &[Ident]) -> Result<Found> {
        // A qualifier without such a column is an error only if the path cannot be read in another way.
        let mut missing = None;
        for length in (1..path.len()).rev() {
            let qualifier: Vec<String> = path[..length].iter().map(|part| part.value.clone()).collect();
            let Some(part) = self.part(&qualifier) else {
                continue;
            };
            let name = &path[length];
            let mut positions = (0..part.names.len()).filter(|index| part.names[*index] == name.value);
            let Some(index) = positions.next() else {
                missing.get_or_insert_with(|| {
                    validation_error(
                        name.span,
                        &format!(
                            "Column '{}' not found in table '{}'",
                            name.value,
                            qualifier.join(".")
                        ),
                    )
                });
                continue;
            };
            if positions.next().is_some() {
                return Err(ambiguous(name));
            }
            let column = self.field(part.start + index);
            return Ok(match length + 1 == path.len() {
                true => Found::Column(column),
                false => Found::Field(column, length + 1),
            });
        }
        let Some(first) = path.first() else {
            return Ok(Found::Nothing);
        };
        match (self.simple_column(first)?, missing) {
            (None, Some(error)) => Err(error),
            (None, None) => Ok(Found::Nothing),
            (Some(column), _) if path.len() == 1 => Ok(Found::Column(column)),
            (Some(column), _) => Ok(Found::Field(column, 1)),
        }
    }

    /// All columns with their names: what `*` stands for. Merged columns go first.
    pub(super) fn all(&self) -> Vec<(String, ResolvedExpression)> {
        let merged = self
            .merged
            .iter()
            .map(|merged| (merged.name.clone(), merged.value.clone()));
        let others = self.parts.iter().flat_map(|part| {
            (0..part.names.len())
                .filter(|index| !self.is_merged(part.start + index))
                .map(|index| (part.names[index].clone(), self.field(part.start + index)))
        });
        merged.chain(others).collect()
    }

    /// The columns of the relation that a qualifier such as `t` of `t.*` means.
    pub(super) fn all_of(&self, path: &[String]) -> Option<Vec<(String, ResolvedExpression)>> {
        let part = self.part(path)?;
        Some(
            part.names
                .iter()
                .enumerate()
                .map(|(index, name)| (name.clone(), self.field(part.start + index)))
                .collect(),
        )
    }

    /// The names that both have, in the order of the left one: what NATURAL joins by.
    pub(super) fn common_names(&self, right: &Self) -> Vec<String> {
        let mut common: Vec<String> = Vec::new();
        for (name, _) in self.all() {
            if !common.contains(&name) && right.all().iter().any(|(other, _)| *other == name) {
                common.push(name);
            }
        }
        common
    }

    /// A column's name in another case, for messages.
    pub(super) fn other_case(&self, name: &str) -> Option<&String> {
        self.parts
            .iter()
            .flat_map(|part| &part.names)
            .find(|candidate| candidate.to_lowercase() == name.to_lowercase())
    }

    /// Whether a relation goes by this name: the alias, or the last part of the path.
    pub(super) fn has_relation(&self, name: &str) -> bool {
        self.parts
            .iter()
            .any(|part| part.qualifier.last().is_some_and(|last| last == name))
    }

    /// The number of columns.
    pub(super) fn width(&self) -> usize {
        self.schema.columns.len()
    }

    /// The column at a position.
    pub(super) fn field(&self, index: usize) -> ResolvedExpression {
        field(&self.schema, index)
    }

    fn part(&self, path: &[String]) -> Option<&Part> {
        self.parts
            .iter()
            .find(|part| !path.is_empty() && part.qualifier.ends_with(path))
    }

    fn is_merged(&self, index: usize) -> bool {
        self.merged.iter().any(|merged| merged.columns.contains(&index))
    }

    fn positions(&self, name: &str) -> impl Iterator<Item = usize> {
        self.parts.iter().flat_map(move |part| {
            (0..part.names.len())
                .filter(move |index| part.names[*index] == name)
                .map(move |index| part.start + index)
        })
    }
}

fn ambiguous(name: &Ident) -> crate::PlanError {
    validation_error(name.span, &format!("Column '{}' is ambiguous", name.value))
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
