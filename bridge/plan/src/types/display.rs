//! Printing of types: the short form for people, the complete form for DDL.

use std::fmt;

use super::logical_type::{LogicalType, MAX_LENGTH, RowField, TypeKind};

impl LogicalType {
    /// The form that messages and schemas show, such as `STRING` or `TIMESTAMP_LTZ(3)`. Mirrors
    /// `asSummaryString`.
    #[must_use]
    pub fn as_summary_string(&self) -> String {
        self.print(false)
    }

    /// The form that DDL accepts and nothing is left out of, such as `VARCHAR(2147483647)`. Mirrors
    /// `asSerializableString`.
    #[must_use]
    pub fn as_serializable_string(&self) -> String {
        self.print(true)
    }

    fn print(&self, serializable: bool) -> String {
        let kind = self.kind.print(serializable);
        // NULL is its own nullability: `NULL NOT NULL` does not exist.
        if self.nullable || self.kind == TypeKind::Null {
            kind
        } else {
            format!("{kind} NOT NULL")
        }
    }
}

impl TypeKind {
    fn print(&self, serializable: bool) -> String {
        match self {
            Self::Char(length) => format!("CHAR({length})"),
            Self::VarChar(MAX_LENGTH) if !serializable => "STRING".to_owned(),
            Self::VarChar(length) => format!("VARCHAR({length})"),
            Self::Boolean => "BOOLEAN".to_owned(),
            Self::Binary(length) => format!("BINARY({length})"),
            Self::VarBinary(MAX_LENGTH) if !serializable => "BYTES".to_owned(),
            Self::VarBinary(length) => format!("VARBINARY({length})"),
            Self::Decimal { precision, scale } => format!("DECIMAL({precision}, {scale})"),
            Self::TinyInt => "TINYINT".to_owned(),
            Self::SmallInt => "SMALLINT".to_owned(),
            Self::Int => "INT".to_owned(),
            Self::BigInt => "BIGINT".to_owned(),
            Self::Float => "FLOAT".to_owned(),
            Self::Double => "DOUBLE".to_owned(),
            Self::Date => "DATE".to_owned(),
            Self::Time(precision) => format!("TIME({precision})"),
            Self::Timestamp(precision) => format!("TIMESTAMP({precision})"),
            Self::TimestampLtz(precision) if serializable => {
                format!("TIMESTAMP({precision}) WITH LOCAL TIME ZONE")
            }
            Self::TimestampLtz(precision) => format!("TIMESTAMP_LTZ({precision})"),
            Self::IntervalYearMonth => "INTERVAL MONTH".to_owned(),
            Self::IntervalDayTime => "INTERVAL SECOND(3)".to_owned(),
            Self::Array(element) => format!("ARRAY<{}>", element.print(serializable)),
            Self::Multiset(element) => format!("MULTISET<{}>", element.print(serializable)),
            Self::Map(key, value) => {
                format!("MAP<{}, {}>", key.print(serializable), value.print(serializable))
            }
            Self::Row(fields) => {
                let fields: Vec<_> = fields.iter().map(|field| field.print(serializable)).collect();
                format!("ROW<{}>", fields.join(", "))
            }
            Self::Null => "NULL".to_owned(),
        }
    }
}

impl RowField {
    fn print(&self, serializable: bool) -> String {
        let name = self.name.replace('`', "``");
        let field_type = self.field_type.print(serializable);
        match &self.description {
            None => format!("`{name}` {field_type}"),
            Some(description) if serializable => {
                format!("`{name}` {field_type} '{}'", description.replace('\'', "''"))
            }
            Some(_) => format!("`{name}` {field_type} '...'"),
        }
    }
}

impl fmt::Display for LogicalType {
    /// The summary string.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.as_summary_string())
    }
}

#[cfg(test)]
mod tests {
    use crate::types::{TypeDialect, parse_type};

    #[test]
    fn the_serializable_form_leaves_nothing_out_and_parses_again() {
        for (text, expected) in [
            ("STRING NOT NULL", "VARCHAR(2147483647) NOT NULL"),
            ("BYTES", "VARBINARY(2147483647)"),
            ("TIMESTAMP_LTZ(3)", "TIMESTAMP(3) WITH LOCAL TIME ZONE"),
            ("ROW<a STRING 'it''s'>", "ROW<`a` VARCHAR(2147483647) 'it''s'>"),
        ] {
            let parsed = parse_type(text, TypeDialect::DataTypes).unwrap();
            assert_eq!(parsed.as_serializable_string(), expected);
            assert_eq!(parse_type(expected, TypeDialect::DataTypes).unwrap(), parsed);
        }
    }
}
