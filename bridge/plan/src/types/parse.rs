//! Types from text, as `DataTypes` strings and DDL write them.
//!
//! Mirrors `org.apache.flink.table.types.logical.utils.LogicalTypeParser`: the text becomes
//! [`Token`]s (in [`super::token`]), which a recursive descent turns into a type; its error messages
//! name the position as Flink's do.

use super::logical_type::{LogicalType, MAX_LENGTH, RowField, TypeKind};
use super::token::{Token, TokenKind, tokenize};
use crate::error::{PlanError, Result};

/// Which rules hold for parameters that are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypeDialect {
    /// `DataTypes` strings: `VARCHAR` is `VARCHAR(1)`, `VARBINARY` is `VARBINARY(1)`.
    DataTypes,
    /// SQL DDL: `VARCHAR` is `STRING`, `VARBINARY` is `BYTES`.
    Ddl,
}

/// The type that `text` spells, such as `MAP<STRING, INT NOT NULL>`.
pub fn parse_type(text: &str, dialect: TypeDialect) -> Result<LogicalType> {
    let mut parser = Parser {
        text,
        tokens: tokenize(text).map_err(|(position, cause)| parsing_error(text, position, &cause))?,
        next: 0,
        dialect,
    };
    let parsed = parser.type_with_nullability()?;
    match parser.tokens.get(parser.next) {
        None => Ok(parsed),
        Some(token) => {
            let cause = format!("Unexpected token: {}", token.text);
            parser.next += 1;
            Err(parser.error(&cause))
        }
    }
}

fn parsing_error(text: &str, position: usize, cause: &str) -> PlanError {
    PlanError::validation(format!(
        "Could not parse type at position {position}: {cause}\n Input type string: {text}"
    ))
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    /// Index of the next token.
    next: usize,
    dialect: TypeDialect,
}

impl Parser<'_> {
    /// An error at the last token taken; Flink reports the one before it, plus one.
    fn error(&self, cause: &str) -> PlanError {
        let position = match self.next.checked_sub(2).and_then(|last| self.tokens.get(last)) {
            Some(token) => token.position + 1,
            None => 0,
        };
        parsing_error(self.text, position, cause)
    }

    fn take(&mut self) -> Result<Token> {
        let token = self.tokens.get(self.next).cloned();
        self.next += 1;
        token.ok_or_else(|| self.error("Unexpected end."))
    }

    fn expect(&mut self, kind: TokenKind) -> Result<Token> {
        let token = self.take()?;
        if token.kind == kind {
            Ok(token)
        } else {
            Err(self.error(&format!("<{kind}> expected but was <{}>.", token.kind)))
        }
    }

    fn expect_keyword(&mut self, keyword: &str) -> Result<()> {
        let token = self.expect(TokenKind::Keyword)?;
        if token.text == keyword {
            Ok(())
        } else {
            Err(self.error(&format!("Keyword '{keyword}' expected but was '{}'.", token.text)))
        }
    }

    fn peek(&self, kind: TokenKind) -> bool {
        self.tokens.get(self.next).is_some_and(|token| token.kind == kind)
    }

    fn peek_keyword(&self, ahead: usize, keyword: &str) -> bool {
        self.tokens
            .get(self.next + ahead)
            .is_some_and(|token| token.kind == TokenKind::Keyword && token.text == keyword)
    }

    fn accept(&mut self, kind: TokenKind) -> bool {
        let found = self.peek(kind);
        self.next += usize::from(found);
        found
    }

    fn accept_keyword(&mut self, keyword: &str) -> bool {
        let found = self.peek_keyword(0, keyword);
        self.next += usize::from(found);
        found
    }

    fn nullability(&mut self) -> bool {
        if self.peek_keyword(0, "NOT") && self.peek_keyword(1, "NULL") {
            self.next += 2;
            return false;
        }
        self.accept_keyword("NULL");
        true
    }

    fn type_with_nullability(&mut self) -> Result<LogicalType> {
        let kind = self.type_kind()?;
        let parsed = LogicalType {
            kind,
            nullable: self.nullability(),
        };
        // `INT ARRAY` and `INT MULTISET` are the suffix notation of the SQL standard.
        let suffixed = if self.accept_keyword("ARRAY") {
            TypeKind::Array(Box::new(parsed))
        } else if self.accept_keyword("MULTISET") {
            TypeKind::Multiset(Box::new(parsed))
        } else {
            return Ok(parsed);
        };
        Ok(LogicalType {
            kind: suffixed,
            nullable: self.nullability(),
        })
    }

    fn type_kind(&mut self) -> Result<TypeKind> {
        if self.peek(TokenKind::Identifier) {
            return Err(self.user_defined_type());
        }
        let keyword = self.expect(TokenKind::Keyword)?;
        let ddl = self.dialect == TypeDialect::Ddl;
        Ok(match keyword.text.as_str() {
            "CHAR" => TypeKind::Char(self.length(1)?),
            "VARCHAR" => TypeKind::VarChar(self.length(if ddl { MAX_LENGTH } else { 1 })?),
            "STRING" => TypeKind::VarChar(MAX_LENGTH),
            "BOOLEAN" => TypeKind::Boolean,
            "BINARY" => TypeKind::Binary(self.length(1)?),
            "VARBINARY" => TypeKind::VarBinary(self.length(if ddl { MAX_LENGTH } else { 1 })?),
            "BYTES" => TypeKind::VarBinary(MAX_LENGTH),
            "DECIMAL" | "NUMERIC" | "DEC" => self.decimal()?,
            "TINYINT" => TypeKind::TinyInt,
            "SMALLINT" => TypeKind::SmallInt,
            "INT" | "INTEGER" => TypeKind::Int,
            "BIGINT" => TypeKind::BigInt,
            "FLOAT" => TypeKind::Float,
            "DOUBLE" => {
                self.accept_keyword("PRECISION");
                TypeKind::Double
            }
            "DATE" => TypeKind::Date,
            "TIME" => {
                let precision = self.precision(0, "Time")?;
                self.without_time_zone()?;
                TypeKind::Time(precision)
            }
            "TIMESTAMP" => self.timestamp()?,
            "TIMESTAMP_LTZ" => TypeKind::TimestampLtz(self.precision(6, "Timestamp with local time zone")?),
            "INTERVAL" => self.interval()?,
            "ARRAY" => TypeKind::Array(Box::new(self.element()?)),
            "MULTISET" => TypeKind::Multiset(Box::new(self.element()?)),
            "MAP" => {
                self.expect(TokenKind::BeginSubtype)?;
                let key = self.type_with_nullability()?;
                self.expect(TokenKind::ListSeparator)?;
                let value = self.type_with_nullability()?;
                self.expect(TokenKind::EndSubtype)?;
                TypeKind::Map(Box::new(key), Box::new(value))
            }
            "ROW" => self.row()?,
            "NULL" => TypeKind::Null,
            name @ ("RAW" | "STRUCTURED" | "LEGACY" | "DESCRIPTOR" | "VARIANT" | "BITMAP") => {
                return Err(PlanError::unsupported(
                    format!("The type {name}"),
                    "Use a character string, binary string, numeric, date-time, ARRAY, MAP, MULTISET or ROW type.",
                ));
            }
            name => return Err(self.error(&format!("Unsupported type: {name}"))),
        })
    }

    fn user_defined_type(&mut self) -> PlanError {
        let name = self.tokens[self.next].text.clone();
        PlanError::unsupported(
            format!("The user-defined type '{name}'"),
            "Use a built-in type such as STRING, BIGINT or ROW<name STRING>.",
        )
    }

    fn integer(&mut self) -> Result<u32> {
        let token = self.expect(TokenKind::LiteralInt)?;
        token
            .text
            .parse::<i32>()
            .ok()
            .and_then(|value| u32::try_from(value).ok())
            .ok_or_else(|| self.error("Invalid integer value."))
    }

    fn length(&mut self, default: u32) -> Result<u32> {
        if !self.accept(TokenKind::BeginParameter) {
            return Ok(default);
        }
        let length = self.integer()?;
        self.expect(TokenKind::EndParameter)?;
        if length == 0 {
            return Err(PlanError::validation(format!(
                "The length of a character or binary string must be between 1 and {MAX_LENGTH} (both inclusive)."
            )));
        }
        Ok(length)
    }

    fn decimal(&mut self) -> Result<TypeKind> {
        let (mut precision, mut scale) = (10, 0);
        if self.accept(TokenKind::BeginParameter) {
            precision = self.integer()?;
            if self.accept(TokenKind::ListSeparator) {
                scale = self.integer()?;
            }
            self.expect(TokenKind::EndParameter)?;
        }
        if !(1..=38).contains(&precision) {
            return Err(PlanError::validation(
                "Decimal precision must be between 1 and 38 (both inclusive).",
            ));
        }
        if scale > precision {
            return Err(PlanError::validation(format!(
                "Decimal scale must be between 0 and the precision {precision} (both inclusive)."
            )));
        }
        Ok(TypeKind::Decimal {
            precision: precision as u8,
            scale: scale as u8,
        })
    }

    fn precision(&mut self, default: u8, what: &str) -> Result<u8> {
        if !self.accept(TokenKind::BeginParameter) {
            return Ok(default);
        }
        let precision = self.integer()?;
        self.expect(TokenKind::EndParameter)?;
        u8::try_from(precision)
            .ok()
            .filter(|precision| *precision <= 9)
            .ok_or_else(|| {
                PlanError::validation(format!(
                    "{what} precision must be between 0 and 9 (both inclusive)."
                ))
            })
    }

    fn without_time_zone(&mut self) -> Result<()> {
        if self.accept_keyword("WITHOUT") {
            self.expect_keyword("TIME")?;
            self.expect_keyword("ZONE")?;
        }
        Ok(())
    }

    fn timestamp(&mut self) -> Result<TypeKind> {
        let precision = self.precision(6, "Timestamp")?;
        if !self.accept_keyword("WITH") {
            self.without_time_zone()?;
            return Ok(TypeKind::Timestamp(precision));
        }
        let local = self.accept_keyword("LOCAL");
        self.expect_keyword("TIME")?;
        self.expect_keyword("ZONE")?;
        if local {
            return Ok(TypeKind::TimestampLtz(precision));
        }
        Err(PlanError::unsupported(
            "The type TIMESTAMP WITH TIME ZONE",
            "Use TIMESTAMP_LTZ, an instant shown in the session time zone.",
        ))
    }

    /// All resolutions have one representation: months, or milliseconds. As in Flink's planner the
    /// written resolution and its leading precision are checked and then dropped.
    fn interval(&mut self) -> Result<TypeKind> {
        let resolution = self.expect(TokenKind::Keyword)?;
        let (kind, units): (_, &[&str]) = match resolution.text.as_str() {
            "YEAR" | "MONTH" => (TypeKind::IntervalYearMonth, &["YEAR", "MONTH"]),
            "DAY" | "HOUR" | "MINUTE" | "SECOND" => {
                (TypeKind::IntervalDayTime, &["DAY", "HOUR", "MINUTE", "SECOND"])
            }
            _ => return Err(self.error("Invalid interval resolution.")),
        };
        self.precision(0, "Interval")?;
        if self.accept_keyword("TO") {
            let end = self.expect(TokenKind::Keyword)?;
            let position = |name: &str| units.iter().position(|unit| *unit == name);
            if position(&end.text) <= position(&resolution.text) {
                return Err(self.error("Invalid interval resolution."));
            }
            self.precision(0, "Interval")?;
        }
        Ok(kind)
    }

    fn element(&mut self) -> Result<LogicalType> {
        self.expect(TokenKind::BeginSubtype)?;
        let element = self.type_with_nullability()?;
        self.expect(TokenKind::EndSubtype)?;
        Ok(element)
    }

    fn row(&mut self) -> Result<TypeKind> {
        // `ROW(a INT)` is the notation of the SQL standard, `ROW<a INT>` Flink's own.
        let end = if self.accept(TokenKind::BeginParameter) {
            TokenKind::EndParameter
        } else {
            self.expect(TokenKind::BeginSubtype)?;
            TokenKind::EndSubtype
        };
        let mut fields: Vec<RowField> = Vec::new();
        while !self.peek(end) {
            if !fields.is_empty() {
                self.expect(TokenKind::ListSeparator)?;
            }
            fields.push(self.row_field(fields.len())?);
        }
        self.expect(end)?;
        if let Some(duplicate) = first_duplicate(&fields) {
            return Err(PlanError::validation(format!(
                "Field names must be unique. Found duplicates: [{duplicate}]"
            )));
        }
        Ok(TypeKind::Row(fields))
    }

    fn row_field(&mut self, position: usize) -> Result<RowField> {
        // A keyword followed by a type is a name too: `ROW<year INT>`; a field without a name is `f0`.
        let named = self.peek(TokenKind::Identifier)
            || self.tokens.get(self.next + 1).is_some_and(|token| {
                token.kind == TokenKind::Keyword
                    && !matches!(
                        token.text.as_str(),
                        "NOT" | "NULL" | "ARRAY" | "MULTISET" | "PRECISION" | "WITH" | "WITHOUT"
                    )
            }) && !self.peek_keyword(0, "INTERVAL");
        let name = if named {
            self.take()?.original
        } else {
            format!("f{position}")
        };
        let field_type = self.type_with_nullability()?;
        let description = if self.peek(TokenKind::LiteralString) {
            Some(self.take()?.text)
        } else {
            None
        };
        Ok(RowField {
            name,
            field_type,
            description,
        })
    }
}

fn first_duplicate(fields: &[RowField]) -> Option<&str> {
    fields
        .iter()
        .enumerate()
        .find(|(position, field)| {
            fields[..*position]
                .iter()
                .any(|earlier| earlier.name == field.name)
        })
        .map(|(_, field)| field.name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> String {
        parse_type(text, TypeDialect::DataTypes)
            .unwrap_or_else(|error| panic!("{text}: {error}"))
            .as_summary_string()
    }

    #[test]
    fn types_print_as_flink_prints_them() {
        for (text, expected) in [
            ("CHAR", "CHAR(1)"),
            ("char(5) not null", "CHAR(5) NOT NULL"),
            ("VARCHAR", "VARCHAR(1)"),
            ("VARCHAR(10)", "VARCHAR(10)"),
            ("VARCHAR(2147483647)", "STRING"),
            ("STRING", "STRING"),
            ("BYTES", "BYTES"),
            ("VARBINARY(7)", "VARBINARY(7)"),
            ("BINARY", "BINARY(1)"),
            ("DECIMAL", "DECIMAL(10, 0)"),
            ("DEC(3)", "DECIMAL(3, 0)"),
            ("NUMERIC(10, 2) NULL", "DECIMAL(10, 2)"),
            ("INTEGER", "INT"),
            ("DOUBLE PRECISION", "DOUBLE"),
            ("TIME", "TIME(0)"),
            ("TIME(3) WITHOUT TIME ZONE", "TIME(3)"),
            ("TIMESTAMP", "TIMESTAMP(6)"),
            ("TIMESTAMP(3) WITHOUT TIME ZONE", "TIMESTAMP(3)"),
            ("TIMESTAMP_LTZ(6)", "TIMESTAMP_LTZ(6)"),
            ("TIMESTAMP(3) WITH LOCAL TIME ZONE", "TIMESTAMP_LTZ(3)"),
            ("INTERVAL YEAR TO MONTH", "INTERVAL MONTH"),
            ("INTERVAL DAY TO SECOND(3)", "INTERVAL SECOND(3)"),
            ("ARRAY<INT>", "ARRAY<INT>"),
            ("INT NOT NULL ARRAY NOT NULL", "ARRAY<INT NOT NULL> NOT NULL"),
            ("MAP<STRING, INT NOT NULL>", "MAP<STRING, INT NOT NULL>"),
            ("MULTISET<BIGINT>", "MULTISET<BIGINT>"),
            ("ROW<a INT, `b c` STRING>", "ROW<`a` INT, `b c` STRING>"),
            ("ROW(a INT 'the first')", "ROW<`a` INT '...'>"),
            ("ROW<INT, STRING NOT NULL>", "ROW<`f0` INT, `f1` STRING NOT NULL>"),
            ("ROW<year INT, `x``y` DATE>", "ROW<`year` INT, `x``y` DATE>"),
            ("ROW<>", "ROW<>"),
            ("NULL", "NULL"),
        ] {
            assert_eq!(printed(text), expected, "{text}");
        }
    }

    #[test]
    fn ddl_leaves_lengths_open() {
        let parsed = |text| parse_type(text, TypeDialect::Ddl).unwrap().as_summary_string();
        assert_eq!(parsed("VARCHAR"), "STRING");
        assert_eq!(parsed("VARBINARY NOT NULL"), "BYTES NOT NULL");
        assert_eq!(parsed("CHAR"), "CHAR(1)");
    }

    #[test]
    fn errors_name_the_position() {
        for (text, expected) in [
            ("VARCHAR(test)", "<LITERAL_INT> expected but was <IDENTIFIER>."),
            ("VARCHAR(33333333333)", "Invalid integer value."),
            ("VARCHAR(5", "Unexpected end."),
            ("ARRAY<INT> >", "Unexpected token: >"),
            (
                "DECIMAL(39, 0)",
                "Decimal precision must be between 1 and 38 (both inclusive).",
            ),
            (
                "DECIMAL(3, 4)",
                "Decimal scale must be between 0 and the precision 3 (both inclusive).",
            ),
            (
                "TIMESTAMP(10)",
                "Timestamp precision must be between 0 and 9 (both inclusive).",
            ),
            ("INTERVAL MONTH TO YEAR", "Invalid interval resolution."),
            (
                "ROW<a INT, a INT>",
                "Field names must be unique. Found duplicates: [a]",
            ),
            ("RAW('a', 'b')", "The type RAW is not supported"),
            ("my_type", "The user-defined type 'my_type' is not supported"),
        ] {
            let message = parse_type(text, TypeDialect::DataTypes).unwrap_err().to_string();
            assert!(message.contains(expected), "{text}: {message}");
        }
    }
}
