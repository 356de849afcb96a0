//! Printing a result piece by piece, as its rows come.

use nutkin_connectors::row_text::{RowTexts, TextStyle, row_kind};
use nutkin_engine::chunk::Chunk;
use nutkin_plan::catalog::Schema;

use super::tableau::{NULL, Tableau};
use crate::Result;

/// How a result looks when it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PrintStyle {
    /// Values alone, such as `OK`.
    Raw,
    /// A table as wide as what is in it, for rows that are all there.
    Content,
    /// A table as wide as its types, with the kind of change of each row: what streams show.
    Changes,
    /// A table as wide as its types: what batch queries show.
    Rows,
}

/// Prints one result.
pub(super) struct Printer {
    style: PrintStyle,
    /// The frame, once the first row is there.
    tableau: Option<Tableau>,
    rows: usize,
    ended: bool,
}

impl Printer {
    pub(super) fn new(style: PrintStyle) -> Self {
        Self {
            style,
            tableau: None,
            rows: 0,
            ended: false,
        }
    }

    /// The text of some rows, with the head of the table before the first ones.
    pub(super) fn rows(&mut self, schema: &Schema, chunk: &Chunk) -> Result<String> {
        let rows = row_texts(schema, chunk, self.style)?;
        let mut text = String::new();
        if self.style == PrintStyle::Raw {
            for row in &rows {
                text.push_str(&row.join(", "));
                text.push('\n');
            }
            return Ok(text);
        }
        let tableau = self.tableau.get_or_insert_with(|| {
            let names = header(schema, self.style);
            let tableau = match self.style {
                PrintStyle::Changes => Tableau::of_types(&schema.columns, true),
                PrintStyle::Rows => Tableau::of_types(&schema.columns, false),
                _ => Tableau::of_content(
                    std::iter::once(names.as_slice()).chain(rows.iter().map(Vec::as_slice)),
                ),
            };
            tableau.border(&mut text);
            tableau.row(&names, &mut text);
            tableau.border(&mut text);
            tableau
        });
        for row in &rows {
            tableau.row(row, &mut text);
        }
        self.rows += rows.len();
        Ok(text)
    }

    /// The foot of the table, the first time; then nothing.
    pub(super) fn end(&mut self) -> Option<String> {
        if std::mem::replace(&mut self.ended, true) {
            return None;
        }
        if self.style == PrintStyle::Raw {
            return None;
        }
        let Some(tableau) = &self.tableau else {
            return Some("Empty set\n".to_owned());
        };
        let mut text = String::new();
        tableau.border(&mut text);
        let unit = if self.rows == 1 { "row" } else { "rows" };
        text.push_str(&format!("{} {unit} in set\n", self.rows));
        Some(text)
    }
}

fn header(schema: &Schema, style: PrintStyle) -> Vec<String> {
    let names = schema.columns.iter().map(|column| column.name.clone());
    match style {
        PrintStyle::Changes => std::iter::once("op".to_owned()).chain(names).collect(),
        _ => names.collect(),
    }
}

fn row_texts(schema: &Schema, chunk: &Chunk, style: PrintStyle) -> Result<Vec<Vec<String>>> {
    let types = schema.columns.iter().map(|column| &column.column_type);
    let texts = RowTexts::new(&chunk.data, types, TextStyle::SqlCast)?;
    let nulls: Vec<_> = chunk
        .data
        .columns()
        .iter()
        .map(arrow::array::Array::logical_nulls)
        .collect();
    let rows = (0..chunk.row_count())
        .map(|row| {
            let mut values = Vec::with_capacity(nulls.len() + 1);
            if style == PrintStyle::Changes {
                values.push(row_kind(chunk, row).short_string().to_owned());
            }
            for (column, nulls) in nulls.iter().enumerate() {
                let mut value = String::new();
                if nulls.as_ref().is_some_and(|nulls| nulls.is_null(row)) {
                    // What statements about the catalog answer has nothing where there is nothing.
                    if style != PrintStyle::Content {
                        value.push_str(NULL);
                    }
                } else {
                    texts.write_value(column, row, &mut value);
                }
                values.push(value);
            }
            values
        })
        .collect();
    Ok(rows)
}
