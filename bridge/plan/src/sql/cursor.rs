//! A place in a script, with the small pieces that statements are read by.

use std::collections::BTreeMap;
use std::sync::Arc;

use sqlparser::ast::Ident;
use sqlparser::parser::Parser;
use sqlparser::tokenizer::{Location, Span, Token};

use super::create_table::{DataType, ParsedExpression};
use super::data_type::{read_data_type, read_nullability};
use super::fault::{Fault, Parsed};
use super::source::{SqlSource, with_position};
use super::statement::ParsedQuery;
use crate::error::PlanError;
use crate::types::{TypeDialect, parse_type};

/// Reads statements from tokens.
pub(super) struct Cursor<'a> {
    pub(super) parser: Parser<'a>,
    pub(super) source: Arc<SqlSource>,
    /// Where the queries are that were read so far; hints belong to queries.
    pub(super) queries: Vec<Span>,
}

impl Cursor<'_> {
    /// Whether the next tokens are these words, unquoted, in any case.
    pub(super) fn at_words(&self, words: &[&str]) -> bool {
        words
            .iter()
            .enumerate()
            .all(|(index, word)| is_word(&self.parser.peek_nth_token_ref(index).token, word))
    }

    /// Whether the next token is this word.
    pub(super) fn at_word(&self, word: &str) -> bool {
        self.at_words(&[word])
    }

    /// Goes past these words if they are next.
    pub(super) fn words(&mut self, words: &[&str]) -> bool {
        let found = self.at_words(words);
        if found {
            for _ in words {
                self.parser.advance_token();
            }
        }
        found
    }

    /// Goes past this word if it is next.
    pub(super) fn word(&mut self, word: &str) -> bool {
        self.words(&[word])
    }

    /// Goes past these words, which must be next.
    pub(super) fn expect_words(&mut self, words: &[&str]) -> Parsed<()> {
        for word in words {
            if !self.word(word) {
                return Err(self.expected(word));
            }
        }
        Ok(())
    }

    /// Goes past this token if it is next.
    pub(super) fn token(&mut self, token: &Token) -> bool {
        self.parser.consume_token(token)
    }

    /// Goes past this token, which must be next.
    pub(super) fn expect_token(&mut self, token: &Token) -> Parsed<()> {
        if self.token(token) {
            return Ok(());
        }
        Err(self.expected(&token.to_string()))
    }

    /// The fault that something else was expected than what is next.
    pub(super) fn expected(&self, what: &str) -> Fault {
        let found = self.parser.peek_token();
        match self.parser.expected::<()>(what, found) {
            Err(error) => Fault::Syntax(error),
            Ok(()) => Fault::syntax(what, self.span().start),
        }
    }

    /// The error that what is next is not accepted.
    pub(super) fn refuse(&self, what: &str, hint: &str) -> Fault {
        Fault::Refused(PlanError::unsupported(with_position(self.span(), what), hint))
    }

    /// Where the next token is.
    pub(super) fn span(&self) -> Span {
        self.parser.peek_token_ref().span
    }

    /// Whether the statement ends here.
    pub(super) fn at_end(&self) -> bool {
        matches!(self.parser.peek_token_ref().token, Token::EOF | Token::SemiColon)
    }

    /// A name: a word, or anything in back-ticks.
    pub(super) fn identifier(&mut self) -> Parsed<Ident> {
        let Token::Word(word) = self.parser.peek_token_ref().token.clone() else {
            return Err(self.expected("an identifier"));
        };
        let span = self.span();
        self.parser.advance_token();
        Ok(word.into_ident(span))
    }

    /// Names joined by dots.
    pub(super) fn path(&mut self) -> Parsed<Vec<String>> {
        let mut path = vec![self.identifier()?.value];
        while self.token(&Token::Period) {
            path.push(self.identifier()?.value);
        }
        Ok(path)
    }

    /// A string in single quotes.
    pub(super) fn string(&mut self) -> Parsed<String> {
        let text = match &self.parser.peek_token_ref().token {
            Token::SingleQuotedString(text) | Token::UnicodeStringLiteral(text) => text.clone(),
            _ => return Err(self.expected("a string in single quotes")),
        };
        self.parser.advance_token();
        Ok(text)
    }

    /// `COMMENT 'text'` if it is next.
    pub(super) fn comment(&mut self) -> Parsed<Option<String>> {
        self.word("COMMENT").then(|| self.string()).transpose()
    }

    /// The text up to the end of the statement, as written.
    pub(super) fn rest(&mut self) -> String {
        let start = self.span().start;
        let mut end = start;
        while !self.at_end() {
            end = self.span().end;
            self.parser.advance_token();
        }
        self.source.slice(start, end).to_owned()
    }

    /// `IF NOT EXISTS` if it is next.
    pub(super) fn if_not_exists(&mut self) -> bool {
        self.words(&["IF", "NOT", "EXISTS"])
    }

    /// `IF EXISTS` if it is next.
    pub(super) fn if_exists(&mut self) -> bool {
        self.words(&["IF", "EXISTS"])
    }

    /// `(item, ...)` with one item or more.
    pub(super) fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        self.expect_token(&Token::LParen)?;
        let mut items = vec![item(self)?];
        while self.token(&Token::Comma) {
            items.push(item(self)?);
        }
        self.expect_token(&Token::RParen)?;
        Ok(items)
    }

    /// `('key' = 'value', ...)`.
    pub(super) fn options(&mut self) -> Parsed<BTreeMap<String, String>> {
        let mut options = BTreeMap::new();
        self.expect_token(&Token::LParen)?;
        if self.token(&Token::RParen) {
            return Ok(options);
        }
        loop {
            let place = self.span().start;
            let key = self.string()?;
            self.expect_token(&Token::Eq)?;
            let value = self.string()?;
            if options.contains_key(&key) {
                return Err(Fault::syntax(
                    &format!("The option '{key}' is given twice"),
                    place,
                ));
            }
            options.insert(key, value);
            if !self.token(&Token::Comma) {
                break;
            }
        }
        self.expect_token(&Token::RParen)?;
        Ok(options)
    }

    /// A type with its nullability. Types of Flink that are not there yet are kept as text.
    pub(super) fn data_type(&mut self) -> Parsed<DataType> {
        let place = self.span().start;
        let mut text = read_data_type(&mut self.parser)?;
        read_nullability(&mut self.parser, &mut text)?;
        match parse_type(&text, TypeDialect::Ddl) {
            Ok(logical_type) => Ok(DataType {
                text,
                logical_type: Some(logical_type),
            }),
            Err(PlanError::Unsupported { .. }) => Ok(DataType {
                text,
                logical_type: None,
            }),
            Err(error) => {
                // The first line says what is wrong; the others repeat the text, which is shown anyway.
                let message = error.to_string();
                let first = message.lines().next().unwrap_or_default();
                Err(Fault::syntax(first.trim_end_matches('.'), place))
            }
        }
    }

    /// An expression.
    pub(super) fn expression(&mut self) -> Parsed<ParsedExpression> {
        let start = self.span().start;
        let ast = self.parser.parse_expr()?;
        let end = self.parser.get_current_token().span.end;
        Ok(ParsedExpression {
            text: self.source.slice(start, end).to_owned(),
            ast: Box::new(ast),
            source: Arc::clone(&self.source),
        })
    }

    /// A number without a sign.
    pub(super) fn unsigned(&mut self) -> Parsed<u32> {
        let number = match &self.parser.peek_token_ref().token {
            Token::Number(digits, false) => digits.parse().ok(),
            _ => None,
        };
        let Some(number) = number else {
            return Err(self.expected("a number"));
        };
        self.parser.advance_token();
        Ok(number)
    }

    /// Whether this token is next.
    pub(super) fn at_token(&self, token: &Token) -> bool {
        self.parser.peek_token_ref().token == *token
    }

    /// `WITH (options)` if it is next.
    pub(super) fn with_options(&mut self) -> Parsed<BTreeMap<String, String>> {
        if self.word("WITH") {
            return self.options();
        }
        Ok(BTreeMap::new())
    }

    /// `('key', ...)`.
    pub(super) fn keys(&mut self) -> Parsed<Vec<String>> {
        if self.at_token(&Token::LParen) && self.parser.peek_nth_token_ref(1).token == Token::RParen {
            self.parser.advance_token();
            self.parser.advance_token();
            return Ok(Vec::new());
        }
        self.list(Self::string)
    }

    /// A query up to the end of the statement, or whatever follows it.
    pub(super) fn query(&mut self) -> Parsed<ParsedQuery> {
        let start = self.span().start;
        let ast = self.parser.parse_query()?;
        let end = self.parser.get_current_token().span.end;
        // What stands between its last token and the next one, such as a hint, is of the query too.
        let next = self.parser.peek_token_ref();
        let span = match next.token {
            Token::EOF => Span::new(start, Location::new(u64::MAX, u64::MAX)),
            _ => Span::new(start, next.span.start),
        };
        self.queries.push(span);
        Ok(ParsedQuery {
            span,
            text: self.source.slice(start, end).to_owned(),
            ast,
            source: Arc::clone(&self.source),
        })
    }
}

fn is_word(token: &Token, word: &str) -> bool {
    matches!(token, Token::Word(found) if found.quote_style.is_none() && found.value.eq_ignore_ascii_case(word))
}
