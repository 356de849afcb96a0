//! A table that is described: connector, options, schema. Mirrors Flink's `TableDescriptor`.

use std::fmt;

use nutkin_plan::catalog::quote_identifier;

use super::format::FormatDescription;
use super::schema::SchemaDescription;
use super::{option_lines, quote_text, set_option};
use crate::Result;

/// A connector with options, and what is in its table.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct TableDescription {
    pub(crate) schema: Option<SchemaDescription>,
    pub(crate) options: Vec<(String, String)>,
    pub(crate) partition_keys: Vec<String>,
    pub(crate) comment: Option<String>,
}

impl TableDescription {
    /// Sets the format; `option` is the key that names it, such as `value.format`.
    pub(crate) fn set_format(&mut self, option: &str, format: &FormatDescription) {
        set_option(&mut self.options, option, &format.format);
        // `value.format` is followed by `value.json.fail-on-missing-field`, `format` by `json...`.
        let prefix = option.strip_suffix("format").unwrap_or_default();
        for (key, value) in &format.options {
            set_option(
                &mut self.options,
                &format!("{prefix}{}.{key}", format.format),
                value,
            );
        }
    }

    /// The statement that makes the table; `path` is quoted already.
    ///
    /// # Errors
    /// When an expression of the schema cannot be written as SQL.
    pub(crate) fn create_statement(
        &self,
        path: &str,
        temporary: bool,
        if_not_exists: bool,
    ) -> Result<String> {
        let temporary = if temporary { "TEMPORARY " } else { "" };
        let condition = if if_not_exists { "IF NOT EXISTS " } else { "" };
        let columns = match &self.schema {
            Some(schema) => format!(" (\n  {}\n)", schema.ddl()?.join(",\n  ")),
            None => String::new(),
        };
        let comment = self.comment.as_ref().map_or_else(String::new, |comment| {
            format!("\nCOMMENT {}", quote_text(comment))
        });
        Ok(format!(
            "CREATE {temporary}TABLE {condition}{path}{columns}{comment}{} WITH (\n{}\n)",
            self.partitions(),
            option_lines(&self.options)
        ))
    }

    fn partitions(&self) -> String {
        if self.partition_keys.is_empty() {
            return String::new();
        }
        let keys: Vec<String> = self
            .partition_keys
            .iter()
            .map(|key| quote_identifier(key))
            .collect();
        format!("\nPARTITIONED BY ({})", keys.join(", "))
    }
}

/// Prints as Flink's `TableDescriptor.toString`.
impl fmt::Display for TableDescription {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(schema) = &self.schema {
            schema.fmt(formatter)?;
        }
        if let Some(comment) = &self.comment {
            write!(formatter, "\nCOMMENT '{comment}'")?;
        }
        write!(
            formatter,
            "{}\nWITH (\n{}\n)",
            self.partitions(),
            option_lines(&self.options)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_bring_their_options() {
        let mut table = TableDescription::default();
        set_option(&mut table.options, "connector", "kafka");
        let format = FormatDescription {
            format: "json".to_owned(),
            options: vec![("ignore-parse-errors".to_owned(), "true".to_owned())],
        };
        assert_eq!(format.to_string(), "json[{ignore-parse-errors=true}]");
        table.set_format("value.format", &format);
        assert_eq!(
            table.create_statement("`t`", true, false).unwrap(),
            "CREATE TEMPORARY TABLE `t` WITH (\n  'connector' = 'kafka',\n  'value.format' = 'json',\n  \
             'value.json.ignore-parse-errors' = 'true'\n)"
        );
    }
}
