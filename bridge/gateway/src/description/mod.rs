//! Tables, schemas, formats and models as programs describe them, before a catalog resolves them.
//!
//! The classes of [`crate::class`] collect descriptions; [`TableDescription::create_statement`] and its kin
//! turn one into the statement that means the same, so that SQL and the Table API end in the same catalog.

mod expression;
mod format;
mod model;
mod schema;
mod table;

pub(crate) use format::FormatDescription;
pub(crate) use model::ModelDescription;
pub(crate) use schema::{ColumnDescription, DescribedExpression, DescribedType, SchemaDescription};
pub(crate) use table::TableDescription;

/// A text as a literal of SQL.
pub(crate) fn quote_text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Options as they stand between the parentheses of `WITH`, one a line.
pub(crate) fn option_lines(options: &[(String, String)]) -> String {
    let lines: Vec<String> = options
        .iter()
        .map(|(key, value)| format!("  {} = {}", quote_text(key), quote_text(value)))
        .collect();
    lines.join(",\n")
}

/// Sets an option in place of one of the same key.
pub(crate) fn set_option(options: &mut Vec<(String, String)>, key: &str, value: &str) {
    match options.iter_mut().find(|(known, _)| known == key) {
        Some(option) => value.clone_into(&mut option.1),
        None => options.push((key.to_owned(), value.to_owned())),
    }
}
