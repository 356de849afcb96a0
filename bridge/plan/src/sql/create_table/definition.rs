//! What stands between the parentheses of `CREATE TABLE`, `ALTER TABLE ... ADD` and `MODIFY`: columns of
//! three kinds, a watermark and a primary key, as written.

use std::sync::Arc;

use sqlparser::ast::Expr;
use sqlparser::tokenizer::{Span, Token};

use super::super::cursor::Cursor;
use super::super::fault::{Fault, Parsed};
use super::super::source::{SqlSource, validation_error};
use super::validate_error;
use crate::error::PlanError;
use crate::types::LogicalType;

/// An expression as text and as a tree.
#[derive(Debug, Clone)]
pub struct ParsedExpression {
    /// The text of the expression alone.
    pub text: String,
    /// The syntax tree.
    pub ast: Box<Expr>,
    /// The script, for the places of errors.
    pub source: Arc<SqlSource>,
}

/// A type as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataType {
    /// The type as Flink prints it in DDL.
    pub text: String,
    /// What it means; `None` for types of Flink that are refused when a table is made with them.
    pub logical_type: Option<LogicalType>,
}

/// Where a column's values come from.
#[derive(Debug, Clone)]
pub enum ColumnSource {
    /// `name type`: from the records of the connector.
    Physical(DataType),
    /// `name AS expression`: from other columns.
    Computed(ParsedExpression),
    /// `name type METADATA [FROM 'key'] [VIRTUAL]`: from what the connector knows beside the records.
    Metadata {
        /// The type.
        data_type: DataType,
        /// The key; the column's name if `None`.
        key: Option<String>,
        /// Whether the column is left out when the table is written to.
        is_virtual: bool,
    },
}

/// `FIRST` or `AFTER column` of `ALTER TABLE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnPosition {
    /// Before all others.
    First,
    /// Behind this one.
    After(String),
}

/// A column.
#[derive(Debug, Clone)]
pub struct ColumnDefinition {
    /// The column's name.
    pub name: String,
    /// Where the name is.
    pub span: Span,
    /// Where its values come from.
    pub origin: ColumnSource,
    /// The comment.
    pub comment: Option<String>,
    /// Where `ALTER TABLE` puts it.
    pub position: Option<ColumnPosition>,
}

/// `[CONSTRAINT name] PRIMARY KEY (columns) NOT ENFORCED`.
#[derive(Debug, Clone)]
pub struct KeyDefinition {
    /// The name of the constraint, if it was given.
    pub name: Option<String>,
    /// The columns with their places.
    pub columns: Vec<(String, Span)>,
    /// Where the clause is.
    pub span: Span,
}

/// `WATERMARK FOR column AS expression`.
#[derive(Debug, Clone)]
pub struct WatermarkDefinition {
    /// The column, with the fields that lead into it.
    pub column: Vec<String>,
    /// Where the column is.
    pub span: Span,
    /// The watermark of a row.
    pub expression: ParsedExpression,
}

/// Columns, key and watermark.
#[derive(Debug, Clone, Default)]
pub struct TableElements {
    /// The columns in order.
    pub columns: Vec<ColumnDefinition>,
    /// The primary key.
    pub key: Option<KeyDefinition>,
    /// The watermark.
    pub watermark: Option<WatermarkDefinition>,
}

const ENFORCED_MESSAGE: &str = "Flink doesn't support ENFORCED mode for PRIMARY KEY constraint. ENFORCED/NOT ENFORCED controls if the \
     constraint checks are performed on the incoming/outgoing data. Flink does not own the data therefore the \
     only supported mode is the NOT ENFORCED mode";

/// Reads `(element, ...)`.
pub(in super::super) fn read_elements(cursor: &mut Cursor<'_>, is_alter: bool) -> Parsed<TableElements> {
    let mut elements = TableElements::default();
    cursor.expect_token(&Token::LParen)?;
    loop {
        read_element(cursor, &mut elements, is_alter)?;
        if !cursor.token(&Token::Comma) {
            break;
        }
    }
    if !cursor.token(&Token::RParen) {
        return Err(cursor.expected(", or )"));
    }
    Ok(elements)
}

/// Reads one column, key or watermark.
pub(in super::super) fn read_element(
    cursor: &mut Cursor<'_>,
    elements: &mut TableElements,
    is_alter: bool,
) -> Parsed<()> {
    if cursor.words(&["WATERMARK", "FOR"]) {
        let span = cursor.span();
        let column = cursor.path()?;
        cursor.expect_words(&["AS"])?;
        let expression = cursor.expression()?;
        if elements.watermark.is_some() {
            return Err(Fault::Refused(validation_error(
                span,
                "Multiple WATERMARK statements is not supported yet.",
            )));
        }
        elements.watermark = Some(WatermarkDefinition {
            column,
            span,
            expression,
        });
        return Ok(());
    }
    let name = read_constraint_name(cursor)?;
    if cursor.at_words(&["PRIMARY", "KEY"]) {
        let span = cursor.span();
        cursor.expect_words(&["PRIMARY", "KEY"])?;
        let columns = cursor.list(|cursor| {
            let column = cursor.identifier()?;
            Ok((column.value, column.span))
        })?;
        read_not_enforced(cursor)?;
        return elements.set_key(KeyDefinition { name, columns, span });
    }
    if is_unique(cursor) {
        return Err(refuse_unique(cursor));
    }
    if name.is_some() {
        return Err(cursor.expected("PRIMARY KEY"));
    }
    read_column(cursor, elements, is_alter)
}

fn read_constraint_name(cursor: &mut Cursor<'_>) -> Parsed<Option<String>> {
    if !cursor.word("CONSTRAINT") {
        return Ok(None);
    }
    let name = cursor.identifier()?.value;
    if !cursor.at_word("PRIMARY") && !cursor.at_word("UNIQUE") {
        return Err(cursor.expected("PRIMARY KEY"));
    }
    Ok(Some(name))
}

fn is_unique(cursor: &Cursor<'_>) -> bool {
    cursor.at_word("UNIQUE") && cursor.parser.peek_nth_token_ref(1).token == Token::LParen
}

fn refuse_unique(cursor: &Cursor<'_>) -> Fault {
    cursor.refuse(
        "UNIQUE",
        "PRIMARY KEY (...) NOT ENFORCED names what identifies a row.",
    )
}

fn read_column(cursor: &mut Cursor<'_>, elements: &mut TableElements, is_alter: bool) -> Parsed<()> {
    let name = cursor.identifier()?;
    let origin = if cursor.word("AS") {
        ColumnSource::Computed(cursor.expression()?)
    } else {
        let data_type = cursor.data_type()?;
        if cursor.word("METADATA") {
            let key = cursor.word("FROM").then(|| cursor.string()).transpose()?;
            let is_virtual = cursor.word("VIRTUAL");
            ColumnSource::Metadata {
                data_type,
                key,
                is_virtual,
            }
        } else {
            read_column_key(cursor, elements, &name.value, name.span)?;
            ColumnSource::Physical(data_type)
        }
    };
    let comment = cursor.comment()?;
    let position = if is_alter && cursor.word("FIRST") {
        Some(ColumnPosition::First)
    } else if is_alter && cursor.word("AFTER") {
        Some(ColumnPosition::After(cursor.identifier()?.value))
    } else {
        None
    };
    elements.columns.push(ColumnDefinition {
        name: name.value,
        span: name.span,
        origin,
        comment,
        position,
    });
    Ok(())
}

/// `[CONSTRAINT name] PRIMARY KEY NOT ENFORCED` behind a column.
fn read_column_key(
    cursor: &mut Cursor<'_>,
    elements: &mut TableElements,
    column: &str,
    column_span: Span,
) -> Parsed<()> {
    let name = read_constraint_name(cursor)?;
    let span = cursor.span();
    if cursor.words(&["PRIMARY", "KEY"]) {
        read_not_enforced(cursor)?;
        return elements.set_key(KeyDefinition {
            name,
            columns: vec![(column.to_owned(), column_span)],
            span,
        });
    }
    if cursor.at_word("UNIQUE") {
        return Err(refuse_unique(cursor));
    }
    if name.is_some() {
        return Err(cursor.expected("PRIMARY KEY"));
    }
    Ok(())
}

fn read_not_enforced(cursor: &mut Cursor<'_>) -> Parsed<()> {
    if cursor.words(&["NOT", "ENFORCED"]) {
        return Ok(());
    }
    Err(Fault::Refused(validate_error(ENFORCED_MESSAGE.to_owned())))
}

impl TableElements {
    fn set_key(&mut self, key: KeyDefinition) -> Parsed<()> {
        if self.key.is_some() {
            return Err(Fault::Refused(validation_error(
                key.span,
                "Duplicate primary key definition",
            )));
        }
        self.key = Some(key);
        Ok(())
    }

    /// Whether nothing was declared.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty() && self.key.is_none() && self.watermark.is_none()
    }
}

impl DataType {
    /// What the type means.
    ///
    /// # Errors
    /// For types of Flink that are not there yet, by name.
    pub fn resolve(&self) -> Result<LogicalType, PlanError> {
        self.logical_type.clone().ok_or_else(|| {
            PlanError::unsupported(
                format!("the type {}", self.text),
                "Its values exist in a JVM only; STRING, BYTES or ROW<...> hold most of them.",
            )
        })
    }
}
