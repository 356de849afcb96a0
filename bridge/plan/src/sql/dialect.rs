//! Flink's lexical rules and the few places where its expressions differ from what `sqlparser` reads.
//!
//! Identifiers are quoted by back-ticks and keep their case. The dialect does not pose as the generic
//! one: constructs of other systems stay syntax errors, as they are in Flink.

use sqlparser::ast::{
    CastKind, DataType, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArgumentList,
    FunctionArguments, Ident, ObjectName,
};
use sqlparser::dialect::{Dialect, Precedence};
use sqlparser::keywords::{Keyword, RESERVED_FOR_COLUMN_ALIAS};
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Span, Token};

use super::data_type::read_data_type;
use super::forms;

/// Words reserved in Flink that `sqlparser` takes for aliases.
const RESERVED: [Keyword; 29] = [
    Keyword::ALL,
    Keyword::AND,
    Keyword::ANY,
    Keyword::BETWEEN,
    Keyword::CASE,
    Keyword::CAST,
    Keyword::DISTINCT,
    Keyword::ELSE,
    Keyword::EXISTS,
    Keyword::FILTER,
    Keyword::IN,
    Keyword::INSERT,
    Keyword::IS,
    Keyword::JOIN,
    Keyword::LEFT,
    Keyword::LIKE,
    Keyword::NOT,
    Keyword::NULL,
    Keyword::ON,
    Keyword::OR,
    Keyword::OVER,
    Keyword::RIGHT,
    Keyword::SET,
    Keyword::TABLE,
    Keyword::THEN,
    Keyword::UESCAPE,
    Keyword::USING,
    Keyword::VALUES,
    Keyword::WHEN,
];

/// The dialect of Flink SQL.
#[derive(Debug, Clone, Copy, Default)]
pub struct FlinkDialect;

impl Dialect for FlinkDialect {
    fn is_delimited_identifier_start(&self, character: char) -> bool {
        character == '`'
    }

    fn is_identifier_start(&self, character: char) -> bool {
        character.is_alphabetic() || character == '_' || character == '$'
    }

    fn is_identifier_part(&self, character: char) -> bool {
        character.is_alphanumeric() || character == '_' || character == '$'
    }

    fn supports_unicode_string_literal(&self) -> bool {
        true
    }

    fn supports_filter_during_aggregation(&self) -> bool {
        true
    }

    fn supports_group_by_expr(&self) -> bool {
        true
    }

    fn supports_table_versioning(&self) -> bool {
        true
    }

    fn supports_parens_around_table_factor(&self) -> bool {
        true
    }

    fn supports_boolean_literals(&self) -> bool {
        true
    }

    fn supports_interval_options(&self) -> bool {
        true
    }

    // Named arguments are read so that they can be refused by name.
    fn supports_named_fn_args_with_rarrow_operator(&self) -> bool {
        true
    }

    /// Words that Flink reserves are no aliases without AS: of `SELECT 1 ON CONFLICT ...` sqlparser
    /// would make `1 AS ON`.
    fn is_column_alias(&self, keyword: &Keyword, _: &mut Parser) -> bool {
        !RESERVED_FOR_COLUMN_ALIAS.contains(keyword) && !RESERVED.contains(keyword)
    }

    /// The forms of [`forms`], and `CAST` and `TRY_CAST` with Flink's types: `sqlparser` has no hook for types alone.
    fn parse_prefix(&self, parser: &mut Parser) -> Option<Result<Expr, ParserError>> {
        if let Some(map) = read_map(parser) {
            return Some(map);
        }
        let [first, second] = parser.peek_tokens_ref();
        if second.token != Token::LParen {
            return None;
        }
        let Token::Word(word) = &first.token else {
            return None;
        };
        let kind = match (word.quote_style, word.keyword) {
            (Some(_), _) => return None,
            (None, Keyword::CAST) => CastKind::Cast,
            (None, Keyword::TRY_CAST) => CastKind::TryCast,
            (None, _) => {
                let name = word.value.to_ascii_uppercase();
                return forms::read_call(parser, &name);
            }
        };
        Some(read_cast(parser, kind))
    }

    /// The forms of [`forms`], and `IS [NOT] DISTINCT FROM`, whose right side `sqlparser` reads too greedily: of
    /// `a IS DISTINCT FROM b AND c` it would make `a IS DISTINCT FROM (b AND c)`.
    fn parse_infix(&self, parser: &mut Parser, left: &Expr, _: u8) -> Option<Result<Expr, ParserError>> {
        if let Some(form) = forms::read_infix(parser, left) {
            return Some(form);
        }
        const DISTINCT: [Keyword; 3] = [Keyword::IS, Keyword::DISTINCT, Keyword::FROM];
        const NOT_DISTINCT: [Keyword; 4] = [Keyword::IS, Keyword::NOT, Keyword::DISTINCT, Keyword::FROM];
        let negated = if parser.parse_keywords(&NOT_DISTINCT) {
            true
        } else if parser.parse_keywords(&DISTINCT) {
            false
        } else {
            return None;
        };
        let right = parser.parse_subexpr(self.prec_value(Precedence::Is));
        let left = Box::new(left.clone());
        Some(right.map(|right| match negated {
            true => Expr::IsNotDistinctFrom(left, Box::new(right)),
            false => Expr::IsDistinctFrom(left, Box::new(right)),
        }))
    }
}

/// Reads `MAP[key, value, ...]`, which is carried as a call of MAP.
fn read_map(parser: &mut Parser) -> Option<Result<Expr, ParserError>> {
    let [first, second] = parser.peek_tokens_ref();
    let is_map = matches!(&first.token, Token::Word(word)
        if word.quote_style.is_none() && word.value.eq_ignore_ascii_case("MAP"));
    if !is_map || second.token != Token::LBracket {
        return None;
    }
    let span = first.span;
    parser.advance_token();
    parser.advance_token();
    let arguments = parser
        .parse_comma_separated(Parser::parse_expr)
        .and_then(|arguments| parser.expect_token(&Token::RBracket).map(|_| arguments));
    Some(arguments.map(|arguments| {
        Expr::Function(Function {
            name: ObjectName::from(vec![Ident::with_span(span, "MAP")]),
            uses_odbc_syntax: false,
            parameters: FunctionArguments::None,
            args: FunctionArguments::List(FunctionArgumentList {
                duplicate_treatment: None,
                args: arguments
                    .into_iter()
                    .map(|argument| FunctionArg::Unnamed(FunctionArgExpr::Expr(argument)))
                    .collect(),
                clauses: Vec::new(),
            }),
            filter: None,
            null_treatment: None,
            over: None,
            within_group: Vec::new(),
        })
    }))
}

/// Reads a cast; its type is carried as one identifier that holds the type's text.
fn read_cast(parser: &mut Parser, kind: CastKind) -> Result<Expr, ParserError> {
    parser.advance_token();
    parser.expect_token(&Token::LParen)?;
    let expr = parser.parse_expr()?;
    parser.expect_keyword(Keyword::AS)?;
    let start = parser.peek_token_ref().span.start;
    let text = read_data_type(parser)?;
    let end = parser.get_current_token().span.end;
    parser.expect_token(&Token::RParen)?;
    let name = ObjectName::from(vec![Ident::with_span(Span::new(start, end), text)]);
    Ok(Expr::Cast {
        kind,
        expr: Box::new(expr),
        data_type: DataType::Custom(name, Vec::new()),
        array: false,
        format: None,
    })
}
