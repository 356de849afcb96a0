//! From `CREATE TABLE` to the table that it makes: types, expressions and keys with their meaning.
//!
//! Expressions of computed columns and watermarks are planned as a query over a table of the columns that
//! they may use; the catalog keeps their text, with every name in back-ticks as Flink prints it.

use std::sync::Arc;

use sqlparser::tokenizer::{Location, Token};

use super::super::insert::Insert;
use super::super::query::{PlanContext, plan_query};
use super::super::source::validation_error;
use super::super::token::tokenize;
use super::super::{Statement, parse_statements};
use super::definition::{ColumnSource, ParsedExpression, TableElements};
use super::like::LikeClause;
use super::merge::{TableParts, merge};
use super::statement::{CreateTable, Distribution};
use crate::catalog::{
    CatalogEntry, CatalogManager, CatalogTable, Column, ColumnKind, DeclaredColumn, DeclaredColumnKind,
    DeclaredKey, ObjectIdentifier, Schema, TableDeclaration, TableDetails, TableDistribution, Watermark,
    legacy_options, quote_identifier,
};
use crate::error::{PlanError, Result};
use crate::expression::ResolvedExpression;
use crate::operation::{QueryOperation, expression_type};
use crate::types::{LogicalType, TypeKind};

impl CreateTable {
    /// The table to register: the path completed, options under their present names, expressions
    /// checked. Of `AS SELECT` the query's columns come behind the ones declared.
    ///
    /// # Errors
    /// When the statement means nothing, in Flink's words.
    pub fn to_catalog_table(&self, context: &PlanContext<'_>) -> Result<CatalogTable> {
        let other = match &self.like {
            Some(like) => Some(self.liked(like, context)?),
            None => None,
        };
        let other_names: Vec<String> = other
            .iter()
            .flat_map(|other| &other.schema.columns)
            .map(|column| column.name.clone())
            .collect();
        let query_columns = match &self.query {
            Some(query) => plan_query(query, context)?.schema().columns,
            None => Vec::new(),
        };
        let other_names: Vec<String> = other_names
            .into_iter()
            .chain(query_columns.iter().map(|column| column.name.clone()))
            .collect();
        let mut parts = TableParts {
            declaration: unresolved_elements(&self.elements, &other_names)?,
            distribution: self.distribution.as_ref().map(Distribution::to_catalog),
            partition_keys: self.partition_keys.clone(),
            options: legacy_options::to_present(self.options.clone())?,
        };
        if let (Some(like), Some(other)) = (&self.like, &other) {
            parts = merge(like, other, parts)?;
        }
        if self.query.is_some() {
            add_query_columns(&mut parts.declaration, &query_columns, &self.column_names)?;
        }
        let identifier = context.catalogs.qualify(&self.path)?;
        let (schema, mut details) = resolve_elements(&parts.declaration, context)?;
        check_partition_keys(&schema, &parts.partition_keys)?;
        details.distribution = parts.distribution;
        Ok(CatalogTable {
            identifier,
            schema,
            options: parts.options,
            comment: self.comment.clone(),
            partition_keys: parts.partition_keys,
            inline_data: None,
            details,
        })
    }

    /// The insert that fills a table of `AS SELECT`: columns meet by name.
    ///
    /// # Errors
    /// When the statement has no query, or that means nothing.
    pub fn to_insert(&self, context: &PlanContext<'_>) -> Result<Insert> {
        let Some(query) = &self.query else {
            return Err(PlanError::validation(
                "CREATE TABLE without AS SELECT fills nothing.",
            ));
        };
        let columns = plan_query(query, context)?.schema().columns;
        Ok(Insert {
            path: self.path.clone(),
            overwrite: false,
            partition: Vec::new(),
            columns: Some(columns.into_iter().map(|column| column.name).collect()),
            query: query.clone(),
            on_conflict: None,
        })
    }

    fn liked(&self, like: &LikeClause, context: &PlanContext<'_>) -> Result<Arc<CatalogTable>> {
        let identifier = context.catalogs.qualify(&like.path)?;
        match context.catalogs.find(&identifier)? {
            Some(CatalogEntry::Table(table)) => Ok(table),
            Some(CatalogEntry::View(_)) => Err(PlanError::validation(format!(
                "Source table '{identifier}' of the LIKE clause can not be a VIEW,{}",
                at(like.place)
            ))),
            None => Err(PlanError::validation(format!(
                "Source table '{identifier}' of the LIKE clause not found in the catalog,{}",
                at(like.place)
            ))),
        }
    }

    /// Registers the table that was made of the statement.
    ///
    /// # Errors
    /// When there is one of that name, or no such database.
    pub fn apply(&self, table: CatalogTable, catalogs: &mut CatalogManager) -> Result<()> {
        if self.or_replace && self.query.is_some() {
            return catalogs.replace_table(table);
        }
        if self.temporary {
            let entry = CatalogEntry::Table(Arc::new(table));
            return catalogs.create_temporary(entry, self.if_not_exists);
        }
        catalogs.create_table(table, self.if_not_exists)
    }
}

impl Distribution {
    /// The distribution of the table to register.
    pub(in super::super) fn to_catalog(&self) -> TableDistribution {
        TableDistribution {
            kind: self.kind.clone(),
            columns: self.columns.clone(),
            buckets: self.buckets,
        }
    }
}

/// The declaration of what was written; names of expressions get their back-ticks.
///
/// # Errors
/// When a type is refused, or a column is declared twice.
pub(in super::super) fn unresolved_elements(
    elements: &TableElements,
    others: &[String],
) -> Result<TableDeclaration> {
    let names: Vec<String> = elements
        .columns
        .iter()
        .map(|column| column.name.clone())
        .chain(others.iter().cloned())
        .collect();
    let mut columns: Vec<DeclaredColumn> = Vec::with_capacity(elements.columns.len());
    for column in &elements.columns {
        if columns.iter().any(|other| other.name == column.name) {
            let kind = match &column.origin {
                ColumnSource::Physical(_) => "regular Column",
                ColumnSource::Computed(_) => "generated column",
                ColumnSource::Metadata { .. } => "metadata column",
            };
            return Err(PlanError::validation(format!(
                "A {kind} named '{}' already exists in the table.",
                column.name
            )));
        }
        let kind = match &column.origin {
            ColumnSource::Physical(data_type) => DeclaredColumnKind::Physical {
                data_type: data_type.resolve()?,
            },
            ColumnSource::Computed(expression) => DeclaredColumnKind::Computed {
                text: quoted_text(expression, &names),
            },
            ColumnSource::Metadata {
                data_type,
                key,
                is_virtual,
            } => DeclaredColumnKind::Metadata {
                data_type: data_type.resolve()?,
                key: key.clone(),
                is_virtual: *is_virtual,
            },
        };
        columns.push(DeclaredColumn {
            name: column.name.clone(),
            kind,
            comment: column.comment.clone(),
        });
    }
    if let Some(key) = &elements.key {
        for (index, (name, span)) in key.columns.iter().enumerate() {
            if key.columns[..index].iter().any(|(other, _)| other == name) {
                return Err(validation_error(
                    *span,
                    &format!("Primary key column '{name}' is named twice"),
                ));
            }
        }
    }
    Ok(TableDeclaration {
        columns,
        key: elements.key.as_ref().map(|key| DeclaredKey {
            name: key.name.clone(),
            columns: key.columns.iter().map(|(name, _)| name.clone()).collect(),
            places: key.columns.iter().map(|(_, span)| span.start).collect(),
        }),
        watermark: elements.watermark.as_ref().map(|watermark| Watermark {
            column: watermark.column.clone(),
            text: quoted_text(&watermark.expression, &names),
        }),
        watermark_place: elements.watermark.as_ref().map(|watermark| watermark.span.start),
    })
}

/// The columns of a query behind the ones declared; a list of names orders them.
fn add_query_columns(declaration: &mut TableDeclaration, columns: &[Column], names: &[String]) -> Result<()> {
    for name in names {
        if !columns.iter().any(|column| column.name == *name) {
            return Err(PlanError::validation(format!(
                "Column '{name}' not found in the source schema."
            )));
        }
    }
    if !names.is_empty() && names.len() != columns.len() {
        return Err(PlanError::validation(
            "The number of columns in the column list must match the number of columns in the source schema.",
        ));
    }
    let declared = |column: &Column| DeclaredColumn {
        name: column.name.clone(),
        kind: DeclaredColumnKind::Physical {
            data_type: column.column_type.clone(),
        },
        comment: None,
    };
    if names.is_empty() {
        for column in columns {
            if declaration.columns.iter().all(|other| other.name != column.name) {
                declaration.columns.push(declared(column));
            }
        }
    } else {
        for name in names {
            declaration
                .columns
                .extend(columns.iter().filter(|column| column.name == *name).map(declared));
        }
    }
    Ok(())
}

fn check_partition_keys(schema: &Schema, keys: &[String]) -> Result<()> {
    for key in keys {
        if !schema.columns.iter().any(|column| column.name == *key) {
            let available: Vec<String> = schema
                .columns
                .iter()
                .map(|column| format!("'{}'", column.name))
                .collect();
            return Err(PlanError::validation(format!(
                "Partition column '{key}' not defined in the table schema. Available columns: [{}]",
                available.join(", ")
            )));
        }
    }
    Ok(())
}

/// The schema of a declaration, and what a schema does not hold.
///
/// # Errors
/// When an expression, the key or the watermark means nothing.
pub(in super::super) fn resolve_elements(
    declaration: &TableDeclaration,
    context: &PlanContext<'_>,
) -> Result<(Schema, TableDetails)> {
    let key_columns: &[String] = declaration.key.as_ref().map_or(&[], |key| &key.columns);
    let mut scan_columns = Vec::new();
    let mut kinds = Vec::new();
    let mut computed = Vec::new();
    for column in &declaration.columns {
        let (column_type, kind) = match &column.kind {
            DeclaredColumnKind::Physical { data_type } => (data_type, ColumnKind::Physical),
            DeclaredColumnKind::Metadata {
                data_type,
                key,
                is_virtual,
            } => (
                data_type,
                ColumnKind::Metadata {
                    key: key.clone(),
                    is_virtual: *is_virtual,
                },
            ),
            DeclaredColumnKind::Computed { text } => {
                computed.push(text.as_str());
                continue;
            }
        };
        kinds.push((column.name.as_str(), kind));
        scan_columns.push(Column {
            name: column.name.clone(),
            column_type: if key_columns.contains(&column.name) {
                column_type.with_nullable(false)
            } else {
                column_type.clone()
            },
            comment: column.comment.clone(),
        });
    }
    let expressions = plan_computed(declaration, &computed, &scan_columns, context)?;
    let mut expressions = computed.iter().zip(expressions);
    let mut columns = Vec::with_capacity(declaration.columns.len());
    let mut details = TableDetails::default();
    for column in &declaration.columns {
        if let Some(scanned) = scan_columns.iter().find(|scanned| scanned.name == column.name) {
            columns.push(scanned.clone());
            let kind = kinds.iter().find(|(name, _)| *name == column.name);
            details
                .columns
                .push(kind.map_or(ColumnKind::Physical, |(_, kind)| kind.clone()));
        } else if let Some((text, expression)) = expressions.next() {
            columns.push(Column {
                name: column.name.clone(),
                column_type: expression_type(&expression),
                comment: column.comment.clone(),
            });
            details.columns.push(ColumnKind::Computed {
                text: (*text).to_owned(),
                expression,
            });
        }
    }
    if details.columns.iter().all(|kind| *kind == ColumnKind::Physical) {
        details.columns.clear();
    }
    let mut schema = Schema {
        columns,
        primary_key: Vec::new(),
    };
    schema.primary_key = resolve_key(declaration, &schema, &details)?;
    details.key_name = declaration.key.as_ref().and_then(|key| key.name.clone());
    if let Some(watermark) = &declaration.watermark {
        check_watermark(watermark, declaration.watermark_place, &schema, context)?;
        details.watermark = Some(watermark.clone());
    }
    Ok((schema, details))
}

/// What the computed columns mean; an error says which one means nothing.
fn plan_computed(
    declaration: &TableDeclaration,
    texts: &[&str],
    columns: &[Column],
    context: &PlanContext<'_>,
) -> Result<Vec<ResolvedExpression>> {
    plan_expressions(texts, columns, context).map_err(|error| {
        let wrong = declaration.columns.iter().find_map(|column| match &column.kind {
            DeclaredColumnKind::Computed { text } => {
                let error = plan_expressions(&[text.as_str()], columns, context).err()?;
                Some((column, text, error))
            }
            _ => None,
        });
        let Some((column, text, cause)) = wrong else {
            return error;
        };
        if matches!(cause, PlanError::Unsupported { .. }) {
            return cause;
        }
        // The place is one of the text that was planned, which the user never saw.
        let message = cause.to_string();
        let message = match message.split_once(": ") {
            Some((place, rest)) if place.contains("line 1, column") => rest.to_owned(),
            _ => message,
        };
        PlanError::Validation {
            message: format!("Invalid expression for computed column '{}'.", column.name),
            hint: Some(message.clone()),
        }
        .caused_by(
            PlanError::validation(format!("Invalid SQL expression: {text}"))
                .caused_by(PlanError::validation(message)),
        )
    })
}

fn resolve_key(
    declaration: &TableDeclaration,
    schema: &Schema,
    details: &TableDetails,
) -> Result<Vec<usize>> {
    let Some(key) = &declaration.key else {
        return Ok(Vec::new());
    };
    key.columns
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let place = key
                .places
                .get(index)
                .map_or_else(String::new, |place| at(*place));
            let position = schema.columns.iter().position(|column| column.name == *name);
            let Some(position) = position else {
                return Err(PlanError::validation(format!(
                    "Primary key column '{name}' is not defined in the schema{place}"
                )));
            };
            match details.columns.get(position) {
                None | Some(ColumnKind::Physical) => Ok(position),
                Some(_) => Err(PlanError::validation(format!(
                    "Could not create a PRIMARY KEY with column '{name}'{place}.\nA PRIMARY KEY constraint must be \
                     declared on physical columns."
                ))),
            }
        })
        .collect()
}

fn at(place: Location) -> String {
    format!(" at line {}, column {}", place.line, place.column)
}

fn check_watermark(
    watermark: &Watermark,
    place: Option<Location>,
    schema: &Schema,
    context: &PlanContext<'_>,
) -> Result<()> {
    let path = watermark.column.join(".");
    let mut found = schema
        .columns
        .iter()
        .find(|column| Some(&column.name) == watermark.column.first())
        .map(|column| column.column_type.clone());
    for field in watermark.column.iter().skip(1) {
        found = match found.map(|row| row.kind) {
            Some(TypeKind::Row(fields)) => fields
                .into_iter()
                .find(|candidate| candidate.name == *field)
                .map(|field| field.field_type),
            _ => None,
        };
    }
    let Some(rowtime) = found else {
        let columns: Vec<String> = schema
            .columns
            .iter()
            .map(|column| format!("'{}'", column.name))
            .collect();
        return Err(PlanError::validation(format!(
            "The rowtime attribute field '{path}' is not defined in the table schema,{}\nAvailable fields: [{}]",
            place.map_or_else(String::new, at),
            columns.join(", ")
        )));
    };
    if !is_time_attribute(&rowtime) {
        return Err(PlanError::validation(format!(
            "Invalid data type of time field for watermark definition. The field must be of type TIMESTAMP(p) \
             or TIMESTAMP_LTZ(p), the supported precision 'p' is from 0 to 3, but the time field type is {}",
            rowtime.as_summary_string()
        )));
    }
    let expression = plan_expressions(&[watermark.text.as_str()], &schema.columns, context)?;
    let given = expression.first().map(expression_type);
    match given {
        Some(given) if is_time_attribute(&given) && same_root(&given, &rowtime) => Ok(()),
        other => Err(PlanError::validation(format!(
            "Invalid data type of expression for watermark definition. The field must be of type TIMESTAMP(p) \
             or TIMESTAMP_LTZ(p), the supported precision 'p' is from 0 to 3, but the watermark expression type \
             is {}",
            other.map_or_else(|| "unknown".to_owned(), |given| given.as_summary_string())
        ))),
    }
}

const fn is_time_attribute(logical_type: &LogicalType) -> bool {
    matches!(
        logical_type.kind,
        TypeKind::Timestamp(0..=3) | TypeKind::TimestampLtz(0..=3)
    )
}

fn same_root(left: &LogicalType, right: &LogicalType) -> bool {
    std::mem::discriminant(&left.kind) == std::mem::discriminant(&right.kind)
}

/// What expressions mean over columns.
pub(in super::super) fn plan_expressions(
    texts: &[&str],
    columns: &[Column],
    context: &PlanContext<'_>,
) -> Result<Vec<ResolvedExpression>> {
    const NAME: &str = "*declared*";
    if texts.is_empty() {
        return Ok(Vec::new());
    }
    let identifier = ObjectIdentifier {
        catalog: context.catalogs.current_catalog().to_owned(),
        database: context.catalogs.current_database().to_owned(),
        object: NAME.to_owned(),
    };
    let mut catalogs = context.catalogs.clone();
    catalogs.replace_temporary(CatalogEntry::Table(Arc::new(CatalogTable::of_columns(
        identifier,
        columns.to_vec(),
    ))));
    let mut text = format!("SELECT {}", texts.join(", "));
    if !columns.is_empty() {
        text.push_str(&format!(" FROM {}", quote_identifier(NAME)));
    }
    let context = PlanContext {
        catalogs: &catalogs,
        ..*context
    };
    let statements = parse_statements(&text)?;
    let [Statement::Query(query)] = statements.as_slice() else {
        return Err(PlanError::validation(format!(
            "'{}' is no expression.",
            texts.join(", ")
        )));
    };
    match plan_query(query, &context)?.as_ref() {
        QueryOperation::Project { input, projections }
            if matches!(
                input.as_ref(),
                QueryOperation::Source { .. } | QueryOperation::Values { .. }
            ) && projections.len() == texts.len() =>
        {
            Ok(projections
                .iter()
                .map(|projection| projection.expression.clone())
                .collect())
        }
        // A projection of all columns in their order may be left out.
        QueryOperation::Source { table } if table.schema.columns.len() == texts.len() => {
            Ok((0..texts.len()).map(|index| field(columns, index)).collect())
        }
        _ => Err(PlanError::unsupported(
            format!("the expression {} of a table's declaration", texts.join(", ")),
            "Use an expression over the columns of one row, without aggregates and sub-queries.",
        )),
    }
}

fn field(columns: &[Column], index: usize) -> ResolvedExpression {
    ResolvedExpression::Field {
        index,
        name: columns[index].name.clone(),
        field_type: columns[index].column_type.clone(),
    }
}

/// The text of an expression as Calcite prints it: one blank between words, columns in back-ticks.
pub(in super::super) fn quoted_text(expression: &ParsedExpression, columns: &[String]) -> String {
    let text = expression.ast.to_string();
    let Ok(tokens) = tokenize(&text) else {
        return text;
    };
    let tokens: Vec<&Token> = tokens.iter().map(|token| &token.token).collect();
    let mut quoted = String::with_capacity(text.len() + 8);
    for (index, token) in tokens.iter().enumerate() {
        let after_period = index > 0 && *tokens[index - 1] == Token::Period;
        match token {
            Token::Word(word)
                if word.quote_style.is_none()
                    && tokens.get(index + 1) != Some(&&Token::LParen)
                    && (after_period || columns.contains(&word.value)) =>
            {
                quoted.push_str(&quote_identifier(&word.value));
            }
            other => quoted.push_str(&other.to_string()),
        }
    }
    quoted
}
