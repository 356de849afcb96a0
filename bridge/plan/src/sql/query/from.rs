//! `FROM`: a table, a view, a query of `WITH`, or a sub-query.

use std::sync::Arc;

use sqlparser::ast::{Ident, ObjectName, Spanned, TableAlias, TableFactor, TableWithJoins};
use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use super::plan::{QueryPlanner, rename};
use super::refuse::{check_alias, check_name, refused};
use super::scope::{Relation, Scope};
use crate::catalog::{CatalogEntry, CatalogManager};
use crate::error::{PlanError, Result};
use crate::operation::QueryOperation;

const TABLES: &str = "FROM takes tables, views, sub-queries and VALUES.";

impl QueryPlanner<'_> {
    /// Plans a FROM without joins: the rows, and what names mean over them.
    pub(super) fn from(&mut self, from: &TableWithJoins) -> Result<(Relation, Scope)> {
        let (mut relation, path, alias) = self.factor(&from.relation)?;
        let qualifier = match alias {
            None => path,
            Some(alias) => {
                check_alias(alias)?;
                let names = alias
                    .columns
                    .iter()
                    .map(|column| column.name.value.clone())
                    .collect();
                rename(&mut relation, names, alias.name.span)?;
                vec![alias.name.value.clone()]
            }
        };
        let scope = Scope::new(&relation, qualifier);
        Ok((relation, scope))
    }

    /// The rows, the path that qualifies columns, and the alias that replaces it.
    fn factor<'t>(
        &mut self,
        factor: &'t TableFactor,
    ) -> Result<(Relation, Vec<String>, Option<&'t TableAlias>)> {
        let refuse = |what, hint| Err(refused(factor.span(), what, hint));
        match factor {
            TableFactor::Table {
                name,
                alias,
                args,
                with_hints,
                version,
                with_ordinality,
                partitions,
                json_path,
                sample,
                index_hints,
            } => {
                if args.is_some() || *with_ordinality {
                    return refuse("a table function", TABLES);
                }
                if version.is_some() {
                    return refuse(
                        "FOR SYSTEM_TIME AS OF",
                        "The table is read as it is when the job runs.",
                    );
                }
                if sample.is_some() {
                    return refuse("TABLESAMPLE", "Filter by WHERE.");
                }
                if !with_hints.is_empty()
                    || !partitions.is_empty()
                    || json_path.is_some()
                    || !index_hints.is_empty()
                {
                    return refuse("a hint, partition or path after a table", "Filter by WHERE.");
                }
                let (relation, path) = self.table(name)?;
                Ok((relation, path, alias.as_ref()))
            }
            TableFactor::Derived {
                lateral,
                subquery,
                alias,
                sample,
            } => {
                if *lateral {
                    return refuse("LATERAL", TABLES);
                }
                if sample.is_some() {
                    return refuse("TABLESAMPLE", "Filter by WHERE.");
                }
                Ok((self.query(subquery)?, Vec::new(), alias.as_ref()))
            }
            TableFactor::NestedJoin { .. } => {
                refuse("a join", "Queries read one table, or a UNION ALL of several.")
            }
            TableFactor::MatchRecognize { .. } => refuse("MATCH_RECOGNIZE", TABLES),
            TableFactor::Pivot { .. } | TableFactor::Unpivot { .. } => refuse("PIVOT / UNPIVOT", TABLES),
            TableFactor::TableFunction { .. }
            | TableFactor::Function { .. }
            | TableFactor::UNNEST { .. }
            | TableFactor::JsonTable { .. }
            | TableFactor::OpenJsonTable { .. }
            | TableFactor::XmlTable { .. }
            | TableFactor::SemanticView { .. } => refuse("a table function", TABLES),
        }
    }

    fn table(&self, name: &ObjectName) -> Result<(Relation, Vec<String>)> {
        let path = path_of(name)?;
        if let [simple] = path.as_slice()
            && let Some(relation) = self.named_query(simple)
        {
            return Ok((relation.clone(), path));
        }
        let catalogs = self.context.catalogs;
        let identifier = catalogs.qualify(&path)?;
        let Some(entry) = catalogs.find(&identifier) else {
            return Err(not_found(name.span(), &path, catalogs));
        };
        let operation = match entry {
            CatalogEntry::Table(table) => Arc::new(QueryOperation::Source {
                table: Arc::clone(table),
            }),
            CatalogEntry::View(view) => Arc::clone(&view.operation),
        };
        // Columns can be qualified by any end of the full path.
        let full = vec![identifier.catalog, identifier.database, identifier.object];
        Ok((Relation::new(operation), full))
    }
}

/// The parts of a path.
pub(super) fn path_of(name: &ObjectName) -> Result<Vec<String>> {
    name.0
        .iter()
        .map(|part| match part.as_ident() {
            Some(Ident {
                value,
                quote_style,
                span,
            }) => check_name(*quote_style, *span).map(|()| value.clone()),
            None => Err(refused(name.span(), "a function as a part of a name", TABLES)),
        })
        .collect()
}

/// The first part of the path that does not exist, in Calcite's words.
fn not_found(span: Span, path: &[String], catalogs: &CatalogManager) -> PlanError {
    let has_database = |catalog: &str, database: &String| {
        catalogs
            .list_databases(catalog)
            .is_ok_and(|databases| databases.contains(database))
    };
    let current = catalogs.current_catalog();
    let (missing, within) = match path {
        [database, object] if has_database(current, database) => {
            (object, Some(format!("{current}.{database}")))
        }
        [catalog, database, object] if has_database(catalog, database) => {
            (object, Some(format!("{catalog}.{database}")))
        }
        [catalog, database, _] if catalogs.list_catalogs().contains(catalog) => {
            (database, Some(catalog.clone()))
        }
        _ => (&path[0], None),
    };
    let within = within.map_or_else(String::new, |within| format!(" within '{within}'"));
    validation_error(span, &format!("Object '{missing}' not found{within}"))
}
