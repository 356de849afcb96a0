//! Flink's lexical rules and the few places where its expressions differ from what `sqlparser` reads.
//!
//! Identifiers are quoted by back-ticks and keep their case. The dialect does not pose as the generic
//! one: constructs of other systems stay syntax errors, as they are in Flink.

use sqlparser::ast::{
    BinaryOperator, CastKind, DataType, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArgumentList,
    FunctionArguments, Ident, ObjectName, UnaryOperator, WindowSpec, WindowType,
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

    // LIMIT start, count is read so that it can be refused in Flink's words.
    fn supports_limit_comma(&self) -> bool {
        true
    }

    fn supports_match_recognize(&self) -> bool {
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
        if let (Token::Word(word), Token::Word(_)) = (&first.token, &second.token)
            && word.quote_style.is_none()
            && word.keyword == Keyword::TABLE
        {
            return Some(read_table_argument(parser));
        }
        if let (Token::Word(word), Token::Word(_)) = (&first.token, &second.token)
            && word.quote_style.is_none()
            && ["FINAL", "RUNNING"]
                .iter()
                .any(|name| word.value.eq_ignore_ascii_case(name))
            && parser.peek_nth_token_ref(2).token == Token::LParen
        {
            return Some(read_semantics(parser));
        }
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
        if let Some(between) = read_between(parser, left) {
            return Some(between);
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

/// Reads `TABLE name [PARTITION BY columns] [ORDER BY columns]`, the argument of a function in FROM. It is
/// carried as a call of a function that goes by the reserved word, with OVER.
fn read_table_argument(parser: &mut Parser) -> Result<Expr, ParserError> {
    let start = parser.next_token().span;
    let name = parser.parse_object_name(false)?;
    let path = name
        .0
        .iter()
        .filter_map(|part| part.as_ident().cloned())
        .collect();
    let partition_by = match parser.parse_keywords(&[Keyword::PARTITION, Keyword::BY]) {
        // A list without parentheses would take the function's other arguments.
        true => vec![parser.parse_expr()?],
        false => Vec::new(),
    };
    let order_by = match parser.parse_keywords(&[Keyword::ORDER, Keyword::BY]) {
        true => vec![parser.parse_order_by_expr()?],
        false => Vec::new(),
    };
    let argument = FunctionArg::Unnamed(FunctionArgExpr::Expr(Expr::CompoundIdentifier(path)));
    let window = WindowType::WindowSpec(WindowSpec {
        window_name: None,
        partition_by,
        order_by,
        window_frame: None,
    });
    Ok(call("TABLE", start, vec![argument], Some(window)))
}

/// Reads `FINAL call` and `RUNNING call` of MATCH_RECOGNIZE, carried as a call of that name.
fn read_semantics(parser: &mut Parser) -> Result<Expr, ParserError> {
    let word = parser.next_token();
    let value = parser.parse_prefix()?;
    let argument = FunctionArg::Unnamed(FunctionArgExpr::Expr(value));
    Ok(call(&word.token.to_string(), word.span, vec![argument], None))
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
    let values = parser
        .parse_comma_separated(Parser::parse_expr)
        .and_then(|values| parser.expect_token(&Token::RBracket).map(|_| values));
    Some(values.map(|values| {
        let arguments = values
            .into_iter()
            .map(|value| FunctionArg::Unnamed(FunctionArgExpr::Expr(value)))
            .collect();
        call("MAP", span, arguments, None)
    }))
}

/// `left [NOT] BETWEEN [SYMMETRIC | ASYMMETRIC] low AND high`. With SYMMETRIC the bounds can be in any
/// order, which is to be between them in one order or in the other.
fn read_between(parser: &mut Parser, left: &Expr) -> Option<Result<Expr, ParserError>> {
    let is_word = |parser: &Parser, place: usize, word: &str| {
        matches!(&parser.peek_nth_token_ref(place).token, Token::Word(found)
            if found.quote_style.is_none() && found.value.eq_ignore_ascii_case(word))
    };
    let negated = is_word(parser, 0, "NOT");
    let at = usize::from(negated);
    let symmetric = is_word(parser, at + 1, "SYMMETRIC");
    if !is_word(parser, at, "BETWEEN") || !(symmetric || is_word(parser, at + 1, "ASYMMETRIC")) {
        return None;
    }
    for _ in 0..at + 2 {
        parser.advance_token();
    }
    let mut read = || {
        let precedence = FlinkDialect.prec_value(Precedence::Between);
        let low = Box::new(parser.parse_subexpr(precedence)?);
        parser.expect_keyword(Keyword::AND)?;
        let high = Box::new(parser.parse_subexpr(precedence)?);
        let between = |low: Box<Expr>, high: Box<Expr>| Expr::Between {
            expr: Box::new(left.clone()),
            negated: false,
            low,
            high,
        };
        let mut found = between(low.clone(), high.clone());
        if symmetric {
            found = Expr::BinaryOp {
                left: Box::new(found),
                op: BinaryOperator::Or,
                right: Box::new(between(high, low)),
            };
        }
        Ok(match negated {
            true => Expr::UnaryOp {
                op: UnaryOperator::Not,
                expr: Box::new(Expr::Nested(Box::new(found))),
            },
            false => Expr::Nested(Box::new(found)),
        })
    };
    Some(read())
}

/// A call as the parser would have read it.
fn call(name: &str, place: Span, args: Vec<FunctionArg>, over: Option<WindowType>) -> Expr {
    Expr::Function(Function {
        name: ObjectName::from(vec![Ident::with_span(place, name)]),
        uses_odbc_syntax: false,
        parameters: FunctionArguments::None,
        args: FunctionArguments::List(FunctionArgumentList {
            duplicate_treatment: None,
            args,
            clauses: Vec::new(),
        }),
        filter: None,
        null_treatment: None,
        over,
        within_group: Vec::new(),
    })
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
