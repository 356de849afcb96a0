//! Columns, watermarks and the primary key of a table that is described. Mirrors Flink's `Schema`.

use std::fmt;

use nutkin_plan::catalog::quote_identifier;
use nutkin_plan::expression::Expression;

use super::expression::sql_text;
use super::quote_text;
use crate::Result;

/// The columns, watermarks and primary key.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct SchemaDescription {
    /// The columns in order.
    pub(crate) columns: Vec<ColumnDescription>,
    /// Columns with the expressions of their watermarks.
    pub(crate) watermarks: Vec<(String, DescribedExpression)>,
    /// The name and columns of the primary key.
    pub(crate) primary_key: Option<(String, Vec<String>)>,
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ColumnDescription {
    /// It is stored.
    Physical(String, DescribedType),
    /// It is computed.
    Computed(String, DescribedExpression),
    /// It comes from the connector's metadata.
    Metadata {
        name: String,
        column_type: DescribedType,
        key: Option<String>,
        is_virtual: bool,
    },
}

/// A type as text, and whether a program gave it as text too: plans show those in brackets.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DescribedType {
    pub(crate) text: String,
    pub(crate) is_resolved: bool,
}

/// An expression of SQL, or one of the Table API.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum DescribedExpression {
    Sql(String),
    Tree(Expression),
}

impl SchemaDescription {
    /// The primary key, with the name that Flink gives to one without.
    pub(crate) fn set_primary_key(&mut self, name: Option<&str>, columns: Vec<String>) {
        let name = name.map_or_else(|| format!("PK_{}", columns.join("_")), str::to_owned);
        self.primary_key = Some((name, columns));
    }

    /// The definitions of `CREATE TABLE`, one a line.
    ///
    /// # Errors
    /// When an expression cannot be written as SQL.
    pub(crate) fn ddl(&self) -> Result<Vec<String>> {
        let mut lines = Vec::new();
        for column in &self.columns {
            lines.push(column.ddl()?);
        }
        for (name, expression) in &self.watermarks {
            let name = quote_identifier(name);
            lines.push(format!("WATERMARK FOR {name} AS {}", expression.sql()?));
        }
        lines.extend(self.primary_key_text());
        Ok(lines)
    }

    fn primary_key_text(&self) -> Option<String> {
        self.primary_key.as_ref().map(|(name, columns)| {
            let columns: Vec<String> = columns.iter().map(|column| quote_identifier(column)).collect();
            format!(
                "CONSTRAINT {} PRIMARY KEY ({}) NOT ENFORCED",
                quote_identifier(name),
                columns.join(", ")
            )
        })
    }
}

/// Prints as Flink's `Schema.toString`.
impl fmt::Display for SchemaDescription {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines: Vec<String> = self.columns.iter().map(ToString::to_string).collect();
        for (name, expression) in &self.watermarks {
            lines.push(format!(
                "WATERMARK FOR {} AS {expression}",
                quote_identifier(name)
            ));
        }
        lines.extend(self.primary_key_text());
        let lines: Vec<String> = lines.iter().map(|line| format!("  {line}")).collect();
        write!(formatter, "(\n{}\n)", lines.join(",\n"))
    }
}

impl ColumnDescription {
    fn ddl(&self) -> Result<String> {
        Ok(match self {
            Self::Physical(name, column_type) => format!("{} {}", quote_identifier(name), column_type.text),
            Self::Computed(name, expression) => {
                format!("{} AS {}", quote_identifier(name), expression.sql()?)
            }
            Self::Metadata { column_type, .. } => self.metadata(&column_type.text),
        })
    }

    /// A metadata column with its type as this text.
    fn metadata(&self, type_text: &str) -> String {
        let Self::Metadata {
            name,
            key,
            is_virtual,
            ..
        } = self
        else {
            return String::new();
        };
        let from = key
            .as_ref()
            .map_or_else(String::new, |key| format!(" FROM {}", quote_text(key)));
        let suffix = if *is_virtual { " VIRTUAL" } else { "" };
        format!("{} {type_text} METADATA{from}{suffix}", quote_identifier(name))
    }
}

impl fmt::Display for ColumnDescription {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Physical(name, column_type) => {
                write!(formatter, "{} {column_type}", quote_identifier(name))
            }
            Self::Computed(name, expression) => {
                write!(formatter, "{} AS {expression}", quote_identifier(name))
            }
            Self::Metadata { column_type, .. } => {
                formatter.write_str(&self.metadata(&column_type.to_string()))
            }
        }
    }
}

impl fmt::Display for DescribedType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_resolved {
            formatter.write_str(&self.text)
        } else {
            write!(formatter, "[{}]", self.text)
        }
    }
}

impl DescribedExpression {
    fn sql(&self) -> Result<String> {
        match self {
            Self::Sql(text) => Ok(text.clone()),
            Self::Tree(expression) => sql_text(expression),
        }
    }
}

impl fmt::Display for DescribedExpression {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sql(text) => write!(formatter, "[{text}]"),
            Self::Tree(expression) => expression.fmt(formatter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column_type(text: &str, is_resolved: bool) -> DescribedType {
        DescribedType {
            text: text.to_owned(),
            is_resolved,
        }
    }

    #[test]
    fn prints_as_flink_does() {
        let mut schema = SchemaDescription {
            columns: vec![
                ColumnDescription::Physical("a".to_owned(), column_type("INT", false)),
                ColumnDescription::Physical("ts".to_owned(), column_type("TIMESTAMP(3)", true)),
                ColumnDescription::Computed("c".to_owned(), DescribedExpression::Sql("a + 1".to_owned())),
                ColumnDescription::Metadata {
                    name: "m".to_owned(),
                    column_type: column_type("BIGINT", false),
                    key: Some("key".to_owned()),
                    is_virtual: true,
                },
            ],
            watermarks: vec![(
                "ts".to_owned(),
                DescribedExpression::Sql("ts - INTERVAL '5' SECOND".to_owned()),
            )],
            primary_key: None,
        };
        schema.set_primary_key(None, vec!["a".to_owned(), "ts".to_owned()]);
        // The text of Flink 2.3.0.
        assert_eq!(
            schema.to_string(),
            "(\n  `a` [INT],\n  `ts` TIMESTAMP(3),\n  `c` AS [a + 1],\n  \
             `m` [BIGINT] METADATA FROM 'key' VIRTUAL,\n  \
             WATERMARK FOR `ts` AS [ts - INTERVAL '5' SECOND],\n  \
             CONSTRAINT `PK_a_ts` PRIMARY KEY (`a`, `ts`) NOT ENFORCED\n)"
        );
        assert_eq!(
            schema.ddl().unwrap().join("; "),
            "`a` INT; `ts` TIMESTAMP(3); `c` AS a + 1; `m` BIGINT METADATA FROM 'key' VIRTUAL; \
             WATERMARK FOR `ts` AS ts - INTERVAL '5' SECOND; \
             CONSTRAINT `PK_a_ts` PRIMARY KEY (`a`, `ts`) NOT ENFORCED"
        );
    }
}
