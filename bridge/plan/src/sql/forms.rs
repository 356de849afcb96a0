//! Functions and operators that SQL spells with words, of which `sqlparser` knows no form or another
//! one: JSON, `BETWEEN SYMMETRIC`, `POSITION(.. IN .. FROM ..)` and `TRIM(BOTH FROM ..)`.
//!
//! A form becomes a call of Flink's function. A word that chooses a behaviour becomes an argument that
//! is a symbol, and a type one too: [`symbol`] and [`returned_type`] read them back from the tree.

use sqlparser::ast::{
    BinaryOperator, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArgumentList, FunctionArguments,
    Ident, ObjectName, TrimWhereField, UnaryOperator, Value,
};
use sqlparser::dialect::{Dialect, Precedence};
use sqlparser::keywords::Keyword;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Span, Token};

use super::data_type::read_data_type;
use super::dialect::FlinkDialect;
use crate::expression::ResolvedExpression;

type Read<T> = Result<T, ParserError>;

/// The classes of the symbols, which are Flink's.
const CLASSES: [&str; 6] = [
    "JsonType",
    "JsonExistsOnError",
    "JsonValueOnEmptyOrError",
    "JsonQueryWrapper",
    "JsonQueryOnEmptyOrError",
    "JsonOnNull",
];

/// The class of an argument that is a type; no name in a program has a space.
const TYPE: &str = "RETURNING type";

/// The symbol that an expression of the tree stands for.
pub(super) fn symbol(class: &Ident, value: &Expr) -> Option<ResolvedExpression> {
    let class = CLASSES.into_iter().find(|known| *known == class.value)?;
    let Expr::Identifier(name) = value else {
        return None;
    };
    Some(ResolvedExpression::Symbol {
        class,
        name: name.value.clone(),
    })
}

/// The type that an expression of the tree stands for: its text and place.
pub(super) fn returned_type(written: &Expr) -> Option<&Ident> {
    match written {
        Expr::Prefixed { prefix, value } if prefix.value == TYPE => match value.as_ref() {
            Expr::Identifier(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

fn symbol_of(class: &'static str, name: &str) -> Expr {
    Expr::Prefixed {
        prefix: Ident::new(class),
        value: Box::new(Expr::Identifier(Ident::new(name))),
    }
}

fn call_of(name: &str, span: Span, arguments: Vec<Expr>) -> Expr {
    let args = arguments
        .into_iter()
        .map(|argument| FunctionArg::Unnamed(FunctionArgExpr::Expr(argument)))
        .collect();
    Expr::Function(Function {
        name: ObjectName::from(vec![Ident::with_span(span, name)]),
        uses_odbc_syntax: false,
        parameters: FunctionArguments::None,
        args: FunctionArguments::List(FunctionArgumentList {
            duplicate_treatment: None,
            args,
            clauses: Vec::new(),
        }),
        filter: None,
        null_treatment: None,
        over: None,
        within_group: Vec::new(),
    })
}

/// Takes these words if they come next.
fn take(parser: &mut Parser, words: &[&str]) -> bool {
    let found = words.iter().enumerate().all(|(place, word)| {
        matches!(&parser.peek_nth_token_ref(place).token, Token::Word(next)
            if next.quote_style.is_none() && next.value.eq_ignore_ascii_case(word))
    });
    if found {
        words.iter().for_each(|_| parser.advance_token());
    }
    found
}

fn expect(parser: &mut Parser, words: &[&str]) -> Read<()> {
    if take(parser, words) {
        return Ok(());
    }
    let found = parser.peek_token();
    parser.expected(&words.join(" "), found)
}

/// The call that begins at the next token, whose word is given in upper case, if it is one of these
/// forms.
pub(super) fn read_call(parser: &mut Parser, name: &str) -> Option<Read<Expr>> {
    let read: fn(&mut Parser, Span) -> Read<Expr> = match name {
        "JSON_EXISTS" => read_exists,
        "JSON_VALUE" => read_value,
        "JSON_QUERY" => read_query,
        "JSON_OBJECT" => read_object,
        "JSON_ARRAY" => read_array,
        "POSITION" => read_position,
        "TRIM" if trims_spaces(parser) => read_trim,
        _ => return None,
    };
    parser.advance_token();
    let span = parser.get_current_token().span;
    parser.advance_token();
    let form = read(parser, span).and_then(|form| {
        parser.expect_token(&Token::RParen)?;
        Ok(form)
    });
    Some(form)
}

/// `JSON_EXISTS(input, path [behaviour ON ERROR])`.
fn read_exists(parser: &mut Parser, span: Span) -> Read<Expr> {
    let mut arguments = read_input_and_path(parser)?;
    for behaviour in ["TRUE", "FALSE", "UNKNOWN", "ERROR"] {
        if take(parser, &[behaviour, "ON", "ERROR"]) {
            arguments.push(symbol_of("JsonExistsOnError", behaviour));
            break;
        }
    }
    Ok(call_of("JSON_EXISTS", span, arguments))
}

fn read_input_and_path(parser: &mut Parser) -> Read<Vec<Expr>> {
    let input = parser.parse_expr()?;
    parser.expect_token(&Token::Comma)?;
    Ok(vec![input, parser.parse_expr()?])
}

/// `RETURNING type`, as an argument.
fn read_returning(parser: &mut Parser, arguments: &mut Vec<Expr>) -> Read<()> {
    if take(parser, &["RETURNING"]) {
        let start = parser.peek_token_ref().span.start;
        let text = read_data_type(parser)?;
        let span = Span::new(start, parser.get_current_token().span.end);
        arguments.push(Expr::Prefixed {
            prefix: Ident::new(TYPE),
            value: Box::new(Expr::Identifier(Ident::with_span(span, text))),
        });
    }
    Ok(())
}

/// `JSON_VALUE(input, path [RETURNING type] [behaviour ON EMPTY] [behaviour ON ERROR])`: the arguments
/// after the path and the type are behaviour and default on empty, then on error.
fn read_value(parser: &mut Parser, span: Span) -> Read<Expr> {
    let null = || Expr::Value(Value::Null.with_empty_span());
    let mut arguments = read_input_and_path(parser)?;
    read_returning(parser, &mut arguments)?;
    let mut chosen = [("NULL", null()), ("NULL", null())];
    loop {
        let behaviour = if take(parser, &["DEFAULT"]) {
            ("DEFAULT", parser.parse_expr()?)
        } else if take(parser, &["NULL"]) {
            ("NULL", null())
        } else if take(parser, &["ERROR"]) {
            ("ERROR", null())
        } else {
            break;
        };
        expect(parser, &["ON"])?;
        let case = usize::from(!take(parser, &["EMPTY"]));
        if case == 1 {
            expect(parser, &["ERROR"])?;
        }
        chosen[case] = behaviour;
    }
    for (behaviour, default) in chosen {
        arguments.push(symbol_of("JsonValueOnEmptyOrError", behaviour));
        arguments.push(default);
    }
    Ok(call_of("JSON_VALUE", span, arguments))
}

/// `JSON_QUERY(input, path [RETURNING type] [wrapper] [behaviour ON EMPTY] [behaviour ON ERROR])`.
fn read_query(parser: &mut Parser, span: Span) -> Read<Expr> {
    let mut arguments = read_input_and_path(parser)?;
    read_returning(parser, &mut arguments)?;
    let wrapper = if take(parser, &["WITHOUT"]) {
        Some("WITHOUT_ARRAY")
    } else if take(parser, &["WITH", "CONDITIONAL"]) {
        Some("CONDITIONAL_ARRAY")
    } else if take(parser, &["WITH", "UNCONDITIONAL"]) || take(parser, &["WITH"]) {
        Some("UNCONDITIONAL_ARRAY")
    } else {
        None
    };
    if wrapper.is_some() {
        take(parser, &["ARRAY"]);
        expect(parser, &["WRAPPER"])?;
    }
    arguments.push(symbol_of("JsonQueryWrapper", wrapper.unwrap_or("WITHOUT_ARRAY")));
    let mut chosen = ["NULL", "NULL"];
    loop {
        let behaviour = if take(parser, &["NULL"]) {
            "NULL"
        } else if take(parser, &["ERROR"]) {
            "ERROR"
        } else if take(parser, &["EMPTY", "OBJECT"]) {
            "EMPTY_OBJECT"
        } else if take(parser, &["EMPTY", "ARRAY"]) || take(parser, &["EMPTY"]) {
            "EMPTY_ARRAY"
        } else {
            break;
        };
        expect(parser, &["ON"])?;
        let case = usize::from(!take(parser, &["EMPTY"]));
        if case == 1 {
            expect(parser, &["ERROR"])?;
        }
        chosen[case] = behaviour;
    }
    arguments.extend(chosen.map(|behaviour| symbol_of("JsonQueryOnEmptyOrError", behaviour)));
    Ok(call_of("JSON_QUERY", span, arguments))
}

/// `[NULL | ABSENT] ON NULL`.
fn read_on_null(parser: &mut Parser, usual: &'static str) -> Expr {
    let chosen = ["NULL", "ABSENT"]
        .into_iter()
        .find(|chosen| take(parser, &[chosen, "ON", "NULL"]));
    symbol_of("JsonOnNull", chosen.unwrap_or(usual))
}

/// Whether the list of a JSON constructor ends here.
fn ends_list(parser: &Parser) -> bool {
    let word = |place: usize, expected: &str| {
        matches!(&parser.peek_nth_token_ref(place).token, Token::Word(next)
            if next.quote_style.is_none() && next.value.eq_ignore_ascii_case(expected))
    };
    parser.peek_token_ref().token == Token::RParen
        || ((word(0, "NULL") || word(0, "ABSENT")) && word(1, "ON") && word(2, "NULL"))
}

/// `JSON_OBJECT([[KEY] key VALUE value, ...] [NULL | ABSENT ON NULL])`.
fn read_object(parser: &mut Parser, span: Span) -> Read<Expr> {
    let mut pairs = Vec::new();
    while !ends_list(parser) {
        let has_key = !matches!(parser.peek_nth_token_ref(1).token, Token::Colon | Token::Comma)
            && take(parser, &["KEY"]);
        pairs.push(parser.parse_expr()?);
        if has_key || !parser.consume_token(&Token::Colon) {
            expect(parser, &["VALUE"])?;
        }
        pairs.push(parser.parse_expr()?);
        if !parser.consume_token(&Token::Comma) {
            break;
        }
    }
    let mut arguments = vec![read_on_null(parser, "NULL")];
    arguments.extend(pairs);
    Ok(call_of("JSON_OBJECT", span, arguments))
}

/// `JSON_ARRAY([value, ...] [NULL | ABSENT ON NULL])`.
fn read_array(parser: &mut Parser, span: Span) -> Read<Expr> {
    let mut values = Vec::new();
    while !ends_list(parser) {
        values.push(parser.parse_expr()?);
        if !parser.consume_token(&Token::Comma) {
            break;
        }
    }
    let mut arguments = vec![read_on_null(parser, "ABSENT")];
    arguments.extend(values);
    Ok(call_of("JSON_ARRAY", span, arguments))
}

/// `POSITION(search IN text [FROM start])`.
fn read_position(parser: &mut Parser, span: Span) -> Read<Expr> {
    let search = parser.parse_subexpr(FlinkDialect.prec_value(Precedence::Between))?;
    parser.expect_keyword(Keyword::IN)?;
    let mut arguments = vec![search, parser.parse_expr()?];
    if parser.parse_keyword(Keyword::FROM) {
        arguments.push(parser.parse_expr()?);
    }
    Ok(call_of("POSITION", span, arguments))
}

/// Whether a TRIM names the ends and not the characters.
fn trims_spaces(parser: &Parser) -> bool {
    let keyword = |place: usize| match &parser.peek_nth_token_ref(place).token {
        Token::Word(word) => word.keyword,
        _ => Keyword::NoKeyword,
    };
    matches!(keyword(2), Keyword::BOTH | Keyword::LEADING | Keyword::TRAILING) && keyword(3) == Keyword::FROM
}

/// `TRIM(BOTH FROM text)`.
fn read_trim(parser: &mut Parser, _: Span) -> Read<Expr> {
    let side = if parser.parse_keyword(Keyword::LEADING) {
        TrimWhereField::Leading
    } else if parser.parse_keyword(Keyword::TRAILING) {
        TrimWhereField::Trailing
    } else {
        parser.expect_keyword(Keyword::BOTH)?;
        TrimWhereField::Both
    };
    parser.expect_keyword(Keyword::FROM)?;
    Ok(Expr::Trim {
        expr: Box::new(parser.parse_expr()?),
        trim_where: Some(side),
        trim_what: None,
        trim_characters: None,
    })
}

/// The operator after `left`, if it is one of these forms.
pub(super) fn read_infix(parser: &mut Parser, left: &Expr) -> Option<Read<Expr>> {
    let start = parser.peek_token_ref().span;
    for (words, negated) in [(&["IS", "NOT", "JSON"][..], true), (&["IS", "JSON"][..], false)] {
        if take(parser, words) {
            let kinds = ["VALUE", "OBJECT", "ARRAY", "SCALAR"];
            let kind = kinds.into_iter().find(|kind| take(parser, &[kind]));
            let arguments = vec![left.clone(), symbol_of("JsonType", kind.unwrap_or("VALUE"))];
            return Some(Ok(not_if(negated, call_of("IS_JSON", start, arguments))));
        }
    }
    for (words, negated) in [(&["NOT", "BETWEEN"][..], true), (&["BETWEEN"][..], false)] {
        let modifier = parser.peek_nth_token_ref(words.len());
        let symmetric = match &modifier.token {
            Token::Word(word) if word.value.eq_ignore_ascii_case("SYMMETRIC") => true,
            Token::Word(word) if word.value.eq_ignore_ascii_case("ASYMMETRIC") => false,
            _ => continue,
        };
        if take(parser, words) {
            parser.advance_token();
            return Some(
                read_bounds(parser).map(|(low, high)| not_if(negated, between(left, &low, &high, symmetric))),
            );
        }
    }
    None
}

fn read_bounds(parser: &mut Parser) -> Read<(Expr, Expr)> {
    let precedence = FlinkDialect.prec_value(Precedence::Between);
    let low = parser.parse_subexpr(precedence)?;
    parser.expect_keyword(Keyword::AND)?;
    Ok((low, parser.parse_subexpr(precedence)?))
}

/// `BETWEEN`; a symmetric one holds in either order of the bounds.
fn between(value: &Expr, low: &Expr, high: &Expr, symmetric: bool) -> Expr {
    let within = |low: &Expr, high: &Expr| Expr::Between {
        expr: Box::new(value.clone()),
        negated: false,
        low: Box::new(low.clone()),
        high: Box::new(high.clone()),
    };
    match symmetric {
        false => within(low, high),
        true => Expr::Nested(Box::new(Expr::BinaryOp {
            left: Box::new(within(low, high)),
            op: BinaryOperator::Or,
            right: Box::new(within(high, low)),
        })),
    }
}

fn not_if(negated: bool, condition: Expr) -> Expr {
    match negated {
        false => condition,
        true => Expr::Nested(Box::new(Expr::UnaryOp {
            op: UnaryOperator::Not,
            expr: Box::new(condition),
        })),
    }
}
