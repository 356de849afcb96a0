//! A model that is described: provider, options, columns in and out. Mirrors Flink's `ModelDescriptor`.

use std::fmt;

use super::schema::SchemaDescription;
use super::{option_lines, quote_text};
use crate::Result;

/// A provider with options, and what goes in and comes out.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ModelDescription {
    pub(crate) input: Option<SchemaDescription>,
    pub(crate) output: Option<SchemaDescription>,
    pub(crate) options: Vec<(String, String)>,
    pub(crate) comment: Option<String>,
}

impl ModelDescription {
    /// The statement that makes the model; `path` is quoted already.
    ///
    /// # Errors
    /// When an expression of a schema cannot be written as SQL.
    pub(crate) fn create_statement(
        &self,
        path: &str,
        temporary: bool,
        if_not_exists: bool,
    ) -> Result<String> {
        let temporary = if temporary { "TEMPORARY " } else { "" };
        let condition = if if_not_exists { "IF NOT EXISTS " } else { "" };
        let mut text = format!("CREATE {temporary}MODEL {condition}{path}");
        for (word, schema) in [("INPUT", &self.input), ("OUTPUT", &self.output)] {
            if let Some(schema) = schema {
                text.push_str(&format!("\n{word} ({})", schema.ddl()?.join(", ")));
            }
        }
        if let Some(comment) = &self.comment {
            text.push_str(&format!("\nCOMMENT {}", quote_text(comment)));
        }
        Ok(format!("{text}\nWITH (\n{}\n)", option_lines(&self.options)))
    }
}

/// Prints as Flink's `ModelDescriptor.toString`.
impl fmt::Display for ModelDescription {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let schemas: Vec<String> = [&self.input, &self.output]
            .into_iter()
            .flatten()
            .map(ToString::to_string)
            .collect();
        write!(formatter, "{}", schemas.join("\n"))?;
        if let Some(comment) = &self.comment {
            write!(formatter, "\nCOMMENT '{comment}'")?;
        }
        write!(formatter, "\nWITH (\n{}\n)", option_lines(&self.options))
    }
}
