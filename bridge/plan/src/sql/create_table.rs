//! `CREATE TABLE`.

use std::collections::BTreeMap;

use sqlparser::tokenizer::{Span, Token};

use super::cursor::Cursor;
use super::fault::{Fault, Parsed};
use super::source::validation_error;
use crate::catalog::{CatalogManager, CatalogTable, Column, Schema, legacy_options};
use crate::error::{PlanError, Result};

/// `CREATE [TEMPORARY] TABLE [IF NOT EXISTS] path (columns) ... WITH (options)`.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateTable {
    /// The table's path as written.
    pub path: Vec<String>,
    /// Whether the table is temporary.
    pub temporary: bool,
    /// Whether an existing table is left as it is.
    pub if_not_exists: bool,
    /// Columns and primary key.
    pub schema: Schema,
    /// The comment.
    pub comment: Option<String>,
    /// Columns of `PARTITIONED BY`.
    pub partition_keys: Vec<String>,
    /// Options as written; those of old keep their old names here.
    pub options: BTreeMap<String, String>,
}

const NOT_ENFORCED_HINT: &str = "Write PRIMARY KEY (...) NOT ENFORCED.";
const ENFORCED_MESSAGE: &str = "Flink doesn't support ENFORCED mode for PRIMARY KEY constraint. ENFORCED/NOT ENFORCED controls if the \
     constraint checks are performed on the incoming/outgoing data. Flink does not own the data therefore the \
     only supported mode is the NOT ENFORCED mode";

/// Columns and key as they are read.
#[derive(Default)]
struct Body {
    columns: Vec<Column>,
    spans: Vec<Span>,
    key: Option<Vec<(String, Span)>>,
}

pub(super) fn read(cursor: &mut Cursor<'_>, temporary: bool) -> Parsed<CreateTable> {
    let if_not_exists = cursor.if_not_exists();
    let path = cursor.path()?;
    if !matches!(cursor.parser.peek_token_ref().token, Token::LParen) {
        refuse_clauses(cursor)?;
    }
    let body = read_body(cursor)?;
    let mut table = CreateTable {
        path,
        temporary,
        if_not_exists,
        schema: body.into_schema()?,
        comment: cursor.comment()?,
        partition_keys: Vec::new(),
        options: BTreeMap::new(),
    };
    refuse_clauses(cursor)?;
    if cursor.words(&["PARTITIONED", "BY"]) {
        table.partition_keys = read_partition_keys(cursor, &table.schema)?;
    }
    refuse_clauses(cursor)?;
    if cursor.word("WITH") {
        table.options = cursor.options()?;
    }
    refuse_clauses(cursor)?;
    Ok(table)
}

fn refuse_clauses(cursor: &Cursor<'_>) -> Parsed<()> {
    if cursor.at_word("LIKE") {
        return Err(cursor.refuse("CREATE TABLE ... LIKE", "Write the columns and options out."));
    }
    if cursor.at_word("AS") {
        return Err(cursor.refuse(
            "CREATE TABLE ... AS SELECT",
            "CREATE TABLE with columns, then INSERT INTO it.",
        ));
    }
    if cursor.at_word("DISTRIBUTED") {
        return Err(cursor.refuse(
            "DISTRIBUTED BY",
            "No connector has buckets; leave the clause out.",
        ));
    }
    Ok(())
}

fn read_body(cursor: &mut Cursor<'_>) -> Parsed<Body> {
    let mut body = Body::default();
    cursor.expect_token(&Token::LParen)?;
    loop {
        if cursor.at_words(&["WATERMARK", "FOR"]) {
            return Err(cursor.refuse(
                "WATERMARK",
                "Queries over groups of keys need no event time; leave the clause out.",
            ));
        }
        if cursor.word("CONSTRAINT") {
            cursor.identifier()?;
            if !cursor.at_word("PRIMARY") && !cursor.at_word("UNIQUE") {
                return Err(cursor.expected("PRIMARY KEY"));
            }
        }
        if cursor.at_words(&["PRIMARY", "KEY"]) {
            let span = cursor.span();
            cursor.expect_words(&["PRIMARY", "KEY"])?;
            let key = cursor.list(|cursor| {
                let column = cursor.identifier()?;
                Ok((column.value, column.span))
            })?;
            read_not_enforced(cursor, span)?;
            body.set_key(key, span)?;
        } else if is_unique(cursor) {
            return Err(cursor.refuse(
                "UNIQUE",
                "PRIMARY KEY (...) NOT ENFORCED names what identifies a row.",
            ));
        } else {
            read_column(cursor, &mut body)?;
        }
        if !cursor.token(&Token::Comma) {
            break;
        }
    }
    cursor.expect_token(&Token::RParen)?;
    Ok(body)
}

fn is_unique(cursor: &Cursor<'_>) -> bool {
    cursor.at_word("UNIQUE") && cursor.parser.peek_nth_token_ref(1).token == Token::LParen
}

fn read_column(cursor: &mut Cursor<'_>, body: &mut Body) -> Parsed<()> {
    let name = cursor.identifier()?;
    if cursor.at_word("AS") {
        return Err(cursor.refuse(
            &format!("the computed column '{}'", name.value),
            "Compute it in the query or in a view.",
        ));
    }
    let column_type = cursor.logical_type()?;
    if cursor.at_word("METADATA") {
        return Err(cursor.refuse(
            &format!("the metadata column '{}'", name.value),
            "Declare the columns that the format fills.",
        ));
    }
    let named = cursor.word("CONSTRAINT");
    if named {
        cursor.identifier()?;
    }
    let span = cursor.span();
    if cursor.words(&["PRIMARY", "KEY"]) {
        read_not_enforced(cursor, span)?;
        body.set_key(vec![(name.value.clone(), name.span)], span)?;
    } else if cursor.at_word("UNIQUE") {
        return Err(cursor.refuse("UNIQUE", "PRIMARY KEY NOT ENFORCED names what identifies a row."));
    } else if named {
        return Err(cursor.expected("PRIMARY KEY"));
    }
    let comment = cursor.comment()?;
    body.columns.push(Column {
        name: name.value,
        column_type,
        comment,
    });
    body.spans.push(name.span);
    Ok(())
}

fn read_not_enforced(cursor: &mut Cursor<'_>, span: Span) -> Parsed<()> {
    if cursor.words(&["NOT", "ENFORCED"]) {
        return Ok(());
    }
    let PlanError::Validation { message, .. } = validation_error(span, ENFORCED_MESSAGE) else {
        return Err(cursor.expected("NOT ENFORCED"));
    };
    Err(Fault::Refused(PlanError::validation_with_hint(
        message,
        NOT_ENFORCED_HINT,
    )))
}

fn read_partition_keys(cursor: &mut Cursor<'_>, schema: &Schema) -> Parsed<Vec<String>> {
    let keys = cursor.list(Cursor::identifier)?;
    for key in &keys {
        if !schema.columns.iter().any(|column| column.name == key.value) {
            let available: Vec<String> = schema
                .columns
                .iter()
                .map(|column| format!("'{}'", column.name))
                .collect();
            return Err(Fault::Refused(PlanError::validation(format!(
                "Partition column '{}' not defined in the table schema. Available columns: [{}]",
                key.value,
                available.join(", ")
            ))));
        }
    }
    Ok(keys.into_iter().map(|key| key.value).collect())
}

impl Body {
    fn set_key(&mut self, key: Vec<(String, Span)>, span: Span) -> Parsed<()> {
        if self.key.is_some() {
            return Err(Fault::Refused(validation_error(
                span,
                "Duplicate primary key definition",
            )));
        }
        self.key = Some(key);
        Ok(())
    }

    /// The schema; columns of the primary key become NOT NULL.
    fn into_schema(mut self) -> Parsed<Schema> {
        for (index, column) in self.columns.iter().enumerate() {
            if self.columns[..index]
                .iter()
                .any(|other| other.name == column.name)
            {
                return Err(Fault::Refused(PlanError::validation(format!(
                    "A column named '{}' already exists in the table.",
                    column.name
                ))));
            }
        }
        let mut primary_key = Vec::new();
        for (name, span) in self.key.unwrap_or_default() {
            let position = self.columns.iter().position(|column| column.name == name);
            let Some(position) = position else {
                return Err(Fault::Refused(validation_error(
                    span,
                    &format!("Primary key column '{name}' is not defined in the schema"),
                )));
            };
            if primary_key.contains(&position) {
                return Err(Fault::Refused(validation_error(
                    span,
                    &format!("Primary key column '{name}' is named twice"),
                )));
            }
            primary_key.push(position);
            let column_type = &mut self.columns[position].column_type;
            *column_type = column_type.with_nullable(false);
        }
        Ok(Schema {
            columns: self.columns,
            primary_key,
        })
    }
}

impl CreateTable {
    /// The table to register: the path completed, options under their present names.
    pub fn to_catalog_table(&self, catalogs: &CatalogManager) -> Result<CatalogTable> {
        Ok(CatalogTable {
            identifier: catalogs.qualify(&self.path)?,
            schema: self.schema.clone(),
            options: legacy_options::to_present(self.options.clone())?,
            comment: self.comment.clone(),
            partition_keys: self.partition_keys.clone(),
            inline_data: None,
        })
    }

    /// Registers the table.
    pub fn apply(&self, catalogs: &mut CatalogManager) -> Result<()> {
        let table = self.to_catalog_table(catalogs)?;
        if self.temporary {
            let entry = crate::catalog::CatalogEntry::Table(std::sync::Arc::new(table));
            return catalogs.create_temporary(entry, self.if_not_exists);
        }
        catalogs.create_table(table, self.if_not_exists)
    }
}
