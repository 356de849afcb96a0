//! Reads types as Flink spells them in SQL.
//!
//! A type is read into the text that [`crate::types::parse_type`] takes; `sqlparser` has no notion of
//! `ROW<..>`, `MULTISET<..>` or `TIMESTAMP(3) WITH LOCAL TIME ZONE` and silently loses the fields of
//! `ROW(..)`. Whether such a type exists is not decided here.

use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::Token;

use crate::catalog::quote_identifier;

/// Reads a type without a top-level `NOT NULL`, which belongs to the column.
pub(super) fn read_data_type(parser: &mut Parser) -> Result<String, ParserError> {
    let mut text = read_base(parser)?;
    loop {
        if next_is(parser, "ARRAY") {
            parser.advance_token();
            text.push_str(" ARRAY");
        } else if next_is(parser, "MULTISET") {
            parser.advance_token();
            text.push_str(" MULTISET");
        } else {
            return Ok(text);
        }
    }
}

/// Reads `NOT NULL` or `NULL` after a type and appends the former.
pub(super) fn read_nullability(parser: &mut Parser, text: &mut String) -> Result<(), ParserError> {
    if next_is(parser, "NOT") {
        parser.advance_token();
        expect_word(parser, "NULL")?;
        text.push_str(" NOT NULL");
    } else if next_is(parser, "NULL") {
        parser.advance_token();
    }
    Ok(())
}

fn read_base(parser: &mut Parser) -> Result<String, ParserError> {
    let token = parser.next_token();
    let name = match &token.token {
        Token::Word(word) if word.quote_style.is_none() => word.value.to_uppercase(),
        _ => return parser.expected("a data type", token),
    };
    match name.as_str() {
        "ARRAY" | "MULTISET" => {
            parser.expect_token(&Token::Lt)?;
            let element = read_nested(parser)?;
            parser.expect_token(&Token::Gt)?;
            Ok(format!("{name}<{element}>"))
        }
        "MAP" => {
            parser.expect_token(&Token::Lt)?;
            let key = read_nested(parser)?;
            parser.expect_token(&Token::Comma)?;
            let value = read_nested(parser)?;
            parser.expect_token(&Token::Gt)?;
            Ok(format!("MAP<{key}, {value}>"))
        }
        "ROW" => read_row(parser),
        "INTERVAL" => read_interval(parser),
        _ => read_plain(parser, name),
    }
}

fn read_nested(parser: &mut Parser) -> Result<String, ParserError> {
    let mut text = read_data_type(parser)?;
    read_nullability(parser, &mut text)?;
    Ok(text)
}

/// `ROW<name type ['comment'], ...>`, or the same in parentheses.
fn read_row(parser: &mut Parser) -> Result<String, ParserError> {
    let close = if parser.consume_token(&Token::Lt) {
        Token::Gt
    } else {
        parser.expect_token(&Token::LParen)?;
        Token::RParen
    };
    let mut fields = Vec::new();
    loop {
        let token = parser.next_token();
        let Token::Word(word) = &token.token else {
            return parser.expected("a field name", token);
        };
        let mut field = format!("{} {}", quote_identifier(&word.value), read_nested(parser)?);
        if let Token::SingleQuotedString(comment) = &parser.peek_token_ref().token {
            field.push_str(&format!(" {}", quote_string(comment)));
            parser.advance_token();
        }
        fields.push(field);
        if !parser.consume_token(&Token::Comma) {
            break;
        }
    }
    parser.expect_token(&close)?;
    Ok(format!("ROW<{}>", fields.join(", ")))
}

/// `INTERVAL unit[(precision)] [TO unit[(precision)]]`.
fn read_interval(parser: &mut Parser) -> Result<String, ParserError> {
    let mut text = format!("INTERVAL {}", read_word(parser)?);
    text.push_str(&read_parameters(parser)?);
    if next_is(parser, "TO") {
        parser.advance_token();
        text.push_str(&format!(" TO {}", read_word(parser)?));
        text.push_str(&read_parameters(parser)?);
    }
    Ok(text)
}

/// A name with parameters and the words that belong to it.
fn read_plain(parser: &mut Parser, mut name: String) -> Result<String, ParserError> {
    let extensions: &[&str] = match name.as_str() {
        "DOUBLE" => &["PRECISION"],
        "CHAR" | "CHARACTER" | "BINARY" => &["VARYING"],
        _ => &[],
    };
    for word in extensions {
        if next_is(parser, word) {
            parser.advance_token();
            name = format!("{name} {word}");
        }
    }
    let canonical = match name.as_str() {
        "CHARACTER" => "CHAR",
        "CHAR VARYING" | "CHARACTER VARYING" => "VARCHAR",
        "BINARY VARYING" => "VARBINARY",
        "DOUBLE PRECISION" => "DOUBLE",
        other => other,
    };
    let parameters = read_parameters(parser)?;
    let mut text = format!("{canonical}{parameters}");
    if matches!(canonical, "TIMESTAMP" | "TIME") && (next_is(parser, "WITH") || next_is(parser, "WITHOUT")) {
        let with = read_word(parser)?;
        text.push_str(&format!(" {with}"));
        if with == "WITH" && next_is(parser, "LOCAL") {
            parser.advance_token();
            text.push_str(" LOCAL");
        }
        expect_word(parser, "TIME")?;
        expect_word(parser, "ZONE")?;
        text.push_str(" TIME ZONE");
    }
    Ok(text)
}

/// `(a, b)` after a type's name: numbers, or the strings of RAW.
fn read_parameters(parser: &mut Parser) -> Result<String, ParserError> {
    if !parser.consume_token(&Token::LParen) {
        return Ok(String::new());
    }
    let mut parameters = Vec::new();
    loop {
        let token = parser.next_token();
        parameters.push(match &token.token {
            Token::Number(digits, false) => digits.clone(),
            Token::SingleQuotedString(text) => quote_string(text),
            _ => return parser.expected("a parameter of the type", token),
        });
        if !parser.consume_token(&Token::Comma) {
            break;
        }
    }
    parser.expect_token(&Token::RParen)?;
    Ok(format!("({})", parameters.join(", ")))
}

fn quote_string(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn next_is(parser: &Parser, word: &str) -> bool {
    matches!(&parser.peek_token_ref().token,
        Token::Word(found) if found.quote_style.is_none() && found.value.eq_ignore_ascii_case(word))
}

fn read_word(parser: &mut Parser) -> Result<String, ParserError> {
    let token = parser.next_token();
    match &token.token {
        Token::Word(word) if word.quote_style.is_none() => Ok(word.value.to_uppercase()),
        _ => parser.expected("a word of the type", token),
    }
}

fn expect_word(parser: &mut Parser, word: &str) -> Result<(), ParserError> {
    if next_is(parser, word) {
        parser.advance_token();
        return Ok(());
    }
    parser.expected(word, parser.peek_token())
}

#[cfg(test)]
mod tests {
    use super::read_nested;
    use crate::sql::dialect::FlinkDialect;
    use crate::sql::token::tokenize;
    use sqlparser::parser::Parser;

    fn read(text: &str) -> String {
        let Ok(tokens) = tokenize(text) else {
            return "no tokens".to_owned();
        };
        let mut parser = Parser::new(&FlinkDialect).with_tokens_with_locations(tokens);
        match read_nested(&mut parser) {
            Ok(read) if parser.peek_token_ref().token == sqlparser::tokenizer::Token::EOF => read,
            Ok(read) => format!("{read} and more"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn types_of_ddl() {
        for (written, expected) in [
            ("varchar", "VARCHAR"),
            ("varchar(10)", "VARCHAR(10)"),
            ("varbinary", "VARBINARY"),
            ("char", "CHAR"),
            ("character varying(3)", "VARCHAR(3)"),
            ("decimal( 10 ,2 ) not null", "DECIMAL(10, 2) NOT NULL"),
            ("double precision null", "DOUBLE"),
            (
                "timestamp(3) with local time zone",
                "TIMESTAMP(3) WITH LOCAL TIME ZONE",
            ),
            ("timestamp_ltz(3)", "TIMESTAMP_LTZ(3)"),
            ("time(0) without time zone", "TIME(0) WITHOUT TIME ZONE"),
            ("interval day to second(3)", "INTERVAL DAY TO SECOND(3)"),
            ("int array", "INT ARRAY"),
            (
                "map<string, row<a int, `b c` array<varchar> not null>>",
                "MAP<STRING, ROW<`a` INT, `b c` ARRAY<VARCHAR> NOT NULL>>",
            ),
            // sqlparser alone reads the next one as ["a", "INT", "it's", "b", "STRING"].
            ("ROW(a INT 'it''s', b STRING)", "ROW<`a` INT 'it''s', `b` STRING>"),
            ("RAW('java.lang.Object', 'abc')", "RAW('java.lang.Object', 'abc')"),
        ] {
            assert_eq!(read(written), expected, "{written}");
        }
        assert_eq!(
            read("ROW<>"),
            "sql parser error: Expected: (, found: <> at Line: 1, Column: 4"
        );
    }
}
