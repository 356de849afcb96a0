//! Text to tokens, and what can be told from tokens alone.
//!
//! Some constructs must not reach `sqlparser`: it would lose them without a word (hints, which it
//! takes for comments) or stumble over them in a place that explains nothing. These are refused here
//! by name. `>>` becomes two tokens, so that nested generic types close one at a time.

use sqlparser::keywords::Keyword;
use sqlparser::parser::ParserError;
use sqlparser::tokenizer::{Location, Span, Token, TokenWithSpan, Tokenizer};

use super::dialect::FlinkDialect;
use super::fault::{Fault, Parsed};
use super::source::with_position;
use super::unicode_escape::join_escapes;
use crate::error::PlanError;

/// Sequences of words and parentheses that are refused, with their names and what works instead.
const REFUSED: &[(&[&str], &str, &str)] = &[
    (&["JSON_OBJECTAGG", "("], "JSON_OBJECTAGG", NO_JSON),
    (&["JSON_ARRAYAGG", "("], "JSON_ARRAYAGG", NO_JSON),
];

const NO_JSON: &str = "A Python function can read JSON.";

/// The tokens of a text.
pub(super) fn tokenize(text: &str) -> Parsed<Vec<TokenWithSpan>> {
    let tokens = Tokenizer::new(&FlinkDialect, text)
        .tokenize_with_location()
        .map_err(|error| Fault::Syntax(ParserError::TokenizerError(error.to_string())))?;
    let mut split = Vec::with_capacity(tokens.len());
    for token in tokens {
        match &token.token {
            Token::DoubleQuotedString(_) => {
                return Err(Fault::syntax(
                    "Expected: a string in single quotes or an identifier in back-ticks, found: \"",
                    token.span.start,
                ));
            }
            Token::ShiftRight => {
                let middle = Location::new(token.span.start.line, token.span.start.column + 1);
                split.push(TokenWithSpan::new(Token::Gt, Span::new(token.span.start, middle)));
                split.push(TokenWithSpan::new(Token::Gt, Span::new(middle, token.span.end)));
            }
            _ => split.push(token),
        }
    }
    join_escapes(text, split)
}

/// The variable as whose definition `WITHIN` of MATCH_RECOGNIZE is carried: no query can name it.
pub(super) const WITHIN: &str = "WITHIN\u{0}";

/// The tokens as the parser can read them: `PATTERN (...) WITHIN length DEFINE` becomes
/// `PATTERN (...) DEFINE variable AS length,`.
pub(super) fn for_parser(tokens: &[TokenWithSpan]) -> Vec<TokenWithSpan> {
    let is_word = |token: &Token, word: &str| {
        matches!(token, Token::Word(found)
            if found.quote_style.is_none() && found.value.eq_ignore_ascii_case(word))
    };
    let next = |from: usize| {
        (from..tokens.len()).find(|index| !matches!(tokens[*index].token, Token::Whitespace(_)))
    };
    let mut rewritten = Vec::with_capacity(tokens.len());
    let mut after_parenthesis = false;
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        let starts_length = next(index + 1).is_some_and(|next| is_word(&tokens[next].token, "INTERVAL"));
        if after_parenthesis
            && is_word(&token.token, "WITHIN")
            && starts_length
            && let Some(define) = (index..tokens.len()).find(|place| is_word(&tokens[*place].token, "DEFINE"))
        {
            let at = |token: Token| TokenWithSpan::new(token, tokens[define].span);
            rewritten.push(tokens[define].clone());
            rewritten.push(at(Token::make_word(WITHIN, Some('`'))));
            rewritten.push(at(Token::make_keyword("AS")));
            rewritten.extend_from_slice(&tokens[index + 1..define]);
            rewritten.push(at(Token::Comma));
            index = define + 1;
            after_parenthesis = false;
            continue;
        }
        if !matches!(token.token, Token::Whitespace(_)) {
            after_parenthesis = token.token == Token::RParen;
        }
        rewritten.push(token.clone());
        index += 1;
    }
    rewritten
}

/// Refuses what the tokens show to be out of reach.
pub(super) fn check(tokens: &[TokenWithSpan]) -> Parsed<()> {
    let tokens: Vec<&TokenWithSpan> = tokens
        .iter()
        .filter(|token| !matches!(token.token, Token::Whitespace(_)))
        .collect();
    let mut chains = Chains::default();
    for index in 0..tokens.len() {
        let rest = &tokens[index..];
        chains.add(rest[0])?;
        for (words, name, hint) in REFUSED {
            if starts_with(rest, words) {
                return Err(refuse(name, rest[0].span, hint));
            }
        }
        // sqlparser takes the word FILTER after a call even where no `(WHERE` follows, and loses it.
        if matches!(rest[0].token, Token::RParen)
            && starts_with(&rest[1..], &["FILTER"])
            && !starts_with(&rest[1..], &["FILTER", "(", "WHERE"])
        {
            return Err(Fault::syntax(
                "Expected: (WHERE after FILTER, found: FILTER",
                rest[1].span.start,
            ));
        }
    }
    Ok(())
}

/// How many ANDs, ORs or UNIONs a chain may have. The parser reads a chain into a tree as deep as it is
/// long, which even to drop takes stack.
const MAXIMUM_CONNECTIVES: usize = 5_000;

/// How many operators a chain such as `a + b + c` may have; each is a level of the plan's expression.
const MAXIMUM_OPERATORS: usize = 500;

/// The lengths of the chains that are being read at one level of parentheses.
#[derive(Default, Clone, Copy)]
struct Chain {
    connectives: usize,
    operators: usize,
}

/// Counts the lengths of chains, apart for each parenthesis that is open.
#[derive(Default)]
struct Chains {
    outer: Vec<Chain>,
    current: Chain,
}

impl Chains {
    fn add(&mut self, token: &TokenWithSpan) -> Parsed<()> {
        match &token.token {
            Token::LParen => self.outer.push(std::mem::take(&mut self.current)),
            Token::RParen => self.current = self.outer.pop().unwrap_or_default(),
            Token::Comma | Token::SemiColon => self.current = Chain::default(),
            Token::Plus
            | Token::Minus
            | Token::Mul
            | Token::Div
            | Token::Mod
            | Token::StringConcat
            | Token::Eq
            | Token::Neq
            | Token::Lt
            | Token::LtEq
            | Token::Gt
            | Token::GtEq => self.current.operators += 1,
            Token::Word(word) => match word.keyword {
                Keyword::AND | Keyword::OR | Keyword::UNION => {
                    self.current.connectives += 1;
                    self.current.operators = 0;
                }
                Keyword::IS | Keyword::IN | Keyword::LIKE | Keyword::BETWEEN | Keyword::NOT => {
                    self.current.operators += 1;
                }
                Keyword::FROM | Keyword::WHERE | Keyword::GROUP | Keyword::HAVING => {
                    self.current.operators = 0;
                }
                _ => {}
            },
            _ => {}
        }
        let (length, most) = match self.current {
            Chain { operators, .. } if operators > MAXIMUM_OPERATORS => ("operators", MAXIMUM_OPERATORS),
            Chain { connectives, .. } if connectives > MAXIMUM_CONNECTIVES => {
                ("ANDs, ORs or UNIONs", MAXIMUM_CONNECTIVES)
            }
            _ => return Ok(()),
        };
        Err(refuse(
            &format!("a chain of more than {most} {length}"),
            token.span,
            "Use IN (...) for many values, or a Python function.",
        ))
    }
}

fn starts_with(tokens: &[&TokenWithSpan], words: &[&str]) -> bool {
    tokens.len() >= words.len()
        && words.iter().zip(tokens).all(|(word, token)| match &token.token {
            Token::Word(found) => found.quote_style.is_none() && found.value.eq_ignore_ascii_case(word),
            Token::LParen => *word == "(",
            Token::LBracket => *word == "[",
            _ => false,
        })
}

pub(super) fn refuse(what: &str, span: Span, hint: &str) -> Fault {
    Fault::Refused(PlanError::unsupported(with_position(span, what), hint))
}
