//! Reading a table whose columns are not all physical, and what of a table is written.

use std::sync::Arc;

use super::details::{ColumnKind, TableDetails};
use super::table::{CatalogTable, Schema};
use crate::expression::ResolvedExpression;
use crate::operation::{NamedExpression, QueryOperation};

impl CatalogTable {
    /// The rows: a source of physical and metadata columns, and above it the computed ones in the declared
    /// order.
    #[must_use]
    pub fn scan(self: &Arc<Self>) -> Arc<QueryOperation> {
        let is_computed = |position: usize| matches!(self.column_kind(position), ColumnKind::Computed { .. });
        if !(0..self.schema.columns.len()).any(is_computed) {
            return Arc::new(QueryOperation::Source {
                table: Arc::clone(self),
            });
        }
        let source = Arc::new(self.with_columns(|kind| !matches!(kind, ColumnKind::Computed { .. })));
        let mut next = 0;
        let projections = self
            .schema
            .columns
            .iter()
            .enumerate()
            .map(|(position, column)| NamedExpression {
                name: column.name.clone(),
                expression: match self.column_kind(position) {
                    ColumnKind::Computed { expression, .. } => expression.clone(),
                    _ => {
                        next += 1;
                        ResolvedExpression::Field {
                            index: next - 1,
                            name: column.name.clone(),
                            field_type: column.column_type.clone(),
                        }
                    }
                },
            })
            .collect();
        Arc::new(QueryOperation::Project {
            input: Arc::new(QueryOperation::Source { table: source }),
            projections,
        })
    }

    /// The table as it is written to: without computed and virtual columns.
    #[must_use]
    pub fn as_sink(self: &Arc<Self>) -> Arc<Self> {
        if self.details.columns.is_empty() {
            return Arc::clone(self);
        }
        Arc::new(self.with_columns(|kind| match kind {
            ColumnKind::Physical => true,
            ColumnKind::Metadata { is_virtual, .. } => !is_virtual,
            ColumnKind::Computed { .. } => false,
        }))
    }

    /// The table with some of its columns. A key that loses a column is no key.
    fn with_columns(&self, keep: impl Fn(&ColumnKind) -> bool) -> Self {
        let kept: Vec<usize> = (0..self.schema.columns.len())
            .filter(|position| keep(self.column_kind(*position)))
            .collect();
        let primary_key: Option<Vec<usize>> = self
            .schema
            .primary_key
            .iter()
            .map(|key| kept.iter().position(|position| position == key))
            .collect();
        let kinds: Vec<ColumnKind> = kept
            .iter()
            .map(|position| self.column_kind(*position).clone())
            .collect();
        let all_physical = kinds.iter().all(|kind| *kind == ColumnKind::Physical);
        Self {
            schema: Schema {
                columns: kept
                    .iter()
                    .map(|position| self.schema.columns[*position].clone())
                    .collect(),
                primary_key: primary_key.unwrap_or_default(),
            },
            details: TableDetails {
                columns: if all_physical { Vec::new() } else { kinds },
                ..self.details.clone()
            },
            ..self.clone()
        }
    }
}
