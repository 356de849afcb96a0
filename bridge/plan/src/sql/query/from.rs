//! `FROM`: tables, views, queries of `WITH`, sub-queries, and their joins from left to right.

use sqlparser::ast::{
    Ident, ObjectName, Spanned, TableAlias, TableFactor, TableFunctionArgs, TableVersion, TableWithJoins,
};
use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use super::join::{Condition, Joined, Right, RightRows, constraint};
use super::match_recognize::Clauses;
use super::plan::{QueryPlanner, rename};
use super::refuse::{check_alias, check_name, refused};
use super::scope::{Relation, Scope};
use super::table_function::TableCall;
use super::values::single_row;
use crate::catalog::{CatalogEntry, CatalogManager};
use crate::error::{PlanError, Result};
use crate::operation::JoinKind;

const TABLES: &str = "FROM takes tables, views, sub-queries and VALUES.";

impl QueryPlanner<'_> {
    /// Plans a FROM: the rows, and what names mean over them. A comma joins like CROSS JOIN, and as
    /// tightly as any other join.
    pub(super) fn from(&self, from: &[TableWithJoins]) -> Result<Joined> {
        let mut joined: Option<Joined> = None;
        for item in from {
            let next = match joined {
                None => self.first_factor(&item.relation)?,
                Some(left) => self.join(left, &item.relation, JoinKind::Inner, &Condition::Always)?,
            };
            joined = Some(item.joins.iter().try_fold(next, |left, join| {
                let (kind, condition) = constraint(join)?;
                self.join(left, &join.relation, kind, &condition)
            })?);
        }
        Ok(joined.unwrap_or_else(|| Joined {
            operation: single_row(),
            scope: Scope::empty(),
        }))
    }

    /// What has nothing to its left. What is computed from a row is computed from a row of no columns.
    fn first_factor(&self, factor: &TableFactor) -> Result<Joined> {
        let left = Joined {
            operation: single_row(),
            scope: Scope::hidden(single_row().schema()),
        };
        let right = self.factor(factor, &left.scope)?;
        match right.rows {
            RightRows::Relation(operation) => Ok(Joined {
                operation,
                scope: right.scope,
            }),
            _ => self.join_right(left, right, JoinKind::Inner, &Condition::Always),
        }
    }

    /// The right side of a join, which can refer to the left one if it is LATERAL.
    pub(super) fn factor(&self, factor: &TableFactor, left: &Scope) -> Result<Right> {
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
                if let Some(TableFunctionArgs { args, settings }) = args {
                    if settings.is_some() || version.is_some() {
                        return refuse("SETTINGS or a version of a function", TABLES);
                    }
                    let call = TableCall {
                        name,
                        arguments: args,
                        with_ordinality: *with_ordinality,
                        alias: alias.as_ref(),
                    };
                    return self.table_function(&call, left);
                }
                if *with_ordinality {
                    return refuse("WITH ORDINALITY of a table", "Only UNNEST has it.");
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
                match version {
                    None => aliased(relation, path, alias.as_ref()),
                    Some(TableVersion::ForSystemTimeAsOf(time)) => {
                        self.versioned(relation, path, alias.as_ref(), time, left)
                    }
                    Some(_) => refuse(
                        "a version of a table in another form than FOR SYSTEM_TIME AS OF",
                        "Write JOIN t FOR SYSTEM_TIME AS OF time ON condition.",
                    ),
                }
            }
            TableFactor::Derived {
                lateral,
                subquery,
                alias,
                sample,
            } => {
                if sample.is_some() {
                    return refuse("TABLESAMPLE", "Filter by WHERE.");
                }
                if *lateral {
                    return self.lateral(subquery, alias.as_ref(), left);
                }
                aliased(self.query(subquery)?, Vec::new(), alias.as_ref())
            }
            TableFactor::NestedJoin {
                table_with_joins,
                alias,
            } => {
                let joined = self.from(std::slice::from_ref(table_with_joins))?;
                if alias.is_some() {
                    return refuse(
                        "an alias of a join in parentheses",
                        "Give each table its own alias.",
                    );
                }
                Ok(Right {
                    rows: RightRows::Relation(joined.operation),
                    scope: joined.scope,
                })
            }
            TableFactor::MatchRecognize {
                table,
                partition_by,
                order_by,
                measures,
                rows_per_match,
                after_match_skip,
                pattern,
                symbols,
                alias,
            } => {
                let clauses = Clauses {
                    partition_by,
                    order_by,
                    measures,
                    rows_per_match: rows_per_match.as_ref(),
                    after_match: after_match_skip.as_ref(),
                    pattern,
                    symbols,
                };
                let input = self.first_factor(table)?;
                let relation = self.match_recognize(input.operation, &input.scope, &clauses, table.span())?;
                aliased(relation, Vec::new(), alias.as_ref())
            }
            TableFactor::Pivot { .. } | TableFactor::Unpivot { .. } => refuse("PIVOT / UNPIVOT", TABLES),
            TableFactor::TableFunction { expr, alias } => {
                self.table_function(&TableCall::inside(expr, alias.as_ref())?, left)
            }
            TableFactor::Function {
                lateral: _,
                name,
                args,
                with_ordinality,
                alias,
            } => {
                let call = TableCall {
                    name,
                    arguments: args,
                    with_ordinality: *with_ordinality,
                    alias: alias.as_ref(),
                };
                self.table_function(&call, left)
            }
            TableFactor::UNNEST { .. }
            | TableFactor::JsonTable { .. }
            | TableFactor::OpenJsonTable { .. }
            | TableFactor::XmlTable { .. }
            | TableFactor::SemanticView { .. } => refuse("a table function", TABLES),
        }
    }

    /// `TABLE name` as a query.
    pub(super) fn table_query(&self, table: &sqlparser::ast::Table, span: Span) -> Result<Relation> {
        let parts = table.schema_name.iter().chain(&table.table_name);
        let name = ObjectName::from(parts.map(|part| Ident::with_span(span, part)).collect::<Vec<_>>());
        Ok(self.table(&name)?.0)
    }

    /// A table, view or query of WITH, and the path by which its columns can be qualified.
    pub(super) fn table(&self, name: &ObjectName) -> Result<(Relation, Vec<String>)> {
        let path = path_of(name)?;
        if let [simple] = path.as_slice()
            && let Some(relation) = self.named_query(simple, name.span())?
        {
            self.without_options(simple, name.span().end)?;
            return Ok((relation, path));
        }
        let catalogs = self.context.catalogs;
        let identifier = catalogs.qualify(&path)?;
        let Some(entry) = catalogs.find(&identifier)? else {
            return Err(not_found(name.span(), &path, catalogs));
        };
        let end = name.span().end;
        let operation = match &entry {
            CatalogEntry::Table(table) => self.with_options(table, end)?.scan(),
            CatalogEntry::View(_) => {
                self.without_options(&identifier.to_string(), end)?;
                entry.scan(catalogs)?
            }
        };
        // Columns can be qualified by any end of the full path.
        let full = vec![identifier.catalog, identifier.database, identifier.object];
        Ok((Relation::new(operation), full))
    }
}

/// A relation under its alias, or its path if it has none.
pub(super) fn aliased(
    mut relation: Relation,
    path: Vec<String>,
    alias: Option<&TableAlias>,
) -> Result<Right> {
    let qualifier = alias_of(&mut relation, path, alias)?;
    Ok(Right {
        scope: Scope::new(&relation, qualifier),
        rows: RightRows::Relation(relation.operation),
    })
}

/// Gives a relation's columns the names of an alias, and tells what qualifies them.
pub(super) fn alias_of(
    relation: &mut Relation,
    path: Vec<String>,
    alias: Option<&TableAlias>,
) -> Result<Vec<String>> {
    let Some(alias) = alias else {
        return Ok(path);
    };
    check_alias(alias)?;
    let names = alias
        .columns
        .iter()
        .map(|column| column.name.value.clone())
        .collect();
    rename(relation, names, alias.name.span)?;
    Ok(vec![alias.name.value.clone()])
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
